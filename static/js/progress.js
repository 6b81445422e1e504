// How far the reader is: a line at the head of the window, and the part of the outline that is being read.
const bar = document.querySelector("[data-progress]");
const edition = document.querySelector(".edition");
const entries = [...document.querySelectorAll(".outline a[href^='#']")]
  .map((link) => ({ link, target: document.getElementById(link.hash.slice(1)) }))
  .filter(({ target, link }) => target && !link.matches(".outline-part, .outline-numbers a"));

function update() {
  const end = edition.getBoundingClientRect().bottom + scrollY - innerHeight;
  const read = end > 0 ? scrollY / end : 1;
  bar.style.transform = `scaleX(${Math.min(Math.max(read, 0), 1)})`;
  let current = null;
  for (const entry of entries) {
    if (entry.target.getBoundingClientRect().top < innerHeight * 0.3) current = entry;
  }
  for (const entry of entries) {
    if (entry === current) entry.link.setAttribute("aria-current", "true");
    else entry.link.removeAttribute("aria-current");
  }
}

let waiting = false;
function soon() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    update();
  });
}

addEventListener("scroll", soon, { passive: true });
addEventListener("resize", soon, { passive: true });
update();
