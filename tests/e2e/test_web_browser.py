"""The daemon's pages in a real browser: nothing that they do is refused, and they ask for nothing elsewhere."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")

import structlog
from playwright.sync_api import Browser, Page

from db.engine import migrate, open_database
from jobs.publish import report
from jobs.settings import Settings
from support.mail.news import MADISON, MILWAUKEE, MONDAY, add_entry
from support.web.chromium import MARKS
from support.web.site import Site, running_site

pytestmark = MARKS


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    engine = open_database(f"sqlite:///{folder / 'tracker.db'}")
    migrate(engine)
    for number in range(4):
        add_entry(engine, f"e{number}", MONDAY, place=(MILWAUKEE, MADISON)[number % 2])
    with running_site(engine, folder, structlog.get_logger()) as running:
        shutil.rmtree(folder / "report")
        report.write(engine, Settings(data_dir=folder), folder / "report", datetime.now(UTC))
        yield running
    engine.dispose()


class Seen:
    """What a page asks for, what fails, and what the console says: violations of the policy are among it."""

    def __init__(self, page: Page) -> None:
        self.complaints: list[str] = []
        self.addresses: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("requestfailed", lambda request: self.complaints.append(request.url))
        page.on("request", lambda request: self.addresses.append(request.url))


def test_no_page_of_the_report_is_refused_anything(site: Site, browser: Browser) -> None:
    page = browser.new_page()
    seen, home = Seen(page), f"http://127.0.0.1:{site.port}/"
    addresses = [path.relative_to(site.report).as_posix() for path in site.report.rglob("*.html")]
    assert len(addresses) > 10
    for address in addresses:
        page.goto(home + address)
        assert page.evaluate("getComputedStyle(document.body).fontSize") != "", address
    assert seen.complaints == []
    assert [address for address in seen.addresses if not address.startswith(home)] == []
    page.close()


def test_the_search_of_the_report_works_as_it_is_served(site: Site, browser: Browser) -> None:
    page = browser.new_page()
    seen = Seen(page)
    page.goto(f"http://127.0.0.1:{site.port}/")
    page.get_by_role("searchbox").first.fill("Madison")
    page.get_by_role("link", name="Madison").first.wait_for(state="visible")
    assert seen.complaints == []
    page.close()


def test_a_reader_changes_what_they_get(site: Site, browser: Browser) -> None:
    page = browser.new_page()
    seen = Seen(page)
    page.goto(f"http://127.0.0.1:{site.port}{site.link('preferences')}")
    assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") == "544px"  # its style is let in
    page.locator("select[name=hour]").select_option("9:00")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    assert site.reader().rhythm.hour == 9
    page.goto(f"http://127.0.0.1:{site.port}{site.link('unsubscribe')}")
    page.get_by_role("button", name="Unsubscribe").click()
    page.get_by_text("You will get no more of these mails.").wait_for()
    assert site.reader().state == "unsubscribed"
    assert seen.complaints == []
    page.close()


def test_the_page_about_the_api_is_styled_and_asks_for_nothing(site: Site, browser: Browser) -> None:
    page = browser.new_page()
    seen = Seen(page)
    page.goto(f"http://127.0.0.1:{site.port}/api/v1/")
    page.get_by_role("link", name="OpenAPI").wait_for()
    assert (seen.complaints, len(seen.addresses)) == ([], 1)
    page.close()


def test_what_a_policy_forbids_would_be_seen(site: Site, browser: Browser) -> None:
    (site.report / "evil.html").write_text("<script>window.pwned = true</script><p style='color: red'>x</p>")
    page = browser.new_page()
    seen = Seen(page)
    page.goto(f"http://127.0.0.1:{site.port}/evil.html")
    assert not page.evaluate("'pwned' in window")
    assert sum("Content Security Policy" in complaint for complaint in seen.complaints) == 2
    page.close()
