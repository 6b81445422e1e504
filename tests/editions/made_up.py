"""Editions made up at random, with everything that an edition can hold."""

from itertools import pairwise

from hypothesis import strategies as st

from editions.dates import read_date
from editions.identify import identify
from editions.model import (
    ROW_KINDS,
    Block,
    BlockKind,
    CellBreak,
    Correction,
    Edition,
    Emphasis,
    EmphasisKind,
    Footnote,
    Gap,
    Inline,
    LineBreak,
    Mention,
    MentionKind,
    Metadata,
    NoteKind,
    NoteMarker,
    PageBreak,
    Reference,
    Text,
)

words = (
    st.text(st.sampled_from("abcXYZ ^0129.,:;-–—#>*[]{}()|@\\~<^_`'\"“”é½\u00a0!?"), min_size=1, max_size=30)
    .map(lambda text: " ".join(text.split(" ")).strip(" \t"))
    .filter(bool)
)
labels = st.from_regex(r"[0-9]{1,4}\.|\([a-z]\)|[ivx]{1,6}\)|•|§ ?[A-Z}{]", fullmatch=True) | st.sampled_from(
    ["#x", "a b", "No. 5", "*"]
)
atoms: st.SearchStrategy[Inline] = st.one_of(
    st.builds(Text, words),
    st.builds(PageBreak, words, st.just("") | words),
    st.builds(Gap, words),
    st.builds(Correction, words, words, words),
    st.sampled_from([NoteMarker("fn1"), NoteMarker("fn2"), LineBreak()]),
)


def content(inner: st.SearchStrategy[Inline]) -> st.SearchStrategy[tuple[Inline, ...]]:
    return st.lists(inner, min_size=1, max_size=4).map(tuple)


def unmixed(found: tuple[Inline, ...]) -> bool:
    """Two texts in a row would be one text; white space around a line break belongs to nobody."""
    return not any(isinstance(a, Text) and isinstance(b, Text) for a, b in pairwise(found))


def nested(inner: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
    return st.builds(Emphasis, st.sampled_from(EmphasisKind), content(inner).filter(unmixed))


spans: st.SearchStrategy[Inline] = st.one_of(
    nested(nested(atoms)),
    st.builds(
        Emphasis,
        st.sampled_from([k for k in EmphasisKind if k is not EmphasisKind.ITALIC]),
        content(atoms).filter(unmixed),
    ),
    st.builds(Emphasis, st.just(EmphasisKind.ITALIC), content(atoms).filter(unmixed)),
    st.builds(Reference, words, content(atoms).filter(unmixed)),
    st.builds(Mention, st.sampled_from(MentionKind), st.just("") | words, content(atoms).filter(unmixed)),
)
runs = content(st.one_of(atoms, spans)).filter(unmixed)
cells = content(st.one_of(atoms, spans, st.just(CellBreak()))).filter(unmixed)
kinds = st.sampled_from([kind for kind in BlockKind if kind not in ROW_KINDS])
leaves = st.builds(Block, kinds, runs, st.just("") | labels) | st.builds(
    Block, st.sampled_from(sorted(ROW_KINDS)), cells, st.just("") | labels
)
blocks = st.recursive(
    leaves,
    lambda children: st.builds(Block, kinds, runs, st.just(""), st.lists(children, max_size=2).map(tuple)),
    max_leaves=5,
)
dates = st.sampled_from(["7 March 1962", "[March 1962]", "1962", "February 21-23, 1962"]).map(read_date)
metadata = st.builds(
    Metadata,
    number=st.sampled_from(["", "388", "no", "1962-03-07"]),
    title=words,
    written=st.one_of(st.none(), dates),
    senders=st.lists(words, max_size=2).map(tuple),
    source=words,
)
notes = (
    Footnote(
        "fn1",
        "1",
        (
            Block(BlockKind.PARAGRAPH, (Text("First."),), "", (Block(BlockKind.ITEM, (Text("In it."),), "1."),)),
            Block(BlockKind.QUOTATION, (Text("More."),)),
        ),
    ),
    Footnote("fn2", "*", (Block(BlockKind.PARAGRAPH, (Text("Second."),)),), NoteKind.SOURCE),
)


def edition(about: Metadata, text: tuple[Block, ...]) -> Edition:
    return identify(Edition(about, text, notes))


editions = st.builds(edition, metadata, st.lists(blocks, max_size=4).map(tuple))
