"""How a policy stands on a day, case by case, and what holds for any steps."""

from datetime import date, timedelta
from itertools import chain
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from support.timeline.cases import BY_SCORE, any_evidence, evidence, fold, of_one_article
from tracker.model import Entry, EntryStatus, Evidence, Factuality, Mark
from tracker.timeline import how_sure
from tracker.timeline.standing.line import QUIET_DAYS
from tracker.timeline.standing.standing import Standing, standing
from tracker.timeline.steps import first_told, last_told, span

Step = tuple[str, str | None, str]
PROPOSED, ADOPTED = ("proposed", "2017-05-02", "2017-05-03"), ("adopted", "2017-06", "2017-07-04")
STARTS = ("effective", "2017-07-06", "2017-07-04")
ENDS, BLOCKED = ("rescinded", "2019-12", "2019-12-20"), ("blocked", "2017-08-28", "2017-08-29")
CHANGE, CHANGE_STARTS = ("adopted", "2019-12-18", "2019-12-19"), ("effective", "2020-01-06", "2019-12-19")
BY = {"blocked": {"body": "U.S. District Court", "quote": "A court struck down the ordinance."}}
SINCE = "in force since July 6, 2017"
CASES: list[tuple[str, list[Step], str, str]] = [
    ("proposed", [PROPOSED], "2017-06-01", "proposed on May 2, 2017"),
    ("proposed, and nothing heard for a year", [PROPOSED], "2018-05-04",
     "proposed on May 2, 2017, nothing heard since"),
    ("proposed, and heard of a year ago", [PROPOSED], "2018-05-03", "proposed on May 2, 2017"),
    ("a vote is to come", [("proposed", "2026-01-13", "2026-01-05")], "2026-01-06",
     "proposed, scheduled for January 13, 2026"),
    ("adopted, no start told", [PROPOSED, ADOPTED], "2017-07-05", "adopted in June 2017"),
    ("adopted, years ago, no start told", [ADOPTED], "2026-01-01", "adopted in June 2017"),
    ("adopted, no date told", [("adopted", None, "2017-07-04")], "2018-01-01", "adopted by July 4, 2017"),
    ("the start is ahead", [ADOPTED, STARTS], "2017-07-05", "adopted in June 2017, takes effect on July 6, 2017"),
    ("only the start is told, and is ahead", [STARTS], "2017-07-05", "adopted, takes effect on July 6, 2017"),
    ("the start has come", [PROPOSED, ADOPTED, STARTS], "2017-07-06", SINCE),
    ("a month has not come before its last day", [("adopted", "2019-10-17", "2019-10-18"),
     ("effective", "2019-11", "2019-10-18")], "2019-11-05",
     "adopted on October 17, 2019, takes effect in November 2019"),
    ("a month that is over", [("adopted", "2019-10-17", "2019-10-18"), ("effective", "2019-11", "2019-10-18")],
     "2019-12-01", "in force since November 2019"),
    ("changed between two visits", [("adopted", "2017-06-19/2017-06-26", "2017-06-26")], "2017-07-01",
     "adopted between June 19 and June 26, 2017"),
    ("in force from between two visits", [("effective", "2017-06-19/2017-06-26", "2017-06-26")], "2017-07-01",
     "in force since a day between June 19 and June 26, 2017"),
    ("a start without a date", [("effective", None, "2017-07-04")], "2018-01-01", "in force by July 4, 2017"),
    ("amended", [ADOPTED, STARTS, ("adopted", "2019-12", "2020-01-04")], "2020-02-01",
     f"{SINCE}, as amended in December 2019"),
    ("an amendment that does not hold yet", [STARTS, CHANGE, CHANGE_STARTS], "2019-12-20",
     f"{SINCE}; a change adopted on December 18, 2019 takes effect on January 6, 2020"),
    ("an amendment that holds", [STARTS, CHANGE, CHANGE_STARTS], "2020-02-01",
     f"{SINCE}, as amended on January 6, 2020"),
    ("replaced, only the start is told", [STARTS, ("effective", "2020-01-06", "2020-01-07")], "2020-02-01",
     f"{SINCE}, as amended on January 6, 2020"),
    ("amended before any start was told", [ADOPTED, CHANGE], "2020-02-01",
     "adopted in June 2017, and again on December 18, 2019"),
    ("the amendment's start is all that is told of starts", [ADOPTED, CHANGE, CHANGE_STARTS], "2020-02-01",
     "in force as it stands since January 6, 2020, first adopted in June 2017"),
    ("the final vote two weeks after the first", [("adopted", "2020-03-03", "2020-03-04"),
     ("adopted", "2020-03-17", "2020-03-18")], "2021-01-01", "adopted on March 17, 2020"),
    ("an order that is ratified", [STARTS, ("adopted", "2017-07-18", "2017-07-19")], "2018-01-01", SINCE),
    ("a later part, foretold from the first", [STARTS, ("effective", "2018-07-06", "2017-07-04")], "2020-01-01", SINCE),
    ("a proposal to change it", [STARTS, ("proposed", "2019-12-03", "2019-12-04")], "2020-01-01", SINCE),
    ("an amendment that was voted down", [STARTS, ("proposed", "2019-12-03", "2019-12-04"),
     ("rejected", "2020-01-07", "2020-01-08")], "2020-02-01", SINCE),
    ("voted down", [PROPOSED, ("rejected", "2017-06-07", "2017-06-08")], "2017-07-01",
     "rejected on June 7, 2017"),
    ("voted down, proposed again", [("rejected", "2017-01-07", "2017-01-08"), PROPOSED], "2017-07-01",
     "proposed on May 2, 2017"),
    ("repealed", [STARTS, ENDS], "2020-01-01", "ended in December 2019"),
    ("a repeal that is passed and ahead", [STARTS, ("rescinded", "2019-12-31", "2019-10-20")], "2019-11-01",
     f"{SINCE}, ends on December 31, 2019"),
    ("only an end is told, and is ahead", [("rescinded", "2019-12-31", "2019-10-20")], "2019-11-01",
     "in force, ends on December 31, 2019"),
    ("repealed, then voted down", [STARTS, ENDS, ("rejected", "2020-03-03", "2020-03-04")], "2020-04-01",
     "ended in December 2019"),
    ("repealed, adopted anew", [STARTS, ENDS, ("adopted", "2021-03-02", "2021-03-02")], "2022-01-01",
     "adopted again on March 2, 2021"),
    ("repealed, adopted anew, in force again", [STARTS, ENDS, ("adopted", "2021-03-02", "2021-03-02"),
     ("effective", "2021-04-01", "2021-03-02")], "2022-01-01", "in force again since April 1, 2021"),
    ("the start of the repeal", [STARTS, ("rescinded", "2019-06-20", "2019-06-21"),
     ("effective", "2019-07-01", "2019-06-21")], "2019-08-01", "ended on July 1, 2019"),
    ("a repeal that starts later", [STARTS, ("rescinded", "2019-06-20", "2019-06-20"),
     ("effective", "2019-07-01", "2019-06-20")], "2019-06-25", f"{SINCE}, ends on July 1, 2019"),
    ("a repeal of what was never heard of before", [("rescinded", "2019-06-20", "2019-06-21"),
     ("effective", "2019-07-01", "2019-06-21")], "2019-06-25", "in force, ends on July 1, 2019"),
    ("adopted, and repealed before its start", [("adopted", "2019-01-08", "2019-01-09"),
     ("rescinded", "2019-06-20", "2019-06-20"), ("effective", "2019-07-01", "2019-06-20")], "2019-08-01",
     "ended on June 20, 2019"),
    ("repealed and replaced on one day", [STARTS, ("rescinded", "2019-06-20", "2019-06-21"),
     ("adopted", "2019-06-20", "2019-06-21"), ("effective", "2019-07-01", "2019-06-22")], "2019-08-01",
     "in force again since July 1, 2019"),
    ("paused, as a later start shows", [STARTS, ("rescinded", "2018-02-23", "2018-02-24"),
     ("effective", "2018-05-01", "2018-05-02")], "2018-03-01",
     "suspended since February 23, 2018, takes effect again on May 1, 2018"),
    ("started again", [STARTS, ("rescinded", "2018-02-23", "2018-02-24"), ("effective", "2018-05-01", "2018-05-02")],
     "2018-06-01", "in force again since May 1, 2018"),
    ("a start that an end forestalled", [("adopted", "2019-01-08", "2019-01-09"),
     ("effective", "2019-06-01", "2019-01-09"), ("rescinded", "2019-03-05", "2019-03-06")], "2020-01-01",
     "ended on March 5, 2019"),
    ("blocked", [STARTS, BLOCKED], "2018-01-01", "blocked since August 28, 2017"),
    ("blocked before it could start", [STARTS, BLOCKED, ("effective", "2018-01-01", "2017-05-04")], "2018-06-01",
     "blocked since August 28, 2017"),
    ("blocked until a later start", [("blocked", "2015-10-14", "2015-10-15"),
     ("effective", "2017-05-05", "2017-05-04")], "2018-06-01", "in force since May 5, 2017"),
    ("the end in a year, the start in that year", [("rescinded", "2017", "2018-01-05"), STARTS], "2018-06-01",
     "ended in 2017 (only the year is known)"),
    ("the year of the start, then its day's amendment", [("effective", "2017", "2018-01-05"),
     ("adopted", "2019-01", "2019-02-01")], "2019-06-01",
     "in force since 2017 (only the year is known), as amended in January 2019"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _sure_by_score(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is built here is likely; the weights that ship change with the reader."""
    monkeypatch.setattr(how_sure, "weights", lambda heard=False: BY_SCORE)


def entries(*steps: Step) -> list[Entry]:
    """An entry for each (stage, date, day of the report)."""
    items = [
        evidence(stage, on, published=day, outlet=f"Outlet {n}", **BY.get(stage, {}))
        for n, (stage, on, day) in enumerate(steps)
    ]
    return [entry for item in items for entry in fold([item])]


def said(found: Standing | None) -> str:
    return found.words if found else ""


@pytest.mark.parametrize(("steps", "as_of", "words"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_how_a_policy_stands(steps: list[Step], as_of: str, words: str) -> None:
    assert said(standing(entries(*steps), date.fromisoformat(as_of))) == words


MILWAUKEE_SOP_130: list[Step] = [
    ("adopted", "2017-06", "2017-07-04"), ("effective", "2017-07-06", "2017-07-04"),
    ("proposed", "2019-10-17", "2019-10-18"), ("proposed", "2019-12-12", "2019-12-13"),
    ("proposed", "2019-12-18", "2019-12-13"), ("adopted", "2019-12-18", "2019-12-19"),
]  # fmt: skip
YEARS = [
    ("2017-07-05", "adopted in June 2017, takes effect on July 6, 2017"),
    ("2017-07-06", SINCE),
    ("2019-12-17", SINCE),
    ("2026-01-01", f"{SINCE}, as amended on December 18, 2019"),
]


@pytest.mark.parametrize(("as_of", "words"), YEARS)
def test_the_police_order_that_the_project_started_from(as_of: str, words: str) -> None:
    assert said(standing(entries(*MILWAUKEE_SOP_130), date.fromisoformat(as_of))) == words


def test_the_dates_stand_beside_the_words() -> None:
    found = standing(entries(ADOPTED, STARTS, CHANGE), date(2020, 2, 1))
    assert found
    assert [str(value) for value in (found.state, found.since, found.changed, found.start)] == [
        "in force as amended", "2017-07-06", "2019-12-18", "None",
    ]  # fmt: skip
    assert found.details == "since July 6, 2017, as amended on December 18, 2019"


def test_a_suspension_is_not_an_end() -> None:
    items = [evidence("effective", "2017-07-06"), evidence("rescinded", "2018-02-23", quote="Enforcement is on hold.")]
    assert said(standing(fold(items), date(2018, 3, 1))) == "suspended since February 23, 2018"


def test_a_court_that_lifts_its_block_leaves_the_rule_in_force() -> None:
    lifted = evidence("rescinded", "2017-10-02", published="2017-10-03", body="federal judge")
    found = [*entries(STARTS, BLOCKED), *fold([lifted])]
    assert said(standing(found, date(2018, 1, 1))) == SINCE


BLOCK_STARTS = [
    ("the article of the block", "https://gazette.example/1", "2017-03-31", "blocked since March 30, 2017"),
    ("another article", "https://gazette.example/2", "2017-03-31", "in force since March 31, 2017"),
    ("too late to be that of the block", "https://gazette.example/1", "2017-05-31", "in force since May 31, 2017"),
]


@pytest.mark.parametrize(("url", "day", "words"), [c[1:] for c in BLOCK_STARTS], ids=[c[0] for c in BLOCK_STARTS])
def test_what_a_block_starts_is_no_start_of_the_rule(url: str, day: str, words: str) -> None:
    block = evidence("blocked", "2017-03-30", published="2017-03-31", url="https://gazette.example/1", **BY["blocked"])
    start = evidence("effective", day, published="2017-03-31", url=url, start=100)
    assert said(standing(fold([block, start]), date(2018, 1, 1))) == words


BLOCKS = [
    ("by nobody who could", {}, "The ordinance cannot be enforced.", SINCE),
    ("by a court that the sentence names", {}, "A federal judge struck down the ordinance.",
     "blocked since August 28, 2017"),
    ("in part", {}, "The court struck down a section of the ordinance.",
     f"{SINCE}; a part of it was blocked on August 28, 2017: “The court struck down a section of the ordinance.”"),
    ("of what the sentence does not name", {"body": "a judge"}, "Milwaukee cannot ask for papers.",
     "blocked since August 28, 2017: “Milwaukee cannot ask for papers.”"),
]  # fmt: skip


@pytest.mark.parametrize(("by", "quote", "words"), [c[1:] for c in BLOCKS], ids=[c[0] for c in BLOCKS])
def test_only_a_court_blocks_and_what_it_blocked_is_told(by: dict[str, str], quote: str, words: str) -> None:
    block = evidence("blocked", "2017-08-28", published="2017-08-29", quote=quote, **by)
    assert said(standing([*entries(STARTS), *fold([block])], date(2018, 1, 1))) == words


SURENESS = [
    ("the step that decides is uncertain", {"adopted": 0.7, "effective": 0.65},
     "in force since July 6, 2017 (uncertain)", True),
    ("the step that decides is too unsure", {"adopted": 0.7, "effective": 0.4},
     "adopted on June 21, 2017, perhaps in force now (uncertain)", False),
    ("all are too unsure", {"adopted": 0.4, "effective": 0.4},
     "uncertain whether it is in force", True),
]  # fmt: skip


@pytest.mark.parametrize(("scores", "words", "uncertain"), [c[1:] for c in SURENESS], ids=[c[0] for c in SURENESS])
def test_a_standing_is_as_sure_as_the_step_that_decides(scores: dict[str, float], words: str, uncertain: bool) -> None:
    items = [evidence(score=scores["adopted"]), evidence("effective", "2017-07-06", score=scores["effective"])]
    found = standing(fold(items), date(2018, 1, 1))
    assert found
    assert (found.words, found.uncertain) == (words, uncertain)


def test_a_date_that_the_quote_does_not_give_says_so() -> None:
    item = evidence(start=10, marks=(Mark(field="date", start=100, end=107),))
    assert said(standing(fold([item]), date(2018, 1, 1))) == "adopted on June 21, 2017 (dated by another sentence)"


def test_reports_that_contradict_each_other_tell_only_what_they_share() -> None:
    block = [
        evidence("blocked", day, score=score, outlet=f"Paper {day}", published="2017-06-23", **BY["blocked"])
        for day, score in (("2017-06-20", 0.65), ("2017-06-22", 0.3))
    ]
    assert said(standing(fold(block), date(2018, 1, 1))) == "blocked since June 2017 (uncertain)"


def test_a_day_that_no_witness_gives_is_told_as_its_month() -> None:
    (vague,) = fold([evidence(on="2017-06", score=0.8, outlet="Post", published="2017-07-01")])
    dated = evidence(score=0.4)
    entry = vague.model_copy(update={"date": dated.finding.date, "evidence": (dated, *vague.evidence)})
    assert said(standing([entry], date(2018, 1, 1))) == "adopted in June 2017"


def test_a_first_reading_that_was_also_taken_for_the_adoption_decides_nothing() -> None:
    url = "https://gazette.example/1"
    items = [evidence(stage, score=score, url=url) for stage, score in (("proposed", 0.8), ("adopted", 0.7))]
    assert said(standing(fold(items), date(2018, 1, 1))) == "proposed on June 21, 2017"


def test_two_starts_of_one_article_are_parts_and_no_amendment() -> None:
    url = "https://gazette.example/1"
    items = [
        evidence("effective", day, published="2017-07-07", url=url, start=at, quote=f"Part {at} is in force.")
        for at, day in enumerate(("2017-07-06", "2018-01-01"))
    ]
    words = "in force in part since July 6, 2017, a further part since January 1, 2018"
    assert said(standing(fold(items), date(2019, 1, 1))) == words


DELAYS = [
    (True, "2018-01-01",
     "adopted on June 21, 2017, takes effect on September 1, 2018; start moved on December 18, 2017"),
    (True, "2019-01-01", "in force since September 1, 2018"),
    (False, "2018-01-01", "adopted, takes effect on September 1, 2018; start moved on December 18, 2017"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "as_of", "words"), DELAYS)
def test_a_vote_that_moves_a_start_neither_adopts_nor_amends(first: bool, as_of: str, words: str) -> None:
    delay = "Members voted Tuesday to push the date back to September 1."
    items = [evidence()] * first + of_one_article(
        evidence("adopted", "2017-12-18", published="2017-12-19", url="https://gazette.example/2", quote=delay),
        evidence("effective", "2018-09-01", published="2017-12-19", url="https://gazette.example/2", quote=delay),
    )
    assert said(standing(fold(items), date.fromisoformat(as_of))) == words


def test_a_vote_on_a_start_that_is_put_off_without_a_new_day_adopts_nothing_again() -> None:
    delay = "Members voted Monday to put off the start of July 6, 2018."
    told: dict[str, Any] = {"published": "2017-12-19", "url": "https://gazette.example/2", "quote": delay}
    items = [
        evidence(),
        evidence("effective", "2018-07-06"),
        *of_one_article(
            evidence("adopted", "2017-12-18", **told),
            evidence("effective", "2018-07-06", factuality=Factuality.POSTPONED, **told),
        ),
    ]
    words = "adopted on June 21, 2017; start moved on December 18, 2017"
    assert said(standing(fold(items), date(2018, 1, 1))) == words


VETOES = [("2017-07-01", "rejected on July 1, 2017"), ("2018-07-01", "adopted on June 21, 2017")]


@pytest.mark.parametrize(("day", "words"), VETOES)
def test_a_veto_takes_back_what_was_adopted_lately(day: str, words: str) -> None:
    items = [evidence(), evidence("rejected", day, published=day, quote="The mayor ve\u00adtoed it.")]
    assert said(standing(fold(items), date(2019, 1, 1))) == words


def test_what_a_person_rejected_does_not_count() -> None:
    found = [
        entry.model_copy(update={"status": EntryStatus.REJECTED}) if entry.stage == "adopted" else entry
        for entry in entries(PROPOSED, ADOPTED)
    ]
    assert said(standing(found, date(2018, 1, 1))) == "proposed on May 2, 2017"


STEPS = st.lists(any_evidence(), min_size=1, max_size=6)
DAYS = st.dates(date(2016, 12, 1), date(2020, 3, 1))


@given(STEPS, DAYS, st.randoms())
def test_the_order_of_the_entries_does_not_matter(items: list[Evidence], day: date, random: Any) -> None:
    found = list(fold(items))
    shuffled = random.sample(found, len(found))
    assert standing(shuffled, day) == standing(found, day)


@given(STEPS)
def test_before_everything_nothing_stands(items: list[Evidence]) -> None:
    found = fold(items)
    assume(found)  # what is only denied opens nothing
    first = min(chain.from_iterable(_days(entry) for entry in found))
    assert standing(found, first - timedelta(days=1)) is None


@given(STEPS, DAYS, DAYS)
def test_nothing_changes_while_nothing_happens(items: list[Evidence], one: date, other: date) -> None:
    found, (first, last) = fold(items), sorted((one, other))
    if not any(first < day <= last for entry in found for day in _days(entry)):
        assert standing(found, first) == standing(found, last)


def _days(entry: Entry) -> tuple[date, ...]:
    """The days on which something that an entry tells of begins, ends or is told, or was told too long ago."""
    return (*span(entry), first_told(entry), last_told(entry), last_told(entry) + timedelta(QUIET_DAYS + 1))
