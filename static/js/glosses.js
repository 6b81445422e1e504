// What a list of the volume says of a name or an abbreviation opens in place, where pointing at it is not possible.
let opened = null;

function close() {
  opened?.remove();
  opened = null;
}

function toggle(event) {
  const words = event.target.closest(".mention, .term");
  const again = opened && opened.previousElementSibling === words;
  close();
  if (!words || again || event.target.closest("a")) return;
  opened = document.createElement("small");
  opened.className = "gloss";
  opened.setAttribute("role", "status");
  opened.textContent = words.title;
  words.after(opened);
}

for (const edition of document.querySelectorAll(".edition")) edition.addEventListener("click", toggle);

document.addEventListener("keyup", (event) => {
  if (event.key === "Escape") close();
});
