"""The queue of `tracker review`, its keys pressed by Textual's pilot on a real database."""

import html
from collections.abc import Iterator
from pathlib import Path

import pytest
from recording import arrive, live, recorded
from sqlalchemy import Engine
from sureness import BY_SCORE
from textual.pilot import Pilot
from textual.widgets import Input
from timeline_cases import MILWAUKEE, evidence

from db import remarks
from db.engine import migrate, open_database, session
from db.filters import ALL, EntryFilter
from jobs.review.queue import Queue
from tracker.model import Entry, EntryStatus, Stage
from tracker.timeline import how_sure
from tracker.timeline.remarks import About, Outcome

COUNTY = MILWAUKEE.replace("place:", "county:")
ITEMS = [
    evidence(score=0.2, outlet="Herald", quote="The board took up the ordinance."),
    evidence("effective", "2017-07-06", score=0.4, outlet="Radio", subject="library cards", topic="records"),
    evidence(score=0.6, outlet="Post", place=COUNTY, name="Milwaukee County"),
]


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    monkeypatch.setattr(how_sure, "weights", lambda heard=False: BY_SCORE)
    """Three entries, the neediest from the Herald, then the Radio, then the Post."""
    engine = open_database(f"sqlite:///{tmp_path}/tracker.db")
    migrate(engine)
    arrive(engine, *ITEMS)
    yield engine
    engine.dispose()


@pytest.fixture
def opened() -> list[str]:
    """The links that were opened."""
    return []


@pytest.fixture
def queue(engine: Engine, opened: list[str]) -> Queue:
    return Queue(engine, ALL, "Ada", opened.append)


def outlet(queue: Queue) -> str:
    """Whose report is in front; empty where nothing is."""
    return queue.current.evidence[0].publisher if queue.current else ""


def by_outlet(engine: Engine, name: str) -> Entry:
    return next(entry for entry in live(engine) if entry.evidence[0].publisher == name)


def screen(queue: Queue) -> str:
    """The words on the screen."""
    return html.unescape(queue.export_screenshot()).replace("\xa0", " ")


async def typed(pilot: Pilot[None], text: str) -> None:
    """Replaces what stands in the open input by `text` and presses Enter."""
    pilot.app.screen.query_one(Input).value = text
    await pilot.press("enter")
    await pilot.pause()


async def test_it_shows_the_neediest_entry_with_its_sentence_and_why(queue: Queue) -> None:
    async with queue.run_test(size=(110, 40)) as pilot:
        await pilot.pause()
        shown = screen(queue)
        assert "3 need a person, 3 pending, 0 acts by Ada" in shown
        assert "uncertain (20%)" in shown
        assert "The board took up the ordinance." in shown
        assert "confirm" in shown


async def test_keys_decide_one_entry_after_another(queue: Queue, engine: Engine) -> None:
    async with queue.run_test() as pilot:
        seen = [outlet(queue)]
        for key in ("c", "r", "n"):
            await pilot.press(key)
            seen.append(outlet(queue))
        assert seen == ["Herald", "Radio", "Post", ""]
        assert "Nothing else needs a person" in screen(queue)
    assert [by_outlet(engine, name).status for name in ("Herald", "Radio", "Post")] == [
        EntryStatus.CONFIRMED,
        EntryStatus.REJECTED,
        EntryStatus.PENDING,
    ]
    assert [entry.revisions[-1].actor for entry in recorded(engine)].count("Ada") == 2


EDITS = [
    ("d", "2017-06-20", lambda entry: str(entry.date) == "2017-06-20"),
    ("s", "proposed", lambda entry: entry.stage is Stage.PROPOSED),
    ("p", "Milwaukee County, WI", lambda entry: entry.jurisdiction == COUNTY),
    ("b", "Clerk", lambda entry: entry.body == "Clerk"),
    ("t", "A title of one's own", lambda entry: entry.title == "A title of one's own"),
]


@pytest.mark.parametrize(("key", "text", "holds"), EDITS, ids=[key for key, *_ in EDITS])
async def test_a_field_is_set_and_the_entry_stays_in_front(
    queue: Queue, engine: Engine, key: str, text: str, holds: object
) -> None:
    async with queue.run_test() as pilot:
        await pilot.press(key)
        await typed(pilot, text)
        assert outlet(queue) == "Herald"
        assert queue.current is not None
        assert holds(queue.current)  # type: ignore[operator]
    assert by_outlet(engine, "Herald").revisions[-1].actor == "Ada"


