// The exchange map: pointing at a proposal, or reaching it with the keyboard, brings out its lines.
for (const map of document.querySelectorAll(".map svg")) {
  const lines = [...map.querySelectorAll("[data-ends]")];

  function follow(node) {
    const key = node?.dataset.node;
    const here = lines.filter((line) => line.dataset.ends.split(" ").includes(key));
    for (const line of lines) line.classList.toggle("is-here", here.includes(line));
    map.classList.toggle("is-following", here.length > 0);
  }

  const nodeOf = (event) => event.target.closest("[data-node]");
  for (const kind of ["pointerover", "focusin"]) map.addEventListener(kind, (event) => follow(nodeOf(event)));
  for (const kind of ["pointerleave", "focusout"]) map.addEventListener(kind, () => follow(null));
}
