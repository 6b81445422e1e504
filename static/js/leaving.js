// Who leaves a device, or has everything deleted, leaves nothing in its browser: forms with data-leaves or data-forgets,
// which name the class. What was not saved yet is lost by leaving, so that this asks.
import { forget } from "./saving.js";

const LOSES = "Some of what you wrote is not saved yet. Open your work once more to save it. If you leave now, it is lost. Leave?";

function holds(ident) {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith(`classroom:${ident}:`));
  } catch {
    return false; // a browser that keeps nothing
  }
}

for (const form of document.querySelectorAll("form[data-leaves], form[data-forgets]")) {
  const { leaves, forgets } = form.dataset;
  form.addEventListener("submit", (event) => {
    if (leaves && holds(leaves) && !confirm(LOSES)) event.preventDefault();
    else forget(leaves ?? forgets);
  });
}
