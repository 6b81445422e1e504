// The student's own marks: words that they select, with a note if they write one. Shown in the text and in a list.
// By keyboard: select words (or go to the number of a passage and press Enter), then Tab to the buttons.
import { lengthOf, lettersIn, passagesIn, wrap } from "./letters.js";

const PAUSE = 350;
const LONGEST_LABEL = 60;

function element(name, className, words = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = words;
  if (name === "button") made.type = "button";
  return made;
}

function newIdent() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `m-${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

function short(words) {
  return words.length > LONGEST_LABEL ? `${words.slice(0, LONGEST_LABEL).trimEnd()}…` : words;
}

export class Marks {
  constructor(saver) {
    this.saver = saver;
    this.marks = new Map();
    this.section = document.getElementById("own");
    this.list = this.section.querySelector("ul");
    this.tray = element("div", "tray own-tray");
    this.tray.setAttribute("role", "group");
    this.said = element("p", "visually-hidden");
    this.said.setAttribute("role", "status");
    document.getElementById("content").append(this.said);
    this.offered = null;
    document.addEventListener("selectionchange", () => this.later());
    document.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("click", (event) => this.click(event));
  }

  passageOf({ item, passage }) {
    return document.getElementById(`item-${item}-${passage}`);
  }

  // Shows a mark that is stored or was just made.
  add(mark) {
    this.unwrap(mark.ident);
    const passage = this.passageOf(mark);
    const words = passage && mark.end > mark.start ? this.wrap(passage, mark) : "";
    this.marks.set(mark.ident, { ...mark, words: words || mark.words || "" });
    this.write();
  }

  wrap(passage, { ident, start, end, note }) {
    return wrap(passage, start, end, () => {
      const made = element("mark", "own-mark");
      made.dataset.mark = ident;
      made.classList.toggle("has-note", Boolean(note));
      return made;
    });
  }

  unwrap(ident) {
    for (const each of document.querySelectorAll(`mark[data-mark="${ident}"]`)) {
      const parent = each.parentNode;
      each.replaceWith(...each.childNodes);
      parent.normalize();
    }
  }

  remove(ident) {
    this.unwrap(ident);
    this.marks.delete(ident);
    this.write();
  }

  delete(ident) {
    const mark = this.marks.get(ident);
    this.remove(ident);
    this.saver.put("deleted", ident);
    this.saver.drop("highlight", ident);
    this.close();
    this.said.textContent = "Deleted.";
    if (mark?.end > mark?.start) this.offerBack(mark);
  }

  offerBack(mark) {
    const [back, close] = [element("button", "tray-action", "Undo"), element("button", "tray-action", "Close")];
    back.addEventListener("click", () => {
      this.save(mark);
      this.saver.drop("deleted", mark.ident);
      this.add(mark);
      this.close();
      this.said.textContent = "The mark is back.";
    });
    close.addEventListener("click", () => this.close());
    this.show("Deleted", element("p", "", `Deleted: “${short(mark.words)}”`), back, close);
  }

  save({ ident, item, passage, start, end, note }) {
    this.saver.put("highlight", ident, { item, passage, start, end, note });
  }

  inOrder() {
    const place = (one, other) => {
      const [first, second] = [this.passageOf(one), this.passageOf(other)];
      if (first === second || !first || !second) return one.start - other.start;
      return first.compareDocumentPosition(second) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
    };
    return [...this.marks.values()].sort(place);
  }

  // The list beside the outline.
  write() {
    const marks = this.inOrder();
    this.section.hidden = !marks.length;
    this.list.replaceChildren(...marks.map((mark) => this.line(mark)));
  }

  line(mark) {
    const line = element("li", "");
    const link = element("a", "", `“${short(mark.words)}”`);
    link.href = `#${this.passageOf(mark)?.id ?? ""}`;
    line.append(link);
    if (mark.note) line.append(element("p", "own-note", mark.note));
    const write = element("button", "own-edit", mark.note ? "Change note" : "Write note");
    const remove = element("button", "own-delete", "Delete");
    write.setAttribute("aria-label", `${write.textContent} on “${short(mark.words)}”`);
    remove.setAttribute("aria-label", `Delete the mark “${short(mark.words)}”`);
    write.addEventListener("click", () => this.edit(mark.ident, write));
    remove.addEventListener("click", () => {
      this.delete(mark.ident);
      (this.list.querySelector("a") ?? document.querySelector(".outline a"))?.focus();
    });
    line.append(write, remove);
    return line;
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.offerSelected(), PAUSE);
  }

  selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed || document.body.classList.contains("is-pointing")) return [];
    const range = selection.getRangeAt(0);
    if (range.startContainer.parentElement?.closest(".note, .tray, textarea, input")) return [];
    return passagesIn(range)
      .map((passage) => this.partOf(passage, lettersIn(range, passage)))
      .filter(({ start, end }) => end > start);
  }

  partOf(passage, { start, end }) {
    const item = passage.closest("[data-item]").dataset.item;
    return { item, passage: passage.id.slice(`item-${item}-`.length), start, end };
  }

  offerSelected() {
    const parts = this.selected();
    if (parts.length) this.offer(parts, "The words you selected");
    else if (this.offered && !this.tray.contains(document.activeElement)) this.close();
  }

  offer(parts, name) {
    this.offered = parts;
    const [mark, note, close] = [
      element("button", "tray-action", "Mark"),
      element("button", "tray-action", "Write a note"),
      element("button", "tray-action", "Close"),
    ];
    mark.addEventListener("click", () => this.make());
    note.addEventListener("click", () => this.edit(this.make(), null));
    close.addEventListener("click", () => this.close());
    for (const each of [mark, note]) each.addEventListener("pointerdown", (event) => event.preventDefault());
    this.show(name, element("p", "", name), mark, note, close);
    this.said.textContent = "Press Tab to mark this or to write a note.";
  }

  show(name, ...content) {
    this.tray.setAttribute("aria-label", name);
    this.tray.replaceChildren(...content);
    document.getElementById("content").append(this.tray);
  }

  // Marks what was offered, each passage for itself; returns the first.
  make() {
    const made = this.offered.map((part) => ({ ...part, ident: newIdent(), note: "" }));
    getSelection().removeAllRanges();
    for (const mark of made) {
      this.add(mark);
      this.save(mark);
    }
    this.close();
    this.said.textContent = "Marked.";
    return made[0].ident;
  }

  edit(ident, opener) {
    const mark = this.marks.get(ident);
    if (!mark) return;
    this.offered = null;
    this.opener = opener;
    const label = element("label", "own-label", `Your note on “${short(mark.words)}”`);
    const field = element("textarea", "");
    field.id = label.htmlFor = "own-note";
    field.rows = 3;
    field.maxLength = 5000;
    field.value = mark.note ?? "";
    field.addEventListener("input", () => this.change(ident, field.value));
    const [done, remove] = [element("button", "tray-action", "Done"), element("button", "tray-action", "Delete mark")];
    done.addEventListener("click", () => this.close());
    remove.addEventListener("click", () => this.delete(ident));
    this.show("Your note", label, field, done, remove);
    field.focus();
  }

  change(ident, note) {
    const mark = { ...this.marks.get(ident), note };
    this.marks.set(ident, mark);
    for (const each of document.querySelectorAll(`mark[data-mark="${ident}"]`)) each.classList.toggle("has-note", Boolean(note));
    this.save(mark);
    this.write();
  }

  close() {
    if (!this.tray.isConnected) return;
    const hadFocus = this.tray.contains(document.activeElement);
    this.tray.remove();
    this.offered = null;
    if (hadFocus && this.opener?.isConnected) this.opener.focus();
    this.opener = null;
  }

  key(event) {
    if (!this.tray.isConnected) return;
    if (event.key === "Escape") return this.close();
    const isSelecting = this.offered && !this.tray.contains(document.activeElement);
    if (event.key !== "Tab" || event.shiftKey || !isSelecting) return;
    event.preventDefault();
    this.tray.querySelector("button").focus();
  }

  click(event) {
    if (document.body.classList.contains("is-pointing")) return;
    const number = event.target.closest(".excerpt-of .passage-number");
    if (number) return this.offerPassage(number, event.detail === 0);
    const mark = event.target.closest("mark[data-mark]");
    if (mark && getSelection().isCollapsed && !event.target.closest("a")) this.edit(mark.dataset.mark, null);
  }

  // A whole passage, by its number.
  offerPassage(number, byKeyboard) {
    const passage = number.closest("tr[id], .passage[id]");
    this.offer([this.partOf(passage, { start: 0, end: lengthOf(passage) })], `Passage ${number.textContent}`);
    this.opener = number;
    if (byKeyboard) this.tray.querySelector("button").focus();
  }
}
