// A reading that takes no more answers: shows the student's marks, and what this device wrote that came too late.
import { wrap } from "./letters.js";

const root = document.getElementById("work");

function show({ item, passage, start, end, note }) {
  const place = document.getElementById(`item-${item}-${passage}`);
  if (!place || end <= start) return;
  wrap(place, start, end, () => {
    const made = document.createElement("mark");
    made.className = note ? "own-mark has-note" : "own-mark";
    return made;
  });
}

function kept() {
  const prefix = `classroom:${root.dataset.class}:${root.dataset.student}:answer:`;
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix));
    return keys.map((key) => [key.slice(prefix.length), JSON.parse(localStorage.getItem(key)).body.value]);
  } catch {
    return []; // no storage, nothing kept
  }
}

function tellKept(item, { text }) {
  const question = document.getElementById(`question-${item}`);
  if (!question || !text) return;
  const [notice, words] = [document.createElement("div"), document.createElement("blockquote")];
  notice.className = "draft-problem";
  notice.textContent = "This was written on this device and came too late to be saved:";
  words.className = "quote draft-stored";
  words.textContent = text;
  notice.append(words);
  question.append(notice);
}

JSON.parse(document.getElementById("work-state").textContent).highlights.forEach(show);
for (const [item, value] of kept()) tellKept(item, value);
