"""What stands in two columns on paper: documents side by side, witnesses word by word, and links with both their words.

A row has what stands ``left`` and ``right``, blocks on either side. Where one side has no text of its own, what is said
of that stands above the text of the other, and the ``side`` that has it may take more of the width; what both sides
have alike stands in ``both``.
Markers of notes are left out here: their notes belong to the whole document.
"""

from __future__ import annotations

from collections.abc import Iterator

from classroom.paper.tree import Node, Reader, block, clean, kind_of, words
from documents.collation_page import CollationPage
from documents.collation_rows import Group, Look, Pair, Words
from documents.exchange import changed, done
from documents.facing import Facing, FacingRow, Labeled, Shown
from documents.models import Link


def facing_rows(facing: Facing, reader: Reader) -> Iterator[Node]:
    """Two documents, proposal to proposal."""
    for each in facing.rows:
        left = _segment(each.left, reader) if each.left else []
        right = [node for segment in each.right for node in _segment(segment, reader)]
        right += [_pointer(segment, each) for segment in each.pointers]
        if not left and not each.row.is_moved:
            left = [remark(f"Nothing beside this in {facing.left}")]
        yield beside(left, right or [remark(f"Nothing beside this in {facing.right}")])


def collation_rows(page: CollationPage, reader: Reader) -> Iterator[Node]:
    """Two witnesses, row by row; a section that is not the text itself begins with its name."""
    for part in page.parts:
        if len(page.parts) > 1:
            yield {"both": [block("label", words(part.title))]}
        for group in part.groups:
            yield from _collated(group, page, reader)


def beside(left: list[Node], right: list[Node]) -> Node:
    """A row of two sides, or of the one that has text."""
    if not _has_words(left):
        return {"side": "right", "of": [*left, *right]}
    if not _has_words(right):
        return {"side": "left", "of": [*right, *left]}
    return {"left": left, "right": right}


def link_of(link: Link, as_answer: bool) -> Node:
    """A link with the words of both documents, told from the side of the answer or of what is answered."""
    if as_answer:
        heading = f"{link.get_relation_display().capitalize()} {link.answered.ident} {link.answered.title}"
    elif link.answer:
        heading = f"{done(link).capitalize()} by {link.answer.ident} {link.answer.title}"
    else:
        heading = f"{done(link).capitalize()} by {link.later_document} as a whole"
    return {
        "heading": clean(heading),
        "left": _quoted(link.answered_words, str(link.answered.document), link.answered_quotation),
        "right": _quoted(link.answer_words, str(link.later_document), link.answer_quotation),
        "note": clean(link.note),
    }


def remark(said: str) -> Node:
    """What the archive says, where a text has nothing."""
    return block("remark", words(said))


def _has_words(blocks: list[Node]) -> bool:
    return any(each.get("kind") != "remark" for each in blocks)


def _quoted(words: str, document: str, quotation: str) -> Node:
    return {"words": clean(words), "document": clean(document), "changed": changed(quotation)}


def _segment(segment: Shown, reader: Reader) -> list[Node]:
    found = [_label(each) for each in segment.labels]
    found += [block("label", words(said)) for said in segment.remarks]
    for passage, html in segment.passages:
        blocks = _without_markers(reader.blocks(str(html)))
        for place, each in enumerate(blocks):
            if each["is"] == "block":
                number = str(passage.number or "") if place == 0 else ""
                each |= {"kind": kind_of(passage.kind, each["of"]), "number": number, "deep": bool(passage.depth)}
        found += blocks
    return found


def _label(each: Labeled) -> Node:
    said = "".join(f" · {each_said}" for each_said in each.remarks)
    named = {"is": "bold", "of": words(f"{each.proposal.ident} {each.proposal.title}")}
    return block("label", [named, *words(said)])


def _pointer(segment: Shown, row: FacingRow) -> Node:
    named = ", ".join(f"{each.proposal.ident} {each.proposal.title}" for each in segment.labels) or "These words"
    if row.row.is_moved:
        return remark(f"{named} stands here in its document and is shown beside what it answers.")
    return remark(f"{named} belongs here too.")


def _collated(group: Group, page: CollationPage, reader: Reader) -> Iterator[Node]:
    match group.look:
        case Look.OMITTED:
            for place, pair in enumerate(group.pairs):
                lacking = [remark(f"Not in {page.witness.name}: {group.length}.")] if not place else []
                yield beside(_said(pair, pair.base, reader), lacking)
        case Look.ADDED:
            for place, pair in enumerate(group.pairs):
                lacking = [remark(f"Not in {page.base.name}: {group.length}.")] if not place else []
                yield beside(lacking, _said(pair, pair.witness, reader))
        case Look.POINTER:
            pair = group.pairs[0]
            if pair.base and pair.witness:
                said = f"{page.witness.heading} has {pair.base.name} here, as {pair.witness.name}."
                yield {"side": "right", "of": [remark(said)]}
        case _:
            for pair in group.pairs:
                yield _pair(pair, group.look, reader)


def _pair(pair: Pair, look: Look, reader: Reader) -> Node:
    if pair.is_exact and pair.base:
        return {"both": _said(pair, pair.base, reader)}
    left, right = _said(pair, pair.base, reader), _said(pair, pair.witness, reader)
    if look is Look.MOVED and pair.base and pair.witness:
        left.insert(0, remark(f"Moved: it stands as {pair.witness.name} in {pair.witness.side.name}."))
    return {"left": left, "right": right}


def _said(pair: Pair, side: Words | None, reader: Reader) -> list[Node]:
    if side is None:
        return []
    of = reader.inlines(str(side.html))
    if not (pair.base and pair.witness):
        of += [{"is": "super", "of": words(str(number))} for number in pair.numbers]
    number = side.number if side.kind == "passage" else ""
    return [block("paragraph", of, number=number)]


def _without_markers(nodes: list[Node]) -> list[Node]:
    """The same without markers of notes, tables included."""
    found = []
    for node in nodes:
        if node.get("is") == "note":
            continue
        kept = dict(node)
        for name in ("of", "head", "body", "cells", "caption"):
            if name in node:
                kept[name] = _without_markers(node[name])
        found.append(kept)
    return found
