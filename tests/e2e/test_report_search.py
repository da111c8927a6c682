"""The search of a report in a folder, over a plain web server and in Chromium: Pagefind's index of what the report
shows, narrowed and shared by address, right after each change."""

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")

from playwright.sync_api import Browser, Page
from sqlalchemy import Engine

from db.engine import migrate, open_database
from db.people import withholding
from db.sessions import session
from jobs.publish import report, search_index
from jobs.settings import Settings
from support.mail.news import MADISON, MILWAUKEE, MONDAY, add_entry, revise
from support.web.chromium import MARKS, assert_accessible
from support.web.crawler import served
from tracker.model import EntryStatus, Stage
from tracker.timeline.decisions.acts import Act

pytestmark = MARKS
ANSWERED = re.compile("entr|Nothing|Choose|failed")
CHICAGO = "ocd-division/country:us/state:il/place:chicago"


class Reported:
    """A database and the folder of its report."""

    def __init__(self, folder: Path) -> None:
        self.out, self.settings = folder / "site", Settings(data_dir=folder)
        # SQLite only: what is tested is made of the report's folder, not of the database
        self.engine: Engine = open_database(f"sqlite:///{folder / 'tracker.db'}")
        migrate(self.engine)
        for number in range(24):
            place = (MILWAUKEE, MADISON, CHICAGO)[number % 3]
            stage, topic = (Stage.ADOPTED, Stage.PROPOSED)[number % 2], ("immigration", "housing")[number % 2]
            title = (
                f"Council <b>caps</b> towing fee {number}"
                if number % 4 == 0
                else f"Council orders detainer rule {number}"
            )
            add_entry(
                self.engine,
                f"e{number}",
                MONDAY,
                place=place,
                stage=stage,
                topic=topic,
                day=f"2019-03-{number + 1:02}",
                title=title,
            )

    def write(self, *, search_index: bool = True) -> dict[str, str]:
        """Writes the report; the folders of the index by state."""
        report.write(self.engine, self.settings, self.out, MONDAY, search_index=search_index)
        return self.folders()

    def folders(self) -> dict[str, str]:
        listed = self.out / search_index.FOLDER / search_index.LIST
        states = json.loads(listed.read_text("utf-8"))["states"] if listed.exists() else []
        return {state["code"]: state["folder"] for state in states}


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Reported:
    made = Reported(tmp_path_factory.mktemp("search"))
    made.write()
    return made


