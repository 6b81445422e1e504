// A correction opens in place: what was printed, and why it was changed. The same stands under "Textual notes".
const links = document.querySelectorAll(".correction");

function written(number) {
  const entry = document.getElementById(`correction-${number}`);
  const note = document.createElement("aside");
  note.className = "note correction-note";
  note.id = `opened-correction-${number}`;
  note.setAttribute("aria-label", `Textual note ${number}`);
  const printed = entry.querySelector(".printed").cloneNode(true);
  const why = entry.querySelector(".why").cloneNode(true);
  note.append(printed, why);
  return note;
}

for (const link of links) {
  const number = link.id.replace("corrected-", "");
  let note = null;

  const close = () => {
    note.remove();
    note = null;
    link.setAttribute("aria-expanded", "false");
  };

  link.setAttribute("aria-expanded", "false");
  link.addEventListener("click", (event) => {
    event.preventDefault();
    if (note) return close();
    note = written(number);
    link.after(note);
    link.setAttribute("aria-expanded", "true");
  });
  link.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && note) close();
  });
}
