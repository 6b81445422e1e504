// Goes from difference to difference: buttons, n and p. Escape (or the button) takes the marks away, and the keys with
// them. Pointing at a difference brings out both of its readings.
const tray = document.querySelector("[data-differences]");
const differences = [...document.querySelectorAll("[id^=difference-]")];
const here = tray?.querySelector("[data-difference-here]");
const words = tray?.querySelector("[data-difference-words]");
const off = tray?.querySelector("[data-difference-off]");
const root = document.documentElement;
const LONGEST_SAID = 200;
let current = -1;

const numberOf = (element) => Number(element.id.replace("difference-", ""));

function readings(number) {
  return [...document.querySelectorAll(`#difference-${number}, [data-difference="${number}"]`)];
}

function mark(number, isMarked, name) {
  for (const reading of readings(number)) reading.classList.toggle(name, isMarked);
}

function tell(number) {
  const count = current + 1;
  here.textContent = number === count
    ? `Difference ${number} of ${differences.length}`
    : `Difference ${number}, ${count} of ${differences.length} marked`;
  const said = readings(number).at(-1).textContent.trim();
  words.textContent = said.length <= LONGEST_SAID ? said : "";
}

function go(place) {
  if (current >= 0) mark(numberOf(differences[current]), false, "is-here");
  current = (place + differences.length) % differences.length;
  const element = differences[current];
  const number = numberOf(element);
  mark(number, true, "is-here");
  element.scrollIntoView({ block: "center" });
  tell(number);
  history.replaceState(null, "", `#${element.id}`);
}

// From the keyboard one goes on from there: to the difference in the apparatus, or to the next link.
function goByKey(place) {
  go(place);
  const element = differences[current];
  const number = element.querySelector(".variant-number a") ?? element.nextElementSibling?.querySelector("a");
  number?.focus({ preventScroll: true });
}

function toggle() {
  const isOff = root.classList.toggle("differences-off");
  off.setAttribute("aria-pressed", String(isOff));
}

function isTyping(target) {
  return target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
}

if (tray) {
  tray.querySelector("[data-difference-first]").hidden = true;
  tray.querySelector("[data-difference-all]").hidden = true;
  here.textContent = tray.querySelector("[data-difference-all]").textContent;
  here.hidden = false;
  off.hidden = false;
  off.addEventListener("click", toggle);
  for (const button of tray.querySelectorAll("[data-difference-step]")) {
    button.hidden = false;
    button.addEventListener("click", () => go(current < 0 ? 0 : current + Number(button.dataset.differenceStep)));
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (event.key === "Escape") toggle();
    if (root.classList.contains("differences-off")) return;
    if (event.key === "n") goByKey(current + 1);
    if (event.key === "p") goByKey(current < 0 ? -1 : current - 1);
  });
  for (const kind of ["pointerover", "pointerout"]) {
    document.addEventListener(kind, (event) => {
      const number = event.target.closest("[data-difference]")?.dataset.difference;
      if (number) mark(number, kind === "pointerover", "is-pointed");
    });
  }
  const wanted = differences.findIndex((element) => `#${element.id}` === location.hash);
  if (wanted >= 0) go(wanted);
}
