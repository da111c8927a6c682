"""Policies followed over real HTTP into a real database: what was replaced is told with both sentences, once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from aiohttp import web
from sqlalchemy import Engine
from sqlmodel import select

from db import freshness
from db.engine import reading
from db.feeds import feeds
from db.report.documents import document_file
from db.sessions import session
from db.sources import document_counts, documents
from db.tables.documents import DocumentRow
from jobs.gather.gathering import Gatherer
from jobs.gather.source_context import SourceOptions
from jobs.reading.document_explanation import of_document
from jobs.tally import Tally
from support.databases.recording import live
from support.documents.followed import HOME, NOW, kept, page
from support.documents.orders import HEAD
from support.documents.typesetting import Layout, typeset
from support.servers.small_web import Page, Web, lead_here, served
from tracker.gather.documents.policy_text import Paragraph
from tracker.gather.http.client import Client
from tracker.gather.sources.look import look_at
from tracker.kinds import EditSort
from tracker.model import EvidenceKind, SourceKind, Stage
from tracker.read.documents.rule_edits import by_words

ORDER = (
    Paragraph("I.", "Purpose"),
    Paragraph("A.", "This order tells members how to answer requests by federal officers."),
    Paragraph("B.", "Members may hold a person for federal officers where the watch commander agrees."),
    Paragraph("C.", "The duty sergeant enters the name, the hour and the reason in the station log."),
)
STRICTER = Paragraph("B.", "Members shall not hold a person for federal officers unless a judge has signed a warrant.")
REVISED = tuple(line.replace("3 March 2024", "28 May 2024").replace("1 April 2024", "15 June 2024") for line in HEAD)


class Shelf:
    """A department's page of orders, which a test changes as it goes on."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {"7-04.pdf": typeset(HEAD, ORDER, Layout())}
        self.status: dict[str, int] = {}
        self.robots = ""
        self.asked = 0

    def index(self, request: web.Request) -> web.StreamResponse:
        links = "".join(f'<li><a href="/orders/{name}">Order {name}</a></li>' for name in self.files)
        around = '<nav><a href="/orders/chief.html">The chief</a></nav>'
        return web.Response(text=f"<html><body>{around}<ul>{links}</ul></body></html>", content_type="text/html")

    def file(self, request: web.Request) -> web.StreamResponse:
        name = request.path.rpartition("/")[2]
        self.asked += 1
        if name in self.status or name not in self.files:
            return web.Response(status=self.status.get(name, 404))
        body = self.files[name]
        tag = f'"{hash(body)}"'
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304)
        kind = "application/pdf" if body.startswith(b"%PDF") else "text/html"
        return web.Response(body=body, content_type=kind, headers={"ETag": tag})

    def pages(self, *names: str) -> dict[str, Page]:
        rules: Page = lambda request: web.Response(text=self.robots)  # noqa: E731
        files = {f"/orders/{name}": self.file for name in (*self.files, *names)}
        return {"/orders/": self.index, "/robots.txt": rules, **files}


@pytest.fixture
def shelf() -> Shelf:
    made = Shelf()
    made.files["other.html"] = page("Members wear the uniform.")
    made.files["third.html"] = page("Members clean the station.")
    return made


@asynccontextmanager
async def followed(
    engine: Engine, pages: dict[str, Page], path: str = "/orders/", home: str | None = HOME
) -> AsyncIterator[Web]:
    async with served(pages) as site:
        with session(engine) as opened:
            feeds.add(opened, f"{site.origin}{path}", NOW, home=home, kind=SourceKind.DOCUMENTS)
        yield site


async def poll(
    engine: Engine, days: float = 0, *, everything: bool = True, patience_s: float = 60, tick_s: float = 0
) -> Tally:
    """`tick_s`: how far the clock has gone on whenever it is looked at."""
    tally, now, ticks = Tally(), NOW + timedelta(days=days), count()
    async with Client(allow_private=True, gap_s=0) as client:
        options = SourceOptions(
            patience_s=patience_s, edits=lambda title, pairs: replace(by_words(title, pairs), topic="immigration")
        )
        gatherer = Gatherer(
            engine, client, lambda: now + timedelta(seconds=tick_s * next(ticks)), print, options=options
        )
        await gatherer.poll(gatherer.due(everything=everything), tally)
    return tally