async def test_acts_on_one_entry_are_taken_back_one_after_another(queue: Queue, engine: Engine) -> None:
    before = by_outlet(engine, "Herald")
    async with queue.run_test() as pilot:
        for key, text in (("d", "2017-06-20"), ("b", "Clerk")):
            await pilot.press(key)
            await typed(pilot, text)
        await pilot.press("u")
        await pilot.pause()
        now = by_outlet(engine, "Herald")
        assert (str(now.date), now.body) == ("2017-06-20", before.body)
        await pilot.press("u")
        await pilot.pause()
    now = by_outlet(engine, "Herald")
    assert (now.date, now.body, now.locked) == (before.date, before.body, frozenset())


async def test_a_value_that_cannot_be_is_said_and_may_be_corrected(queue: Queue, engine: Engine) -> None:
    async with queue.run_test(size=(110, 40)) as pilot:
        await pilot.press("d")
        await typed(pilot, "2017-13")
        assert "is no date; write 2017" in screen(queue)
        await typed(pilot, "2017-12")
    assert str(by_outlet(engine, "Herald").date) == "2017-12"


async def test_escape_leaves_the_entry_as_it_was(queue: Queue, engine: Engine) -> None:
    before = recorded(engine)
    async with queue.run_test() as pilot:
        await pilot.press("d", "escape", "w", "escape", "question_mark", "x")
        assert outlet(queue) == "Herald"
    assert recorded(engine) == before


async def test_the_last_acts_are_taken_back(queue: Queue, engine: Engine) -> None:
    before = {entry.id: entry.status for entry in recorded(engine)}
    async with queue.run_test(size=(110, 40), notifications=True) as pilot:
        await pilot.press("c", "r", "u")
        await pilot.pause()
        assert "taken back" in screen(queue)
        assert outlet(queue) == "Radio"
        await pilot.press("u")
        assert outlet(queue) == "Herald"
        await pilot.press("u")
    assert {entry.id: entry.status for entry in recorded(engine)} == before


async def test_a_reason_is_kept_with_the_next_act_only(queue: Queue, engine: Engine) -> None:
    async with queue.run_test(size=(110, 40)) as pilot:
        await pilot.press("w")
        await typed(pilot, "seen the minutes")
        assert "next act because: seen the minutes" in screen(queue)
        await pilot.press("c", "c")
    assert by_outlet(engine, "Herald").revisions[-1].reason == "confirmed: seen the minutes"
    assert by_outlet(engine, "Radio").revisions[-1].reason == "confirmed"


async def test_links_are_opened_by_their_numbers(queue: Queue, opened: list[str]) -> None:
    async with queue.run_test() as pilot:
        await pilot.press("o", "1", "2")
    assert opened == [ITEMS[0].url] * 2


async def test_an_entry_that_changed_meanwhile_is_shown_again_before_it_is_decided(
    queue: Queue, engine: Engine
) -> None:
    async with queue.run_test(size=(110, 40), notifications=True) as pilot:
        arrive(engine, evidence(score=0.3, outlet="News", on="2017-06"))
        await pilot.press("c")
        assert by_outlet(engine, "Herald").status is EntryStatus.PENDING
        await pilot.pause()
        assert "has changed since you" in screen(queue)
        assert queue.current is not None
        assert len(queue.current.evidence) == 2
        await pilot.press("c")
    assert by_outlet(engine, "Herald").status is EntryStatus.CONFIRMED


async def test_only_what_is_wanted_comes(engine: Engine) -> None:
    queue = Queue(engine, EntryFilter(places=(COUNTY,)), "Ada")
    async with queue.run_test() as pilot:
        assert outlet(queue) == "Post"
        await pilot.press("n")
        assert outlet(queue) == ""


async def test_help_names_every_key(queue: Queue) -> None:
    async with queue.run_test(size=(110, 40)) as pilot:
        await pilot.press("question_mark")
        shown = screen(queue)
        assert all(
            f" {binding.key[0]}  " in shown
            for binding in Queue.BINDINGS
            if binding.show and binding.key != "question_mark"
        )  # type: ignore[union-attr]


async def test_what_a_reader_wrote_comes_first_and_a_key_answers_it(queue: Queue, engine: Engine) -> None:
    post = by_outlet(engine, "Post")
    with session(engine) as opened:
        remarks.add(opened, post.id, About.DATE, "It was\x1b[31m June 20.", post.revisions[0].at, revision=1)
        remarks.add(opened, post.id, About.STAGE, "They only proposed it.", post.revisions[0].at, revision=1)
    async with queue.run_test(size=(110, 60)) as pilot:
        await pilot.pause()
        assert outlet(queue) == "Post"
        assert "R1" in screen(queue)
        assert "June 20." in screen(queue)
        await pilot.press("d")
        await typed(pilot, "2017-06-20")
        await pilot.press("c")
    with session(engine) as opened:
        assert [item.outcome for item in remarks.of_entry(opened, post.id)] == [Outcome.CORRECTED, Outcome.STANDS]
    assert "after a reader's report" in by_outlet(engine, "Post").revisions[-1].reason
