// Shows the text of the form as readers will see it, a moment after the last key; without this there is a button.
// Offers documents while someone writes of which one the text is a new version.
const pane = document.getElementById("preview");
const text = document.getElementById("id_text");
const version = document.getElementById("id_version_of");
const list = document.getElementById("candidates");
const PAUSE = 250;

// Calls the function a moment after the last call; the signal stops a request that is no longer wanted.
function afterPause(act) {
  let waiting;
  let asked = new AbortController();
  return () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      asked.abort();
      asked = new AbortController();
      try {
        await act(asked.signal);
      } catch (error) {
        if (error.name !== "AbortError") throw error;
      }
    }, PAUSE);
  };
}

async function show(signal) {
  const body = new FormData();
  body.set("text", text.value);
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(pane.dataset.preview, { method: "POST", body, signal, headers: { "X-CSRFToken": token } });
  if (answer.ok) pane.innerHTML = (await answer.json()).html;
}

async function offer(signal) {
  const words = new URLSearchParams({ q: version.value });
  const answer = await fetch(`${list.dataset.candidates}?${words}`, { signal });
  if (!answer.ok) return;
  const found = (await answer.json()).documents;
  list.replaceChildren(...found.map((one) => new Option(one.name, one.address)));
}

if (pane && text) {
  text.addEventListener("input", afterPause(show));
  for (const button of document.querySelectorAll(".without-script")) button.hidden = true;
}
if (version && list) version.addEventListener("input", afterPause(offer));
