"""The forms of a whole reading: what stands above its items, who may see it, and what is added to it from elsewhere."""

from __future__ import annotations

from typing import Any

from django import forms

from classroom.arranging import spans_typed, stamp
from classroom.content import LONGEST, LONGEST_TITLE, Comparison, ContentError, Item, item_from_json, new_ident
from classroom.models import Reading
from classroom.models.reading import LEVEL_CHOICES
from documents import published
from documents.models import Passage

#: May let everybody see a reading: who may publish documents.
PUBLISH = "documents.publish_document"
#: The reading that something is added to, when it does not exist yet.
NEW = "new"


def visibilities(may_publish: bool, now: str = "") -> list[tuple[str, str]]:
    """Who may be let see a reading; what is so ``now`` may stay."""
    choices = Reading.Visibility.choices
    return [each for each in choices if each[0] != Reading.Visibility.PUBLIC or may_publish or now == each[0]]


class NewReadingForm(forms.Form):
    """What stands above the items of a reading."""

    title = forms.CharField(max_length=LONGEST_TITLE, help_text="What students see first.")
    introduction = forms.CharField(
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What students should know before they begin. May stay empty.",
    )
    level = forms.ChoiceField(choices=LEVEL_CHOICES, help_text="Sets how long reading is thought to take.")


class SharingForm(forms.Form):
    """Who may see a reading."""

    visibility = forms.ChoiceField(label="Who may see it")

    def __init__(self, *data: Any, reading: Reading, may_publish: bool, **options: Any) -> None:
        super().__init__(*data, initial={"visibility": reading.visibility}, **options)
        self.fields["visibility"].choices = visibilities(may_publish, reading.visibility)


class DetailsForm(NewReadingForm, SharingForm):
    """All of it. ``stamp`` tells on return whether it was changed meanwhile."""

    stamp = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ["title", "introduction", "level", "visibility"]

    def __init__(self, *data: Any, reading: Reading, **options: Any) -> None:
        super().__init__(*data, reading=reading, **options)
        # Whoever leaves it as the form had it does not undo what was chosen elsewhere meanwhile.
        self.fields["visibility"].show_hidden_initial = True
        content = reading.content
        self.initial |= {
            "title": content.title,
            "introduction": content.introduction,
            "level": str(content.level),
            "stamp": stamp(content),
        }


class ComparisonForm(forms.Form):
    """Two documents, or a document and one of its witnesses, chosen from those that were found."""

    document = forms.ChoiceField(label="Document")
    beside = forms.ChoiceField(label="Beside it")
    remark = forms.CharField(label="Your words above it", required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(
        self, *data: Any, documents: list[tuple[str, str]], collated: list[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*data, **options)
        self.fields["document"].choices = documents
        others: list[Any] = [("Another document", documents)]
        if collated:
            others.append(("A witness, word by word", collated))
        self.fields["beside"].choices = others
        if len(documents) > 1:
            self.initial.setdefault("beside", documents[1][0])

    def clean(self) -> dict[str, Any]:
        document, beside = (self.cleaned_data.get(name, "") for name in ("document", "beside"))
        of, _, siglum = beside.partition(" ")
        if document and siglum and of != document:
            self.add_error("beside", "This is a witness of another document: choose that document, or another witness.")
        elif document and document == beside:
            self.add_error("beside", "This is the same document: choose another one.")
        return self.cleaned_data

    def item(self) -> Comparison:
        of, _, siglum = self.cleaned_data["beside"].partition(" ")
        return Comparison(
            new_ident(),
            document=self.cleaned_data["document"],
            other="" if siglum else of,
            siglum=siglum,
            remark=self.cleaned_data["remark"],
        )


class AddingForm(forms.Form):
    """Something that is added to a reading from a page of the archive. Hidden fields say what; see ``item``."""

    kind = forms.ChoiceField(choices=[(each, each) for each in ("document", "proposal", "comparison", "search")])
    document = forms.CharField(required=False, max_length=150)
    proposal = forms.CharField(required=False, max_length=20)
    other = forms.CharField(required=False, max_length=150)
    siglum = forms.CharField(required=False, max_length=60)
    query = forms.CharField(required=False, max_length=600)
    passages = forms.CharField(
        required=False,
        max_length=600,
        help_text="By their numbers, such as 3-5, 9. Empty for the whole document.",
    )
    reading = forms.ChoiceField(label="Reading")
    next = forms.CharField(required=False, max_length=2000)
    #: What says what is added, and where to go back to; none of it is typed.
    HIDDEN = ("kind", "document", "proposal", "other", "siglum", "query", "next")

    def __init__(self, *data: Any, readings: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*data, **options)
        self.fields["reading"].choices = [*readings, (NEW, "A new reading")]
        for name in self.HIDDEN:
            self.fields[name].widget = forms.HiddenInput()
        if (self.data or self.initial).get("kind", "document") != "document":
            del self.fields["passages"]

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        try:
            self.item = self._item()
        except ContentError as error:
            self.add_error("passages" if found.get("passages") else None, str(error))
        return found

    def _item(self) -> Item:
        found = self.cleaned_data
        kind = found.get("kind", "")
        named = ["query"] if kind == "search" else ["document"]
        named += {"proposal": ["proposal"], "comparison": ["other", "siglum"]}.get(kind, [])
        values: dict[str, Any] = {name: found.get(name, "") for name in named}
        if found.get("passages"):
            public = published.bare_documents().filter(slug=found.get("document", "")).values("pk")
            rows = Passage.objects.filter(document__in=public).order_by("position")
            spans = spans_typed(found["passages"], list(rows.values_list("ident", "number")))
            kind, values["spans"] = "passages", [{"first": span.first, "last": span.last} for span in spans]
        return item_from_json({"kind": kind, "ident": new_ident()} | values, "Not added yet")
