"""What the report asks of the database is answered as from a list of all timelines; only what changed is looked at."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from db import freshness
from db.feeds import feeds
from db.people import withholding
from db.report import catalogue as stored
from db.report.catalogue import DatabaseCatalogue
from db.sessions import session
from support.databases.recording import NOW, arrive
from support.timeline.cases import MILWAUKEE, evidence
from support.timeline.list_catalogue import ListCatalogue
from tracker.errors import StorageError
from tracker.model import Publish
from tracker.read.places import gazetteer
from tracker.timeline.decisions.acts import Act

WI, MADISON = MILWAUKEE.rpartition("/")[0], MILWAUKEE.replace("milwaukee", "madison")
DAYTON = "ocd-division/country:us/state:oh/place:dayton"
TODAY = date(2017, 7, 1)
ITEMS = (
    evidence("proposed", "2017-05-02", published="2017-05-03"),
    evidence(),
    evidence("effective", "2017-07-06", outlet="Radio"),
    evidence("effective", "2017-08", place=MADISON, name="Madison", outlet="Post", topic="streets"),
    evidence("adopted", "2016", place=DAYTON, name="Dayton", outlet="News", subject="pursuits", topic="pursuits"),
    evidence("rescinded", None, place=DAYTON, name="Dayton", outlet="Times", published="2017-06-30"),
    evidence("proposed", "2017-06-05", place=WI, name="Wisconsin", outlet="Wire"),
)
PLACES = sorted({MILWAUKEE, MADISON, DAYTON, WI})


def made_of(
    engine: Engine, today: date = TODAY, publish: Publish = Publish.ALL
) -> AbstractContextManager[DatabaseCatalogue]:
    return stored.catalogue(engine, gazetteer.load().get, publish, today)


@pytest.fixture
def looked_at(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The places that were looked at since it was last cleared; entries of four are recorded."""
    arrive(engine, *ITEMS)
    found: list[str] = []
    real = stored.summary
    monkeypatch.setattr(stored, "summary", lambda place, day: found.append(place.jurisdiction.id) or real(place, day))
    return found


def marks(engine: Engine, *options: object) -> dict[str, str]:
    with made_of(engine, *options) as found:  # type: ignore[arg-type]
        return dict(found.marks)


def test_every_question_is_answered_as_from_a_list(engine: Engine) -> None:
    arrive(engine, *ITEMS)
    with session(engine) as opened:
        feeds.add(opened, "https://wire.example/feed", NOW, home=WI)
        feeds.add(opened, "https://akron.example/feed", NOW, home=DAYTON.replace("dayton", "akron"))
    with made_of(engine) as found:
        listed = ListCatalogue(found.timelines(list(found.marks)), TODAY)
        assert len(found.marks) == 5
        assert dict(found.marks) == listed.marks
        assert list(found.states()) == listed.states() == ["OH", "WI"]
        assert sorted(found.policy_counts()) == listed.policy_counts()
        assert (found.stages(), found.activity()) == (listed.stages(), listed.activity())
        for state in ("", "OH", "WI", "IA"):
            assert found.places(state) == listed.places(state)
            for most in (2, 50):
                assert found.soonest(most, state) == listed.soonest(most, state)
                assert found.newest(most, state) == listed.newest(most, state)
                for topic in ("immigration", "streets", "housing"):
                    assert found.newest(most, state, topic) == listed.newest(most, state, topic)
                    assert found.policies(topic, state, most) == listed.policies(topic, state, most)
        assert len(found.newest(50)) == len(ITEMS)
        assert [step.entry.jurisdiction for step in found.soonest(50)] == [MILWAUKEE, MADISON]


def test_only_places_that_changed_are_looked_at_and_a_stamp_alone_changes_no_mark(
    engine: Engine, looked_at: list[str]
) -> None:
    before = marks(engine)
    assert sorted(looked_at) == sorted(before) == PLACES
    looked_at.clear()
    assert marks(engine) == before
    assert looked_at == []
    with session(engine) as opened:
        freshness.touch(opened, [MADISON])
    assert marks(engine) == before
    assert looked_at == [MADISON]
    arrive(engine, evidence("rejected", "2017-06-29", place=DAYTON, name="Dayton", outlet="Herald"))
    after = marks(engine)
    assert {place for place in PLACES if after[place] != before[place]} == {DAYTON}
    assert looked_at == [MADISON, DAYTON]


def test_a_place_that_there_is_nothing_of_is_looked_for_once(engine: Engine, looked_at: list[str]) -> None:
    nowhere = MILWAUKEE.replace("milwaukee", "nowhere")
    with session(engine) as opened:
        freshness.touch(opened, [nowhere])
    with made_of(engine) as found:
        assert nowhere not in found.marks
        assert found.stale() == []
    with session(engine) as opened:
        feeds.add(opened, "https://nowhere.example/feed", NOW, home=nowhere)
    assert nowhere in marks(engine)
    with session(engine) as opened:
        feeds.remove(opened, "https://nowhere.example/feed")
    assert nowhere not in marks(engine)


def test_a_day_makes_those_places_another_that_read_otherwise_and_back(engine: Engine, looked_at: list[str]) -> None:
    before = marks(engine)
    looked_at.clear()
    for day, looked, changed in (
        (date(2017, 7, 5), [], set()),
        (date(2017, 7, 7), [MILWAUKEE], {MILWAUKEE}),
        (date(2017, 9, 1), [MADISON], {MILWAUKEE, MADISON}),
        (TODAY, [MADISON, MILWAUKEE], set()),
    ):
        looked_at.clear()
        now = marks(engine, day)
        assert looked_at == looked, day
        assert {place for place in PLACES if now[place] != before[place]} == changed, day


def test_what_is_withheld_and_what_is_published_have_everything_looked_at(engine: Engine, looked_at: list[str]) -> None:
    before = marks(engine)
    with session(engine) as opened:
        withholding.withhold_name(opened, "Jane Roe", Act("Ada", NOW))
    looked_at.clear()
    assert marks(engine) == before, "nobody of that name"
    assert looked_at == PLACES
    with made_of(engine, TODAY, Publish.CONFIRMED) as found:
        assert found.newest(50) == []


def test_what_is_written_meanwhile_is_in_it(
    engine: Engine, looked_at: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real, times = stored._bring_up_to_date, iter(range(3))

    def interrupted(*arguments: object) -> None:
        real(*arguments)  # type: ignore[arg-type]
        if next(times, None) is not None:
            with session(engine) as opened:
                freshness.touch(opened, [DAYTON])

    monkeypatch.setattr(stored, "_bring_up_to_date", interrupted)
    with made_of(engine) as found:
        assert found.stale() == []
    assert looked_at == [*PLACES, *[DAYTON] * 3]
    monkeypatch.setattr(stored, "TRIES", 1)
    with pytest.raises(StorageError, match="too fast for a report"), made_of(engine, TODAY + timedelta(days=-1)):
        pass
