"""Hearings as a council's record shows them over real HTTP: what comes, what moves, what is taken off."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Engine

from db import freshness
from db.engine import reading
from db.sources import agendas
from db.timeline.timelines import entries
from support.sources.council import HOME, CouncilRecord, council, poll
from tracker.hearings import Hearing

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
TODAY = NOW.date()
TUESDAY, LATER = date(2026, 12, 1), date(2026, 12, 8)
RULE = "An ordinance amending the city code to require lamps on carts at night, prohibiting carts without lamps"
BAND = "Resolution congratulating the high school band on its state title"


def coming(engine: Engine, today: date = TODAY, **more: bool) -> tuple[Hearing, ...]:
    with reading(engine) as opened:
        return agendas.coming(opened, today, **more)


def number(engine: Engine) -> int:
    with reading(engine) as opened:
        return freshness.number(opened)


def first(record: CouncilRecord) -> None:
    record.matter(1, RULE, introduced=date(2026, 11, 17))
    record.matter(2, BAND)
    record.meeting(7, TUESDAY, "1:30 PM", 1, 2)


async def test_a_followed_matter_on_an_agenda_is_a_hearing(engine: Engine) -> None:
    async with council() as record:
        first(record)
        await poll(engine, record, NOW)
    (one,) = coming(engine)
    assert (one.jurisdiction, one.body, one.day, one.hour) == (HOME, "Public Safety Committee", TUESDAY, time(13, 30))
    assert (one.file, one.title, one.location) == ("26-1", RULE, "City Hall, Room 301-B")
    assert one.address == "https://oakford.example/MeetingDetail.aspx?ID=7"
    assert (one.listed_at, one.revision, bool(one.policy)) == (NOW, 0, True)
    assert [other.file for other in coming(engine, followed=False)] == ["26-1", "26-2"], "whatever stands there"
    assert (len(coming(engine, TUESDAY)), len(coming(engine, TUESDAY + timedelta(days=1)))) == (1, 0)
    with reading(engine) as opened:
        assert agendas.agendas(opened, TODAY)[HOME].until == TUESDAY


async def test_a_second_poll_changes_nothing(engine: Engine) -> None:
    async with council() as record:
        first(record)
        await poll(engine, record, NOW)
        before, known = number(engine), coming(engine)
        await poll(engine, record, NOW + timedelta(hours=1))
    assert (number(engine), coming(engine)) == (before, known)


async def test_an_agenda_that_is_published_anew_is_read_again(engine: Engine) -> None:
    async with council() as record:
        first(record)
        await poll(engine, record, NOW)
        record.items[7].pop(1)
        await poll(engine, record, NOW + timedelta(hours=1))
        assert coming(engine)[0].gone_at is None, "nothing says that it was changed"
        record.events[7]["EventAgendaLastPublishedUTC"] = "2026-11-23T16:00:00"
        await poll(engine, record, NOW + timedelta(hours=2))
    assert coming(engine)[0].gone_at is not None


async def test_a_meeting_that_moves_tells_from_when_for_a_week(engine: Engine) -> None:
    async with council() as record:
        first(record)
        await poll(engine, record, NOW)
        record.meeting(7, LATER, "1:30 PM", 1, 2)
        await poll(engine, record, NOW + timedelta(hours=1))
    (one,) = coming(engine)
    assert (one.day, one.former_day, one.former_hour, one.revision) == (LATER, TUESDAY, time(13, 30), 1)
    (settled,) = coming(engine, TODAY + timedelta(days=8))
    assert (settled.day, settled.former_day) == (LATER, None)


async def test_an_item_that_goes_to_another_agenda_is_moved(engine: Engine) -> None:
    async with council() as record:
        first(record)
        await poll(engine, record, NOW)
        known = coming(engine)
        record.meeting(7, TUESDAY, "1:30 PM", 2)
        record.meeting(8, LATER, "10:00 AM", 1)
        await poll(engine, record, NOW + timedelta(hours=1))
    (one,) = coming(engine)
    assert (one.day, one.former_day, one.gone_at) == (LATER, TUESDAY, None)
    assert one.id != known[0].id


async def test_what_is_taken_off_is_shown_for_a_week_and_comes_back(engine: Engine) -> None:
    async with council() as record:
        first(record)
        await poll(engine, record, NOW)
        record.meeting(7, TUESDAY, "1:30 PM", 2)
        await poll(engine, record, NOW + timedelta(hours=1))
        (gone,) = coming(engine)
        assert (gone.day, gone.gone_at, gone.revision) == (TUESDAY, NOW + timedelta(hours=1), 1)
        assert coming(engine, TODAY + timedelta(days=8)) == ()
        record.meeting(7, TUESDAY, "1:30 PM", 1, 2)
        await poll(engine, record, NOW + timedelta(hours=2))
    (back,) = coming(engine)
    assert (back.gone_at, back.revision, back.listed_at) == (None, 2, NOW)


async def test_a_meeting_that_is_listed_no_more_is_gone_and_one_that_says_so_too(engine: Engine) -> None:
    async with council() as record:
        first(record)
        record.meeting(8, LATER, "10:00 AM", 1, body="Common Council")
        record.meeting(9, LATER, "2:00 PM", 2)
        await poll(engine, record, NOW)
        record.vanish(7)
        record.meeting(8, LATER, "Deferred", 1, body="Common Council")
        await poll(engine, record, NOW + timedelta(hours=1))
    assert [(one.day, one.hour, one.gone_at is None) for one in coming(engine)] == [
        (TUESDAY, time(13, 30), False),
        (LATER, time(10), False),
    ]


async def test_an_agenda_without_a_line_takes_nothing_off(engine: Engine) -> None:
    async with council() as record:
        first(record)
        await poll(engine, record, NOW)
        record.meeting(7, TUESDAY, "1:30 PM", 1, 2)
        record.items[7] = []
        await poll(engine, record, NOW + timedelta(hours=1))
    assert [one.gone_at for one in coming(engine)] == [None]


async def test_an_answer_without_any_meeting_ends_none(engine: Engine) -> None:
    async with council() as record:
        first(record)
        await poll(engine, record, NOW)
        record.vanish(7)
        await poll(engine, record, NOW + timedelta(hours=1))
    assert [one.gone_at for one in coming(engine)] == [None]


def steps(engine: Engine) -> list[tuple[str, str, str]]:
    """Of each entry that stands its stage, its day and its body."""
    with reading(engine) as opened:
        return [(one.stage.value, str(one.date), one.body) for one in entries(opened) if one.evidence]


async def test_a_matter_that_an_agenda_brings_first_is_proposed_by_its_hearing(engine: Engine) -> None:
    async with council() as record:
        record.matter(1, RULE)
        record.meeting(7, TUESDAY, "1:30 PM", 1)
        for _ in range(2):
            await poll(engine, record, NOW)
            assert steps(engine) == [("proposed", "2026-12-01", "Milwaukee Public Safety Committee")]
        (one,) = coming(engine)
        assert one.policy, "it has a page"
        record.meeting(7, LATER, "1:30 PM", 1)
        await poll(engine, record, NOW + timedelta(hours=1))
        assert steps(engine) == [("proposed", "2026-12-08", "Milwaukee Public Safety Committee")]


async def test_what_introduces_a_matter_takes_the_place_of_its_hearing(engine: Engine) -> None:
    async with council() as record:
        record.matter(1, RULE)
        record.meeting(7, TUESDAY, "1:30 PM", 1)
        await poll(engine, record, NOW)
        record.matter(1, RULE, introduced=TODAY)
        await poll(engine, record, NOW + timedelta(hours=1))
        assert steps(engine) == [("proposed", "2026-11-23", "Milwaukee Common Council")]
        await poll(engine, record, NOW + timedelta(hours=2))
        assert len(steps(engine)) == 1
    assert len(coming(engine)) == 1


async def test_a_matter_that_is_taken_off_before_any_step_is_proposed_no_more(engine: Engine) -> None:
    async with council() as record:
        record.matter(1, RULE)
        record.meeting(7, TUESDAY, "1:30 PM", 1)
        await poll(engine, record, NOW)
        record.meeting(7, TUESDAY, "1:30 PM")
        await poll(engine, record, NOW + timedelta(hours=1))
        assert steps(engine) == []
        record.meeting(7, TUESDAY, "1:30 PM", 1)
        await poll(engine, record, NOW + timedelta(hours=2))
        assert len(steps(engine)) == 1