async def test_a_changed_rule_is_an_entry_with_both_sentences(engine: Engine, shelf: Shelf) -> None:
    async with followed(engine, shelf.pages()):
        first = await poll(engine)
        shelf.files["7-04.pdf"] = typeset(REVISED, (*ORDER[:2], STRICTER, ORDER[3]), Layout())
        second, third = await poll(engine, 7), await poll(engine, 8)
    assert [tally.failed_feeds for tally in (first, second, third)] == [0, 0, 0]
    assert [tally.opened for tally in (first, second, third)] == [0, 2, 0]
    adopted, effective = live(engine)
    assert [(one.stage, str(one.date), one.topic) for one in (adopted, effective)] == [
        (Stage.ADOPTED, "2024-05-28", "immigration"),
        (Stage.EFFECTIVE, "2024-06-15", "immigration"),
    ]
    assert adopted.policy == effective.policy
    assert adopted.identifier == "general order 7.04"
    (evidence,) = adopted.evidence
    assert evidence.kind is EvidenceKind.DOCUMENT
    printed = "Printed on the document: Issue Date: 28 May 2024"
    assert evidence.finding.quote == f"Before: {ORDER[2].text}\nNow: {STRICTER.text}\n\n{printed}"
    (own,) = effective.evidence
    assert own.finding.quote == "Printed on the document: Effective Date: 15 June 2024"
    with reading(engine) as opened:
        (row,) = documents.at_address(opened, evidence.url.partition("#")[0])
        lines = list(of_document(opened, row))
    shown = [line for line, _ in lines]
    assert shown[0] == "document 7.04: Contact with Federal Officers"
    assert any(line.startswith("version 2, met on June 8, 2024 to") and "issued May 28, 2024" in line for line in shown)
    assert any("version 1 to 2" in line and "1 edit of rule, 0 of form" in line for line in shown)
    assert any("of rule, chance of rule" in line and "“not” came" in line for line in shown)
    document, versions, (change,) = kept(engine, "7-04.pdf")
    assert [article for _, article in lines if article] == [change.article_id]
    assert (document.number, document.jurisdiction) == ("7.04", HOME)
    assert [(one.number, one.last_seen) for one in versions] == [(1, NOW), (2, NOW + timedelta(days=8))]
    assert [edit.sort for edit in change.edits] == [EditSort.RULE]
    with reading(engine) as opened:
        assert document_file(opened, versions[1].id) == shelf.files["7-04.pdf"]


async def test_without_a_printed_date_it_lies_between_the_two_visits(engine: Engine, shelf: Shelf) -> None:
    async with followed(engine, shelf.pages()):
        await poll(engine)
        shelf.files["7-04.pdf"] = typeset(HEAD, (*ORDER[:2], STRICTER, ORDER[3]), Layout())
        await poll(engine, 7)
    (adopted,) = live(engine)
    assert (adopted.stage, str(adopted.date)) == (Stage.ADOPTED, "2024-06-01/2024-06-08")


def number(engine: Engine) -> int:
    with reading(engine) as opened:
        return freshness.number(opened)


async def test_what_is_of_form_only_is_kept_and_tells_nothing(engine: Engine, shelf: Shelf) -> None:
    async with followed(engine, shelf.pages()):
        await poll(engine)
        shelf.files["7-04.pdf"] = typeset(HEAD, ORDER, Layout(width=520, size=9))
        shelf.files["third.html"] = page("Members clean the station.", "See Form 12-B of March 3, 2024.")
        shown = number(engine)
        await poll(engine, 7)
    assert number(engine) > shown, "the report lists its versions"
    assert live(engine) == []
    assert len(kept(engine, "7-04.pdf")[1]) == 1, "the same text in another file is no version"
    _, versions, (change,) = kept(engine, "third.html")
    assert (len(versions), [edit.sort for edit in change.edits], change.article_id) == (2, [EditSort.FORM], None)


