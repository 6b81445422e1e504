"""What every test may ask for: the three documents of the space exchange, their index, a browser, axe, OpenSearch."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests import place

# Before anything else looks at Django: pytest-django and the test modules read the settings when they are loaded.
place.settle()

import haystack  # noqa: E402
import hypothesis  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from playwright.sync_api import Browser, Page  # noqa: E402

from archive.database import embedded  # noqa: E402
from archive.environment import ROOT  # noqa: E402
from documents.models import Collection  # noqa: E402
from tests import browsing, choosing, scheduling, snapshots, validity  # noqa: E402
from tests.search.cluster.cluster import Cluster, classpath  # noqa: E402

OpenPage = Callable[..., Page]

# How long an example takes says nothing of the code on a machine that does other things as well.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> scheduling.OneCluster | None:
    """Has one process run all tests of OpenSearch."""
    return scheduling.OneCluster(config, log) if config.getvalue("dist") == "load" else None


def pytest_itemcollected(item: pytest.Item) -> None:
    """Refuses a test of OpenSearch that no one could tell from another by its name."""
    if "opensearch_cluster" in getattr(item, "fixturenames", ()) and not scheduling.is_of_opensearch(item.nodeid):
        raise pytest.UsageError(f'{item.nodeid} needs the OpenSearch cluster: put "opensearch" in its name.')


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--of-the-database",
        action="store_true",
        help="run only the tests that use the database, and of those none that need a browser, axe, "
        "the HTML checker or OpenSearch",
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Has the longest tests run first; leaves out what does not depend on the database, if that is asked for."""
    items.sort(key=lambda item: not scheduling.is_of_the_longest(item.nodeid))
    if config.getoption("of_the_database"):
        left_out = [item for item in items if not choosing.is_of_the_database(item)]
        items[:] = [item for item in items if choosing.is_of_the_database(item)]
        config.hook.pytest_deselected(items=left_out)


def pytest_sessionfinish() -> None:
    """Leaves the database before its folder goes; the last process to leave stops the server."""
    if settings.EMBEDDED_DATABASE:
        connections.close_all()
        embedded.stop(settings.EMBEDDED_DATABASE)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Removes the data folder when the process that made it ends."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ[place.SHARED], ignore_errors=True)


@pytest.fixture(scope="session")
def _imported() -> dict[str, Any]:
    """Keeps the rows of the imported collection, once one test has imported it."""
    return {}


@pytest.fixture
def space_exchange(db: None, _imported: dict[str, Any]) -> Collection:
    """The collection in fixtures/space-1962, imported: three documents, their proposals and links."""
    if "rows" in _imported:
        snapshots.restore(_imported["rows"])
    else:
        call_command("import_documents", ROOT / "fixtures" / "space-1962", verbosity=0)
        _imported["rows"] = snapshots.take()
    return Collection.objects.get(slug="space-1962")


@pytest.fixture
def search_index() -> Iterator[Path]:
    """An empty search index, gone after the test."""
    path = Path(haystack.connections["default"].options["PATH"])
    _forget(path)
    yield path
    _forget(path)


@pytest.fixture
def searchable(space_exchange: Collection, search_index: Path, _imported: dict[str, Any]) -> Collection:
    """The space exchange with every document of it in the search index."""
    kept = place.own_folder() / "kept-index"
    if "index" in _imported:
        shutil.copytree(kept, search_index)
        haystack.connections.reload("default")
    else:
        call_command("refresh_index", verbosity=0)
        shutil.copytree(search_index, kept)
        _imported["index"] = kept
    return space_exchange


def _forget(path: Path) -> None:
    shutil.rmtree(path, ignore_errors=True)
    haystack.connections.reload("default")


def _go_without(reason: str) -> NoReturn:
    """Skips the test, saying why; CI has to have everything, and there it fails."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium. Where there is none, the tests that need it are skipped; in CI they fail."""
    path = browsing.chromium()
    if path is None:
        _go_without("Chromium is not installed: browser tests need it (apt-get install chromium-headless-shell).")
    # Playwright keeps an event loop in this thread, by which Django would take every test for an asynchronous one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with browsing.launched(path) as chromium:
        yield chromium


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[OpenPage]:
    """Opens pages of the archive: ``open_page("/", width=390, height=844, dark=True, javascript=False)``.

    What the page says on its console as an error, and every error its scripts throw, fails the test.
    """
    contexts, complaints = [], []

    def open_one(
        address: str = "/", *, width: int = 1440, height: int = 900, dark: bool = False, javascript: bool = True
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
        page.goto(address)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not complaints, "The browser complained:\n" + "\n".join(complaints)


@pytest.fixture
def axe() -> Callable[..., None]:
    """Fails when axe finds a violation on the page: ``axe(page)``."""

    def check(page: Page, rules: Sequence[str] = ()) -> None:
        found = browsing.violations(page, rules)
        assert not found, f"axe on {page.url}:\n{found}"

    return check


@pytest.fixture
def axe_on_screens(axe: Callable[..., None]) -> Callable[..., None]:
    """Fails when axe finds a violation on the page, or it scrolls sideways, on any of some screens.

    ``axe_on_screens(page)`` is wide and narrow, light and dark; ``axe_on_screens(page, ((320, "dark"),))`` is another.
    """

    def check(page: Page, screens: Sequence[tuple[int, str]] = browsing.SCREENS) -> None:
        seen = set()
        for width, scheme in screens:
            browsing.show_on(page, width, scheme)
            axe(page, browsing.OF_COLORS if width in seen else ())
            assert browsing.fits(page), f"{page.url} scrolls sideways at {width}"
            seen.add(width)

    return check


@pytest.fixture(scope="session")
def opensearch_cluster() -> Iterator[Cluster]:
    """Three OpenSearch nodes, one cluster for all tests: each removes its indexes, and kills by ``without`` alone."""
    if classpath() is None:
        _go_without("There is no OpenSearch: install Java and Maven, and set OPENSEARCH_CLASSPATH as .ci/run does.")
    cluster = Cluster.start()
    yield cluster
    cluster.stop()


@pytest.fixture(scope="session")
def valid_html() -> Callable[[Mapping[str, str]], None]:
    """Fails when the Nu HTML checker finds an error: ``valid_html({"home": html, ...})``; one call for many pages."""
    jar = validity.checker()
    if jar is None:
        _go_without("The Nu HTML checker is not there: install Java, npm install vnu-jar, set VNU_JAR to its vnu.jar.")

    def check(pages: Mapping[str, str]) -> None:
        found = validity.errors(jar, pages)
        assert not found, "\n".join(found)

    return check


@pytest.fixture(scope="session")
def valid_pdf() -> Callable[[Mapping[str, bytes]], None]:
    """Fails when veraPDF finds that a file is not PDF/UA-1: ``valid_pdf({"handout": pdf, ...})``."""
    classpath = validity.pdf_checker()
    if classpath is None:
        _go_without("veraPDF is not there: install Java and Maven, and set VERAPDF_CLASSPATH as .ci/run does.")

    def check(files: Mapping[str, bytes]) -> None:
        found = validity.pdf_errors(classpath, files)
        assert not found, "\n".join(found)

    return check


@pytest.fixture(scope="session")
def valid_epub() -> Callable[[Mapping[str, bytes]], None]:
    """Fails when EPUBCheck finds an error or warns: ``valid_epub({"reading": epub, ...})``."""
    if shutil.which("java") is None:
        _go_without("Java is not installed: EPUBCheck needs it (apt-get install default-jre-headless).")

    def check(files: Mapping[str, bytes]) -> None:
        found = validity.epub_errors(files)
        assert not found, "\n".join(found)

    return check
