// A glimpse of what a reference leads to, beside the link: after a moment under the mouse or with the focus of the
// keyboard, or at the first tap. A click, the second tap and Enter follow the link as ever; Escape closes the card.
// The card is what the server shows at the address of the document or note, with /preview/ behind it.
const LINKS = "a.reference[href]";
const DOCUMENT = /^\/documents\/[\w-]+\/$/;
const NOTE = "fn";
const BEFORE_OPENING = 350;
const BEFORE_CLOSING = 300;
const GAP = 8;
const SMALLEST = 160;

const cards = new Map();
let open = null;
let timer = 0;
let pointer = "";

function addressOf(link) {
  const url = new URL(link.href);
  if (url.origin !== location.origin || !DOCUMENT.test(url.pathname)) return "";
  const part = decodeURIComponent(url.hash.slice(1));
  return part.startsWith(NOTE) ? `${url.pathname}notes/${encodeURIComponent(part)}/preview/` : `${url.pathname}preview/`;
}

// The card at an address, or null where there is none; asked for once.
function fetched(address) {
  if (!cards.has(address)) {
    const asked = fetch(address).then(async (response) => {
      if (!response.ok) return null;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      return page.querySelector("[data-preview]");
    });
    cards.set(address, asked);
    asked.catch(() => cards.delete(address));
  }
  return cards.get(address);
}

const status = document.createElement("p");
status.className = "visually-hidden";
status.setAttribute("role", "status");
document.querySelector("main").append(status);

async function show(link) {
  if (open?.link === link) return;
  const address = addressOf(link);
  const wished = (open = { link, card: null });
  let card = null;
  try {
    card = await fetched(address);
  } catch {
    // No network: the link is still a link.
  }
  if (open !== wished) return;
  if (!card || !link.checkVisibility()) {
    open = null;
    if (pointer === "touch") location.assign(link.href);
    return;
  }
  open.card = made(link, document.importNode(card, true));
  place();
}

function made(link, card) {
  card.popover = "manual";
  card.id = "preview";
  card.tabIndex = 0;
  card.setAttribute("role", "dialog");
  card.setAttribute("aria-label", `Preview: ${card.querySelector("[data-name]").textContent}`);
  // A passage is shown by its document and still gone to; a note may have another id than the one it is cited by.
  if (!addressOf(link).includes("/notes/")) card.querySelector("[data-go]").href = link.href;
  const closing = document.createElement("button");
  closing.type = "button";
  closing.className = "button button-quiet";
  closing.textContent = "Close";
  closing.addEventListener("click", () => close(true));
  card.querySelector(".preview-actions").append(closing);
  card.addEventListener("focusout", left);
  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && later(close, BEFORE_CLOSING));
  // Within a heading it would be read as part of it, and within a table it would stretch its cell.
  (link.closest("h1, h2, h3, table") ?? link).after(card);
  card.showPopover();
  link.setAttribute("aria-details", card.id);
  status.textContent = `${card.getAttribute("aria-label")}. It follows the link; Escape closes it.`;
  return card;
}

// Below the link if there is room, otherwise above; as high as fits, and never wider than the window.
function place() {
  const { link, card } = open;
  const first = link.getClientRects()[0];
  const last = [...link.getClientRects()].at(-1);
  const wide = document.documentElement.clientWidth;
  const [above, below] = [first.top - 2 * GAP, innerHeight - last.bottom - 2 * GAP];
  card.style.maxHeight = "";
  const wanted = card.offsetHeight;
  const isBelow = below >= Math.min(wanted, SMALLEST * 2) || below >= above;
  const high = Math.min(wanted, Math.max(isBelow ? below : above, SMALLEST));
  const anchor = isBelow ? last : first;
  const left = Math.max(2 * GAP, Math.min(anchor.left - GAP, wide - card.offsetWidth - 2 * GAP));
  card.style.maxHeight = `${high}px`;
  card.style.left = `${left + scrollX}px`;
  card.style.top = `${(isBelow ? last.bottom + GAP : first.top - GAP - high) + scrollY}px`;
}

function close(isFocusKept = false) {
  clearTimeout(timer);
  if (!open) return;
  const { link, card } = open;
  const isInside = card?.contains(document.activeElement);
  open = null;
  card?.remove();
  link.removeAttribute("aria-details");
  status.textContent = "";
  if (isFocusKept === true && isInside) link.focus();
}

function later(act, time) {
  clearTimeout(timer);
  timer = setTimeout(act, time);
}

// The focus went elsewhere than to the link or into its card.
function left(event) {
  if (!open || !event.relatedTarget) return;
  if (event.relatedTarget !== open.link && !open.card?.contains(event.relatedTarget)) close();
}

function linkOf(event) {
  const link = event.target instanceof Element ? event.target.closest(LINKS) : null;
  return link && !link.closest(".preview") && addressOf(link) ? link : null;
}

if (HTMLElement.prototype.showPopover) {
  document.addEventListener("pointerdown", (event) => {
    pointer = event.pointerType;
    if (open && !open.card?.contains(event.target) && !open.link.contains(event.target)) close();
  });
  document.addEventListener("pointerover", (event) => {
    const link = event.pointerType === "mouse" ? linkOf(event) : null;
    if (!link) return;
    if (open?.link === link) return clearTimeout(timer);
    later(() => (close(), show(link)), BEFORE_OPENING);
  });
  document.addEventListener("pointerout", (event) => {
    const link = event.pointerType === "mouse" ? linkOf(event) : null;
    if (link && !link.contains(event.relatedTarget)) later(close, BEFORE_CLOSING);
  });
  document.addEventListener("focusin", (event) => {
    const link = linkOf(event);
    if (link && link !== open?.link && link.matches(":focus-visible")) later(() => (close(), show(link)), BEFORE_OPENING);
  });
  document.addEventListener("focusout", (event) => {
    if (linkOf(event)) clearTimeout(timer);
    if (event.target === open?.link) left(event);
  });
  document.addEventListener("click", (event) => {
    const link = pointer === "touch" ? linkOf(event) : null;
    if (!link || open?.link === link) return;
    event.preventDefault();
    close();
    show(link);
  });
  // Before anything else that listens for Escape: it closes one thing at a time.
  addEventListener(
    "keydown",
    (event) => {
      pointer = "";
      if (event.key !== "Escape" || !open) return;
      event.stopPropagation();
      close(true);
    },
    true,
  );
  addEventListener("resize", () => open?.card && place());
}
