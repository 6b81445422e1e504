// The exchange map: pointing at a proposal, or reaching it with the keyboard, brings out its chain: what it answers
// and what answers it, and so on to both ends.
function ends(line) {
  const [one, other] = line.dataset.ends.split(" ");
  const asked = line.dataset.answered;
  return { asked, answer: one === asked ? other : one };
}

function walk(start, links, from, to) {
  const seen = new Set([start]);
  const found = new Set();
  const waiting = [start];
  while (waiting.length) {
    const key = waiting.pop();
    for (const link of links.filter((each) => each[from] === key)) {
      found.add(link.line);
      if (seen.has(link[to])) continue;
      seen.add(link[to]);
      waiting.push(link[to]);
    }
  }
  return { seen, found };
}

for (const map of document.querySelectorAll(".map svg")) {
  const links = [...map.querySelectorAll("[data-ends]")].map((line) => ({ line, ...ends(line) }));
  const nodes = [...map.querySelectorAll("[data-node]")];

  function follow(node) {
    const key = node?.dataset.node;
    const forth = walk(key, links, "asked", "answer");
    const back = walk(key, links, "answer", "asked");
    for (const { line } of links) line.classList.toggle("is-here", forth.found.has(line) || back.found.has(line));
    const has = (each) => forth.seen.has(each.dataset.node) || back.seen.has(each.dataset.node);
    for (const each of nodes) each.classList.toggle("is-here", Boolean(node) && has(each));
    map.classList.toggle("is-following", forth.found.size + back.found.size > 0);
  }

  const nodeOf = (event) => event.target.closest("[data-node]");
  for (const kind of ["pointerover", "focusin"]) map.addEventListener(kind, (event) => follow(nodeOf(event)));
  for (const kind of ["pointerleave", "focusout"]) map.addEventListener(kind, () => follow(null));
}
