// One box that chooses all texts of a list, or none.
const all = document.getElementById("choose-all");
const boxes = [...document.querySelectorAll("input[name=chosen]")];

function tell() {
  const chosen = boxes.filter((box) => box.checked).length;
  all.checked = chosen === boxes.length;
  all.indeterminate = chosen > 0 && chosen < boxes.length;
}

if (all) {
  all.closest("label").hidden = false;
  all.addEventListener("change", () => boxes.forEach((box) => (box.checked = all.checked)));
  for (const box of boxes) box.addEventListener("change", tell);
  tell();
}
