// The page of a student: answers and notes are saved as they are typed, what was read is told by scrolling, and
// nothing is lost without a connection. Without this the page is one form.
import { LOSES } from "./leaving.js";
import { Marks } from "./marking.js";
import { makePointable, passageOf } from "./pointing.js";
import { Saver, forget } from "./saving.js";

const READ_AFTER = 1200;
const root = document.getElementById("work");
const form = document.getElementById("work-form");
const state = JSON.parse(document.getElementById("work-state").textContent);
const shown = document.getElementById("save-state");
const said = document.getElementById("save-said");
const { class: ident, student, save: address } = root.dataset;
const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
const saver = new Saver({ address, ident, student, token });
const marks = new Marks(saver);
const questions = new Map(
  [...root.querySelectorAll(".question")].map((block) => [block.id.slice("question-".length), block]),
);

// Fields

function fieldsOf(item) {
  return [...questions.get(item).querySelectorAll("[name^=answer-]")];
}

function valueOf(item) {
  const fields = fieldsOf(item);
  if (!fields.length) return { places: [] };
  if (fields[0].matches("textarea")) return { text: fields[0].value };
  if (fields[0].matches("select")) return { places: [...fields[0].selectedOptions].map((each) => each.value).filter(Boolean) };
  return { chosen: fields.filter((each) => each.checked).map((each) => Number(each.value)) };
}

function fill(item, value) {
  for (const field of fieldsOf(item)) {
    if (field.matches("textarea")) field.value = value.text ?? "";
    else if (field.matches("select")) {
      for (const option of field.options) option.selected = (value.places ?? []).includes(option.value);
      field.dispatchEvent(new Event("told"));
    } else field.checked = (value.chosen ?? []).includes(Number(field.value));
    grow(field);
  }
  tick(item);
}

function isAnswered(item) {
  const { text = "", chosen = [], places = [] } = valueOf(item);
  return Boolean(text.trim() || chosen.length || places.length);
}

function grow(field) {
  if (!field.matches("textarea[data-grows]") || CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}

function changed(field) {
  const item = field.name.slice(field.name.indexOf("-") + 1);
  if (field.matches("[name^=answer-]")) {
    saver.put("answer", item, { value: valueOf(item) });
    tick(item);
  } else if (field.dataset.note) {
    const name = `note-${field.dataset.note}`;
    const body = { item: field.dataset.note, passage: "", start: 0, end: 0, note: field.value };
    const isEmpty = !field.value.trim();
    saver.put(isEmpty ? "deleted" : "highlight", name, isEmpty ? {} : body);
    saver.drop(isEmpty ? "highlight" : "deleted", name);
  }
}

// What is done

function tick(item) {
  const line = root.querySelector(`.outline [data-for="${item}"][data-counts]`);
  if (!line) return;
  const isQuestion = questions.has(item);
  const isDone = isQuestion ? isAnswered(item) : true;
  line.classList.toggle("is-done", isDone);
  line.querySelector(".done-mark").textContent = isDone ? (isQuestion ? "answered" : "read") : "";
  const all = root.querySelectorAll(".outline [data-counts]");
  document.getElementById("done").textContent = `${root.querySelectorAll(".outline .is-done").length} of ${all.length} done`;
}

function showRead(item) {
  const beside = root.querySelector(`[data-beside="${item}"]`);
  if (!beside) return;
  const done = beside.querySelector(".is-read");
  const button = beside.querySelector("[data-read]");
  done.hidden = false;
  if (button && button === document.activeElement) {
    done.tabIndex = -1; // who pressed the button goes on from here
    done.focus();
  }
  button?.remove();
  tick(item);
}

function read(item) {
  if (!root.querySelector(`[data-read="${item}"]`)) return;
  showRead(item);
  saver.put("read", item);
}

// An item is read when its end has stood in the window for a moment.
const waiting = new Map();
const observer = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    clearTimeout(waiting.get(target));
    if (isIntersecting) waiting.set(target, setTimeout(() => !document.hidden && read(target.dataset.beside), READ_AFTER));
  }
});

// How the saving stands

const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
let last = "saved";

function tell({ state: now, detail, keeps }) {
  const kept = keeps ? "What you wrote is kept on this device." : "Leave this page open.";
  const words = {
    waiting: last === "offline" ? shown.textContent : "Saving …",
    saved: `Saved ${time.format(detail ? new Date(detail) : new Date())}`,
    offline: `Not saved yet: no connection. ${kept}`,
    refused: `Not saved: ${detail} ${kept}`,
    held: "Not everything is saved: look at the questions that say why.",
    unsent: `Not handed in, because not everything is saved yet. ${kept} Try again in a moment.`,
  }[now];
  shown.textContent = words;
  shown.parentElement.hidden = false;
  shown.parentElement.classList.toggle("is-unsaved", now !== "saved" && words !== "Saving …");
  if (now === "waiting" || now === last) return;
  said.textContent = words; // said once, not at every save
  last = now;
}

