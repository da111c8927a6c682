"""The forms for everybody in a real browser: by axe-core, narrow and wide, light and dark, with the keyboard alone, and
no link of theirs, or to them, leads nowhere."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")

import structlog
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from db.engine import migrate, open_database, reading
from db.mail import subscribers
from db.people import remarks
from jobs.publish import report
from jobs.settings import Settings
from support.mail.news import MADISON, MILWAUKEE, MONDAY, add_entry
from support.web.chromium import COLOURS, MARKS, WCAG
from support.web.crawler import crawl
from support.web.site import Site, running_site

pytestmark = MARKS
LOOKS = [(380, "light"), (380, "dark"), (1600, "light")]
FORMS = (
    "subscribe/",
    "report-error/?entry=e0",
    "report-error/",
    "preferences",
    "search/?q=council&state=wi",
    "search/?q=madison+housin&year=x",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The daemon's pages, and a report whose links lead to its forms."""
    folder = tmp_path_factory.mktemp("site")
    engine = open_database(f"sqlite:///{folder / 'tracker.db'}")
    migrate(engine)
    for number in range(2):
        add_entry(engine, f"e{number}", MONDAY, place=(MILWAUKEE, MADISON)[number])
    given = {"smtp_host": "127.0.0.1", "mail_from": "digest@example.org", "web_url": "http://127.0.0.1:1/"}
    with running_site(engine, folder, structlog.get_logger(), **given) as running:
        shutil.rmtree(folder / "report")
        told = Settings(data_dir=folder, **given | {"web_url": f"http://127.0.0.1:{running.port}/"})
        report.write(engine, told, folder / "report", datetime.now(UTC))
        yield running
    engine.dispose()


def address(site: Site, form: str) -> str:
    path = site.link("preferences") if form == "preferences" else f"/{form}"
    return f"http://127.0.0.1:{site.port}{path}"


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_everybody_can_read_and_use_the_forms(site: Site, browser: Browser, width: int, scheme: str) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    for form in FORMS:
        page.goto(address(site, form))
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), form
        found = Axe().run(page, options=COLOURS if scheme == "dark" else WCAG)
        assert found.violations_count == 0, found.generate_report()
    page.close()


def typed(page: Page, *texts: str) -> None:
    """Each text into the next field that the keyboard reaches."""
    for text in texts:
        page.keyboard.press("Tab")
        page.keyboard.type(text)


def test_somebody_asks_for_the_mails_with_the_keyboard_alone(site: Site, browser: Browser) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(address(site, "subscribe/"))
    typed(page, "", "eve@example.org", "Milwaukee, WI")  # the way back to the report comes first
    page.keyboard.press("Enter")
    page.get_by_text("Look into your mailbox").wait_for()
    with reading(site.engine) as opened:
        eve = subscribers.by_address(opened, "eve@example.org")
    assert eve is not None
    assert [item.place for item in eve.subscriptions] == [MILWAUKEE]
    page.close()


def test_a_reader_goes_from_an_entry_to_its_form_and_says_what_is_wrong(site: Site, browser: Browser) -> None:
    page, complaints = browser.new_page(), list[str]()
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(address(site, "entry/e1/index.html"))
    page.get_by_role("link", name="Report an error in this entry").click()
    page.get_by_label("The date is wrong").focus()
    page.keyboard.press("Space")
    typed(page, "It was June 20.")
    page.get_by_role("button", name="Send").press("Enter")
    page.get_by_role("link", name="Back to the entry").click()
    assert "/entry/e1/" in page.url
    with reading(site.engine) as opened:
        assert [item.text for item in remarks.of_entry(opened, "e1")] == ["It was June 20."]
    assert complaints == []
    page.close()


def test_no_link_to_the_forms_or_of_them_leads_nowhere(site: Site) -> None:
    found = crawl(f"http://127.0.0.1:{site.port}/", ("", site.link("preferences").lstrip("/")))
    assert found.broken == []
    named = [page for page in found.pages if page.startswith(("subscribe/", "report-error/"))]
    assert len(named) > 4