async def test_a_moved_start_is_told_alone_and_a_withdrawal_by_its_own_words(engine: Engine, shelf: Shelf) -> None:
    moved = tuple(line.replace("1 April 2024", "1 July 2024") for line in HEAD)
    withdrawn = Paragraph("D.", "This order is hereby rescinded.")
    async with followed(engine, shelf.pages()):
        await poll(engine)
        shelf.files["7-04.pdf"] = typeset(moved, ORDER, Layout())
        await poll(engine, 1)
        shelf.files["7-04.pdf"] = typeset(moved, (*ORDER, withdrawn), Layout())
        await poll(engine, 3)
    told = [(one.stage, str(one.date)) for one in live(engine)]
    assert sorted(told) == [(Stage.EFFECTIVE, "2024-07-01"), (Stage.RESCINDED, "2024-06-02/2024-06-04")]


async def test_new_and_vanished_ones_are_noticed_and_end_nothing(engine: Engine, shelf: Shelf) -> None:
    async with followed(engine, shelf.pages("new.html")):
        await poll(engine)
        gone = shelf.files.pop("third.html")
        shelf.files["new.html"] = page("Members greet visitors.")
        await poll(engine, 1)
        assert kept(engine, "third.html")[0].gone_at is None, "one list that lacks it may be a slip"
        await poll(engine, 2)
        assert kept(engine, "third.html")[0].gone_at == NOW + timedelta(days=2)
        assert len(kept(engine, "new.html")[1]) == 1
        shelf.files["third.html"] = gone
        await poll(engine, 3)
    assert kept(engine, "third.html")[0].gone_at is None
    assert live(engine) == []


async def test_a_file_under_another_name_is_the_same_order(engine: Engine, shelf: Shelf) -> None:
    async with followed(engine, shelf.pages("7-04-rev.pdf")):
        await poll(engine)
        del shelf.files["7-04.pdf"]
        shelf.files["7-04-rev.pdf"] = typeset(REVISED, (*ORDER[:2], STRICTER, ORDER[3]), Layout())
        await poll(engine, 7)
    document, versions, changes = kept(engine, "7-04-rev.pdf")
    assert (len(versions), len(changes), document.gone_at) == (2, 1, None)
    assert {one.stage for one in live(engine)} == {Stage.ADOPTED, Stage.EFFECTIVE}
    with reading(engine) as opened:
        assert len(opened.exec(select(DocumentRow)).all()) == 3


async def test_what_cannot_be_read_is_named_and_the_others_go_on(engine: Engine, shelf: Shelf) -> None:
    shelf.files["broken.pdf"] = shelf.files["7-04.pdf"][:-300]
    shelf.files["secret.html"] = page("Nobody reads this.")
    shelf.files["trouble.html"] = page("Nor this.")
    shelf.status["trouble.html"] = 500
    shelf.robots = "User-agent: *\nDisallow: /orders/secret.html\n"
    async with followed(engine, shelf.pages()):
        tally = await poll(engine)
    assert tally.failed_feeds == 0
    with reading(engine) as opened:
        told = {one.name.rpartition("/")[2]: one.what for one in document_counts.troubles(opened)}
        counts = document_counts.count_documents(opened)
    assert {name: word in told[name] for name, word in zip(sorted(told), ("breaks", "robots", "500"), strict=True)} == {
        "broken.pdf": True,
        "secret.html": True,
        "trouble.html": True,
    }
    assert [*counts.values()] == [document_counts.DocumentCounts(listed=6, waiting=1 - 1, gone=0, failing=3)]
    assert len(kept(engine, "7-04.pdf")[1]) == 1


