"""The forms by which a teacher writes the items of a reading: one for each kind. They give items, and store nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from django import forms

from classroom.arranging import spans_of, stamp
from classroom.choosing import Line
from classroom.content import (
    LONGEST,
    MOST_CHOICES,
    ContentError,
    Form,
    Item,
    Passages,
    Question,
    Search,
    Term,
    Words,
    item_from_json,
)

#: So many empty lines for choices stand open; the rest are folded.
OPEN_CHOICES = 4


def _text(label: str, rows: int = 4, required: bool = False, help_text: str = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=LONGEST, widget=area, help_text=help_text)


def _line(label: str, longest: int = 600, required: bool = True, help_text: str = "") -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=longest, help_text=help_text)


class ItemForm(forms.Form):
    """The form of an item, filled with what it is now. ``stamp`` tells on return whether it was changed meanwhile."""

    stamp = forms.CharField(required=False, widget=forms.HiddenInput)
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *data: Any, item: Item, **options: Any) -> None:
        self.before = item
        hidden = {"stamp": stamp(item), "was": json.dumps(item.to_json())}
        super().__init__(*data, initial=hidden | self.filled(item), **options)

    def filled(self, item: Item) -> dict[str, Any]:
        """What stands in the fields at first."""
        return {name: getattr(item, name) for name in self.base_fields if hasattr(item, name)}

    def values(self) -> dict[str, Any]:
        """The values of the item, from what was typed."""
        return {name: value for name, value in self.cleaned_data.items() if hasattr(self.before, name)}

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            try:
                self.item = item_from_json(replace(self.before, **self.values()).to_json(), "Not saved yet")
            except ContentError as error:
                self.add_error(None, str(error))
        return self.cleaned_data


class RemarkForm(ItemForm):
    remark = _text("Your words above it", rows=3, help_text="What students should look for. May stay empty.")


class PassagesForm(RemarkForm):
    """Passages of one document, chosen from a list of all of them."""

    chosen = forms.MultipleChoiceField(
        label="Passages",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one passage."},
        help_text="What you leave out between them is shown as left out.",
    )
    field_order = ["chosen", "remark"]

    def __init__(self, *data: Any, lines: list[Line], **options: Any) -> None:
        self.idents = [line.ident for line in lines]
        super().__init__(*data, **options)
        self.fields["chosen"].choices = [(line.ident, line.name) for line in lines]

    def filled(self, item: Item) -> dict[str, Any]:
        spans = item.spans if isinstance(item, Passages) else ()
        chosen: list[str] = []
        for span in spans:
            if span.first in self.idents and span.last in self.idents:
                first, last = sorted((self.idents.index(span.first), self.idents.index(span.last)))
                chosen += self.idents[first : last + 1]
        return super().filled(item) | {"chosen": chosen}

    def values(self) -> dict[str, Any]:
        chosen = self.cleaned_data["chosen"]
        return super().values() | {"spans": spans_of(chosen, self.idents)}


class SearchForm(RemarkForm):
    query = _line("Search for", help_text="As you would type it into the search box.")
    field_order = ["query", "remark"]


class WordsForm(ItemForm):
    heading = _line("Heading", required=False)
    text = _text("Text", rows=10, help_text="Leave an empty line between paragraphs.")


class TermForm(ItemForm):
    term = _line("Word or abbreviation")
    meaning = _text("What it means here", required=True)


class OpenForm(ItemForm):
    prompt = _text("Question", required=True)
    lines = forms.IntegerField(
        label="Lines to answer on, on paper",
        min_value=0,
        max_value=60,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    model = _text("A good answer", help_text="Only you see it, and teachers with whom you share the reading.")


class PointForm(ItemForm):
    """A question that is answered by pointing; ``places`` are the passages of the reading that show it."""

    prompt = _text("Point to the passage that shows…", required=True, help_text="Write the whole question.")
    places = forms.MultipleChoiceField(
        label="Passages that show it",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick every passage that you would take for an answer. Students do not see which.",
    )
    model = _text("Why", help_text="Only you see it, and teachers with whom you share the reading.")

    def __init__(self, *data: Any, places: list[tuple[str, list[tuple[str, str]]]], **options: Any) -> None:
        super().__init__(*data, **options)
        self.fields["places"].choices = places
        offered = {value for _, lines in places for value, _ in lines}
        self.initial["places"] = [each for each in self.initial["places"] if each in offered]


class ChoiceForm(ItemForm):
    """A question with choices, a line for each."""

    prompt = _text("Question", required=True)
    several = forms.BooleanField(label="Students may choose several", required=False)
    model = _text("Why", help_text="Only you see it, and teachers with whom you share the reading.")

    def __init__(self, *data: Any, **options: Any) -> None:
        super().__init__(*data, **options)
        before = self.before
        choices, correct = (before.choices, before.correct) if isinstance(before, Question) else ((), ())
        for place in range(MOST_CHOICES):
            is_filled = place < len(choices)
            self.fields[f"choice_{place}"] = forms.CharField(
                label=f"Choice {place + 1}",
                required=False,
                max_length=1000,
                initial=choices[place] if is_filled else "",
            )
            self.fields[f"correct_{place}"] = forms.BooleanField(
                label=f"Choice {place + 1} is correct", required=False, initial=place in correct
            )
        self.open_lines = max(OPEN_CHOICES, min(MOST_CHOICES, len(choices) + 1))

    @property
    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"choice_{place}"], self[f"correct_{place}"]) for place in range(MOST_CHOICES)]

    @property
    def shown_lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return self.lines[: self.open_lines]

    @property
    def more_lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return self.lines[self.open_lines :]

    def clean(self) -> dict[str, Any]:
        typed = [" ".join(self.cleaned_data.get(f"choice_{place}", "").split()) for place in range(MOST_CHOICES)]
        for place, words in enumerate(typed):
            if not words and self.cleaned_data.get(f"correct_{place}"):
                self.add_error(f"choice_{place}", "This one is marked as correct: write it, or take the mark away.")
        if sum(map(bool, typed)) < 2:
            self.add_error("choice_1", "Write at least two choices.")
        if len(self.values()["correct"]) > 1 and not self.cleaned_data.get("several"):
            self.add_error("several", "Several choices are correct: let students choose several, or mark one.")
        return super().clean()

    def values(self) -> dict[str, Any]:
        kept = [place for place in range(MOST_CHOICES) if self.cleaned_data.get(f"choice_{place}", "").strip()]
        correct = tuple(new for new, old in enumerate(kept) if self.cleaned_data.get(f"correct_{old}"))
        choices = tuple(self.cleaned_data[f"choice_{place}"] for place in kept)
        return super().values() | {"choices": choices, "correct": correct}


#: The form of each kind, and of each form of question.
FORMS: dict[str, type[ItemForm]] = {
    "document": RemarkForm,
    "passages": PassagesForm,
    "proposal": RemarkForm,
    "comparison": RemarkForm,
    "search": SearchForm,
    "text": WordsForm,
    "term": TermForm,
    Form.OPEN: OpenForm,
    Form.CHOICE: ChoiceForm,
    Form.POINT: PointForm,
}
#: What can be added, in the order in which it is offered: its name, and what it is for.
SORTS = {
    "document": ("Documents", "Whole documents with their notes; several at once."),
    "passages": ("Passages of a document", "One span or several; what lies between is shown as left out."),
    "proposal": ("Proposals with their answers", "The words on either side, side by side."),
    "comparison": ("A comparison", "Two documents side by side, or two witnesses word by word."),
    "search": ("A search", "Students look for themselves."),
    "text": ("Your own text", "An introduction, a task, a paragraph between two documents."),
    str(Form.OPEN): ("An open question", "Students answer in their own words."),
    str(Form.CHOICE): ("A question with choices", "One is right, or several."),
    str(Form.POINT): ("“Point to the passage”", "Students answer with a passage of the reading."),
    "term": ("A term", "A word that students may not know, and what it means here."),
}
#: What can be written without choosing anything of the archive first.
BLANK: dict[str, Item] = {
    "search": Search("new0"),
    "text": Words("new0"),
    "term": Term("new0"),
    Form.OPEN: Question("new0"),
    Form.CHOICE: Question("new0", form=Form.CHOICE, lines=0),
    Form.POINT: Question("new0", form=Form.POINT, lines=2),
}


def sort_of(item: Item) -> str:
    """Which form an item has: its kind, or for a question how it is answered."""
    return str(item.form) if isinstance(item, Question) else item.kind
