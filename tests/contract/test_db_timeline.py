"""Findings, entries, policies and timelines: what is saved comes back, complete and in one order on both engines."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from db.articles import articles
from db.engine import reading
from db.feeds import feeds
from db.sessions import session
from db.timeline import entries, findings
from db.timeline.filters import EntryFilter
from db.timeline.timelines import entries as matching_entries
from db.timeline.timelines import timelines
from tracker.model import (
    Article,
    Basis,
    Change,
    Entry,
    EntryStatus,
    Evidence,
    Finding,
    Jurisdiction,
    Kind,
    Mark,
    Policy,
    Revision,
    Stage,
)
from tracker.partial_date import PartialDate

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
WI, IL = "ocd-division/country:us/state:wi", "ocd-division/country:us/state:il"
MILWAUKEE, MADISON, AURORA = f"{WI}/place:milwaukee", f"{WI}/place:madison", f"{IL}/place:aurora"
TEXT = "The council adopted it. The rule takes effect July 6."


def finding(place: str | None = MILWAUKEE, **fields: object) -> Finding:
    told = {"jurisdiction": place, "jurisdiction_name": "Milwaukee", "stage": "adopted", "basis": "reported"}
    proof = {"quote": TEXT[:23], "start": 0, "end": 23, "score": 0.9}
    return Finding.model_validate(told | proof | fields)


def store(opened: Session, name: str, published: str = "2026-02-28", *said: Finding) -> list[int]:
    """Stores an article that says these findings; returns their keys."""
    told = Article.model_validate({"id": "", "url": f"https://{name}.example/a", "text": TEXT, "published": published})
    key, _ = articles.store_article(opened, told, NOW)
    return list(findings.replace_findings(opened, key, said))


def entry(name: str, place: str = MILWAUKEE, date: str | None = "2026-02", **fields: object) -> Entry:
    told = {"id": name, "policy": f"policy {place}", "jurisdiction": place, "jurisdiction_name": "Milwaukee"}
    happened = {"stage": Stage.ADOPTED, "date": date, "basis": Basis.REPORTED, "title": f"Title {name}"}
    return Entry.model_validate(told | happened | fields)


def opening(number: int = 1, at: datetime = NOW) -> Revision:
    return Revision(number=number, at=at, actor="tracker", reason="why", changes=(Change(field="a", old="", new="b"),))


def save(opened: Session, *saved: Entry, proof: list[int] | None = None, at: datetime = NOW) -> None:
    for one in saved:
        policy = Policy(id=one.policy, name=f"Name of {one.policy}", jurisdiction=one.jurisdiction, topic=one.topic)
        entries.save_policy(opened, policy)
        entries.save_entry(opened, one, proof or [], opening(at=at))


def ids(opened: Session, **wanted: object) -> list[str]:
    return [found.id for found in matching_entries(opened, EntryFilter.model_validate(wanted))]


# Findings


def test_findings_come_back_as_they_were_and_in_their_order(engine: Engine) -> None:
    full = finding(
        candidates=(MADISON, AURORA),
        stage="effective",
        date="2026-07-06",
        basis="stated",
        primary=True,
        body="Common Council",
        instrument="ordinance",
        identifier="ordinance 2026-4",
        topic="streets",
        subject="parking “meters”",
        effect="charges",
        direction="stricter",
        before="“Before.”\n\n",
        after=" After.",
        marks=(Mark(field="date", start=3, end=9), Mark(field="place", start=0, end=4, in_title=True)),
    )
    with session(engine) as opened:
        keys = store(opened, "a", "2026-02-28", finding(None), full)
        key = articles.article_id(opened, "https://a.example/a")
        assert key
        assert findings.findings_of(opened, key) == {keys[0]: finding(None), keys[1]: full}


def test_equal_findings_keep_their_keys_and_their_entry(engine: Engine) -> None:
    with session(engine) as opened:
        keys = store(opened, "a", "2026-02-28", finding())
        save(opened, entry("e1"), proof=keys)
        assert store(opened, "a", "2026-02-28", finding()) == keys
        assert len(loaded(opened, "e1").evidence) == 1


def test_other_findings_replace_the_old_ones_and_doubles_do_not_arise(engine: Engine) -> None:
    with session(engine) as opened:
        save(opened, entry("e1"), proof=store(opened, "a", "2026-02-28", finding(), finding(topic="streets")))
        keys = store(opened, "a", "2026-02-28", finding(topic="housing"))
        assert [e.finding.topic for e in findings.evidence_by_key(opened, MILWAUKEE).values()] == ["housing"]
        assert loaded(opened, "e1").evidence == ()
        assert len(keys) == 1


def test_the_evidence_of_a_place_is_ordered_by_publication_address_and_offset(engine: Engine) -> None:
    later = finding(quote=TEXT[24:], start=24, end=len(TEXT))
    with session(engine) as opened:
        store(opened, "b", "2026-02-02", later, finding())
        store(opened, "c", "2026-01-01", finding(), finding(MADISON), finding(None))
        store(opened, "a", "2026-02-02", finding())
        found = findings.evidence_by_key(opened, MILWAUKEE).values()
        nowhere = findings.evidence_by_key(opened, None)
    assert [(e.url[8:9], e.finding.start) for e in found] == [("c", 0), ("a", 0), ("b", 0), ("b", 24)]
    assert [e.finding.jurisdiction for e in nowhere.values()] == [None]


# Entries


def loaded(opened: Session, entry_id: str) -> Entry:
    found = entries.load_entry(opened, entry_id)
    assert found
    return found


def test_an_entry_comes_back_complete(engine: Engine) -> None:
    whole = entry(
        "e1",
        candidates=(MADISON,),
        date="2026-02-28",
        basis="stated",
        status="confirmed",
        locked={"title", "date"},
        score=0.25,
        revision=1,
        topic="streets",
    )
    with session(engine) as opened:
        save(opened, whole, proof=store(opened, "a", "2026-02-28", finding()))
        evidence = Evidence.model_validate(
            {"finding": finding(), "url": "https://a.example/a", "published": "2026-02-28", "report": ""}
        )
        assert loaded(opened, "e1") == whole.model_copy(update={"evidence": (evidence,), "revisions": (opening(),)})
        assert entries.load_entries(opened, MILWAUKEE) == (loaded(opened, "e1"),)
        assert entries.load_entry(opened, "none") is None


def test_a_revision_changes_the_entry_and_keeps_the_older_ones(engine: Engine) -> None:
    with session(engine) as opened:
        save(opened, entry("e1"))
        entries.save_entry(opened, entry("e1", date="2026-02-03", revision=2), [], opening(2))
        found = loaded(opened, "e1")
    assert (found.date, found.revision, [r.number for r in found.revisions]) == (PartialDate(2026, 2, 3), 2, [1, 2])


def test_a_revision_number_is_given_once(engine: Engine) -> None:
    with session(engine) as opened:
        save(opened, entry("e1"))
    with pytest.raises(IntegrityError), session(engine) as opened:
        entries.save_entry(opened, entry("e1"), [], opening(1))


def test_a_finding_supports_one_entry_and_moves_to_the_latest(engine: Engine) -> None:
    with session(engine) as opened:
        keys = store(opened, "a", "2026-02-28", finding(), finding(topic="streets"))
        save(opened, entry("e1"), proof=keys)
        save(opened, entry("e2"), proof=keys[1:])
        assert [len(loaded(opened, name).evidence) for name in ("e1", "e2")] == [1, 1]
        entries.save_entry(opened, entry("e1"), [], None)
        assert loaded(opened, "e1").evidence == ()


def test_a_name_that_a_person_gave_stays(engine: Engine) -> None:
    policy = Policy(id="p", name="As computed", jurisdiction=MILWAUKEE, topic="other")
    with session(engine) as opened:
        entries.save_policy(opened, policy)
        entries.save_policy(opened, policy.model_copy(update={"name": "By hand"}), named_by_person=True)
        entries.save_policy(opened, policy.model_copy(update={"topic": "streets"}))
        found = entries.load_policies(opened, MILWAUKEE)
    assert [(p.name, p.topic) for p in found] == [("By hand", "streets")]


# Filters


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """Five entries, saved out of order."""
    with session(engine) as opened:
        save(
            opened,
            entry("d", MILWAUKEE, "2026-02-28", topic="streets"),
            entry("c", MILWAUKEE, "2026"),
            entry("e", f"{WI}/county:milwaukee", "2025-12-31", status=EntryStatus.REJECTED),
            entry("a", AURORA, "2026-02-27"),
        )
        save(opened, entry("b", MILWAUKEE, None), proof=store(opened, "x", "2026-02-01", finding()))
    return engine


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, "aebcd"),
        ({"places": (MILWAUKEE,)}, "bcd"),
        ({"places": (MILWAUKEE, AURORA)}, "abcd"),
        ({"places": (WI,)}, ""),
        ({"places": (WI,), "inside": True}, "ebcd"),
        ({"places": (f"{WI}/place:milw",), "inside": True}, ""),
        ({"topics": ("streets", "housing")}, "d"),
        ({"statuses": ("pending",)}, "abcd"),
        ({"since": "2026-02-28"}, "cd"),
        ({"since": "2026-02"}, "abcd"),
        ({"since": "2026"}, "abcd"),
        ({"since": "2025"}, "aebcd"),
        ({"since": "2027"}, ""),
        ({"since": "2026-02", "places": (WI,), "inside": True, "topics": ("streets",)}, "d"),
    ],
)
def test_a_filter_finds_these_entries_by_place_date_and_id(
    filled: Engine, wanted: dict[str, object], found: str
) -> None:
    with reading(filled) as opened:
        assert "".join(ids(opened, **wanted)) == found


def test_a_day_between_two_visits_is_found_by_any_day_that_it_may_be(filled: Engine) -> None:
    with session(filled) as opened:
        save(opened, entry("f", MADISON, "2026-02-20/2026-03-05"), entry("g", MADISON, "2026-02-20"))
    with reading(filled) as opened:
        assert "".join(ids(opened, places=(MADISON,))) == "gf"
        found = {day: "".join(ids(opened, places=(MADISON,), since=day)) for day in ("2026-02-20", "2026-03-05")}
        assert found == {"2026-02-20": "gf", "2026-03-05": "f"}
        assert ids(opened, places=(MADISON,), since="2026-03-06") == []
        assert ids(opened, places=(MADISON,), after=(MADISON, "2026-02-20", Stage.ADOPTED, "g")) == ["f"]


def test_steps_of_one_day_stand_as_stages_follow_each_other_and_pages_go_on_behind_them(engine: Engine) -> None:
    days = {"d": Stage.PROPOSED, "c": Stage.ADOPTED, "b": Stage.EFFECTIVE, "a": Stage.BLOCKED, "e": Stage.BLOCKED}
    with session(engine) as opened:
        save(opened, *(entry(name, MILWAUKEE, "2026-02-28", stage=stage) for name, stage in days.items()))
        save(opened, entry("f", MILWAUKEE, "2026-03-01", stage=Stage.PROPOSED), entry("g", MADISON, "2026-02-28"))
    with reading(engine) as opened:
        assert "".join(ids(opened)) == "gdcbaef"
        for number, (name, stage) in enumerate(days.items()):
            behind = ids(opened, after=(MILWAUKEE, "2026-02-28", stage, name))
            assert "".join(behind) == "dcbaef"[number + 1 :]


# Timelines


def known(place: str) -> Jurisdiction | None:
    names = {MILWAUKEE: "Milwaukee", AURORA: "Aurora", WI: "Wisconsin", MADISON: "Madison"}
    if place not in names:
        return None
    kind = Kind.STATE if place == WI else Kind.PLACE
    return Jurisdiction(id=place, name=names[place], kind=kind, state="IL" if IL in place else "WI")


def test_timelines_hold_policies_oldest_entry_first_and_no_rejected_ones(filled: Engine) -> None:
    with reading(filled) as opened:
        found = list(timelines(opened, known))
    assert [timeline.jurisdiction.label for timeline in found] == ["Aurora, IL", "Milwaukee, WI"]
    assert [[e.id for e in policy.entries] for policy in found[1].policies] == [["c", "b", "d"]]
    assert found[1].policies[0].name == f"Name of policy {MILWAUKEE}"


def test_a_place_with_a_feed_and_no_entries_has_a_timeline_with_its_coverage(filled: Engine) -> None:
    with session(filled) as opened:
        for name, home in (("m", MADISON), ("w", WI), ("a", AURORA), ("none", None)):
            feeds.add(opened, f"https://{name}.example/", NOW, home=home)
    with reading(filled) as opened:
        found = {t.jurisdiction.name: [c.feed[8:9] for c in t.coverage] for t in timelines(opened, known)}
        only = [t.jurisdiction.name for t in timelines(opened, known, EntryFilter(places=(WI,), inside=True))]
    assert found == {"Aurora": ["a"], "Wisconsin": ["w"], "Madison": ["m", "w"], "Milwaukee": ["w"]}
    assert list(found) == ["Aurora", "Wisconsin", "Madison", "Milwaukee"]
    assert only == ["Wisconsin", "Milwaukee", "Madison", "Milwaukee"]


def test_a_place_that_the_gazetteer_lacks_is_shown_by_its_id(engine: Engine) -> None:
    with session(engine) as opened:
        save(opened, entry("e", f"{WI}/county:dane", jurisdiction_name="Dane County"))
        feeds.add(opened, "https://a.example/", NOW, home="ocd-division/country:us/district:dc")
    with reading(engine) as opened:
        found = [timeline.jurisdiction for timeline in timelines(opened, lambda place: None)]
    assert [(j.label, j.kind) for j in found] == [("Dc", Kind.STATE), ("Dane County, WI", Kind.COUNTY)]


def count_statements(engine: Engine, act: Callable[[], object]) -> int:
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    act()
    return len(statements)


def test_many_entries_take_few_statements(engine: Engine) -> None:
    with session(engine) as opened:
        for number in range(240):
            place = f"{WI}/place:p{number % 120:03}"
            policy = Policy(id=f"policy {place}", name="N", jurisdiction=place, topic="other")
            entries.save_policy(opened, policy)
            entries.save_entry(opened, entry(f"{number:04}", place), [], opening())

    def read_all() -> None:
        with reading(engine) as opened:
            found = list(timelines(opened, lambda place: None))
        assert sum(len(policy.entries) for timeline in found for policy in timeline.policies) == 240
        assert all(entry.revisions for t in found for policy in t.policies for entry in policy.entries)

    assert count_statements(engine, read_all) < 20
