// The theme switch: as the system has it, light, dark, and around again.
const NAMES = { system: "as your system", light: "light", dark: "dark" };
const ORDER = ["system", "light", "dark"];
const root = document.documentElement;
const button = document.getElementById("theme");

function current() {
  return root.dataset.theme ?? "system";
}

function describe() {
  const next = ORDER[(ORDER.indexOf(current()) + 1) % ORDER.length];
  const label = `Theme: ${NAMES[current()]}. Change to ${NAMES[next]}`;
  button.setAttribute("aria-label", label);
  button.title = label;
}

function choose(theme) {
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // The choice holds for this page only.
  }
  describe();
}

if (button) {
  button.hidden = false;
  button.addEventListener("click", () => choose(ORDER[(ORDER.indexOf(current()) + 1) % ORDER.length]));
  describe();
}
