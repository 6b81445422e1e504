// Who leaves a class on a device leaves nothing there; what is not saved yet is lost, and they are asked.
import { forget, keptOf } from "./saving.js";

export const LOSES = "What you wrote last is not saved yet. If you leave now, it is lost. Leave?";

// The page of a student sends what is not saved before it asks: see work.js.
const isWriting = document.getElementById("work-bar");

for (const form of isWriting ? [] : document.querySelectorAll("form[data-leaves]")) {
  form.addEventListener("submit", (event) => {
    const ident = form.dataset.leaves;
    if (keptOf(ident).length && !confirm(LOSES)) event.preventDefault();
    else forget(ident);
  });
}

// Who has everything deleted has it deleted here as well.
for (const form of document.querySelectorAll("form[data-forgets]")) {
  form.addEventListener("submit", () => forget(form.dataset.forgets));
}
