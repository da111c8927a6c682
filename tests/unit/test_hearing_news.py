"""Which hearings a mail tells, by what its reader was told before."""

from datetime import time, timedelta

import pytest

from support.sources.hearings import LATER, TODAY, TUESDAY, gone, hearing
from tracker.hearings import Hearing, shown
from tracker.publish.hearings.phrases import correction
from tracker.publish.mail.hearing_news import SentHearing, agenda_subject, hearings_ahead, news

ONE = hearing()
TOLD = SentHearing(0, TUESDAY, time(13, 30))
OFF = SentHearing(1, TUESDAY, time(13, 30), gone=True)


@pytest.mark.parametrize(
    ("found", "sent", "notes"),
    [
        (ONE, None, [""]),
        (ONE, TOLD, []),
        (hearing(hour=None), TOLD, []),
        (ONE, SentHearing(0, TUESDAY), []),
        (hearing(hour=time(9)), TOLD, ["moved from 1:30 p.m."]),
        (hearing(day=LATER), TOLD, ["moved from Tuesday, December 1, 2026, 1:30 p.m."]),
        (gone(), TOLD, ["taken off the agenda of Tuesday, December 1, 2026, 1:30 p.m."]),
        (gone(), None, []),
        (gone(), OFF, []),
        (ONE, OFF, [""]),
    ],
    ids=["new", "told", "hour lost", "hour learnt", "hour", "day", "off", "off, not told", "off, told", "back"],
)
def test_what_is_news(found: Hearing, sent: SentHearing | None, notes: list[str]) -> None:
    told = {found.id: sent} if sent else {}
    assert [correction(one) for one in news([found], told)] == notes


def test_one_that_went_to_another_meeting_is_moved_to_who_knew_it() -> None:
    (moved,) = shown([gone(), hearing(8, day=LATER)], TODAY)
    (told,) = news([moved], {ONE.id: TOLD})
    assert correction(told) == "moved from Tuesday, December 1, 2026, 1:30 p.m."
    assert news([moved], {ONE.id: OFF, moved.id: SentHearing(0, LATER, time(13, 30))}) == ()


def test_what_lies_further_ahead_waits_unless_it_is_a_correction() -> None:
    until = TUESDAY + timedelta(days=1)
    assert news([hearing(day=LATER)], {}, until=until) == ()
    assert len(news([hearing(day=LATER)], {ONE.id: TOLD}, until=until)) == 1


def test_a_joint_hearing_is_known_by_any_of_its_names() -> None:
    (both,) = shown([ONE, hearing(8, body="Zoning Committee")], TODAY)
    assert [news([both], {name: TOLD}) for name in (both.id, *both.joint)] == [(), ()]


def test_subjects() -> None:
    moved = hearing(day=LATER, former_day=TUESDAY)
    assert agenda_subject([gone(), ONE]).startswith("Tue, Dec 1: 26-1: An ordinance")
    assert agenda_subject([gone(), ONE]).endswith(", and 1 more")
    assert agenda_subject([gone()]).startswith("Taken off the agenda: 26-1")
    assert agenda_subject([moved]).startswith("Moved to Tue, Dec 8: 26-1")
    assert hearings_ahead([ONE, ONE, moved]) == "2 hearings ahead, 1 hearing moved or taken off"
