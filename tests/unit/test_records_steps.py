"""A council's actions as steps, and when a law starts."""

from datetime import date, datetime

import pytest

from tracker.errors import BadValue
from tracker.gather.sources import legistar
from tracker.gather.sources.legistar import Action
from tracker.model import Basis, Qualifier, Stage
from tracker.read.places import gazetteer
from tracker.read.records.actions import Unknown, meaning, own_lines, parse_actions
from tracker.read.records.findings import Council, read_start
from tracker.read.records.starts import start_of
from tracker.read.records.steps import read_history

COUNCIL = "City Council"


@pytest.mark.parametrize(
    ("action", "body", "stage"),
    [
        ("Introduced by Council", COUNCIL, Stage.PROPOSED),
        ("Approved by Council", COUNCIL, Stage.ADOPTED),
        ("ADOPTED AS AMENDED", "Common Council", Stage.ADOPTED),
        ("Approved by Committee", "Committee on Parks", None),
        ("Approved", "Plan Commission", None),
        ("Approved by Committee with Changes and Referred", "Committee on Parks", None),
        ("Hearing Held by Mayor", "Mayor", None),
        ("Vetoed by Mayor", "Mayor", Stage.REJECTED),
        ("Overridden by Council", COUNCIL, Stage.ADOPTED),
        ("Filed (End of Session)", COUNCIL, Stage.REJECTED),
        ("Placed on File", COUNCIL, Stage.REJECTED),
        ("Placed on File", "Finance Committee", None),
        ("Repealed", COUNCIL, Stage.RESCINDED),
        ("Read for the First Time", "Columbus City Council", Stage.PROPOSED),
        ("ordered published", COUNCIL, Stage.PROPOSED),
        ("Approved On Introduction and Scheduled for Final Passage", COUNCIL, None),
        ("READ AND PASSED", COUNCIL, Stage.ADOPTED),
        ("placed upon final consideration and do pass", COUNCIL, Stage.ADOPTED),
        ("Adopt", "Common Council", Stage.ADOPTED),
        ("pass as amended", "Finance and Housing Committee", None),
        ("RECOMMEND TO COUNCIL TO ADOPT - REPORT OF OFFICER", "Plan Commission", None),
        ("approved", "Mayor", None),
        ("returned unsigned", "Mayor", None),
        ("returned with veto", "Mayor", Stage.REJECTED),
        ("   ", COUNCIL, None),
        ("Sung in Chorus", COUNCIL, Unknown.ACTION),
    ],
)
def test_what_an_action_means(action: str, body: str, stage: Stage | None) -> None:
    assert meaning(action, body) == stage


def test_a_client_s_own_lines_go_before_the_common_ones() -> None:
    own = own_lines({"Sung in Chorus": "adopted", "Approved": "none"})
    assert meaning("Sung in Chorus", COUNCIL, own) is Stage.ADOPTED
    assert meaning("Approved by Council", COUNCIL, own) is None


def test_a_table_that_is_none_is_refused() -> None:
    with pytest.raises(BadValue, match="enacted"):
        own_lines({"Voted": "enacted"})
    with pytest.raises(BadValue, match="no table"):
        parse_actions("[[action]]\nstage = 'adopted'")


def acts(*rows: str) -> list[Action]:
    """`"2024-03-05 Approved by Council | City Council"`; a vote that failed ends with `fail`."""
    found = []
    for number, row in enumerate(rows, 1):
        day, _, rest = row.partition(" ")
        name, _, body = rest.partition(" | ")
        failed = body.endswith(" fail")
        found.append(
            Action(number, name, body.removesuffix(" fail"), datetime.fromisoformat(day), False if failed else None)
        )
    return found


BEGUN, PASSED = "2024-01-10 Introduced | City Council", "2024-03-05 Adopted | City Council"
LOST, VETOED = "2024-03-05 Adopted | City Council fail", "2024-03-20 Vetoed by Mayor | Mayor"


@pytest.mark.parametrize(
    ("rows", "steps"),
    [
        ([BEGUN, "2024-01-10 Referred | City Council", PASSED], "proposed 2024-01-10, adopted 2024-03-05"),
        ([BEGUN, LOST], "proposed 2024-01-10, rejected 2024-03-05"),
        ([BEGUN, PASSED, VETOED], "proposed 2024-01-10, adopted 2024-03-05, rejected 2024-03-20"),
        ([BEGUN, PASSED, "2024-03-20 returned with veto | Mayor"],
         "proposed 2024-01-10, adopted 2024-03-05, rejected 2024-03-20"),
        ([PASSED, VETOED, "2024-04-02 Overridden | City Council"],
         "proposed 2024-03-05, adopted 2024-03-05, rejected 2024-03-20, adopted 2024-04-02"),
        ([BEGUN, PASSED, "2025-12-31 Filed by Council | City Council"], "proposed 2024-01-10, adopted 2024-03-05"),
        (["2024-01-09 Hearing Held | Rules Committee"], ""),
        (["2024-01-10 Withdrawn | City Council"], "proposed 2024-01-10, rejected 2024-01-10"),
        ([BEGUN, BEGUN], "proposed 2024-01-10"),
    ],
)  # fmt: skip
def test_the_steps_of_a_history(rows: list[str], steps: str) -> None:
    found = read_history(acts(*rows)).steps
    assert ", ".join(f"{step.stage} {step.action.at:%Y-%m-%d}" for step in found) == steps


