"""When the daemon's build of the report looks at everything."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from jobs.publish.jobs import MENDED_UP_TO, Published

EVENING = datetime(2026, 3, 2, 4, 30, tzinfo=UTC)
"""Still March 1 in Milwaukee."""
MILWAUKEE = SimpleNamespace(timezone="America/Chicago")
LATER = {"an hour": (1, False), "two hours, past midnight": (2, True), "a week": (168, True)}


def built(entries: int = 1) -> Published:
    world: Any = SimpleNamespace(engine=None, settings=MILWAUKEE, clock=lambda: EVENING)
    shown = Published(world)
    assert not shown.is_to_be_mended(EVENING), "a start is no new day"
    shown.built(1, EVENING, entries)
    return shown


@pytest.mark.parametrize(("hours", "whole"), LATER.values(), ids=LATER)
def test_the_first_build_of_a_day_mends_what_was_lost(hours: int, whole: bool) -> None:
    assert built().is_to_be_mended(EVENING + timedelta(hours=hours)) is whole


def test_a_large_site_is_mended_by_hand() -> None:
    assert not built(MENDED_UP_TO + 1).is_to_be_mended(EVENING + timedelta(days=1))
