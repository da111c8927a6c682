"""The mails and the pages behind their links as a browser shows them: light and dark, narrow and wide, by axe-core."""

import runpy
from datetime import timedelta
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")

from db.engine import migrate, open_database
from jobs.mail.link_tokens import Tokens
from jobs.web.forms import MILES, of_rhythm, when_fields
from jobs.web.subscriber_pages import KINDS, Pages
from support.mail.news import MADISON, MILWAUKEE, MONDAY, add_reader
from support.web.chromium import MARKS, assert_accessible
from tracker.publish.mail.subscribers import Subscription
from tracker.read.topics import topics

pytestmark = MARKS
GOLDEN = runpy.run_path(str(Path(__file__).parents[1] / "golden" / "digest" / "mails.py"))
PAGES = ("confirm", "unsubscribe", "preferences", "done", "unknown", "missing", "failed")
WIDTHS = (320, 380, 700)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """All mails and all pages as files."""
    out = tmp_path_factory.mktemp("mails")
    for name in GOLDEN["MAILS"]:
        (out / f"{name}.html").write_text(GOLDEN["twins"](name)[f"{name}.html"], "utf-8")
    engine = open_database(f"sqlite:///{out / 'tracker.db'}")
    migrate(engine)
    watched = Subscription(place=MILWAUKEE, agenda=True, matters=("26-1",), words=("lamps",))
    follows = Subscription(place=MILWAUKEE, topics=("immigration", "housing")), Subscription(place=MADISON), watched
    reader = add_reader(engine, "ada@example.org", MONDAY - timedelta(days=3), *follows)
    pages = Pages(engine, Tokens(b"s" * 32))
    values = {"reader": reader, "token": "m.t", "problem": "", "saved": True, "title": "Confirmed", "says": "You will."}
    values |= {"home": "../", "places": ["", ""], "chosen": {"housing"}, "known": ("Madison, WI",), "topics": topics()}
    values |= {"feed": "f.t", "when": when_fields(of_rhythm(reader.rhythm)), "miles": 0, "steps": MILES}
    values["watch"] = {"about": "both", "words": "license plate readers", "matter": "", "kinds": KINDS}
    for name in PAGES:
        (out / f"page-{name}.html").write_text(pages.page(name, **values).body.decode(), "utf-8")
    engine.dispose()
    return out


FILES = [*GOLDEN["MAILS"], *(f"page-{name}" for name in PAGES)]


@pytest.mark.parametrize("name", FILES)
def test_it_is_accessible_fits_and_loads_nothing(browser, folder, name):
    context = browser.new_context(viewport={"width": 700, "height": 900}, bypass_csp=True)
    page = context.new_page()
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto((folder / f"{name}.html").as_uri())
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{width} px"
    assert_accessible(page)
    assert [url for url in requests if not url.endswith(f"{name}.html")] == []
    assert not page.evaluate("'pwned' in window")
    context.close()


def test_the_mail_is_dark_in_the_dark(browser, folder):
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto((folder / "week.html").as_uri())
    colours = page.evaluate("[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]")
    assert colours == ["rgb(22, 23, 25)", "rgb(233, 230, 223)"]
    context.close()
