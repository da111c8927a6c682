"""Anybody says what is wrong with an entry: it reaches whoever reviews, and no page; on both engines."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import html5lib
import pytest
import structlog
from sqlalchemy import Engine

from db.engine import reading
from db.people import decisions, remarks
from db.sessions import session
from jobs.publish import report
from jobs.settings import Settings
from jobs.web import remarks as form
from support.mail.news import MONDAY, add_entry
from support.web.site import FORM, Site, running_site
from tracker.timeline.decisions.acts import Act
from tracker.timeline.decisions.remarks import MAX_WORDS, About, Remark

WEB = "http://127.0.0.1:1/"
MAIL = {"smtp_host": "127.0.0.1", "mail_from": "digest@example.org"}
SAID = {"entry": "e1", "about": "date", "words": "It was June 20.", "source": "", "address": "", "website": ""}


@pytest.fixture
def site(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(form, "AT_ONCE", 100)
    add_entry(engine, "e1", MONDAY)
    with running_site(engine, tmp_path, structlog.get_logger(), ada=False, web_url=WEB, **MAIL) as running:
        yield running


def say(site: Site, status: int = 200, **other: str) -> str:
    answer = site.post("/report-error/?entry=e1", FORM, urlencode(SAID | other).encode())
    assert answer.status == status, answer.text
    return answer.text


def kept(site: Site) -> list[Remark]:
    with reading(site.engine) as opened:
        return remarks.open_remarks(opened)


def test_the_form_shows_the_entry_and_asks_what_is_wrong(site: Site) -> None:
    page = site.get("/report-error/?entry=e1").text
    html5lib.HTMLParser(strict=True).parse(page)
    for part in ("Milwaukee, WI", "The date is wrong", 'href="../entry/e1/"', "It is not published."):
        assert part in page


def test_what_a_reader_says_is_kept_with_its_entry(site: Site) -> None:
    told = {"source": "https://clerk.example/minutes", "address": "Ada@Example.org"}
    assert "A person will look at it." in say(site, **told)
    (item,) = kept(site)
    assert (item.entry, item.about, item.text, item.revision) == ("e1", About.DATE, "It was June 20.", 1)
    assert (item.source, item.address) == ("https://clerk.example/minutes", "Ada@example.org")


WRONG = [
    *({"about": text} for text in ("", "colour")),
    {"words": " "},
    {"words": "x" * (MAX_WORDS + 1)},
    *({"source": text} for text in ("javascript:alert(1)", "minutes of June", "https://x/" + "x" * 3000)),
    *({"address": text} for text in ("ada", "a@example.org\nBcc: all@example.org", "slack://token")),
]


@pytest.mark.parametrize("other", WRONG, ids=lambda other: str(other)[:40])
def test_what_is_wrong_with_it_is_said_and_nothing_is_lost(site: Site, other: dict[str, str]) -> None:
    page = say(site, status=400, **other)
    assert 'role="alert"' in page
    if "words" not in other:
        assert "It was June 20.</textarea>" in page
    assert kept(site) == []


def test_programs_and_unknown_entries_leave_nothing(site: Site) -> None:
    assert "A person will look at it." in say(site, website="https://spam.example")
    say(site, status=404, entry="nobody")
    for asked in ("?entry=nobody", "?entry=%00", f"?entry={'x' * 100}"):
        assert site.get(f"/report-error/{asked}").status == 404
    assert kept(site) == []


def test_the_foot_of_every_page_leads_to_words_that_say_how(site: Site) -> None:
    settings = Settings(data_dir=site.data, web_url=WEB, contact="desk@example.org")
    report.write(site.engine, settings, site.data / "site", MONDAY)
    foot = (site.data / "site" / "index.html").read_text().partition("<footer")[2]
    assert f'<a href="{WEB}report-error/">Report an error</a>' in foot
    page = site.get("/report-error/").text
    html5lib.HTMLParser(strict=True).parse(page)
    for part in ("Report an error in this entry", 'href="../search/"', 'href="../places/index.html"'):
        assert part in page


def test_an_entry_that_was_withdrawn_has_no_form(site: Site) -> None:
    with session(site.engine) as opened:
        decisions.reject(opened, "e1", Act("Ada", MONDAY))
    assert site.get("/report-error/?entry=e1").status == 404


def test_foreign_words_are_shown_as_words_and_published_nowhere(site: Site) -> None:
    evil = "</textarea><script>alert(1)</script>"
    assert "<script>" not in say(site, status=400, about="", words=evil)
    say(site, words=f"leak {evil}", address="leak@example.org")
    settings = Settings(data_dir=site.data, web_url=WEB)
    report.write(site.engine, settings, site.data / "site", MONDAY)
    pages = "".join(path.read_text("utf-8", "replace") for path in (site.data / "site").rglob("*") if path.is_file())
    assert "leak" not in pages + site.get("/api/v1/entries").text
    assert f"{WEB}report-error/?entry=e1" in pages


def test_there_is_no_form_where_it_is_turned_off(engine: Engine, tmp_path: Path) -> None:
    add_entry(engine, "e1", MONDAY)
    off = {"web_url": WEB, "remarks": False, "contact": "desk@example.org"}
    with running_site(engine, tmp_path, structlog.get_logger(), ada=False, **off) as running:
        assert running.get("/report-error/?entry=e1").status == 404
        report.write(engine, Settings(data_dir=running.data, **off), running.data / "site", MONDAY)
        page = (running.data / "site" / "entry" / "e1" / "index.html").read_text()
    assert "mailto:desk@example.org?subject=Error%20in%20entry%20e1" in page