@pytest.fixture(scope="module")
def address(reported: Reported) -> Iterator[str]:
    with ExitStack() as stack:
        yield f"{stack.enter_context(served(reported.out))}search/"


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """At the end nothing may have failed, and nothing may have been asked of others."""
    page, troubles = browser.new_page(viewport={"width": 1280, "height": 900}), list[str]()
    page.on("console", lambda said: troubles.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", lambda asked: troubles.append(asked.url) if _is_foreign(asked.url, address) else None)
    yield page
    page.close()
    assert troubles == []


def _is_foreign(url: str, address: str) -> bool:
    return not url.startswith((address.removesuffix("search/"), "data:,"))


def heading(page: Page) -> str:
    page.locator("#answers", has_text=ANSWERED).wait_for()
    return page.locator("#answers").inner_text()


def titles(page: Page) -> list[str]:
    return page.locator(".headline").all_inner_texts()


def test_words_are_found_narrowed_by_links_and_shared_by_address(page: Page, address: str) -> None:
    page.goto(address)
    assert heading(page) == "24 entries"
    page.keyboard.press("Tab")
    page.get_by_label("Words of titles").focus()
    page.keyboard.type("towing fees")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=towing+fees*")
    assert heading(page) == "6 entries", "in another form than the title has"
    assert "Council <b>caps</b> towing fee 20" in titles(page), "and nothing of it is taken for markup"
    assert page.locator(".said").first.inner_text().startswith("The council decided matter e"), "the quote, and no more"
    page.locator("#narrow").get_by_role("link", name="Wisconsin").click()
    page.wait_for_url("**state=wi*")
    assert heading(page) == "4 entries"
    page.locator("#narrow").get_by_role("link", name="Milwaukee, Wisconsin").click()
    page.wait_for_url("**place=*")
    assert heading(page) == "2 entries"
    assert page.locator(".headline mark").all_inner_texts()[:2] == ["towing", "fee"]
    page.goto(f"{address}?q=cuoncil+toing+%22caps%22&state=wi")
    assert heading(page) == "Nothing found"
    page.get_by_role("link", name='council towing "caps"').click()
    page.wait_for_url("**q=council*")
    assert heading(page) == "4 entries"
    page.go_back()
    page.go_back()
    shared = page.url
    page.goto("about:blank")
    page.goto(shared)
    assert (heading(page), page.get_by_label("Words of titles").input_value()) == ("2 entries", "towing fees")
    page.locator(".chosen").get_by_role("link", name="Place: Milwaukee, Wisconsin").click()
    page.wait_for_url(lambda url: "place=" not in url)
    assert heading(page) == "4 entries"
    page.get_by_role("link", name="Council <b>caps</b> towing fee").first.click()
    assert "towing fee" in page.locator("h1").inner_text()


def test_the_latest_of_all_states_come_first_a_page_at_a_time(page: Page, address: str) -> None:
    page.goto(f"{address}?topic=immigration&topic=housing&order=latest")
    assert heading(page) == "24 entries"
    days = page.locator(".when").all_inner_texts()
    assert days == [f"March {day}, 2019" for day in range(24, 4, -1)]
    page.get_by_role("link", name="Next").click()
    page.wait_for_url("**page=2*")
    heading(page)
    assert page.locator(".when").all_inner_texts() == [f"March {day}, 2019" for day in range(4, 0, -1)]


def test_it_takes_the_words_and_signs_of_the_daemon_s_search(page: Page, address: str) -> None:
    asked = {
        "council -towing": "18 entries",
        '-"towing fee" rule': "18 entries",
        '"towing fee" council': "6 entries",
        '"fee towing" council': "Nothing found",
        "“detainer rule” –e3 -e5 council": "16 entries",
        "council nowhere": "Nothing found",
    }
    for typed, answer in asked.items():
        page.goto(f"{address}?{urlencode({'q': typed})}")
        assert heading(page) == answer, typed
    page.goto(f"{address}?q=council+-towing")
    page.locator("#narrow").get_by_role("link", name="Wisconsin", exact=True).click()  # it has no number
    page.wait_for_url("**state=wi*")
    assert heading(page) == "12 entries"


def test_of_one_state_the_places_are_there_to_choose(page: Page, address: str) -> None:
    page.goto(f"{address}?q=matter+-e2+-e5+-e8+-e11+-e14+-e17+-e20+-e23")
    heading(page)
    page.locator("#narrow").get_by_role("link", name="Madison, Wisconsin").wait_for()


@pytest.mark.slow
@pytest.mark.parametrize("asked", ["?q=detainer&state=wi&topic=immigration", "?state=zz&sure=maybe&page=-3"])
def test_an_answer_is_accessible_in_light_and_dark_and_fits(browser: Browser, address: str, asked: str) -> None:
    page = browser.new_page(bypass_csp=True, reduced_motion="reduce")
    page.goto(f"{address}{asked}")
    heading(page)
    assert_accessible(page)
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


def test_without_scripts_and_from_a_file_places_are_found_all_the_same(
    browser: Browser, address: str, reported: Reported
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(address)
    assert "places are found by name" in page.locator("#told").inner_text()
    assert not page.locator("#find").is_visible()
    page = browser.new_page()
    page.goto((reported.out / "search" / "index.html").as_uri())
    assert "Opened from a file" in page.locator("#told").inner_text()
    page.get_by_label("Find a place").fill("madis")
    page.locator(".found a").wait_for()
    assert page.locator(".found a").all_inner_texts() == ["Madison, Wisconsin"]
    page.goto((reported.out / "index.html").as_uri())
    assert [page.locator(".to-search").count(), page.locator(".to-search:visible").count()] == [1, 0]


def test_what_is_withheld_or_rejected_is_found_no_longer_and_other_states_stay(
    page: Page, address: str, reported: Reported
) -> None:
    before = reported.folders()
    page.goto(f"{address}?q=e3")
    heading(page)
    assert page.locator(".said mark").first.inner_text() == "e3."
    with session(reported.engine) as opened:
        withholding.withhold_name(opened, "matter e3", Act("Ada", MONDAY, "asked"))
    revise(reported.engine, "e9", MONDAY + timedelta(days=1), "not ours", actor="dana", status=EntryStatus.REJECTED)
    after = reported.write()
    assert (after["il"], after["wi"] != before["wi"]) == (before["il"], True)
    page.goto(f"{address}?state=wi")
    assert heading(page) == "15 entries"
    page.goto(f"{address}?q=%22matter+e3%22")
    assert heading(page) == "Nothing found"


def test_of_many_states_one_is_chosen_first(page: Page, address: str, reported: Reported) -> None:
    for state in ("ia", "mn", "mi", "in", "oh", "mo", "ks"):
        add_entry(reported.engine, f"in-{state}", MONDAY, place=f"ocd-division/country:us/state:{state}/county:lake")
    reported.write()
    page.goto(f"{address}?q=matter")
    assert heading(page) == "Choose a state to search in"
    states = [text.strip() for text in page.locator("#narrow [data-facet=state] li").all_inner_texts()]
    assert states == sorted(states)
    assert states.index("Iowa") == states.index("Indiana") + 1, "ia and in are in another order"
    page.locator("#narrow").get_by_role("link", name="Iowa").click()
    page.wait_for_url("**q=matter&state=ia")
    assert heading(page) == "1 entry"
    page.goto(f"{address}?place={MILWAUKEE}")
    assert heading(page) == "7 entries", "a place says in which state it is"
