"""What people decide, on both engines: the database does what a book in memory does (`unit/test_review_*.py` tell its
rules); and what only a database has."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from db.articles.articles import article, article_id
from db.engine import reading
from db.people import decisions, withholding
from db.people.review_queue import count_waiting, doubtful, queued
from db.readings import record_readings
from db.sessions import session
from db.timeline import act_log
from db.timeline.entries import load_policies
from db.timeline.filters import ALL, EntryFilter
from support.databases.agreement import EDITS, described, step
from support.databases.recording import NOW, arrive, live, recorded, says
from support.timeline.book import Book
from support.timeline.cases import CARDS, COUNTY, MILWAUKEE, by_outlet, evidence, reread
from tracker.errors import BadInput
from tracker.model import EntryStatus, Evidence, Publish, Reading, Stage, Witness
from tracker.partial_date import PartialDate
from tracker.timeline.decisions.acts import Act
from tracker.timeline.decisions.review import Harm, needs

ACT = Act("Ada", NOW + timedelta(days=1), "the clerk's minutes")
DAY, MONTH = evidence(outlet="Journal"), evidence(on="2017-06")
OTHER = evidence(on="2017-06-07", outlet="Herald", published="2017-06-08")
MORE = [
    evidence(outlet="Radio"),
    evidence(on="2017-06-07", outlet="Courier", published="2017-06-09"),
    evidence("effective", "2017-07-06", outlet="News"),
    evidence(outlet="Post", published="2017-06-23", body="Police Department"),
]


def much_happens(engine: Engine, *items: Evidence) -> None:
    """More reports of the same, and each article read in another way, lost, and found again."""
    arrive(engine, *MORE)
    for item in items:
        says(engine, item.url, reread(item).finding)
        says(engine, item.url)
        says(engine, item.url, item.finding)


STEPS: dict[str, list[tuple[str, int]]] = {
    "confirm": [("confirm", 0)],
    "reject": [("reject", 0)],
    **{f"edit: {', '.join(fields)}": [("edit", number)] for number, fields in enumerate(EDITS)},
    "merge": [("merge", 0)],
    "split": [("split", 0)],
    "split, and merged again": [("split", 0), ("merge", 0)],
    "edit, and taken back": [("edit", 2), ("undo", 2)],
}


@pytest.mark.parametrize("what", STEPS)
def test_the_database_and_a_book_agree_after_an_act_whatever_is_reported_and_read_again(
    engine: Engine, what: str
) -> None:
    book, items = Book(), (MONTH, DAY, OTHER, evidence(outlet="Tribune", published="2017-06-23"))
    for item in items:
        step(engine, book, "arrive", 0, item)
    for act, number in STEPS[what]:
        step(engine, book, act, number, DAY)
    assert len(book.acts) == len(STEPS[what]), "none was refused"
    for item in MORE:
        step(engine, book, "arrive", 0, item)
    for item in items:
        for happens in (reread(item), None, item):
            step(engine, book, "reread" if happens else "lose", sorted(book.articles).index(item.url), happens or item)
            assert described(recorded(engine)) == described(list(book.entries.values()))


def test_every_act_is_one_row_with_its_kind_what_was_before_and_what_it_took_back(engine: Engine) -> None:
    arrive(engine, DAY, OTHER)
    one, other = by_outlet(live(engine), "Journal"), by_outlet(live(engine), "Herald")
    with session(engine) as opened:
        decisions.edit(opened, one.id, {"date": PartialDate(2016)}, ACT)
        edited = decisions.undo(opened, one.id, ACT).revisions[one.revision]
        decisions.merge_entries(opened, one.id, [other.id], ACT)
        decisions.rename_policy(opened, one.policy, "A name", ACT)
        withholding.withhold_name(opened, "Jane Roe", ACT)
        withholding.release(opened, "W1", ACT)
        acts = [act_log.get(opened, number) for number in range(1, 7)]
    assert [act.kind.value for act in acts] == ["edit", "undo", "merge", "rename", "withhold", "undo"]
    assert [act.target for act in acts] == [one.id] * 3 + [one.policy, "W1", "W1"]
    assert [act.takes_back for act in acts] == [None, 1, None, None, None, 5]
    assert {(act.actor, act.at, act.reason) for act in acts} == {("Ada", ACT.at, "the clerk's minutes")}
    assert (edited.of_act, edited.act and edited.act.before) == (1, ())
    before = next(item.fields or {} for item in acts[0].before if not item.followed)
    assert (before["date"], before["locked"]) == ("2017-06-21", [])
    assert {piece.was_in for piece in acts[2].pieces} == {one.id, other.id}


def test_an_act_on_what_has_changed_meanwhile_is_refused(engine: Engine) -> None:
    arrive(engine, MONTH)
    (seen,) = live(engine)
    arrive(engine, DAY)
    with pytest.raises(BadInput, match="look again"), session(engine) as opened:
        decisions.confirm(opened, seen.id, ACT, seen.revision)
    assert live(engine)[0].status is EntryStatus.PENDING


def test_merged_policies_stay_one_and_keep_the_name_that_a_person_gave(engine: Engine) -> None:
    arrive(engine, DAY, evidence(outlet="Herald", **CARDS))
    into, other = by_outlet(live(engine), "Journal").policy, by_outlet(live(engine), "Herald").policy
    with session(engine) as opened:
        decisions.rename_policy(opened, into, "  Who  is a resident ", ACT)
        merged = decisions.merge_policies(opened, into, [other], ACT)
    assert (merged.name, len(merged.entries)) == ("Who is a resident", 2)
    much_happens(engine, DAY)
    arrive(engine, evidence("rescinded", "2019-06-21", published="2019-06-22", outlet="Radio", **CARDS))
    assert {entry.policy for entry in live(engine)} == {into}
    with reading(engine) as opened:
        assert decisions.policy(opened, into).name == "Who is a resident"
        assert [told.reason.split(":")[0] for told in decisions.policy_revisions(opened, into)] == [
            "renamed",
            f"merged with {other}",
        ]
        assert {one.id for one in load_policies(opened, MILWAUKEE)} == {into, other}, "nothing is deleted"


def test_a_split_policy_stays_two(engine: Engine) -> None:
    arrive(engine, DAY, evidence("effective", "2017-09-01", outlet="Herald", subject="detainer questions"))
    first, second = by_outlet(live(engine), "Journal"), by_outlet(live(engine), "Herald")
    with session(engine) as opened:
        new = decisions.split_policy(opened, first.policy, [second.id], ACT)
    much_happens(engine, DAY)
    arrive(engine, evidence("rescinded", "2019-06-21", published="2019-06-22", subject="detainer questions"))
    found = {entry.stage: entry.policy for entry in live(engine) if entry.stage is not Stage.EFFECTIVE}
    assert found == {Stage.ADOPTED: first.policy, Stage.RESCINDED: new.id}
    assert by_outlet(live(engine), "Herald").policy == new.id


REFUSED: dict[str, tuple[Callable[..., object], str]] = {
    "no such entry": (lambda s, e: decisions.confirm(s, "nothing", ACT), "there is no entry nothing"),
    "no such policy": (lambda s, e: decisions.rename_policy(s, "nothing", "x", ACT), "there is no policy nothing"),
    "no such evidence": (lambda s, e: decisions.split_entry(s, e.id, [7], ACT), "no number 7"),
    "nothing left": (lambda s, e: decisions.split_entry(s, e.id, [1], ACT), "not none and not all"),
    "strange entry": (lambda s, e: decisions.split_policy(s, e.policy, ["x"], ACT), "is not of the policy"),
    "whole policy": (lambda s, e: decisions.split_policy(s, e.policy, [e.id], ACT), "not none and not all"),
    "with itself": (lambda s, e: decisions.merge_policies(s, e.policy, [e.policy], ACT), "two different policies"),
    "no name": (lambda s, e: decisions.rename_policy(s, e.policy, " ", ACT), "needs a name"),
    "nothing to undo": (lambda s, e: decisions.undo(s, e.id, ACT), "no person has decided"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_done_is_said_and_changes_nothing(engine: Engine, what: str) -> None:
    arrive(engine, DAY)
    before = recorded(engine)
    act, says_so = REFUSED[what]
    with pytest.raises(BadInput, match=says_so), session(engine) as opened:
        act(opened, before[0])
    assert recorded(engine) == before


def test_policies_of_two_places_are_not_merged(engine: Engine) -> None:
    arrive(engine, DAY, evidence(place=COUNTY, name="Milwaukee County", outlet="Herald"))
    one, other = by_outlet(live(engine), "Journal").policy, by_outlet(live(engine), "Herald").policy
    with pytest.raises(BadInput, match="another place"), session(engine) as opened:
        decisions.merge_policies(opened, one, [other], ACT)


def test_what_needs_a_person_comes_neediest_first(engine: Engine) -> None:
    arrive(
        engine,
        evidence(score=0.9),
        evidence(score=0.2, place=COUNTY, outlet="Herald", candidates=(MILWAUKEE,)),
        evidence("effective", "2017-07-06", score=0.5, outlet="Radio"),
    )
    with session(engine) as opened:
        found = list(doubtful(opened, ALL, 10))
        assert [item.publisher for entry in found for item in entry.evidence] == ["Herald", "Radio", "Sentinel"]
        assert count_waiting(opened) == (3, 3)
        here = EntryFilter(places=(MILWAUKEE,))
        assert [entry.id for entry in doubtful(opened, here, 10, but=[found[1].id])] == [found[2].id]
        decisions.confirm(opened, found[0].id, ACT)
        assert [entry.id for entry in doubtful(opened, ALL, 1)] == [found[1].id]
        assert count_waiting(opened) == (2, 2)


@pytest.mark.parametrize("witness", [Witness.MODEL, Witness.ENCODER])
def test_what_only_one_of_two_witnesses_read_comes_first_until_a_person_sets_it(
    engine: Engine, witness: Witness
) -> None:
    journal, herald = evidence(score=0.9, outlet="Journal"), evidence(score=0.2, place=COUNTY, outlet="Herald")
    arrive(engine, journal, herald)
    findings = (journal.finding.model_copy(update={"witness": witness}),)
    with session(engine) as opened:
        found = article(opened, article_id(opened, journal.url) or 0)
        assert found is not None
        told = Reading(id=found.id, is_change=True, score=0.9, reason="", findings=findings)
        record_readings(opened, [(found, told, "r1+small")], NOW)
        first = next(doubtful(opened, ALL, 1))
        assert (first.evidence[0].publisher, needs(first)[0].name) == ("Journal", "witnesses differ")
        as_it_is = {name: getattr(first, name) for name in ("stage", "date", "jurisdiction")}
        assert needs(decisions.edit(opened, first.id, as_it_is, ACT))[0].name != "witnesses differ"


def test_of_two_that_are_as_unsure_the_one_that_decides_or_is_news_comes_first(engine: Engine) -> None:
    early = evidence("proposed", "2017-05-01", outlet="Herald", published="2017-05-02", score=0.5)
    late = evidence("adopted", "2017-06-20", score=0.5)
    arrive(engine, early, late)
    with reading(engine) as opened:
        adopted, proposed = sorted(doubtful(opened, ALL, 10), key=lambda entry: entry.stage)
        assert proposed.policy == adopted.policy
        old = queued(opened, ALL, 10, date(2026, 1, 1))
        assert [(one.entry.id, one.harm) for one in old] == [(adopted.id, Harm(decides=True)), (proposed.id, Harm())]
        assert old[0].entry.standing_line.startswith("uncertain whether it was adopted")
        assert [one.harm.in_mail for one in queued(opened, ALL, 10, date(2017, 6, 22))] == [True, False]
        kept_back = queued(opened, ALL, 10, date(2017, 6, 22), publish=Publish.CONFIRMED)
        assert {(one.harm.in_mail, one.entry.standing_line) for one in kept_back} == {(False, "")}
