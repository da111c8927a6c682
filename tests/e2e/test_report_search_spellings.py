"""A name that is written in several ways is found by any of them, in a folder's index and among its places."""

from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import urlencode

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")

from playwright.sync_api import Browser, Page

from db.engine import migrate, open_database
from jobs.publish import report
from jobs.settings import Settings
from support.mail.news import MILWAUKEE, MONDAY, add_entry
from support.web.chromium import MARKS
from support.web.crawler import served
from tracker.publish.report.pages import names

pytestmark = MARKS
SAINT_PAUL = "ocd-division/country:us/state:mn/place:st_paul"
FORT_WORTH = "ocd-division/country:us/state:tx/place:fort_worth"
TITLES = {
    "a": ("County ends the 287(g) agreement", MILWAUKEE),
    "b": ("Sheriff signs a 287g deal", SAINT_PAUL),
    "c": ("Officers must wear body-worn cameras", SAINT_PAUL),
    "d": ("Council keeps bodycam video for a year", FORT_WORTH),
    "e": ("Council moves to St. Paul", MILWAUKEE),
}
FOUND = {
    "287g": "ab",
    "287(g)": "ab",
    "287g agreement": "a",
    '"287(g) agreement"': "a",
    "Saint Paul moves": "e",
    "St. Paul moves": "e",
    '"to saint paul"': "e",
    "bodycams": "cd",
    "body cameras": "cd",
    '"body-worn cameras"': "cd",
    "council -bodycam": "abe",
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("spellings")
    engine = open_database(f"sqlite:///{folder / 'tracker.db'}")  # of the report's folder: no matter which database
    migrate(engine)
    for name, (title, place) in TITLES.items():
        add_entry(engine, f"q{name}", MONDAY, place=place, title=title, topic="records")
    report.write(engine, Settings(data_dir=folder), folder / "site", MONDAY, search_index=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(names, "WHOLE", 0)  # as of thousands of places
        report.write(engine, Settings(data_dir=folder), folder / "site" / "many", MONDAY)
    with ExitStack() as stack:
        yield stack.enter_context(served(folder / "site"))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def test_words_are_found_in_any_spelling(page: Page, address: str) -> None:
    for typed, expected in FOUND.items():
        page.goto(f"{address}search/?{urlencode({'q': typed, 'order': 'latest'})}")
        page.locator("#answers", has_text="entr").or_(page.locator("#answers", has_text="Nothing")).wait_for()
        told = page.locator(".headline a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        assert {address.split("/entry/q")[1][0] for address in told} == set(expected), typed


PLACES = {
    "Saint Paul": "St. Paul, Minnesota",
    "st. pa": "St. Paul, Minnesota",
    "st paul": "St. Paul, Minnesota",
    "saint p": "St. Paul, Minnesota",
    "Ft. Worth": "Fort Worth, Texas",
    "fort worth": "Fort Worth, Texas",
}


@pytest.mark.parametrize("folder", ["", "many/"])
def test_a_place_is_found_in_any_spelling(page: Page, address: str, folder: str) -> None:
    page.goto(f"{address}{folder}places/")
    for typed, name in PLACES.items():
        page.get_by_label("Find a place").fill("")
        page.get_by_label("Find a place").fill(typed)
        page.locator("form.search .found a").first.wait_for()
        assert page.locator("form.search .found a").all_inner_texts() == [name], typed
