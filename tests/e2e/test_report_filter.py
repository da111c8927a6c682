"""The filter of a list, in Chromium: it narrows, counts, can be shared, cleared and used by keyboard; without scripts
the list is whole."""

from datetime import UTC, datetime

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from db.engine import migrate, open_database
from jobs.publish import report
from jobs.settings import Settings
from support.mail.news import MADISON, MILWAUKEE, MONDAY, add_entry
from support.web.chromium import MARKS
from tracker.model import Stage

pytestmark = MARKS
ALBANY = "ocd-division/country:us/state:ny/place:albany"
STAGES = (Stage.PROPOSED, Stage.ADOPTED, Stage.EFFECTIVE)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A place with six entries: two topics, three stages, two years. Two other places have one each."""
    folder = tmp_path_factory.mktemp("filter")
    engine = open_database(f"sqlite:///{folder / 'tracker.db'}")
    migrate(engine)
    for number in range(6):
        topic, day = ("drugs", "housing")[number % 2], f"{2018 + number // 3}-03-{number + 1:02}"
        add_entry(engine, f"e{number}", MONDAY, place=MILWAUKEE, stage=STAGES[number % 3], topic=topic, day=day)
    add_entry(engine, "e6", MONDAY, place=MADISON, topic="labor", day="2020-03-01")
    add_entry(engine, "e7", MONDAY, place=ALBANY, topic="labor", day="2020-03-02")
    report.write(engine, Settings(data_dir=folder), folder / "site", datetime.now(UTC))
    return (folder / "site" / "wi" / "milwaukee" / "index.html").as_uri()


def shown(page: Page) -> int:
    return page.locator("li.entry:visible").count()


def test_a_list_is_narrowed_counted_and_cleared_by_keyboard(address: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 380, "height": 800})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    assert (shown(page), page.locator(".picks label:visible").count()) == (6, 3), "stage, topic and year tell apart"
    page.get_by_label("Stage").focus()
    page.keyboard.press("A")  # as a keyboard chooses: adopted
    assert page.get_by_label("Stage").input_value() == "adopted"
    assert (shown(page), page.get_by_role("status").first.inner_text()) == (2, "2 of 6 shown")
    page.get_by_label("Year").select_option("2019")
    assert (shown(page), page.locator(".thread:visible").count()) == (1, 1)
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 380
    page.get_by_role("button", name="Show all").press("Enter")
    assert (shown(page), errors) == (6, [])
    page.close()


def test_the_address_of_a_choice_can_be_shared(address: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{address}?topic=housing&stage=adopted&year=1066")
    assert (shown(page), page.get_by_label("Topic").input_value()) == (1, "housing")
    assert page.get_by_label("Year").input_value() == "", "what no line has is not chosen"
    page.close()


def test_each_list_of_the_index_has_its_own_filter_and_one_address_keeps_both(address: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 380, "height": 800})
    page.goto(address.replace("wi/milwaukee/", ""))
    latest, places = page.locator("section:has(> #lately)"), page.locator("section:has(> #places)")
    latest.get_by_text("Narrow this list").press("Enter")
    latest.get_by_label("State").select_option("New York")
    places.get_by_label("State").select_option("Wisconsin")
    for shared in (True, False):
        assert latest.get_by_role("status").inner_text() == "1 of 8 shown"
        listed = places.locator(".state-block li:visible").all_inner_texts()
        assert listed == ["Madison\n1 policy, 1 step", "Milwaukee\n6 policies, 6 steps"]
        assert places.get_by_role("heading", name="New York").count() == 0, "nor its heading"
        if shared:
            page.goto(address.replace("wi/milwaukee/", "") + "?state=New+York&where=Wisconsin")
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 380
    latest.get_by_role("button", name="Show all").click()
    assert latest.locator(".change:visible").count() == 8
    assert places.locator(".state-block li:visible").count() == 2, "the other list stays narrowed"
    page.close()


def test_without_scripts_the_list_is_whole(address: str, browser: Browser) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{address}?stage=adopted")
    assert (shown(page), page.locator(".picks").is_visible()) == (6, False)
    page.close()
