"""Other sites show the small pages in a frame, and nothing else of the daemon."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")

import structlog
from playwright.sync_api import Browser

from db.engine import migrate, open_database
from jobs.publish import report
from jobs.settings import Settings
from support.mail.news import MILWAUKEE, MONDAY, add_entry
from support.web.chromium import MARKS
from support.web.crawler import served
from support.web.site import Site, running_site

pytestmark = MARKS
SMALL = ("embed/wi/milwaukee/", "embed/wi/milwaukee/index.html")
REFUSED = ("wi/milwaukee/index.html", "", "api/v1/", "preferences/x", "embed/../wi/milwaukee/index.html")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    engine = open_database(f"sqlite:///{folder / 'tracker.db'}")  # SQLite only: what is looked at are pages
    migrate(engine)
    add_entry(engine, "e1", MONDAY, place=MILWAUKEE)
    with running_site(engine, folder, structlog.get_logger()) as running:
        shutil.rmtree(running.report)
        report.write(engine, Settings(data_dir=folder), running.report, datetime.now(UTC))
        yield running
    engine.dispose()


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Iterator[str]:
    """The address of another site, whose page N shows the Nth of these addresses in a frame."""
    folder = tmp_path_factory.mktemp("elsewhere")
    for number, address in enumerate((*SMALL, *REFUSED)):
        frame = f'<iframe src="http://127.0.0.1:{site.port}/{address}" width="400" height="420"></iframe>'
        (folder / f"{number}.html").write_text(f"<!doctype html><title>x</title><link rel=icon href='data:,'>{frame}")
    with served(folder) as base:
        yield base


@pytest.mark.parametrize("number", range(len(SMALL)), ids=SMALL)
def test_a_small_page_is_shown_by_another_site_and_its_links_open_apart(
    browser: Browser, elsewhere: str, number: int
) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{elsewhere}{number}.html")
    frame = page.frame_locator("iframe")
    heading = frame.get_by_role("heading", level=1)
    assert heading.inner_text() == "Milwaukee, Wisconsin"
    assert frame.locator("body").evaluate("body => getComputedStyle(body).margin") == "0px", "its style is let in"
    with page.expect_popup() as opened:
        heading.get_by_role("link").click()
    opened.value.wait_for_load_state()
    assert opened.value.url.endswith("/wi/milwaukee/index.html")
    assert opened.value.evaluate("window.opener") is None
    assert said == []
    page.close()


@pytest.mark.parametrize("number", range(len(SMALL), len(SMALL + REFUSED)), ids=REFUSED)
def test_nothing_else_is_shown_by_another_site(browser: Browser, elsewhere: str, number: int) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{elsewhere}{number}.html")
    frame = page.frames[1]
    frame.wait_for_load_state()
    assert frame.locator("h1").count() == 0 or "Milwaukee" not in frame.locator("h1").inner_text()
    assert any("frame-ancestors" in line or "X-Frame-Options" in line or "refused to connect" in line for line in said)
    page.close()


def test_the_headers_of_the_small_pages_and_of_the_others(site: Site) -> None:
    for address in SMALL:
        headers = site.get(f"/{address}").headers
        assert "frame-ancestors *" in headers["Content-Security-Policy"]
        assert "X-Frame-Options" not in headers
    known = site.get(f"/{SMALL[1]}", ("If-None-Match", site.get(f"/{SMALL[1]}").headers["ETag"]))
    assert (known.status, "X-Frame-Options" in known.headers) == (304, False)
    for address in ("wi/milwaukee/index.html", "embedded/", "healthz", "api/v1/embed/", "%2e/embed/"):
        headers = site.get(f"/{address}").headers
        assert headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
