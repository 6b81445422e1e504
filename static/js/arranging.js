// Puts the items of a reading in order: by dragging the grip, by the arrow keys on it, and by the buttons, without
// leaving the page. The server is told the whole order; without this each button is a form of its own.
const form = document.querySelector("[data-arranging]");
const list = form?.querySelector(".arranged");
const said = form?.querySelector("[data-arranging-said]");
const EDGE = 60;

function items() {
  return [...list.querySelectorAll("[data-item]")];
}

function name(item) {
  return item.querySelector("h3").textContent.trim();
}

// What stands on an item of its place: its number, and whether it can go further.
function renumber() {
  const all = items();
  all.forEach((item, place) => {
    item.querySelector("[data-number]").textContent = place + 1;
    item.querySelector("[name=up]").disabled = place === 0;
    item.querySelector("[name=down]").disabled = place === all.length - 1;
  });
}

function tell(item) {
  const all = items();
  said.textContent = `${name(item)}: place ${all.indexOf(item) + 1} of ${all.length}.`;
}

// One request at a time, always with the order as it is then; a failure is told and the page loaded anew.
let sending = Promise.resolve();
function store() {
  sending = sending.then(async () => {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    body.set("order", items().map((item) => item.dataset.item).join(" "));
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      if (!answer.ok || !answer.headers.get("Content-Type").startsWith("application/json")) throw new Error();
    } catch {
      said.classList.remove("visually-hidden");
      said.textContent = "The new order was not saved: the archive did not answer. Load the page again, then move it once more.";
    }
  });
}

function move(item, by, focused) {
  const all = items();
  const place = all.indexOf(item) + by;
  if (place < 0 || place >= all.length) return;
  if (by < 0) all[place].before(item);
  else all[place].after(item);
  renumber();
  (focused.disabled ? item.querySelector("[data-grip]") : focused).focus();
  item.scrollIntoView({ block: "nearest" });
  tell(item);
  store();
}

// Dragging: the item goes where the pointer is, between those whose middles are above and below it. The document hears
// of the pointer: an element that is moved loses it.
function hold(item) {
  const before = items().indexOf(item);
  const ended = new AbortController();
  item.classList.add("is-held");

  const drag = (to) => {
    if (to.clientY < EDGE) scrollBy(0, -12);
    else if (to.clientY > innerHeight - EDGE) scrollBy(0, 12);
    const next = items().find((other) => {
      const box = other.getBoundingClientRect();
      return other !== item && to.clientY < box.top + box.height / 2;
    });
    if (next ? next.previousElementSibling !== item : list.lastElementChild !== item) {
      if (next) next.before(item);
      else list.append(item);
      renumber();
    }
  };
  const drop = () => {
    ended.abort();
    item.classList.remove("is-held");
    item.querySelector("[data-grip]").focus();
    if (items().indexOf(item) === before) return;
    tell(item);
    store();
  };
  document.addEventListener("pointermove", drag, { signal: ended.signal });
  document.addEventListener("pointerup", drop, { signal: ended.signal });
  document.addEventListener("pointercancel", drop, { signal: ended.signal });
}

if (list) {
  for (const grip of list.querySelectorAll("[data-grip]")) grip.hidden = false;
  list.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button) return;
    event.preventDefault();
    hold(grip.closest("[data-item]"));
  });
  list.addEventListener("keydown", (event) => {
    const grip = event.target.closest("[data-grip]");
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!grip || !by) return;
    event.preventDefault();
    move(grip.closest("[data-item]"), by, grip);
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[name=up], [name=down]");
    if (!button) return;
    event.preventDefault();
    move(button.closest("[data-item]"), button.name === "up" ? -1 : 1, button);
  });
}