@pytest.mark.parametrize(
    ("action", "failure"),
    [
        ("Vetoed by Mayor", Qualifier.VETOED),
        ("Withdrawn by Sponsor", Qualifier.WITHDRAWN),
        ("Filed (End of Session)", Qualifier.LAPSED),
        ("Placed on File", Qualifier.SHELVED),
        ("Defeated", None),
        ("Pulled Back", Qualifier.WITHDRAWN),
    ],
)
def test_how_what_is_rejected_failed_is_in_the_table(action: str, failure: Qualifier | None) -> None:
    own = own_lines({"Pulled Back": "withdrawn"})
    (*_, last) = read_history(acts(BEGUN, f"2024-02-01 {action} | City Council"), own).steps
    assert (last.stage, last.failure) == (Stage.REJECTED, failure)


def test_an_action_that_nobody_knows_is_left_to_people() -> None:
    history = read_history(acts("2024-01-10 Introduced | City Council", "2024-02-01 Sung in Chorus | City Council"))
    assert [action.name for action in history.unknown] == ["Sung in Chorus"]
    assert len(history.steps) == 1


@pytest.mark.parametrize(
    ("clause", "start"),
    [
        ("This ordinance shall take effect immediately.", ("2024-03-30", Basis.RELATIVE)),
        ("This local law takes effect 90 days after it becomes law.", ("2024-06-28", Basis.RELATIVE)),
        ("This ordinance takes effect six months after its adoption.", ("2024-09-30", Basis.RELATIVE)),
        ("This ordinance takes effect one (1) year after enactment.", ("2025-03-30", Basis.RELATIVE)),
        ("This ordinance takes effect on the thirtieth day after its passage.", ("2024-04-29", Basis.RELATIVE)),
        ("This ordinance takes effect forty-five days after its passage.", ("2024-05-14", Basis.RELATIVE)),
        ("This ordinance takes effect 99999999 days after its passage.", None),
        ("This ordinance takes effect 99999 years after its passage.", None),
        ("This act shall become effective on January 1, 2025.", ("2025-01-01", Basis.STATED)),
        ("This local law takes effect on the same date as ordinance 12.", None),
        ("The clerk shall publish this ordinance.", None),
    ],
)
def test_when_a_law_starts(clause: str, start: tuple[str, Basis] | None) -> None:
    text = f"Section 1. Carts need lamps. {clause}"
    found = start_of(text, date(2024, 3, 30))
    assert (found and (found.day.isoformat(), found.basis)) == start
    assert found is None or text[found.start : found.end] == clause.rstrip(".")


def test_days_are_counted_from_a_known_day_only() -> None:
    assert start_of("This ordinance takes effect 30 days after its passage.", None) is None


def test_a_start_that_is_counted_quotes_what_made_it_law() -> None:
    text = "Section 1. Carts need lamps. This local law takes effect 90 days after it becomes law."
    row = {"MatterId": 7, "MatterFile": "24-7", "MatterTitle": "Lamps", "MatterEnactmentDate": "2024-03-30T00:00:00"}
    (matter,) = legistar.matters([row])
    start = start_of(text, matter.enacted)
    assert start
    council = Council(gazetteer.load().parse_home("Madison, WI"), "https://council.example/v1/oakford")
    signed = acts("2024-03-30 Signed by Mayor | Mayor", "2024-03-30 Received from Mayor | City Council")
    for actions, law in ((signed, "Signed by Mayor: 2024-03-30, Mayor"), ((), "Became law: 2024-03-30")):
        (finding,) = read_start(council, matter, "streets", (text, start), actions).findings
        assert f"\n\n{law}\n\n" in finding.quote
        assert finding.quote.endswith("90 days after it becomes law")


def test_what_starts_otherwise_in_part_is_told() -> None:
    text = (
        "This local law takes effect in 60 days after it becomes law, except that section 4 takes effect immediately."
    )
    found = start_of(text, date(2024, 3, 30))
    assert found is not None
    assert found.partly
