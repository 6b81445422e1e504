"""Reads what stands within a block: one function for each element, by its name in ``INLINES``."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lxml import etree

from editions.model import (
    Correction,
    Emphasis,
    EmphasisKind,
    Gap,
    Inline,
    Inlines,
    Mention,
    MentionKind,
    Reference,
)
from editions.readers.tei.context import REASON, Context, is_call, parts_without_notes, shown, words_of
from editions.readers.tei.run import Run
from editions.readers.tei.targets import canonical, entry
from editions.readers.tei.tree import name_of
from editions.readers.tei.values import NAME_TYPES, NAMES, REASONS, REND, WORDS

Handler = Callable[[Context, Run, etree._Element], None]


def read_inline(context: Context, run: Run, element: etree._Element) -> None:
    """Reads one element within a block into the run; one that is not known gives its words, and a remark."""
    name = name_of(element)
    handler = INLINES.get(name)
    if handler is None:
        if name != "#":
            context.remark(element, f"<{name}> is not known within a block; its words are kept as plain text.", 0.5)
            handler = plain
        else:
            handler = comment
    handler(context, run, element)


def read_children(context: Context, run: Run, element: etree._Element) -> None:
    run.text(element.text)
    for child in element:
        read_inline(context, run, child)
        run.text(child.tail)


def plain(context: Context, run: Run, element: etree._Element) -> None:
    """Words that need no mark."""
    read_children(context, run, element)


def own_line(context: Context, run: Run, element: etree._Element) -> None:
    """A part of a block that stands on a line of its own, such as a line of an address or a verse."""
    if run.in_line:
        run.line_break()
    read_children(context, run, element)
    following = element.getnext()
    if (element.tail or "").strip() or (following is not None and name_of(following) not in OWN_LINE | {"lb"}):
        run.line_break()


def comment(context: Context, run: Run, element: etree._Element) -> None:
    """A comment is a word between encoders; it is reported, and no part of the text."""
    context.remark(element, f"a comment in the source: “{shown(' '.join((element.text or '').split()))}”.")


def set_apart(context: Context, run: Run, element: etree._Element) -> None:
    """Words for those who made the encoding, or furniture of the page: reported, and no part of the text."""
    if words := words_of(element):
        context.remark(element, f"<{name_of(element)}> is no part of the text and is left out: “{words}”.")


def picture_file(context: Context, run: Run, element: etree._Element) -> None:
    """Pictures of the whole document are named in attributes only; one remark tells of all in a row."""
    before = element.getprevious()
    if before is None or before.tag != element.tag:
        named = ", ".join(f"{key} {value}" for key, value in element.attrib.items())
        context.remark(element, f"<{name_of(element)}> names a picture of the document, which is not stored: {named}.")
    read_children(context, run, element)


def rendered(context: Context, run: Run, element: etree._Element) -> None:
    kinds = [EmphasisKind(kind) for word in _rends(context, element) if (kind := word)]
    for kind in kinds:
        run.open(_emphasis(kind))
    read_children(context, run, element)
    for _ in kinds:
        run.close()


def _rends(context: Context, element: etree._Element) -> list[str]:
    value = element.get("rend") or ""
    if not value.strip():
        return ["italic"]
    parts = value.split()
    if len(parts) > 1 and all(part in REND for part in parts):
        return [REND[part] for part in parts]
    return [context.word(element, "rend", REND)]


def _emphasis(kind: EmphasisKind) -> Callable[[Inlines], Inline]:
    return lambda content: Emphasis(kind, content)


def italic(context: Context, run: Run, element: etree._Element) -> None:
    run.open(_emphasis(EmphasisKind.ITALIC))
    read_children(context, run, element)
    run.close()


def struck(context: Context, run: Run, element: etree._Element) -> None:
    run.open(_emphasis(EmphasisKind.STRUCK))
    read_children(context, run, element)
    run.close()


def mention(context: Context, run: Run, element: etree._Element) -> None:
    target = element.get("key") or "" if context.preserve else _entry(element)
    kind = NAMES.get(name_of(element))
    if kind is None:
        found = context.word(element, "type", NAME_TYPES) if target else ""
        kind = MentionKind(found) if found else None
    if name_of(element) == "gloss" and target.startswith("p_"):
        kind = MentionKind.PERSON
    if kind and (target or context.preserve):
        of = kind
        run.open(lambda content: Mention(of, target, content))
        read_children(context, run, element)
        run.close()
    else:
        read_children(context, run, element)


def _entry(element: etree._Element) -> str:
    return next((found for key in ("corresp", "target", "ref", "key") if (found := entry(element.get(key) or ""))), "")


def reference(context: Context, run: Run, element: etree._Element) -> None:
    written = element.get("target") or ""
    called = context.by_xml_id.get(written.removeprefix("#")) if is_call(element) else None
    if called:
        read_children(context, run, element)
        run.note(called.id)
        return
    target = written if context.preserve else canonical(written, context.volume)
    if not target and not context.preserve:
        context.remark(element, "this reference points nowhere; its words are kept as plain text.", 0.5)
        read_children(context, run, element)
        return
    run.open(lambda content: Reference(target, content))
    read_children(context, run, element)
    if not words_of(element) and not len(element) and not context.preserve:
        run.text(written)
    run.close()


def note(context: Context, run: Run, element: etree._Element) -> None:
    name = context.notes.get(element)
    if name:
        run.note(name.id)
    else:
        read_children(context, run, element)


def page(context: Context, run: Run, element: etree._Element) -> None:
    label, facsimile = element.get("n") or "", element.get("facs") or ""
    if not context.preserve:
        label, facsimile = " ".join(label.split()) or "?", " ".join(facsimile.split())
    run.page(label, facsimile)
    read_children(context, run, element)


def line_break(context: Context, run: Run, element: etree._Element) -> None:
    run.line_break()
    read_children(context, run, element)


def milestone(context: Context, run: Run, element: etree._Element) -> None:
    if element.get("unit") == "cell":
        run.cell() if context.preserve else run.text(" ")
    read_children(context, run, element)


def cell(context: Context, run: Run, element: etree._Element) -> None:
    """A cell where no table can stand: a space keeps its words from those of the next."""
    read_children(context, run, element)
    run.text(" ")


def point(context: Context, run: Run, element: etree._Element) -> None:
    """An element that marks a point in the text and should hold no words."""
    read_children(context, run, element)


def gap(context: Context, run: Run, element: etree._Element) -> None:
    if context.preserve:
        run.atom(Gap("".join(element.itertext())))
        return
    size = " ".join(filter(None, (element.get("quantity") or element.get("extent"), element.get("unit"))))
    run.atom(Gap(words_of(element) or ", ".join(filter(None, ((element.get("reason") or "").strip(), size)))))


def choice(context: Context, run: Run, element: etree._Element) -> None:
    """Two readings: what is printed, and what the edition reads."""
    found = {name_of(child): child for child in element if name_of(child) != "#"}
    for printed, corrected in (("sic", "corr"), ("orig", "reg"), ("abbr", "expan")):
        if found.keys() == {printed, corrected} and len(found) == len(element) and _are_plain(element):
            why = next((child for child in found[corrected] if child.get("type") == REASON), None)
            reason = REASONS[corrected] if why is None else _string(context, why)
            run.atom(Correction(_string(context, found[printed]), _string(context, found[corrected]), reason))
            return
    context.remark(element, "this <choice> is more than two readings in plain words; all its words are kept.", 0.5)
    run.text(element.text)
    for child in element:
        read_inline(context, run, child)
        run.text(f"{child.tail or ''} ")


def supplied(context: Context, run: Run, element: etree._Element) -> None:
    if not all(name_of(part) in WORDS for part in element.iterdescendants()):
        read_children(context, run, element)
        return
    reason = (element.get("reason") or "").strip()
    why = f"{REASONS['supplied'].rstrip('.')}: {reason}." if reason else REASONS["supplied"]
    run.atom(Correction("", _string(context, element), why))


def _are_plain(choice: etree._Element) -> bool:
    """Whether two readings are only words, however rendered, but for one note at the end that says why."""
    if (choice.text or "").strip() or any((reading.tail or "").strip() for reading in choice):
        return False
    parts = list(choice.iterdescendants())
    why = [part for part in parts if part.get("type") == REASON and part.getnext() is None and not len(part)]
    why = [part for part in why if not part.tail and part.getparent() is choice[-1]]
    return all(part in why if name_of(part) == "note" else part in choice or name_of(part) in WORDS for part in parts)


def _string(context: Context, element: etree._Element) -> str:
    words = "".join(parts_without_notes(element))
    return words if context.preserve else " ".join(words.split())


def character(context: Context, run: Run, element: etree._Element) -> None:
    run.text(element.text)


def read_line(context: Context, element: etree._Element) -> Run:
    """Reads an element whose whole content is one line or cell."""
    run = Run(context.preserve)
    read_children(context, run, element)
    return run


def read_alone(context: Context, element: etree._Element) -> Inlines:
    """Reads one element as the only content of a line."""
    run = Run(context.preserve)
    read_inline(context, run, element)
    return run.content()


def _each(handler: Handler, names: str) -> Iterable[tuple[str, Handler]]:
    return ((name, handler) for name in names.split())


#: Every element that is read within a block. docs/tei.md says of each what becomes of it.
INLINES: dict[str, Handler] = dict(
    [
        *_each(plain, "date time seg s w c pc num measure add unclear sic corr orig reg abbr expan ex am q said"),
        *_each(
            plain, "quote soCalled mentioned cit bibl idno email forename surname roleName addName nameLink genName"
        ),
        *_each(plain, "country settlement region district bloc geogName street postCode postBox subst restore damage"),
        *_each(plain, "retrace secl surplus metamark formula docDate stamp label desc ab"),
        *_each(own_line, "p addrLine l signed salute item head address row list lg table"),
        *_each(cell, "cell"),
        *_each(rendered, "hi"),
        *_each(italic, "emph title foreign distinct"),
        *_each(struck, "del"),
        *_each(mention, "persName orgName placeName gloss term name rs"),
        *_each(reference, "ref ptr"),
        *_each(note, "note"),
        *_each(page, "pb"),
        *_each(line_break, "lb"),
        *_each(point, "anchor cb gb space handShift index"),
        *_each(milestone, "milestone"),
        *_each(gap, "gap"),
        *_each(choice, "choice"),
        *_each(supplied, "supplied"),
        *_each(character, "g"),
        *_each(set_apart, "fw uh-oh frus:problem frus:page-count-according-to-citation"),
        *_each(picture_file, "frus:file frus:pdf graphic"),
    ]
)
OWN_LINE = frozenset(name for name, handler in INLINES.items() if handler is own_line)
