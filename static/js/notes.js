// Puts every note beside its marker and every mark beside its words: in the margin of a wide window, where the
// style sheet stacks them, and in place on a narrow one, where a note opens and closes at its marker.
const wide = matchMedia("(min-width: 69rem)");
const paper = matchMedia("print");
const APART = "h1, h2, h3, table";

const notes = [...document.querySelectorAll(".edition .note")].map((note) => ({
  note,
  home: placeholder(note),
  marker: document.getElementById(`marker-${note.id}`),
}));
const marks = [...document.querySelectorAll(".edition .mark[data-words]")].map((mark) => ({
  mark,
  home: placeholder(mark),
  words: document.getElementById(mark.dataset.words),
}));

function placeholder(element) {
  const home = document.createComment("");
  element.before(home);
  return home;
}

function link(entry) {
  return entry.marker?.querySelector("a");
}

// A note inside a heading would be read out as part of it, and inside a table it would stretch its cell: there it stays behind.
function isMovable(entry) {
  return entry.marker && !entry.marker.closest(APART);
}

function place() {
  const isPaper = paper.matches;
  for (const entry of notes) {
    if (isMovable(entry) && !isPaper) entry.marker.after(entry.note);
    else entry.home.after(entry.note);
    if (!entry.marker) continue;
    if (wide.matches || isPaper) {
      entry.note.removeAttribute("hidden");
      link(entry).removeAttribute("aria-expanded");
    } else {
      show(entry, entry.isOpen ?? false);
    }
  }
  for (const { mark, home, words } of marks) {
    if (words && wide.matches && !isPaper) words.before(mark);
    else home.after(mark);
  }
}

function show(entry, isOpen) {
  entry.isOpen = isOpen;
  if (isOpen) entry.note.removeAttribute("hidden");
  else entry.note.setAttribute("hidden", "until-found");
  link(entry).setAttribute("aria-expanded", String(isOpen));
}

function isNarrow() {
  return !wide.matches && !paper.matches;
}

// Also for hits.js: an element inside a closed note cannot be shown before the note is open.
export function reveal(element) {
  const entry = notes.find(({ note }) => note.contains(element));
  if (entry?.marker && isNarrow()) show(entry, true);
}

function openTarget() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  reveal(target);
  showWhole(target);
  if (target.closest(".note, .mark")) target.scrollIntoView({ block: "nearest" });
}

// Words that overlap other words come in pieces; only the first can be the target of an address.
function showWhole(target) {
  for (const piece of document.querySelectorAll(".edition .is-shown")) piece.classList.remove("is-shown");
  const kind = ["proposal-words", "quoted"].find((name) => target.classList.contains(name));
  if (!kind) return;
  let next = target.nextSibling;
  while (next?.nodeType === Node.ELEMENT_NODE && (next.matches(".note, .mark") || (next.matches(`.${kind}`) && !next.id))) {
    next.classList.add("is-shown");
    next = next.nextSibling;
  }
}

for (const entry of notes) {
  if (!entry.marker) continue;
  link(entry).setAttribute("aria-controls", entry.note.id);
  link(entry).addEventListener("click", (event) => {
    if (!isNarrow()) return;
    event.preventDefault();
    show(entry, !entry.isOpen);
  });
  entry.note.addEventListener("beforematch", () => show(entry, true));
  entry.note.querySelector(".note-label").addEventListener("click", (event) => {
    if (!isNarrow()) return;
    event.preventDefault();
    show(entry, false);
    link(entry).focus();
  });
}

// Words copied from the text come without the notes that stand between them, unless the selection begins in a note.
for (const edition of document.querySelectorAll(".edition")) {
  edition.addEventListener("selectstart", (event) => {
    const start = event.target instanceof Element ? event.target : event.target.parentElement;
    edition.classList.toggle("is-copying-text", !start?.closest(".note, .mark"));
  });
}

wide.addEventListener("change", place);
paper.addEventListener("change", place);
addEventListener("hashchange", openTarget);
place();
openTarget();
