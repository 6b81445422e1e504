// Shows the text of the form as readers will see it, a moment after the last key. Without this, saving shows it.
const pane = document.getElementById("preview");
const text = document.getElementById("id_text");
const PAUSE = 250;

async function show() {
  const body = new FormData();
  body.set("text", text.value);
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(pane.dataset.preview, { method: "POST", body, headers: { "X-CSRFToken": token } });
  if (answer.ok) pane.innerHTML = (await answer.json()).html;
}

if (pane && text) {
  let waiting;
  text.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, PAUSE);
  });
}
