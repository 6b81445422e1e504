"""An editor adds documents in a browser: paste or choose files, compare, correct with a live preview, publish."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.test import Client
from playwright.sync_api import Page, expect

from documents.models import Collection, Document, Letter
from ingest.models import ImportRun, RehearsedDocument
from ingest.rehearse import Brought, rehearse
from tests.conftest import OpenPage
from tests.ingest.rehearsing import EDITING, LETTER
from tests.sources import source

pytestmark = [pytest.mark.django_db(transaction=True)]

ADD = "/admin/ingest/rehearsal/add/"
FILES = [
    {"name": "one.txt", "mimeType": "text/plain", "buffer": LETTER.encode()},
    {"name": "two.txt", "mimeType": "text/plain", "buffer": LETTER.replace("May 3", "May 9").encode()},
    {"name": "bad.md", "mimeType": "text/markdown", "buffer": b"A marker[^1] without a note."},
]
SCREENS = ((1440, "light"), (1440, "dark"), (390, "light"))
SignIn = Callable[..., Page]


@pytest.fixture
def sign_in(open_page: OpenPage, searchable: Collection) -> SignIn:
    """Opens a page as someone who may publish, or as an editor who may not: ``sign_in(address, publisher=False)``."""

    def open_as(address: str = "/admin/", *, publisher: bool = True, **how: Any) -> Page:
        user, _ = User.objects.get_or_create(username="paula" if publisher else "edith")
        user.is_staff, user.is_superuser = True, publisher
        user.save()
        user.user_permissions.set(Permission.objects.filter(codename__in=EDITING))
        client = Client()
        client.force_login(user)
        page = open_page("/", **how)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": page.url}])
        page.goto(address)
        return page

    return open_as


def brought(*texts: Brought) -> str:
    """Rehearses texts, and returns the address of the rehearsal."""
    user, _ = User.objects.get_or_create(username="paula")
    return rehearse(texts, Collection.objects.get(slug="space-1962"), user).get_absolute_url()


def test_a_letter_with_three_notes_is_pasted_and_published_with_at_most_six_clicks(
    sign_in: SignIn, open_page: OpenPage
) -> None:
    page = sign_in("/admin/")
    clicks: list[str] = []
    page.expose_function("counted", lambda clicked: clicks.append(clicked))
    count = "addEventListener('pointerdown', (event) => counted(event.target.outerHTML.slice(0, 80)), true);"
    page.add_init_script(count)
    page.reload()

    page.get_by_role("link", name="Add documents").first.click()
    field = page.get_by_label("Paste the text")
    field.click()
    page.keyboard.insert_text(LETTER)
    page.get_by_role("button", name="Read").click()
    expect(page.locator("#preview .note-marker")).to_have_count(3)
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".messagelist")).to_contain_text("is published")

    assert 3 < len(clicks) <= 6, clicks
    reader = open_page(Document.objects.latest("pk").get_absolute_url())
    assert "It is far." in reader.locator("main").inner_text()
    assert [reader.locator(f"#fn{n}").count() for n in (1, 2, 3)] == [1, 1, 1]
    reader.goto("/search/?q=moon+far")
    assert reader.locator("a", has_text="Ada Example").count() >= 1


def test_a_letter_is_added_with_the_keyboard_alone(sign_in: SignIn) -> None:
    page = sign_in(ADD)

    def tab_to(selector: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"Tab does not come to {selector}")

    tab_to("#id_pasted")
    page.keyboard.insert_text(LETTER)
    tab_to("input[value=Read]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#preview .note-marker")
    tab_to("input[name=_publish]")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("is published")


def test_the_preview_follows_what_is_written(sign_in: SignIn) -> None:
    page = sign_in(brought(Brought(LETTER.encode())))
    assert page.locator(".source li").nth(6).inner_text() == "I write about the moon.1 It is far.2"
    assert not page.get_by_role("button", name="Preview").is_visible(), "the preview is live"
    page.fill("#id_text", page.input_value("#id_text").replace("It is far.", "It is *very* far."))
    page.wait_for_selector("#preview em >> text=very")
    page.fill("#id_text", "Some [words")
    page.wait_for_selector("#preview [role=alert] >> text=never closed")
    assert "very" not in RehearsedDocument.objects.get().text


def test_what_is_wrong_with_the_text_of_a_document_is_shown_as_it_is_written(sign_in: SignIn) -> None:
    document = Document.objects.get(slug="nsam-129")
    page = sign_in(f"/admin/documents/document/{document.pk}/change/")
    page.fill("#id_text", "Some [words")
    page.wait_for_selector("#preview [role=alert] >> text=never closed")


def test_a_line_that_is_named_as_wrong_is_one_click_away_and_what_was_readable_stays(sign_in: SignIn) -> None:
    page = sign_in(brought(Brought(LETTER.encode())))
    text = page.input_value("#id_text") + "\n" * 80
    line = text[: text.index("Let us meet")].count("\n") + 1
    page.fill("#id_text", text.replace("Let us meet", "Let [us meet"))
    page.get_by_role("button", name=f"Go to line {line}").click()
    chosen = page.evaluate("id_text.value.slice(id_text.selectionStart, id_text.selectionEnd)")
    assert chosen.startswith("Let [us meet soon")
    assert page.locator("#id_text").evaluate("field => field === document.activeElement")
    assert "It is far." in page.locator("#preview").inner_text()


def test_the_page_of_a_document_is_accessible_and_fits(sign_in: SignIn, axe_on_screens: Callable[..., None]) -> None:
    document = Document.objects.get(slug="kennedy-1962-03-07")
    answering = Document.objects.get(slug="khrushchev-1962-03-20")
    addresses = [
        f"/admin/documents/document/{document.pk}/change/",
        f"/admin/documents/document/{answering.pk}/change/",
        "/admin/documents/document/",
        "/admin/documents/reply/?o=2",
        "/admin/documents/reference/?o=1",
        "/admin/documents/proposal/add/",
        f"/admin/documents/proposal/add/?document={document.pk}",
        "/admin/documents/link/add/",
        "/admin/",
    ]
    page = sign_in()
    for address in addresses:
        page.goto(address)
        axe_on_screens(page, SCREENS)


def test_a_document_that_is_answered_is_found_by_typing(sign_in: SignIn) -> None:
    document = Document.objects.get(slug="khrushchev-1962-03-20")
    page = sign_in(f"/admin/documents/document/{document.pk}/change/")
    page.locator(".field-answers .select2-selection").click()
    page.keyboard.insert_text("129")
    page.locator(".select2-results__option", has_text="NSAM 129").click()
    page.get_by_role("button", name="Save and publish").click()
    answered = Letter.objects.get(slug="khrushchev-1962-03-20").replies.values_list("answered__slug", flat=True)
    assert sorted(answered) == ["kennedy-1962-03-07", "nsam-129"]


def test_without_scripts_a_letter_is_previewed_and_published(sign_in: SignIn) -> None:
    page = sign_in(ADD, javascript=False)
    page.fill("#id_pasted", LETTER)
    page.click("input[value=Read]")
    page.fill("#id_text", page.input_value("#id_text").replace("It is far.", "It is *very* far."))
    page.get_by_role("button", name="Preview").click()
    assert page.locator("#preview em", has_text="very").count() == 1
    assert not Document.objects.filter(text__contains="*very*").exists()
    page.get_by_role("button", name="Publish").click()
    assert "is published" in page.locator(".messagelist").inner_text()
    assert Document.objects.get(text__contains="*very*").is_published


def test_many_files_come_in_and_those_that_are_chosen_are_published(sign_in: SignIn) -> None:
    page = sign_in(ADD)
    page.set_input_files("#id_files", FILES)
    page.click("input[value=Read]")
    expect(page.locator(".texts tbody tr")).to_have_count(3)
    assert "line 1: the marker [^1] has no note" in page.locator("tr.refused").inner_text()
    assert [box.is_checked() for box in page.locator("input[name=chosen]").all()] == [True, True, False]
    page.check("#choose-all")
    assert all(box.is_checked() for box in page.locator("input[name=chosen]").all())
    page.locator("input[name=chosen]").nth(1).uncheck()
    page.get_by_role("button", name="Publish chosen").click()
    expect(page.locator(".messagelist")).to_contain_text("1 text published")
    states = RehearsedDocument.objects.order_by("position").values_list("state", flat=True)
    assert list(states) == ["published", "waiting", "refused"]


def test_a_remark_leads_to_its_line_and_the_line_back_to_the_remark(sign_in: SignIn) -> None:
    page = sign_in(brought(Brought(source("nsam-129").encode())), height=400)
    page.locator(".remarks a").last.click()
    line = page.locator(".source li:target")
    expect(line).to_be_in_viewport()
    line.locator(".to-remark").first.click()
    expect(page.locator(".remarks li:target")).to_be_in_viewport()


def test_documents_are_offered_while_one_says_of_which_a_text_is_a_new_version(sign_in: SignIn) -> None:
    page = sign_in(brought(Brought(LETTER.encode())))
    page.fill("#id_version_of", "129")
    page.wait_for_selector("#candidates option[value=nsam-129]", state="attached")


def test_an_editor_proposes_a_change_to_a_published_document(sign_in: SignIn) -> None:
    document = Document.objects.get(slug="nsam-129")
    page = sign_in(f"/admin/documents/document/{document.pk}/change/", publisher=False)
    assert page.locator("#id_text").count() == 0
    page.get_by_role("button", name="Propose a change").first.click()
    page.fill("#id_text", page.input_value("#id_text").replace("prompt and energetic", "prompt and *energetic*"))
    assert page.get_by_role("button", name="Publish").count() == 0
    page.get_by_role("button", name="Save for later").click()
    expect(page.locator(".messagelist")).to_contain_text("is saved here")
    document.refresh_from_db()
    assert "*energetic*" not in document.text


def test_every_page_of_adding_is_accessible_and_fits(sign_in: SignIn, axe_on_screens: Callable[..., None]) -> None:
    one = brought(Brought(LETTER.encode()))
    many = brought(*(Brought(file["buffer"], file["name"]) for file in FILES))
    changed = Document.objects.get(slug="nsam-129")
    new = bytes(changed.source).replace(b"prompt and energetic", b"prompt and brave")
    version = brought(Brought(new, changed.source_name))
    refused = RehearsedDocument.objects.get(name="bad.md").get_absolute_url()
    run = ImportRun.objects.create(origin="volumes/", by_name="paula", state="finished")
    run.files.create(name="volumes/frus1961-63v06.xml", checksum="0f" * 32, size=1_000_000, created=1, refused=1)
    run.files.get().documents.create(slug="d36", outcome="refused", line=12, message="There is no text in it.")
    runs = f"/admin/ingest/importrun/{run.pk}/change/"
    page = sign_in(ADD)
    for address in (ADD, one, many, version, refused, runs, "/admin/ingest/rehearsal/", "/admin/ingest/importrun/"):
        page.goto(address)
        axe_on_screens(page, SCREENS)
