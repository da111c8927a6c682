"""Where the links of a mail lead: with `web_url` alone, into the report that the daemon serves there."""

import re
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import html5lib
import pytest

from jobs.publish import report
from support.mail.news import MADISON, MILWAUKEE, add_entry, add_reader, revise
from support.mail.sending import ADA, BEFORE, World
from tracker.model import EntryStatus, Stage

HOME = "https://tracker.example"
READERS_OWN = ("unsubscribe", "preferences")
"""The daemon's own pages, behind links that hold a token."""


def links(mail: EmailMessage) -> set[str]:
    """All links of the HTML; each stands in the text as well, but for the places', which are headings there."""
    html, text = (str(mail.get_body((kind,)).get_content()) for kind in ("html", "plain"))  # type: ignore[union-attr]
    found = {str(link.get("href")) for link in html5lib.parse(html, namespaceHTMLElements=False).iter("a")}
    assert {link for link in found if link not in text and not re.search(r"/wi/\w+/$", link)} == set()
    assert set(re.findall(r"https?://[^\s>]+", text)) <= found
    return found


def pages(mail: EmailMessage) -> set[str]:
    """The pages of the report that a mail leads to, as paths from its root."""
    paths = {urlsplit(link).path for link in links(mail) if link.startswith(f"{HOME}/")}
    return {path for path in paths if path.split("/")[1] not in READERS_OWN}


def own(mail: EmailMessage) -> set[str]:
    return {urlsplit(link).path.split("/")[1] for link in links(mail) if link.startswith(HOME)} & set(READERS_OWN)


def many_mails(world: World) -> list[EmailMessage]:
    """News of two places, what takes effect soon, older changes; then corrections: moved, and taken back."""
    add_reader(world.engine, ADA, BEFORE)
    add_entry(world.engine, "one", BEFORE)
    add_entry(world.engine, "two", BEFORE, place=MADISON, topic="housing")
    for name in ("moved", "wrong", "unheard"):
        add_entry(world.engine, name, BEFORE)
    add_entry(world.engine, "soon", BEFORE, stage=Stage.EFFECTIVE, day="2026-12-10")
    add_entry(world.engine, "long-ago", BEFORE, reported=date(2024, 3, 1))
    world.round()
    at = world.clock() + timedelta(days=1)
    revise(world.engine, "moved", at, "it was the other city", actor="dana", jurisdiction=MADISON)
    revise(world.engine, "wrong", at, "not ours", actor="dana", status=EntryStatus.REJECTED)
    revise(world.engine, "unheard", at, "no report supports it any longer", status=EntryStatus.REJECTED)
    world.clock.advance(days=7)
    world.round()
    return world.server.box.mails()


def test_with_web_url_alone_every_link_into_the_report_is_a_page_of_it(world: World, tmp_path: Path) -> None:
    assert (world.settings.web_url, world.settings.public_url) == (HOME, "")
    mails = many_mails(world)
    out = tmp_path / "site"
    report.write(world.engine, world.settings, out, world.clock())
    for mail in mails:
        assert own(mail) == set(READERS_OWN)
        assert "/" in pages(mail)
    told = {name for mail in mails for name in pages(mail)}
    assert {f"/entry/{name}/" for name in ("one", "two", "moved", "wrong", "unheard", "soon")} <= told
    assert {path for path in told if not (out / path.strip("/") / "index.html").is_file()} == set()


def test_a_quiet_mail_leads_to_the_report_as_well(world: World) -> None:
    add_reader(world.engine, ADA, BEFORE)
    world.round()
    assert pages(world.server.box.mails()[0]) == {"/"}


def test_without_any_web_address_links_lead_to_the_sources(world: World) -> None:
    world.settings = world.settings.model_copy(update={"web_url": ""})
    mails = many_mails(world)
    assert [link for mail in mails for link in links(mail) if link.startswith(HOME)] == []
    assert "https://news.example/one" in links(mails[0])


@pytest.mark.parametrize("place", [MILWAUKEE, MADISON])
def test_a_report_published_elsewhere_has_the_links_and_the_daemon_the_readers_own(world: World, place: str) -> None:
    world.settings = world.settings.model_copy(update={"public_url": "https://pages.example/report/"})
    add_entry(world.engine, "one", BEFORE, place=place)
    add_reader(world.engine, ADA, BEFORE)
    world.round()
    (mail,) = world.server.box.mails()
    assert own(mail) == set(READERS_OWN)
    assert pages(mail) == set()
    assert "https://pages.example/report/entry/one/" in links(mail)
    assert "https://pages.example/report/" in links(mail)
