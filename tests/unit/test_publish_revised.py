"""What an entry's page says that was otherwise before: not what was taken back, nor what is so again."""

import runpy
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tracker.model import ActKind, Basis, Change, RecordedAct, Revision, Stage
from tracker.partial_date import PartialDate
from tracker.publish import words
from tracker.timeline.decisions.undo import FOLLOWED
from tracker.timeline.history import corrected_articles, steps

samples = runpy.run_path(str(Path(__file__).parents[1] / "golden" / "publish" / "samples.py"))
START = datetime(2026, 9, 1, 12, tzinfo=UTC)
PROGRAM, DANA = "tracker", "dana"


def revision(number, actor, reason, *days, field="date", takes_back=None, act=None):
    """The revision of this number; each runs a day after the one before it. Of a person, the act has the same number
    unless told otherwise."""
    at = START + timedelta(days=number - 1)
    changes = (Change(field=field, old=days[0], new=days[1]),) if days else ()
    kind, number_of_act = ActKind.UNDO if takes_back else ActKind.EDIT, act or (number if actor == DANA else 0)
    told = {"at": at, "actor": DANA, "kind": kind, "target": "e", "takes_back": takes_back}
    done = RecordedAct(id=number_of_act, **told) if number_of_act else None
    return Revision(number=number, at=at, actor=actor, reason=reason, changes=changes, act=done)


def entry(day, *later):
    sources = [("It was so.", "https://a.example/1", "A", date(2026, 9, 1), "", "")]
    opened = revision(1, PROGRAM, "first reported by A", "", day)
    made = samples["entry"]("e", "p", samples["MILWAUKEE"], Stage.ADOPTED, day, Basis.STATED, "Title", sources)
    return made.model_copy(update={"revisions": (opened, *later), "date": PartialDate.parse(day) if day else None})


FIRST, SECOND, THIRD = "2026-12-01", "2026-12-15", "2026-12-20"
MOVED = revision(2, PROGRAM, "another date according to B", FIRST, SECOND)
EMPTIED = revision(3, DANA, "edited date: not told", SECOND, "")
BACK = revision(4, DANA, "took back revision 3", "", SECOND, takes_back=3)
CASES = [
    ("nothing later", entry(FIRST), ""),
    ("more reports only", entry(FIRST, revision(2, PROGRAM, "also reported by B")), "History"),
    ("another date", entry(SECOND, MOVED), "Revised September 2, 2026: date was December 1, 2026"),
    ("a date that was not known", entry(FIRST, revision(2, PROGRAM, "dated", "", FIRST)), "History"),
    (
        "an edit that was taken back, and one to what stands",
        entry(SECOND, MOVED, EMPTIED, BACK, revision(5, DANA, "edited date")),
        "Revised September 2, 2026: date was December 1, 2026",
    ),
    (
        "a date that was taken away and came back by hand",
        entry(SECOND, MOVED, EMPTIED, revision(4, DANA, "edited date", "", SECOND)),
        "Revised September 2, 2026: date was December 1, 2026",
    ),
    (
        "another date after none",
        entry(THIRD, MOVED, EMPTIED, revision(4, DANA, "edited date", "", THIRD)),
        "Revised September 3, 2026: date was December 15, 2026",
    ),
    (
        "a merge that was taken back",
        entry(
            FIRST,
            revision(2, DANA, "merged with b", FIRST, "2026-10-19"),
            revision(3, DANA, "took back revision 2: no", "2026-10-19", FIRST, takes_back=2),
        ),
        "History",
    ),
    (
        "a merge that was taken back, with a report in between",
        entry(
            FIRST,
            revision(2, DANA, "merged with b", FIRST, SECOND),
            revision(3, PROGRAM, "another date according to C", SECOND, THIRD),
            revision(4, DANA, "took back revision 2", THIRD, FIRST, takes_back=2),
        ),
        "History",
    ),
    (
        "what followed from an act elsewhere that was taken back",
        entry(
            FIRST,
            revision(2, PROGRAM, "another date according to B", FIRST, SECOND, act=7),
            revision(3, PROGRAM, FOLLOWED, SECOND, FIRST, act=8, takes_back=7),
        ),
        "History",
    ),
    (
        "there and back by reports",
        entry(FIRST, MOVED, revision(3, PROGRAM, "another date according to C", SECOND, FIRST)),
        "Revised September 3, 2026: date was December 15, 2026",
    ),
    (
        "the stage after the date",
        entry(SECOND, MOVED, revision(3, DANA, "edited stage", "proposed", "adopted", field="stage")),
        "Revised September 3, 2026: stage was Proposed",
    ),
]


@pytest.mark.parametrize(("made", "said"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_an_entry_tells_the_last_value_that_is_another_than_todays(made, said):
    assert words.revision_heading(made) == said


def test_an_act_of_before_what_is_looked_at_is_no_reason_to_leave_out_that_it_was_taken_back():
    assert [step.revision.number for step in steps((BACK,), "date")] == [4]
    assert steps((EMPTIED, BACK), "date") == []


def gained(number, *urls):
    changes = tuple(Change(field="evidence", old="", new=url) for url in urls)
    return Revision(number=number, at=START, actor=PROGRAM, reason="also reported by B", changes=changes)


SET = revision(3, DANA, "edited stage", "proposed", "adopted", field="stage")
SET_BACK = revision(4, DANA, "took back revision 3", "adopted", "proposed", field="stage", takes_back=3)


@pytest.mark.parametrize(
    ("later", "held"),
    [
        ((gained(2, "a"), revision(3, DANA, "confirmed")), set()),
        ((gained(2, "a"), SET, gained(4, "b")), {"a"}),
        ((gained(2, "a"), SET, SET_BACK), set()),
    ],
    ids=["never set", "set before another came", "taken back"],
)
def test_the_articles_whose_stage_a_person_set_are_those_that_were_there_then(later, held):
    assert corrected_articles(entry(FIRST, *later)) == held
