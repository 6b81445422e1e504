// Answers "point to the passage that shows ..." in the text itself: while a passage is being chosen every one has a
// button, and Escape leaves. What is chosen stands in the list of the question, which works without this.
const PASSAGES = ".excerpt-of .passage[id], .excerpt-of tr[id]";
let mode = null;

function button(words, className) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  made.textContent = words;
  return made;
}

export function passageOf(value) {
  return document.getElementById(`item-${value.replace("#", "-")}`);
}

function optionOf(select, passage) {
  return [...select.options].find((option) => option.value && passageOf(option.value) === passage);
}

// What a select says stands below it as links to the passages.
function tell(select, list) {
  const chosen = [...select.selectedOptions].filter((option) => option.value);
  list.replaceChildren(
    ...chosen.map((option) => {
      const [line, link] = [document.createElement("li"), document.createElement("a")];
      link.href = `#${passageOf(option.value)?.id ?? ""}`;
      link.textContent = `${option.parentElement.label}, ${option.textContent}`;
      line.append(link);
      return line;
    }),
  );
}

function choose(passage) {
  const { select, several } = mode;
  const option = optionOf(select, passage);
  if (!option) return;
  option.selected = several ? !option.selected : true;
  select.dispatchEvent(new Event("change", { bubbles: true }));
  if (!several) leave();
  else show();
}

function show() {
  for (const [passage, made] of mode.buttons) {
    const isChosen = optionOf(mode.select, passage)?.selected ?? false;
    passage.classList.toggle("is-chosen", isChosen);
    if (mode.several) made.setAttribute("aria-pressed", String(isChosen));
  }
}

function leave() {
  if (!mode) return;
  for (const [passage, made] of mode.buttons) {
    made.remove();
    passage.classList.remove("is-chosen", "is-choice");
  }
  document.body.classList.remove("is-pointing");
  mode.tray.remove();
  const { opener } = mode;
  mode = null;
  opener.focus({ preventScroll: true });
  opener.scrollIntoView({ block: "center" });
}

function nearest(passages) {
  const middle = innerHeight / 2;
  const away = (each) => Math.abs(each.getBoundingClientRect().top - middle);
  return passages.reduce((found, each) => (away(each) < away(found) ? each : found));
}

function enter(select, opener, prompt, several) {
  leave();
  const passages = [...document.querySelectorAll(PASSAGES)].filter((passage) => optionOf(select, passage));
  if (!passages.length) return;
  const buttons = new Map();
  for (const passage of passages) {
    const made = button("Choose", "point-here");
    const number = passage.querySelector(".passage-number")?.textContent;
    made.setAttribute("aria-label", number ? `Choose passage ${number}` : "Choose this passage");
    made.addEventListener("click", (event) => {
      event.stopPropagation();
      choose(passage);
    });
    passage.classList.add("is-choice");
    (passage.matches("tr") ? passage.cells[0] : passage).prepend(made);
    buttons.set(passage, made);
  }
  mode = { select, opener, several, buttons, tray: trayFor(prompt, several) };
  document.body.classList.add("is-pointing");
  document.getElementById("content").append(mode.tray);
  show();
  const first = nearest(passages);
  buttons.get(first).focus({ preventScroll: true });
  first.scrollIntoView({ block: "center" });
}

function trayFor(prompt, several) {
  const tray = document.createElement("div");
  tray.className = "tray pointing-tray";
  tray.setAttribute("role", "status");
  const words = document.createElement("p");
  words.textContent = `${prompt} Choose ${several ? "passages" : "a passage"}.`;
  const stop = button(several ? "Done" : "Cancel", "tray-action");
  stop.addEventListener("click", leave);
  tray.append(words, stop);
  return tray;
}

export function makePointable(places) {
  const select = places.querySelector("select");
  const list = places.parentElement.querySelector(".chosen-places");
  const prompt = places.parentElement.querySelector(".question-prompt").textContent.trim();
  const opener = button("Choose in the text", "button button-quiet point");
  opener.addEventListener("click", () => enter(select, opener, prompt, select.multiple));
  places.append(opener);
  for (const name of ["change", "told"]) select.addEventListener(name, () => tell(select, list));
  tell(select, list);
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && mode) leave();
});
document.addEventListener("click", (event) => {
  if (!mode || event.target.closest("a, button, .note")) return;
  const passage = event.target.closest(PASSAGES);
  if (passage && mode.buttons.has(passage)) choose(passage);
});
