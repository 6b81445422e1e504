// What a list of the volume says of a name or an abbreviation opens in place, where pointing at it is not possible.
const edition = document.querySelector(".edition");
let opened = null;

function close() {
  opened?.remove();
  opened = null;
}

edition.addEventListener("click", (event) => {
  const words = event.target.closest(".mention, .term");
  const again = opened && opened.previousElementSibling === words;
  close();
  if (!words || again || event.target.closest("a")) return;
  opened = document.createElement("small");
  opened.className = "gloss";
  opened.setAttribute("role", "status");
  opened.textContent = words.title;
  words.after(opened);
});

document.addEventListener("keyup", (event) => {
  if (event.key === "Escape") close();
});
