"""Whatever changes what the report shows is noticed, whoever does it; what changes nothing there is not."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from db import freshness
from db.articles import articles
from db.engine import reading
from db.feeds import feeds
from db.ops import incidents
from db.people import decisions
from db.sessions import session
from db.values import PollResult
from support.databases import recording
from support.databases.recording import NOW, arrive, live, says
from support.timeline.cases import MILWAUKEE, evidence
from tracker.model import Article
from tracker.timeline.decisions.acts import Act

ACT = Act("Ada", NOW + timedelta(days=1))
OHIO = MILWAUKEE.replace("wi", "oh")
URL = "https://a.example/feed"
POLLED = PollResult(at=NOW, next_poll=NOW, interval_s=900)


def number(engine: Engine) -> int:
    with reading(engine) as opened:
        return freshness.number(opened)


def stamps(engine: Engine) -> dict[str, int]:
    with reading(engine) as opened:
        return freshness.stamps(opened)


@pytest.fixture
def entry(engine: Engine) -> str:
    """The id of an entry that two reports support."""
    arrive(engine, evidence(outlet="Journal"), evidence(outlet="Herald"))
    with session(engine) as opened:
        feeds.add(opened, URL, NOW)
        recording.save_poll(opened, feeds.all_feeds(opened)[0].id, POLLED)
    return live(engine)[0].id


CHANGES: dict[str, Callable[[Session, str], object]] = {
    "confirm": lambda opened, entry: decisions.confirm(opened, entry, ACT),
    "reject": lambda opened, entry: decisions.reject(opened, entry, ACT),
    "edit": lambda opened, entry: decisions.edit(opened, entry, {"topic": "records"}, ACT),
    "split": lambda opened, entry: decisions.split_entry(opened, entry, [1], ACT),
    "rename": lambda opened, entry: decisions.rename_policy(opened, decisions.entry(opened, entry).policy, "Pets", ACT),
    "a feed": lambda opened, _: feeds.add(opened, "https://b.example/feed", NOW),
    "no feed": lambda opened, _: feeds.remove(opened, URL),
    "a feed that fails": lambda opened, _: recording.save_poll(
        opened, feeds.all_feeds(opened)[0].id, POLLED.model_copy(update={"error": "HTTP 500"})
    ),
    "a trouble": lambda opened, _: [incidents.note(opened, "fetch", "it fails", NOW) for _ in range(incidents.LASTING)],
}
NOTHING: dict[str, Callable[[Session, str], object]] = {
    "a quiet poll": lambda opened, _: recording.save_poll(opened, feeds.all_feeds(opened)[0].id, POLLED),
    "one failure": lambda opened, _: incidents.note(opened, "fetch", "it fails", NOW),
    "no trouble": lambda opened, _: incidents.end(opened, "fetch"),
    "looking": lambda opened, entry: decisions.entry(opened, entry),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_is_noticed(engine: Engine, entry: str, what: str) -> None:
    before = number(engine)
    with session(engine) as opened:
        CHANGES[what](opened, entry)
    assert number(engine) > before


@pytest.mark.parametrize("what", NOTHING)
def test_nothing_is_noticed_where_nothing_changed(engine: Engine, entry: str, what: str) -> None:
    before = number(engine)
    with session(engine) as opened:
        NOTHING[what](opened, entry)
    assert number(engine) == before


def test_an_article_that_tells_of_a_change_is_noticed_and_one_that_tells_of_none_is_not(engine: Engine) -> None:
    before = number(engine)
    arrive(engine, found := evidence(outlet="Journal"))
    told = number(engine)
    assert told > before
    says(engine, found.url)
    taken_back = number(engine)
    assert taken_back > told
    says(engine, found.url)
    assert number(engine) == taken_back


def test_what_is_undone_is_not_noticed(engine: Engine, entry: str) -> None:
    before = number(engine)
    with suppress(RuntimeError), session(engine) as opened:
        decisions.reject(opened, entry, ACT)
        raise RuntimeError
    assert number(engine) == before


STAMPED = ["confirm", "reject", "edit", "split", "rename"]


@pytest.mark.parametrize("what", STAMPED)
def test_what_changes_of_a_place_gives_it_another_stamp_and_no_other_place(
    engine: Engine, entry: str, what: str
) -> None:
    arrive(engine, evidence(outlet="Post", place=OHIO))
    before = stamps(engine)
    with session(engine) as opened:
        place = decisions.entry(opened, entry).jurisdiction
        CHANGES[what](opened, entry)
    assert {name for name, stamp in stamps(engine).items() if stamp != before.get(name)} == {place}


@pytest.mark.parametrize("what", [*NOTHING, "a feed", "a feed that fails", "a trouble"])
def test_what_changes_of_no_place_stamps_none(engine: Engine, entry: str, what: str) -> None:
    before = stamps(engine)
    with session(engine) as opened:
        (CHANGES | NOTHING)[what](opened, entry)
    assert stamps(engine) == before


def test_an_entry_that_moves_stamps_both_places(engine: Engine, entry: str) -> None:
    before = stamps(engine)
    with session(engine) as opened:
        moved = decisions.edit(opened, entry, {"jurisdiction": OHIO, "jurisdiction_name": "Milwaukee"}, ACT)
    changed = stamps(engine)
    assert {name for name, stamp in changed.items() if stamp != before.get(name)} >= {OHIO, *before}
    with session(engine) as opened:
        decisions.undo(opened, moved.id, ACT)
    assert {name for name, stamp in stamps(engine).items() if stamp != changed[name]} >= {OHIO, *before}


def test_another_title_of_an_article_stamps_the_places_that_show_it(engine: Engine) -> None:
    found = evidence(outlet="Journal")
    arrive(engine, found)
    before = stamps(engine)
    again = Article(id="", url=found.url, title="Another", text="Other words.", published=found.published)
    with session(engine) as opened:
        articles.store_article(opened, again, NOW, replace_text=True)
    assert all(stamp != before[name] for name, stamp in stamps(engine).items())
