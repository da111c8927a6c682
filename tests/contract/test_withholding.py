"""What people withhold is in nothing that is published, on both engines; what is stored can still be proven."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from db import freshness
from db.engine import reading
from db.feeds import feeds
from db.mail import ledger
from db.people import decisions, withholding
from db.people.withholding import NameUses
from db.search.query import SearchRequest, search
from db.sessions import session
from db.tables.timeline import ArticleRow
from db.timeline.filters import ALL
from db.timeline.timelines import entries, entries_with_standing
from db.withholdings import withholdings
from jobs.deploy.verify import run as verify
from jobs.mail import outbox, prepare
from jobs.mail.mailing import Mailing
from jobs.mail.preview import compose
from jobs.publish import report
from jobs.settings import Settings
from jobs.terminal.console import progress
from support.databases.recording import NOW, arrive
from support.mail.news import MONDAY, add_reader
from support.mail.sending import ADA, World
from support.timeline.cases import MILWAUKEE, evidence
from tracker.errors import BadInput
from tracker.model import Publish
from tracker.publish.exports import FORMATS
from tracker.publish.search_query import parse
from tracker.timeline.decisions.acts import Act

ACT = Act("Ada", NOW, "she is no public person")
SAID = "Jane Roe, whose son was held, won: the Common Council adopted an ordinance that ends detainers on June 21."
ITEMS = (
    evidence(outlet="Journal", quote=SAID),
    evidence(outlet="Post", published="2017-06-24", quote="JANE  ROE said the council voted on June 21."),
    evidence("effective", "2017-07-06", outlet="Radio", quote="It starts July 6, said Ann Lee."),
)
LEAKS = ("Jane Roe", "JANE ROE", "JANE  ROE", "jane roe")


def published(engine: Engine, folder: Path) -> str:
    """Everything that goes out, as one text: each format of an export, each file of the report, a mail."""
    settings = Settings(data_dir=folder, timezone="UTC")
    report.write(engine, settings, folder / "site", NOW)
    pages = (path for path in sorted((folder / "site").rglob("[!.]*")) if path.is_file())
    files = [path.read_bytes().decode("utf-8", "replace") for path in pages]
    out = io.BytesIO()
    for form in FORMATS.values():
        with reading(engine) as opened:
            form.write(entries_with_standing(opened, ALL, NOW.date()), out, NOW.date())
    mail = compose(engine, settings, ALL, NOW, None)
    return "\n".join([*files, out.getvalue().decode(), mail.subject, mail.html, mail.text])


def quote_number(engine: Engine, outlet: str) -> tuple[str, int]:
    """(the entry, the number of its evidence) of an outlet's sentence."""
    with reading(engine) as opened:
        for entry in entries(opened):
            for number, item in enumerate(entry.evidence, 1):
                if item.publisher == outlet:
                    return entry.id, number
    raise AssertionError(outlet)


def withhold_quote(engine: Engine, outlet: str, act: Act = ACT) -> str:
    entry, number = quote_number(engine, outlet)
    with session(engine) as opened:
        (item,) = decisions.evidence(opened, entry, [number])
        return withholding.withhold_quote(opened, item, act)[0].id


def test_a_name_is_in_nothing_that_goes_out_also_of_what_comes_later(engine: Engine, tmp_path: Path) -> None:
    arrive(engine, *ITEMS[1:])
    assert "JANE ROE said" in published(engine, tmp_path)
    with session(engine) as opened:
        before = freshness.number(opened)
        assert withholding.name_uses(opened, "jane roe") == NameUses(1, ("JANE ROE",))
        assert withholding.name_uses(opened, "Janet Roe") == NameUses(alone=1), "somebody of that family name"
        assert withholding.name_uses(opened, "Jane Doe") == NameUses()
        told, is_new = withholding.withhold_name(opened, " Jane\nRoe ", ACT)
        assert (told.id, told.text, is_new) == ("W1", "Jane Roe", True)
        assert withholding.withhold_name(opened, "JANE ROE", ACT) == (told, False)
        assert freshness.number(opened) > before, "the report is stale"
    arrive(engine, ITEMS[0])
    out = published(engine, tmp_path)
    assert not [leak for leak in LEAKS if leak in out]
    assert "[name withheld], whose son was held, won" in out
    assert "Ann Lee" in out
    kept = b"".join(path.read_bytes() for path in (tmp_path / "site").glob(".*") if path.is_file())
    assert not [leak for leak in LEAKS if leak.encode() in kept], "what the folder remembers may be copied with it"


FORMS = ("Roe, Jane", "Jane A. Roe", "Jane-Roe", "Jane “Roe”", "Jane_Roe", "Jane Roe’s")