// What another device wrote meanwhile

function problem(item, words, ...more) {
  const block = questions.get(item);
  block.querySelector(".draft-problem")?.remove();
  const made = document.createElement("div");
  made.className = "draft-problem";
  made.setAttribute("role", "alert");
  const line = document.createElement("p");
  line.className = "field-error";
  line.textContent = words;
  made.append(line, ...more);
  block.querySelector(".question-prompt").after(made);
}

function inWords(item, { text, chosen, places }) {
  if (text !== undefined) return text;
  if (chosen) return chosen.map((each) => fieldsOf(item)[each]?.parentElement.textContent.trim()).join("\n");
  return (places ?? []).map((each) => passageOf(each)?.textContent.trim().slice(0, 80) ?? each).join("\n");
}

function choice(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button-quiet";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

function conflict({ entry, stored }) {
  const item = entry.ident;
  const other = document.createElement("blockquote");
  other.className = "quote draft-stored";
  other.textContent = inWords(item, stored.value) || "Nothing";
  const settle = (value) => {
    saver.settle(item, stored.sequence);
    questions.get(item).querySelector(".draft-problem")?.remove();
    if (value) {
      fill(item, value);
      noteBase(item, stored.sequence);
    } else saver.put("answer", item, { value: valueOf(item) });
    fieldsOf(item)[0]?.focus();
  };
  const actions = document.createElement("p");
  actions.className = "draft-actions";
  actions.append(
    choice("Keep what stands here", () => settle(null)),
    choice("Take what is saved", () => settle(stored.value)),
  );
  problem(item, "You answered this on another device or in another window. This is saved there:", other, actions);
}

function noteBase(item, sequence) {
  const base = questions.get(item)?.querySelector(`[name="base-${item}"]`);
  if (base) base.value = sequence;
}

// Buttons

let isSure = false;

async function submit(event) {
  const { submitter } = event;
  if (isSure) return;
  event.preventDefault();
  if (submitter?.name === "read") return read(submitter.value);
  if (submitter?.name === "delete") return marks.delete(submitter.value);
  const isSaved = await saver.flush();
  if (submitter?.value !== "hand-in") return;
  if (!isSaved) return tell({ state: saver.ready().length ? "unsent" : "held", keeps: Boolean(saver.storage) });
  isSure = true;
  form.requestSubmit(submitter);
}

async function leave(event) {
  if (isSure) return;
  event.preventDefault();
  if (!(await saver.flush()) && !confirm(LOSES)) return;
  saver.stopped = "left";
  forget(ident);
  isSure = true;
  event.target.requestSubmit();
}

// To begin with

function put(entry) {
  const { kind, ident: name, body } = entry;
  if (kind === "answer" && questions.has(name)) fill(name, body.value);
  if (kind === "read") showRead(name);
  if (kind === "highlight" && body.passage) marks.add({ ident: name, ...body });
  if (kind === "deleted") marks.remove(name);
  const note = body.passage === "" && root.querySelector(`[data-note="${body.item}"]`);
  if (note) note.value = body.note;
}

function begin() {
  for (const [item, { sequence }] of Object.entries(state.answers)) saver.knows("answer", item, sequence);
  for (const mark of state.highlights) {
    saver.knows("highlight", mark.ident, mark.sequence);
    marks.add(mark);
  }
  for (const [item, { sequence }] of Object.entries(state.notes)) saver.knows("highlight", `note-${item}`, sequence);
  saver.addEventListener("state", ({ detail }) => tell(detail));
  saver.addEventListener("conflict", ({ detail }) => conflict(detail));
  saver.addEventListener("held", ({ detail }) => questions.has(detail.entry.ident) && problem(detail.entry.ident, detail.error));
  saver.addEventListener("stored", ({ detail }) => noteBase(detail.entry.ident, detail.sequence));
  saver.addEventListener("elsewhere", ({ detail }) => put(detail));
  for (const places of root.querySelectorAll("[data-points]")) makePointable(places);
  for (const field of root.querySelectorAll("textarea")) grow(field);
  for (const beside of root.querySelectorAll("[data-beside]")) observer.observe(beside);
  root.addEventListener("input", ({ target }) => {
    grow(target);
    if (target.matches("textarea")) changed(target);
  });
  root.addEventListener("change", ({ target }) => target.matches("input, select") && target.name && changed(target));
  form.addEventListener("submit", submit);
  root.querySelector("[data-leaves]")?.addEventListener("submit", leave);
  addEventListener("beforeunload", (event) => !saver.storage && !saver.isClean && event.preventDefault());
  for (const entry of saver.resume()) put(entry);
}

begin();