async def test_a_list_that_robots_txt_closes_is_not_asked_for(engine: Engine, shelf: Shelf) -> None:
    listed = 0

    def index(request: web.Request) -> web.StreamResponse:
        nonlocal listed
        listed += 1
        return shelf.index(request)

    shelf.robots = "User-agent: *\nDisallow: /orders/\n"
    async with followed(engine, {**shelf.pages(), "/orders/": index}) as site:
        assert (await poll(engine)).failed_feeds == 1
        async with Client(allow_private=True, gap_s=0) as client:
            seen = await look_at(client, SourceKind.DOCUMENTS, f"{site.origin}/orders/", "", NOW)
        assert (seen.passes, "robots.txt" in seen.says, listed) == (False, True, 0)
        shelf.robots = ""
        assert (await poll(engine, 1)).failed_feeds == 0
    assert (listed, shelf.asked) == (1, 3)
    with reading(engine) as opened:
        assert len(opened.exec(select(DocumentRow)).all()) == 3


async def test_what_the_list_has_just_brought_is_visited_in_the_same_poll(engine: Engine, shelf: Shelf) -> None:
    async with followed(engine, shelf.pages()):
        await poll(engine, everything=False, tick_s=0.01)
    assert shelf.asked == 3


async def test_each_is_visited_at_its_own_pace_and_few_at_a_time(engine: Engine, shelf: Shelf) -> None:
    async with followed(engine, shelf.pages()):
        await poll(engine, everything=False)
        assert shelf.asked == 3
        await poll(engine, 0.5, everything=False)
        assert shelf.asked == 3, "none is due"
        for day in range(2, 40):
            await poll(engine, day, everything=False)
        assert 3 * 6 < shelf.asked < 3 * 16, "less and less often"
        asked = shelf.asked
        await poll(engine, 100, patience_s=-1)
        assert shelf.asked == asked, "what patience does not last for stays due"
    with reading(engine) as opened:
        (feed,) = feeds.all_feeds(opened)
    assert feed.next_poll is not None
    assert feed.next_poll < NOW + timedelta(days=100, minutes=2)


async def test_one_without_a_sure_home_says_what_to_do_and_the_others_go_on(engine: Engine, shelf: Shelf) -> None:
    shelf.files["other.html"] = page("Members wear the uniform.", head="Springfield Police Department")
    shelf.files["third.html"] = page("Members clean the station.", head="Milwaukee Police Department")
    del shelf.files["7-04.pdf"]
    async with followed(engine, shelf.pages(), home=None) as site:
        assert (await poll(engine)).failed_feeds == 0
        with reading(engine) as opened:
            (trouble,) = document_counts.troubles(opened)
        assert trouble.name.endswith("other.html")
        assert f"`tracker sources add {site.origin}/orders/ --home" in trouble.what
        assert len(kept(engine, "third.html")[1]) == 1
        with session(engine) as opened:
            feeds.add(opened, f"{site.origin}/orders/", NOW, home=HOME)
        await poll(engine, 1)
    assert len(kept(engine, "other.html")[1]) == 1
    with reading(engine) as opened:
        assert document_counts.troubles(opened) == ()


async def test_the_list_of_a_powerdms_site(engine: Engine, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    lead_here(monkeypatch, "public.powerdms.com")
    pages = shelf.pages()

    def rows(request: web.Request) -> web.StreamResponse:
        names = ["7-04.pdf", "other.html"]
        told = [
            {"id": name, "name": f"No {name}", "publicUrl": f"http://{request.host}/orders/{name}"} for name in names
        ]
        return web.json_response({"data": told})

    async with served({**pages, "/LAKEMOOR/documents": rows}) as site:
        with session(engine) as opened:
            address = f"{site.at('public.powerdms.com')}/LAKEMOOR/tree/12"
            feeds.add(opened, address, NOW, home=HOME, kind=SourceKind.DOCUMENTS)
        await poll(engine)
    document, versions, _ = kept(engine, "7-04.pdf")
    assert (document.name, len(versions)) == ("No 7-04.pdf", 1)


async def test_one_document_by_itself(engine: Engine, shelf: Shelf) -> None:
    async with followed(engine, shelf.pages(), path="/orders/7-04.pdf"):
        await poll(engine)
        shelf.files["7-04.pdf"] = typeset(REVISED, (*ORDER[:2], STRICTER, ORDER[3]), Layout())
        assert (await poll(engine, 1)).opened == 2