def test_a_name_goes_in_every_form_also_of_outlets_and_feeds(engine: Engine, tmp_path: Path) -> None:
    said = " and ".join(FORMS)
    quote = f"{said}, J. Roe and Jane Alice Roe said that the council voted on June 21."
    arrive(engine, evidence(outlet="The Jane Roe Post", quote=quote, subject="jane roe’s detainers"))
    with session(engine) as opened:
        feeds.add(opened, "https://feed.example/rss", NOW, title="Notes by Roe, Jane", home=MILWAUKEE)
        found = withholding.name_uses(opened, "Jane Roe")
        assert (found.entries, set(found.near)) == (1, {"J. Roe", "Jane Alice Roe"})
        assert set(found.spellings) >= {"Roe, Jane", "Jane A. Roe"}
        withholding.withhold_name(opened, "Jane Roe", ACT)
    out = published(engine, tmp_path).replace("J. Roe", "").replace("Jane Alice Roe", "")
    assert "[name withheld]" in out
    assert [form for form in ("Jane Roe", *FORMS, "roe’s", "roe's") if form in out] == []
    with reading(engine) as opened:
        counts = [
            search(opened, SearchRequest(parse(typed)), Publish.ALL, NOW.date()).total
            for typed in ('"roe jane"', "alice")
        ]
    assert counts == [0, 1], "what is only near it is still found"


def test_a_quote_gives_way_to_its_reason_everywhere_and_comes_back(engine: Engine, tmp_path: Path) -> None:
    arrive(engine, *ITEMS)
    plain = published(engine, tmp_path)
    name = withhold_quote(engine, "Journal")
    out = published(engine, tmp_path)
    assert "whose son was held" in plain
    assert "whose son was held" not in out
    assert "[quote withheld on January 5, 2026: she is no public person]" in out
    assert ITEMS[0].url in out, "the link stays"
    with session(engine) as opened:
        assert withholding.release(opened, name, Act("Bob", NOW + timedelta(days=1), "agreed"))[1]
        assert not withholding.release(opened, name, ACT)[1]
        (told,) = withholdings(opened)
    assert (told.released_by, told.released_why, told.actor) == ("Bob", "agreed", "Ada"), "the log keeps both"
    assert published(engine, tmp_path) == plain


def test_what_is_stored_stays_and_is_still_proven(engine: Engine, tmp_path: Path) -> None:
    arrive(engine, *ITEMS)
    with reading(engine) as opened:
        texts = opened.exec(select(ArticleRow.text).order_by(ArticleRow.id)).all()
    with progress() as bar:
        before = verify(engine, bar)
    withhold_quote(engine, "Journal")
    with session(engine) as opened:
        withholding.withhold_name(opened, "Ann Lee", ACT)
    with reading(engine) as opened:
        assert opened.exec(select(ArticleRow.text).order_by(ArticleRow.id)).all() == texts
        entry = decisions.entry(opened, quote_number(engine, "Journal")[0])
        assert SAID in {item.finding.quote for item in entry.evidence}, "a reviewer sees it"
        assert [item.kind for item in withholding.withholdings_of(opened, entry)] == ["quote"]
    with progress() as bar:
        assert verify(engine, bar) == before


def told_by(world: World) -> str:
    """The mail that waits, in both its forms."""
    with reading(world.engine) as opened:
        (message,) = ledger.last_messages(opened).values()
        text = ledger.edition(opened, message.edition_id)
    return " ".join(f"{text.subject} {text.html} {text.text}".split())


def test_a_mail_that_was_composed_before_goes_out_without_it(world: World) -> None:
    late = {"published": "2026-11-20", "name": "Milwaukee"}
    first = evidence("adopted", "2026-11-19", outlet="Journal", quote=SAID, **late)
    second = evidence("effective", "2026-12-01", outlet="Radio", quote="It starts in December, said Ann Lee.", **late)
    arrive(world.engine, first, second, now=MONDAY - timedelta(days=2))
    add_reader(world.engine, ADA, MONDAY - timedelta(days=3))
    assert prepare.prepare(world.engine, Mailing.of(world.settings), MONDAY) == 1
    assert "whose son was held" in told_by(world)
    assert "Ann Lee" in told_by(world)
    with session(world.engine) as opened:
        withholding.withhold_name(opened, "Ann Lee", ACT)
    withhold_quote(world.engine, "Journal")
    assert outbox.run(world.engine, world.settings, print, now=world.clock) == {"sent": 1}
    (mail,) = world.server.box.to(ADA)
    parts = [str(part.get_content()) for part in mail.walk() if part.get_content_maintype() == "text"]
    shown = " ".join(" ".join([str(mail["Subject"]), *parts]).split())
    assert "whose son was held" not in shown
    assert "Ann Lee" not in shown
    assert shown.count("It starts in December, said [name withheld].") == len(parts) == 2


def test_what_is_no_name_and_an_id_that_is_none_are_refused(engine: Engine) -> None:
    for told in ("", "…"):
        with session(engine) as opened, pytest.raises(BadInput, match="a name has letters"):
            withholding.withhold_name(opened, told, ACT)
    with session(engine) as opened, pytest.raises(BadInput, match="nothing is withheld as W7; `tracker"):
        withholding.release(opened, "W7", ACT)
