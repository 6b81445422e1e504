// Goes from hit to hit: buttons, n and p. Escape (or the button) takes the marks away, and the keys with them.
import { reveal } from "./notes.js";

const bar = document.querySelector("[data-hits]");
const hits = [...document.querySelectorAll(".hit[id]")];
const root = document.documentElement;
const here = bar?.querySelector("[data-hits-here]");
const off = bar?.querySelector("[data-hits-off]");
let current = -1;

function go(number) {
  hits[current]?.classList.remove("is-here");
  current = (number + hits.length) % hits.length;
  const hit = hits[current];
  hit.classList.add("is-here");
  reveal(hit);
  hit.scrollIntoView({ block: "center" });
  here.textContent = `Hit ${current + 1} of ${hits.length}`;
  here.hidden = false;
  bar.querySelector("[data-hits-all]").hidden = true;
}

function toggle() {
  const isOff = root.classList.toggle("hits-off");
  off.setAttribute("aria-pressed", String(isOff));
}

function isTyping(target) {
  return target.closest("input, textarea, select, [contenteditable]");
}

if (bar && hits.length) {
  bar.querySelector("[data-hits-first]").hidden = true;
  here.setAttribute("role", "status");
  off.hidden = false;
  off.addEventListener("click", toggle);
  for (const button of bar.querySelectorAll("[data-hits-step]")) {
    button.hidden = false;
    button.addEventListener("click", () => go(current + Number(button.dataset.hitsStep)));
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const isOff = root.classList.contains("hits-off");
    if (event.key === "Escape" && !isOff && !event.target.closest("[aria-expanded=true]")) toggle();
    if (isOff) return;
    if (event.key === "n") go(current + 1);
    if (event.key === "p") go(current - 1);
  });
  const wanted = hits.findIndex((hit) => `#${hit.id}` === location.hash);
  if (wanted >= 0 || !location.hash) go(Math.max(wanted, 0));
}
