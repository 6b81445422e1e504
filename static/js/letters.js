// Words of a passage, named by its letters: what is not the text itself, and spaces, count for nothing, because they
// may differ between the page and what is stored. classroom/marking_up.py counts in the same way.
const SPACES = new Set([" ", "\t", "\n", "\r", "\u00a0"]);
const NOT_TEXT = ".passage-number, .note, .mark, .note-marker, .page-break, .label, .gloss, .gap, .preview, .tray, .point-here";
const PASSAGES = ".excerpt-of .passage[id], .excerpt-of tr[id]";

export function passagesIn(range) {
  return [...document.querySelectorAll(PASSAGES)].filter((passage) => range.intersectsNode(passage));
}

// The text nodes of a passage that are its text. Those of a row of a table are its own, not its table's.
function nodesOf(passage) {
  const walker = document.createTreeWalker(passage, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const isOmitted = node.data === "[omitted]" && node.parentElement.matches(".correction");
      return isOmitted ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
    }
    return node.matches(`${NOT_TEXT}, tr[id]`) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
  });
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

function count(text) {
  let letters = 0;
  for (const each of text) letters += !SPACES.has(each);
  return letters;
}

export function lengthOf(passage) {
  return nodesOf(passage).reduce((sum, node) => sum + count(node.data), 0);
}

// The letters of a passage that a range covers: { start, end }, equal where it covers none.
export function lettersIn(range, passage) {
  let [before, start, end] = [0, null, 0];
  for (const node of nodesOf(passage)) {
    if (range.intersectsNode(node)) {
      const from = node === range.startContainer ? range.startOffset : 0;
      const to = node === range.endContainer ? range.endOffset : node.data.length;
      const covered = count(node.data.slice(from, to));
      if (covered) {
        start ??= before + count(node.data.slice(0, from));
        end = before + count(node.data.slice(0, from)) + covered;
      }
    }
    before += count(node.data);
  }
  return { start: start ?? 0, end };
}

// Where the letters from one number up to another stand in a text: indices into it.
function span(text, start, end) {
  let [letters, at, from, to] = [0, 0, -1, -1];
  for (const each of text) {
    if (!SPACES.has(each)) {
      if (letters >= start && letters < end) {
        if (from < 0) from = at;
        to = at + each.length;
      }
      letters += 1;
    }
    at += each.length;
  }
  return from < 0 ? null : [from, to];
}

// Wraps letters of a passage in elements that "make" gives; returns the words.
export function wrap(passage, start, end, make) {
  const words = [];
  let before = 0;
  for (const node of nodesOf(passage)) {
    const found = span(node.data, start - before, end - before);
    before += count(node.data);
    if (!found) continue;
    const range = document.createRange();
    range.setStart(node, found[0]);
    range.setEnd(node, found[1]);
    words.push(range.toString());
    range.surroundContents(make());
  }
  return words.join(" ");
}
