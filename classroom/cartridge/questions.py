"""Questions as a quiz that course systems give and count: QTI 1.2.1, as far as Common Cartridge 1.1 goes.

Choices whose right answer is known are counted by the course system; every other question is answered in writing and
read by the teacher. Model answers stay here: a course system might show them to students.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import escape, linebreaks

from classroom.cartridge.xml import QUESTIONS, Element, add, root, written
from classroom.content import Form, Question

#: What a quiz, and each kind of question, is called in Common Cartridge.
QUIZ, ONE, SEVERAL, WRITTEN = (
    "cc.exam.v0p1",
    "cc.multiple_choice.v0p1",
    "cc.multiple_response.v0p1",
    "cc.essay.v0p1",
)
#: A choice of one is from so many at least; Common Cartridge has a choice between two for "true" and "false" only.
FEWEST = 3
POINTING = "Name the document and the number of the passage."
RESPONSE = "response"


def quiz(ident: str, title: str, questions: Iterable[Question]) -> bytes:
    """A quiz with these questions, as a file."""
    outermost = root(QUESTIONS, "questestinterop")
    asked = add(outermost, "assessment", ident=f"quiz-{ident}", title=title)
    _labels(asked, cc_profile=QUIZ, qmd_assessmenttype="Examination", qmd_scoretype="Percentage")
    section = add(asked, "section", ident=f"section-{ident}")
    for question in questions:
        item = add(section, "item", ident=f"question-{ident}-{question.ident}")
        if _is_counted(question):
            _choices(item, question)
        else:
            _in_writing(item, question)
    return written(outermost)


def _is_counted(question: Question) -> bool:
    """Whether a course system can count the answer."""
    if question.form is not Form.CHOICE or not question.correct:
        return False
    return question.several or (len(question.correct) == 1 and len(question.choices) >= FEWEST)


def _choices(item: Element, question: Question) -> None:
    metadata = add(item, "itemmetadata")
    _labels(metadata, cc_profile=SEVERAL if question.several else ONE, qmd_computerscored="Yes")
    presentation = add(item, "presentation")
    _material(presentation, linebreaks(question.prompt, autoescape=True), "text/html")
    cardinality = "Multiple" if question.several else "Single"
    response = add(presentation, "response_lid", ident=RESPONSE, rcardinality=cardinality)
    choices = add(response, "render_choice")
    for place, choice in enumerate(question.choices):
        _material(add(choices, "response_label", ident=f"choice-{place}"), choice, "text/plain")
    processing = add(item, "resprocessing")
    add(add(processing, "outcomes"), "decvar", varname="SCORE", vartype="Decimal", minvalue="0", maxvalue="100")
    condition = add(processing, "respcondition", **{"continue": "No"})
    _right(add(condition, "conditionvar"), question)
    add(condition, "setvar", "100", varname="SCORE", action="Set")


def _right(condition: Element, question: Question) -> None:
    """What is right: the one choice, or of several just those that are correct."""
    if not question.several:
        _equal(condition, question.correct[0])
        return
    every = add(condition, "and")
    for place in range(len(question.choices)):
        _equal(every if place in question.correct else add(every, "not"), place)


def _equal(condition: Element, place: int) -> None:
    # Of several answers, Moodle takes those for right that are compared letter by letter.
    add(condition, "varequal", f"choice-{place}", respident=RESPONSE, case="Yes")


def _in_writing(item: Element, question: Question) -> None:
    _labels(add(item, "itemmetadata"), cc_profile=WRITTEN, qmd_computerscored="No")
    presentation = add(item, "presentation")
    html = linebreaks(question.prompt, autoescape=True)
    if question.form is Form.POINT:
        html += f"<p>{POINTING}</p>"
    if question.choices:
        html += "<ul>" + "".join(f"<li>{escape(choice)}</li>" for choice in question.choices) + "</ul>"
    _material(presentation, html, "text/html")
    add(add(presentation, "response_str", ident=RESPONSE, rcardinality="Single"), "render_fib")


def _labels(parent: Element, **labels: str) -> None:
    metadata = add(parent, "qtimetadata")
    for label, entry in labels.items():
        field = add(metadata, "qtimetadatafield")
        add(field, "fieldlabel", label)
        add(field, "fieldentry", entry)


def _material(parent: Element, text: str, kind: str) -> None:
    add(add(parent, "material"), "mattext", text, texttype=kind)
