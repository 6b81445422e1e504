// Suggested links from the keyboard: a number chooses a candidate, a letter presses its button. Single keys can be
// turned off, and do nothing while something is written.
const page = document.querySelector(".suggesting");
const choices = [...page.querySelectorAll(".choice")];
const toggle = document.getElementById("keys-toggle");
const KEPT = "single-keys";
let chosen = null;
let on = kept() !== "off";

function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function keep(value) {
  try {
    localStorage.setItem(KEPT, value);
  } catch {
    // the choice holds for this page only
  }
}

function choose(choice, focus = true) {
  if (!choice) return;
  chosen?.removeAttribute("aria-current");
  chosen = choice;
  chosen.setAttribute("aria-current", "true");
  for (const mark of page.querySelectorAll(".later mark")) {
    mark.classList.toggle("beside", !mark.dataset.of.split(" ").includes(choice.dataset.number));
  }
  if (!focus) return;
  chosen.focus({ preventScroll: true });
  chosen.scrollIntoView({ block: "nearest" });
}

function step(by) {
  choose(choices[Math.min(Math.max(choices.indexOf(chosen) + by, 0), choices.length - 1)]);
}

function openWords() {
  const words = chosen?.querySelector("details");
  if (!words) return;
  words.open = true;
  words.querySelector("textarea").focus();
}

function press(key) {
  const button = chosen?.querySelector(`[data-key="${key}"]`) ?? page.querySelector(`:not(.choice *)[data-key="${key}"]`);
  button?.click();
  return Boolean(button);
}

function act(key) {
  if (/^[1-9]$/.test(key) && choices[key - 1]) choose(choices[key - 1]);
  else if (key === "ArrowDown") step(1);
  else if (key === "ArrowUp") step(-1);
  else if (key === "w") openWords();
  else return /^[a-z]$/.test(key) && press(key);
  return true;
}

function tell() {
  page.classList.toggle("keys-on", on);
  toggle.setAttribute("aria-pressed", String(on));
  toggle.textContent = on ? "Single keys are on" : "Single keys are off";
}

toggle.closest("[hidden]").hidden = false;
toggle.addEventListener("click", () => {
  on = !on;
  keep(on ? "on" : "off");
  tell();
});
for (const choice of choices) choice.addEventListener("focusin", () => choose(choice, false));
document.addEventListener("keydown", (event) => {
  const writing = event.target.closest("input, textarea, select");
  if (writing && event.key === "Escape") choose(writing.closest(".choice"));
  if (!on || writing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (act(event.key)) event.preventDefault();
});
tell();
choose(choices.find((choice) => choice.classList.contains("wrong")) ?? choices[0], false);
