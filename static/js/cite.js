// Copies citations: of the document, of the passage whose number was chosen, of words that were selected.
// The citations are written by the server: see templates/interchange/_citation.html. Other scripts may add to the tray
// what can be done with a passage: they are told by the event "passage-offered".
const section = document.querySelector("[data-citation]");
const edition = document.querySelector(".edition");
const styles = section ? [...section.querySelectorAll("[data-style]")] : [];
const SHORTEST_SELECTION = 3;

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "tray-action";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

// The printed page a place is known to be on: that of the last page break before it.
function pageOf(node) {
  let page = "";
  for (const mark of edition.querySelectorAll(".page-break")) {
    if (mark.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING) page = mark.id.replace("page-", "");
  }
  return page;
}

function filled(style, passage, page, words) {
  const pattern = page ? style.dataset.page : style.dataset.passage;
  const number = passage.querySelector(".passage-number")?.textContent;
  const cited = number
    ? pattern.replaceAll("{ident}", passage.id).replaceAll("{number}", number).replaceAll("{page}", page)
    : style.textContent;
  return words ? `${quoted(words)} ${cited}` : cited;
}

function quoted(words) {
  const inside = words.replaceAll("“", "‘").replaceAll("”", "’");
  return /[.?!]$/.test(inside) ? `“${inside}”` : `“${inside}.”`;
}

// The words of a selection as the document has them: without notes, marks, numbers and page breaks.
function wordsOf(range) {
  const copied = range.cloneContents();
  for (const extra of copied.querySelectorAll(".note, .mark, .preview, .note-marker, .page-break, .passage-number, .gloss, .tray")) extra.remove();
  return copied.textContent.replace(/\s+/g, " ").trim();
}

const tray = document.createElement("div");
tray.className = "cite-tray tray";
tray.setAttribute("role", "group");
tray.setAttribute("aria-label", "Copy a citation");
const what = document.createElement("p");
const actions = document.createElement("p");
actions.className = "tray-actions";
tray.append(what, actions);

function offer(passage, page, words = "") {
  const number = passage.querySelector(".passage-number")?.textContent;
  what.textContent = words ? "Cite these words" : `Cite passage ${number}`;
  const choices = styles.map((style) =>
    button(style.dataset.style === "mla" ? "MLA" : "Chicago", () => done(filled(style, passage, page, words))),
  );
  const address = `${location.origin}${location.pathname}#${passage.id}`;
  actions.replaceChildren(...choices, button("Link", () => done(address)), button("Close", close));
  (passage.closest(".is-table") ?? passage).append(tray);
  document.dispatchEvent(new CustomEvent("passage-offered", { detail: { passage, words, actions, close } }));
}

function done(text) {
  copy(text);
  what.setAttribute("role", "status");
  what.textContent = "Copied.";
}

function close() {
  tray.remove();
}

function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const start = range.startContainer.parentElement?.closest(".passage");
  if (!start || !edition.contains(range.commonAncestorContainer)) return null;
  if (range.startContainer.parentElement.closest(".note, .mark, .preview")) return null;
  const words = wordsOf(range);
  return words.length >= SHORTEST_SELECTION ? { passage: start, page: pageOf(range.startContainer), words } : null;
}

if (section) {
  for (const made of section.querySelectorAll("button[data-copy]")) {
    const label = made.innerHTML;
    made.hidden = false;
    made.addEventListener("click", () => {
      copy(document.getElementById(made.dataset.copy).textContent);
      made.textContent = "Copied";
      setTimeout(() => (made.innerHTML = label), 2000);
    });
  }
}

if (section && edition) {
  edition.addEventListener("click", (event) => {
    const number = event.target.closest(".passage-number");
    if (number) offer(number.closest(".passage"), pageOf(number));
  });
  document.addEventListener("pointerup", (event) => {
    if (event.target.closest?.(".cite-tray")) return;
    setTimeout(() => {
      const chosen = selected();
      if (chosen) offer(chosen.passage, chosen.page, chosen.words);
    });
  });
  document.addEventListener("keyup", (event) => {
    if (event.key === "Escape") return close();
    const chosen = event.shiftKey ? selected() : null;
    if (chosen) offer(chosen.passage, chosen.page, chosen.words);
  });
}
