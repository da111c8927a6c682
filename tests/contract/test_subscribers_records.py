"""What a council's record corrects reaches, with its reason, who was told otherwise."""

from datetime import date, datetime, timedelta

from db.articles import articles
from db.feeds import feeds
from db.sessions import session
from db.sources.records import record_rows
from db.timeline.recorder import record
from support.mail.news import MILWAUKEE, add_reader
from support.mail.sending import ADA, BEFORE, World
from tracker.gather.sources.legistar import Action, Matter
from tracker.model import Article, Basis, Finding, SourceKind, Stage
from tracker.partial_date import PartialDate
from tracker.read.places.gazetteer import load
from tracker.read.records.findings import Council, read_matter
from tracker.read.records.steps import read_history

BASE = "https://council.example/v1/milwaukee"
QUOTE = "The Common Council approved brighter lamps on market carts on Friday."


def report(world: World, at: datetime) -> None:
    """A paper dates the vote by a weekday that is read one day late."""
    finding = Finding(
        jurisdiction=MILWAUKEE, jurisdiction_name="Milwaukee", topic="streets", subject="lamps market carts",
        stage=Stage.ADOPTED, date=PartialDate.parse("2026-11-20"), basis=Basis.RELATIVE, quote=QUOTE, start=0,
        end=len(QUOTE), score=0.9, primary=True,
    )  # fmt: skip
    paper = Article(id="1", url="https://news.example/lamps", title="Carts", text=QUOTE, published=date(2026, 11, 20))
    with session(world.engine) as opened:
        key, _ = articles.store_article(opened, paper, at)
        record(opened, key, [finding], at)


def publish(world: World, at: datetime) -> None:
    """The council's record tells the vote."""
    home = load().get(MILWAUKEE)
    assert home
    title = "An ordinance relating to lamps on market carts"
    matter = Matter(
        7, "261001", "Ordinance", title, "", "", "Common Council", "Passed", at, date(2026, 11, 19), None, ""
    )
    begun = Action(1, "INTRODUCED", "COMMON COUNCIL", datetime.fromisoformat("2026-10-20T09:00"))
    vote = Action(2, "PASSED", "COMMON COUNCIL", datetime.fromisoformat("2026-11-19T09:00"), True)
    steps = list(read_matter(Council(home, BASE), matter, "streets", read_history([begun, vote])))
    with session(world.engine) as opened:
        source, _ = feeds.add(opened, BASE, at, home=MILWAUKEE, kind=SourceKind.LEGISTAR)
    with session(world.engine) as opened:
        record_rows(opened, source.id, steps[-1:], at)


def test_what_a_record_corrects_is_told_with_its_reason(world: World) -> None:
    report(world, BEFORE)
    add_reader(world.engine, ADA, BEFORE)
    world.round()
    publish(world, world.clock() + timedelta(days=1))
    world.clock.advance(days=7)
    world.round()
    assert world.subjects()[1:] == ["No new change, 1 correction about Milwaukee"]
    text = " ".join(world.text().split())
    assert "Date: we said November 20, 2026; it is November 19, 2026" in text
    assert "Why: the council's record says adopted November 19, 2026; reports said November 20, 2026" in text
    world.clock.advance(days=7)
    world.round()
    assert "orrection" not in world.subjects()[-1]
