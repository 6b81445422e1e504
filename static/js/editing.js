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
  if (answer.ok) put((await answer.json()).html);
}

// Puts the text as readers will see it into its pane. What is wrong with it stands above how it was when it could be read.
function put(html) {
  const now = document.createElement("template");
  now.innerHTML = html;
  const wrong = now.content.querySelector("[role=alert]");
  pane.classList.toggle("behind", Boolean(wrong));
  if (!wrong) return pane.replaceChildren(now.content);
  pane.querySelector("[role=alert]")?.remove();
  pane.prepend(wrong);
  leadToLine(wrong);
  pane.scrollTop = 0;
}

// A button by which someone who reads "line 28" comes to that line of the text.
function leadToLine(wrong) {
  const line = Number(/\bline (\d+)/.exec(wrong.textContent)?.[1] ?? 0);
  if (!line) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button to-line";
  button.textContent = `Go to line ${line}`;
  button.addEventListener("click", () => goTo(line));
  wrong.append(document.createElement("br"), button);
}

function goTo(line) {
  const lines = text.value.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  text.setSelectionRange(start, start);
  text.blur();
  text.focus(); // browsers scroll to the place of the cursor on focus, and not for a selection
  text.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
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
  for (const wrong of pane.querySelectorAll("[role=alert]")) leadToLine(wrong);
  for (const button of document.querySelectorAll(".without-script")) button.hidden = true;
}
if (version && list) version.addEventListener("input", afterPause(offer));
