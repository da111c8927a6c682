"""What keeps going wrong is told, and forgotten when it goes right."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from db.engine import reading
from db.ops import incidents
from db.sessions import session
from tracker.coverage import NETWORK, Trouble

_NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_the_third_failure_in_a_row_is_told_with_the_time_of_the_first(engine: Engine) -> None:
    for minute in range(3):
        with reading(engine) as opened:
            assert incidents.lasting(opened) == ()
        with session(engine) as opened:
            incidents.note(opened, "fetch", f"failure {minute}", _NOW + timedelta(minutes=minute))
    with reading(engine) as opened:
        assert incidents.lasting(opened) == (Trouble(name="fetch", what="failure 2", since=_NOW, times=3),)


def test_that_our_own_network_is_down_is_told_at_once(engine: Engine) -> None:
    with session(engine) as opened:
        noted = incidents.note(opened, NETWORK, "no host of 3 answered", _NOW)
        assert (incidents.lasting(opened), incidents.by_name(opened, NETWORK)) == ((noted,), noted)
        assert incidents.by_name(opened, "read") is None


def test_what_goes_right_is_forgotten_and_counts_anew(engine: Engine) -> None:
    with session(engine) as opened:
        for _ in range(incidents.LASTING):
            incidents.note(opened, "fetch", "it fails", _NOW)
        assert incidents.end(opened, "fetch")
        assert not incidents.end(opened, "fetch")
        assert incidents.note(opened, "fetch", "again", _NOW).times == 1
        assert incidents.lasting(opened) == ()
