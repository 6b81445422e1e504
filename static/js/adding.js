// Adds passages to a reading from the document itself: those that somebody selects, or ticks one by one.
// Without this, their numbers are typed into the form.
const box = document.querySelector("[data-adding]");
const edition = document.querySelector("article.document .edition");
const form = box?.querySelector(".adding-form");
const field = form?.querySelector("[name=passages]");
const choose = box?.querySelector("[data-adding-choose]");

function passages() {
  return [...edition.querySelectorAll(".passage[id]")];
}

function called(passage) {
  return passage.querySelector(":scope > .passage-number")?.textContent ?? passage.id;
}

// Passages as the form takes them: "3-5, 9"; those that follow one another stand together.
function written(chosen) {
  const all = passages();
  const runs = [];
  for (const passage of chosen) {
    const last = runs.at(-1)?.at(-1);
    if (last && all.indexOf(passage) === all.indexOf(last) + 1) runs.at(-1).push(passage);
    else runs.push([passage]);
  }
  return runs
    .map((run) => (run.length > 1 ? `${called(run[0])}-${called(run.at(-1))}` : called(run[0])))
    .join(", ");
}

function inWords(chosen) {
  return `passage${chosen.length > 1 ? "s" : ""} ${written(chosen).replaceAll(/(\d)-(\d)/g, "$1–$2")}`;
}

function add(chosen) {
  field.value = written(chosen);
  form.requestSubmit();
}

// The reading that is chosen in the form.
function target() {
  const select = form.querySelector("[name=reading]");
  return select.value === "new" ? "a new reading" : `“${select.selectedOptions[0].textContent}”`;
}

function touched(range) {
  return passages().filter((passage) => range.intersectsNode(passage));
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "tray-action";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

// Ticking: a box before every passage, and a tray that says which are ticked and adds them.
const tray = document.createElement("div");
tray.className = "tray choosing-tray";
tray.setAttribute("role", "group");
tray.setAttribute("aria-label", "Choose passages");
const which = document.createElement("p");
which.setAttribute("role", "status");
const actions = document.createElement("p");
actions.className = "tray-actions";
tray.append(which, actions);

function ticked() {
  return passages().filter((passage) => passage.querySelector(":scope > .choose-passage input")?.checked);
}

function tell() {
  const chosen = ticked();
  which.textContent = chosen.length ? `Chosen: ${inWords(chosen)}` : "Tick passages, or select words in them.";
  const buttons = chosen.length ? [button(`Add to ${target()}`, () => add(chosen))] : [];
  actions.replaceChildren(...buttons, button("Stop choosing", stop));
}

function begin(chosen = []) {
  for (const passage of passages()) {
    if (!passage.querySelector(":scope > .choose-passage")) {
      const label = document.createElement("label");
      label.className = "choose-passage";
      const input = document.createElement("input");
      input.type = "checkbox";
      const number = passage.querySelector(":scope > .passage-number");
      label.append(input, number ? `Passage ${number.textContent}` : passage.textContent.trim().split(/\s+/).slice(0, 4).join(" "));
      input.addEventListener("change", tell);
      passage.prepend(label);
    }
    if (chosen.includes(passage)) passage.querySelector(":scope > .choose-passage input").checked = true;
  }
  edition.after(tray);
  tell();
}

function stop() {
  for (const label of edition.querySelectorAll(".choose-passage")) label.remove();
  tray.remove();
}

if (box && edition && field) {
  choose.hidden = false;
  choose.addEventListener("click", () => {
    begin();
    passages()[0]?.querySelector(".choose-passage input").focus();
  });
  form.querySelector("[name=reading]").addEventListener("change", () => tray.isConnected && tell());
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && tray.isConnected) stop();
  });
  // The tray that offers a citation of a passage or of words offers to add them as well.
  document.addEventListener("passage-offered", ({ detail }) => {
    const selection = getSelection();
    const range = detail.words && selection.rangeCount ? selection.getRangeAt(0) : null;
    const chosen = range ? touched(range) : [detail.passage];
    if (tray.isConnected) {
      detail.close();
      begin(chosen);
      return;
    }
    detail.actions.lastElementChild.before(
      button(`Add ${inWords(chosen)} to ${target()}`, () => add(chosen)),
      button("Choose more", () => {
        detail.close();
        begin(chosen);
      }),
    );
  });
}
