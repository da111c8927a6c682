"""The desk in a real browser: a whole review by keyboard, the same without scripts, and what its pages look like."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")

import structlog
from playwright.sync_api import Browser, Page, expect

from db.engine import migrate, open_database
from db.feeds import feeds
from db.people import remarks
from db.sessions import session
from jobs.mail import outbox
from jobs.review.input import act
from jobs.settings import Settings
from support.databases.recording import arrive, recorded
from support.documents.stored import store_order
from support.mail.news import add_reader
from support.timeline.cases import evidence
from support.web.chromium import MARKS, assert_accessible
from support.web.desk import PASSWORD, add_users
from support.web.site import ADA, Site, running_site
from tracker.model import Entry, EntryStatus
from tracker.timeline.decisions.remarks import About

pytestmark = MARKS
expect.set_options(timeout=30_000)  # a busy machine is slow
ITEMS = (
    evidence(outlet="Journal"),
    evidence(outlet="Post", published="2017-06-24"),
    evidence(
        "proposed", "2017-05-02", outlet="Herald", published="2017-05-03", subject="library cards", topic="records"
    ),
    evidence("effective", "2018-05-02", outlet="<b>Radio</b>", published="2018-05-03", subject="dogs", topic="other"),
    evidence("rescinded", None, outlet="News", published="2019-05-03", subject="noise", topic="other"),
)
PATHS = (
    *("review", "entries", "entries?q=nowhere", "entries?q=measure", "articles", "article/1", "feeds", "feed/1"),
    *("digest", "account", "users", "subscribers", "nothing", "withheld"),
)
"""Of pages that are looked at; on the last one a name is withheld."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    engine = open_database(f"sqlite:///{folder / 'tracker.db'}")
    migrate(engine)
    add_users(engine)
    arrive(engine, *ITEMS)
    with running_site(engine, folder, structlog.get_logger(), ada=False, desk=True) as running:
        yield running
    engine.dispose()


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Any]:
    """Signs somebody in and opens a page; at the end nothing may have been refused and no other host asked."""
    contexts, troubles = [], []
    home = f"http://127.0.0.1:{site.port}/"

    def open_page(path: str, name: str = "Eve", **options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith(home) else troubles.append(asked.url))
        page.goto(f"{home}desk/{path}")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Sign out", exact=True)).to_be_visible()
        page.wait_for_load_state()  # its scripts run after it is seen
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [trouble for trouble in troubles if "(Conflict)" not in trouble and "(Not Found)" not in trouble] == []


def in_front(page: Page, site: Site) -> Entry:
    found = re.search(r"Entry (\w+), revision", page.locator(".hero").inner_text())
    assert found
    return entry(site, found[1])


def entry(site: Site, name: str) -> Entry:
    return next(one for one in recorded(site.engine) if one.id == name)


def test_a_whole_review_by_keyboard(visit: Any, site: Site) -> None:
    page = visit("review")
    first = in_front(page, site)
    page.keyboard.press("?")
    expect(page.get_by_text("confirm: the entry is right")).to_be_visible()
    page.keyboard.press("w")
    page.keyboard.type("seen it, c r n")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    expect(page.get_by_role("status")).to_contain_text("Confirmed:")
    assert entry(site, first.id).status is EntryStatus.CONFIRMED
    assert entry(site, first.id).revisions[-1].reason == "confirmed: seen it, c r n"
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_contain_text("Undone:")
    assert in_front(page, site).id == first.id
    assert entry(site, first.id).status is EntryStatus.PENDING
    page.keyboard.press("d")
    page.keyboard.type("2016-02-03")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Edited:")
    assert (in_front(page, site).id, str(entry(site, first.id).date)) == (first.id, "2016-02-03")
    page.keyboard.press("n")
    expect(page.get_by_text(f"Entry {first.id},")).not_to_be_attached()
    second = in_front(page, site)
    page.keyboard.press("r")
    expect(page.get_by_role("status")).to_contain_text("Rejected:")
    assert entry(site, second.id).status is EntryStatus.REJECTED
    assert page.title().endswith("· Desk")


def test_the_same_by_tab_and_enter_without_scripts(visit: Any, site: Site) -> None:
    page = visit("review", java_script_enabled=False)
    here = in_front(page, site)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator("button:focus").count() and "Confirm" in page.locator("button:focus").inner_text():
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Confirmed:")
    assert entry(site, here.id).status is EntryStatus.CONFIRMED
    page.get_by_role("button", name="Take back").first.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Undone:")
    assert entry(site, here.id).status is EntryStatus.PENDING
    page.get_by_role("link", name="Next").press("Enter")
    expect(page.get_by_text(f"Entry {here.id},")).not_to_be_attached()
    assert in_front(page, site).id != here.id


def test_whoever_is_slower_is_told_and_keeps_what_they_typed(visit: Any, site: Site) -> None:
    page = visit("review")
    here = in_front(page, site)
    page.get_by_label("Body").fill("City Clerk")
    other = visit(f"entry/{here.id}", "Ada")
    other.get_by_label("Instrument").fill("resolution")
    other.keyboard.press("Enter")
    expect(other.get_by_role("status")).to_contain_text("Edited")
    page.get_by_label("Body").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("has changed since you looked at it")
    assert page.get_by_label("Body").input_value() == "City Clerk"
    assert entry(site, here.id).body != "City Clerk"
    page.get_by_label("Body").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Edited")
    after = entry(site, here.id)
    assert (after.body, after.instrument) == ("City Clerk", "resolution")


@pytest.mark.slow
def test_keys_can_be_turned_off(visit: Any, site: Site) -> None:
    page = visit("account")
    page.get_by_label("No keys in this browser").check()
    page.goto(page.url.replace("account", "review"))
    here = in_front(page, site)
    for key in "crnu":
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    assert (in_front(page, site).id, entry(site, here.id).revision) == (here.id, here.revision)


@pytest.mark.slow
def test_every_page_is_accessible_in_light_and_dark_and_fits_every_window(visit: Any, site: Site) -> None:
    found = recorded(site.engine)[0]
    reader = add_reader(site.engine, ADA, act("Reader", "").at)
    outbox.count_as_told(site.engine, Settings(data_dir=site.data, timezone="UTC"), act("Reader", "").at)
    with session(site.engine) as opened:
        remarks.add(opened, found.id, About.DATE, "It was in June.", act("Reader", "").at, revision=1)
        feeds.add(opened, "https://news.example/feed", act("Reader", "").at)
    store_order(site.engine)
    page = visit("", "Ada", bypass_csp=True, reduced_motion="reduce")
    named = (f"entry/{found.id}", f"policy/{found.policy}", f"subscriber/{reader.id}", "texts")
    for path in ("", *named, *PATHS):
        page.goto(f"http://127.0.0.1:{site.port}/desk/{path}")
        look_at(page, path)
    page.get_by_label("Name as it is printed").fill("The Measure")
    page.get_by_label("Reason").first.fill("asked for it")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Withhold this name?")).to_be_visible()
    look_at(page, "the name, once more")
    page.get_by_role("button", name="Withhold it").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("It is withheld")
    look_at(page, "a name that is withheld")


def look_at(page: Page, what: str) -> None:
    """The page as it is shown, with all that unfolds."""
    page.evaluate("document.querySelectorAll('details').forEach(item => { item.open = true })")
    for width in (380, 1600):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (what, width)
        assert_accessible(page)
