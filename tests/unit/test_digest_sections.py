"""Who gets what: places with and without what lies inside them, topics, stages; new, old, corrected."""

import runpy
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from tracker.coverage import Coverage
from tracker.model import ActKind, Basis, Change, EntryStatus, Factuality, RecordedAct, Revision, Stage
from tracker.publish.mail import digest
from tracker.publish.mail.audience import EntryIndex, Interest, coverage_for, describe, unserved_places
from tracker.publish.mail.digest import Letter
from tracker.publish.mail.sections import SentRevision, for_reader
from tracker.publish.mail.subscribers import Subscription

SAMPLES = runpy.run_path(str(Path(__file__).parents[1] / "golden" / "publish" / "samples.py"))
WI = "ocd-division/country:us/state:wi"
IL = "ocd-division/country:us/state:il"
MILWAUKEE, MADISON = f"{WI}/place:milwaukee", f"{WI}/place:madison"
MILWAUKEE_COUNTY, DANE = f"{WI}/county:milwaukee", f"{WI}/county:dane"
CHICAGO = f"{IL}/place:chicago"
COUNTIES = {MILWAUKEE: MILWAUKEE_COUNTY, MADISON: DANE}
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 13, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def entry(
    name, place=MILWAUKEE, *, topic="immigration", stage=Stage.ADOPTED, reported=TODAY, day="2026-11-20", opened=NOW,
    basis=Basis.STATED, also_reported=(), locked=(),
):  # fmt: skip
    sources = [
        ("They decided.", f"https://a.example/{name}/{at}", "A", at, "", "") for at in (reported, *also_reported)
    ]
    made = SAMPLES["entry"](name, "p", SAMPLES["MILWAUKEE"], stage, day, basis, name, sources, topic=topic)
    first = Revision(number=1, at=opened, actor="tracker", reason="first report")
    return made.model_copy(update={"jurisdiction": place, "revisions": (first,), "locked": frozenset(locked)})


def by_dana(number, takes_back=None):
    kind = ActKind.UNDO if takes_back else ActKind.EDIT
    return RecordedAct(id=number, at=NOW, actor="dana", kind=kind, target="e", takes_back=takes_back)


def revised(made, *changes, number=2, actor="tracker", act=None, **fields):
    why = Revision(number=number, at=NOW, actor=actor, reason=f"why {number}", changes=changes, act=act)
    return made.model_copy(update={"revisions": (*made.revisions, why), "revision": number, **fields})


FOLLOWABLE = (
    entry("city"),
    entry("city-housing", topic="housing"),
    entry("city-proposed", stage=Stage.PROPOSED),
    entry("county", MILWAUKEE_COUNTY),
    entry("madison", MADISON),
    entry("chicago", CHICAGO),
)
WANTED = [
    ("a city", Subscription(place=MILWAUKEE), "city city-housing city-proposed"),
    ("a county and what lies in it", Subscription(place=MILWAUKEE_COUNTY), "city city-housing city-proposed county"),
    ("a county alone", Subscription(place=MILWAUKEE_COUNTY, inside=False), "county"),
    ("a state and what lies in it", Subscription(place=WI), "city city-housing city-proposed county madison"),
    ("a state alone", Subscription(place=WI, inside=False), ""),
    (
        "a city and what is near",
        Subscription(place=MADISON, within=90),
        "city city-housing city-proposed county madison",
    ),
    ("too few miles", Subscription(place=MADISON, within=50), "madison"),
    ("a topic near a city", Subscription(place=MADISON, within=90, topics=("housing",)), "city-housing"),
    ("everywhere", Subscription(), "chicago city city-housing city-proposed county madison"),
    ("a topic anywhere", Subscription(topics=("housing",)), "city-housing"),
    ("a topic in a place", Subscription(place=MADISON, topics=("housing",)), ""),
    ("a stage in a state", Subscription(place=WI, stages=(Stage.PROPOSED,)), "city-proposed"),
    ("a city whose name begins alike", Subscription(place=f"{WI}/place:mil"), ""),
]


@pytest.mark.parametrize(("wanted", "names"), [row[1:] for row in WANTED], ids=[row[0] for row in WANTED])
def test_a_subscription_matches_its_places_topics_and_stages(wanted, names):
    found = EntryIndex(FOLLOWABLE, COUNTIES.get).matching(interest := Interest.of([wanted]))
    assert " ".join(item.id for item in found) == names
    assert names.split() == sorted(item.id for item in FOLLOWABLE if interest.follows(item, COUNTIES.get))


def test_several_subscriptions_bring_each_entry_once():
    both = Interest.of([Subscription(place=MILWAUKEE), Subscription(topics=("immigration",))])
    names = [item.id for item in EntryIndex(FOLLOWABLE, COUNTIES.get).matching(both)]
    assert names == sorted(set(names))
    assert len(names) == 6


def test_whoever_follows_the_same_in_another_order_has_an_equal_interest():
    one = [Subscription(id=1, place=WI, topics=("housing", "streets")), Subscription(id=2, place=CHICAGO)]
    other = [Subscription(id=9, place=CHICAGO), Subscription(id=8, place=WI, topics=("streets", "housing"))]
    assert Interest.of(one) == Interest.of(other)
    assert hash(Interest.of(one)) == hash(Interest.of(other))


DESCRIBED = [
    (Subscription(), "all places"),
    (Subscription(place=MILWAUKEE), "Milwaukee, Wisconsin"),
    (Subscription(place=MILWAUKEE, within=50), "Milwaukee, Wisconsin and within 50 miles"),
    (Subscription(place=WI, topics=("jail-and-bail",)), "Wisconsin and all places in it: Jail and bail"),
    (Subscription(place=WI, inside=False, stages=(Stage.ADOPTED,)), "Wisconsin; Adopted"),
]


@pytest.mark.parametrize(("item", "words"), DESCRIBED, ids=[words for _, words in DESCRIBED])
def test_a_subscription_is_said_in_words(item, words):
    assert describe(item) == words


HOMES = {"city": MILWAUKEE, "county": MILWAUKEE_COUNTY, "state": WI, "madison": MADISON, "nowhere": None}
FEEDS = tuple(Coverage(feed=name, home=home) for name, home in HOMES.items())
HEARD = [
    (Subscription(place=MILWAUKEE), "city county state"),
    (Subscription(place=MILWAUKEE_COUNTY), "city county state"),
    (Subscription(place=MILWAUKEE_COUNTY, inside=False), "county state"),
    (Subscription(place=WI), "city county state madison"),
    (Subscription(place=CHICAGO), ""),
    (Subscription(place=MADISON, within=90), "city county state madison"),
    (Subscription(), "city county state madison nowhere"),
]


@pytest.mark.parametrize(("wanted", "names"), HEARD, ids=[describe(wanted) for wanted, _ in HEARD])
def test_coverage_is_that_of_the_readers_places(wanted, names):
    found = coverage_for(FEEDS, Interest.of([wanted]), COUNTIES.get)
    assert " ".join(feed.feed for feed in found) == names
    silent = unserved_places(FEEDS, Interest.of([wanted, Subscription(place=WI)]), COUNTIES.get)
    assert silent == (() if names else ("Chicago, Illinois",))


def sections(*entries, told=None, wanted=None, since=LONG_AGO):
    known = {item.id: item for item in entries}
    return for_reader(entries if wanted is None else wanted, told or {}, known, today=TODAY, since=since)


OLD = TODAY - timedelta(days=31)
SPRING = date(2026, 4, 8)
SORTED = [
    ("new", entry("e"), "new"),
    ("its only report is thirty days old", entry("e", reported=TODAY - timedelta(days=30)), "new"),
    ("its only report is older", entry("e", reported=OLD), "older"),
    ("old, and found before they subscribed", entry("e", reported=OLD, opened=LONG_AGO), ""),
    ("recent, though found before they subscribed", entry("e", opened=LONG_AGO), "new"),
    ("it starts in a week", entry("e", stage=Stage.EFFECTIVE, day="2026-11-30"), "new"),
    ("a person put it on a day to come", entry("e", reported=OLD, day="2027-06-01", locked={"date"}), "new"),
    ("a person put it on a day long past", entry("e", reported=OLD, day="2026-06-01", locked={"date"}), "older"),
    ("it starts in two months", entry("e", stage=Stage.EFFECTIVE, day="2027-01-30"), "new"),
    ("it starts this month, nobody knows when", entry("e", stage=Stage.EFFECTIVE, day="2026-11"), "new"),
    ("it starts this year, if it has not started", entry("e", stage=Stage.EFFECTIVE, day="2026"), "new"),
    ("it started yesterday", entry("e", stage=Stage.EFFECTIVE, day="2026-11-22"), "new"),
    ("adopted in 1988", entry("e", day="1988"), "older"),
    ("adopted in 1988, and found before they subscribed", entry("e", day="1988", opened=LONG_AGO), ""),
    ("sixty days ago", entry("e", day="2026-09-24"), "new"),
    ("sixty-one days ago", entry("e", day="2026-09-23"), "older"),
    ("in a month that ended less than sixty days ago", entry("e", day="2026-09"), "new"),
    ("in the month before that", entry("e", day="2026-08"), "older"),
    ("at some time of this year", entry("e", day="2026"), "new"),
    ("undated, reported today", entry("e", day=None, basis=Basis.REPORTED), "new"),
    (
        "undated, and reported in spring already",
        entry("e", day=None, basis=Basis.REPORTED, also_reported=[SPRING]),
        "older",
    ),
    (
        "the month of the first report stands in",
        entry("e", day="2026-04", basis=Basis.REPORTED, also_reported=[SPRING]),
        "older",
    ),
    ("it changed between two visits, of late", entry("e", day=f"{TODAY - timedelta(9)}/{TODAY - timedelta(2)}"), "new"),
    ("it changed between two visits, last year", entry("e", day="2025-07-01/2025-07-08"), "older"),
    ("it starts between two days", entry("e", stage=Stage.EFFECTIVE, day=f"{TODAY}/{TODAY + timedelta(9)}"), "new"),
    ("it started last year", entry("e", stage=Stage.EFFECTIVE, day="2025-07-01"), "older"),
    ("rejected by a person", entry("e").model_copy(update={"status": EntryStatus.REJECTED}), ""),
]


@pytest.mark.parametrize(("made", "where"), [row[1:] for row in SORTED], ids=[row[0] for row in SORTED])
def test_an_entry_that_was_not_told_stands_where_it_belongs(made, where):
    found = sections(made, since=LONG_AGO + timedelta(days=1))
    assert " ".join(name for name in ("new", "soon", "corrections", "older") if getattr(found, name)) == where


DAY = Change(field="date", old="2026-11-20", new="2026-11-21")
FINER = Change(field="date", old="2026-11", new="2026-11-20")
VAGUER = Change(field="date", old="2026-11-20", new="2026-11")
REPORT = Change(field="evidence", old="", new="https://b.example")
BACK = Change(field="date", old="2026-11-21", new="2026-11-20")
ON = Change(field="date", old="2026-11-21", new="2026-12-01")
REJECTED = Change(field="status", old="pending", new="rejected")
TAKEN_BACK = revised(entry("e", day="2026-11"), VAGUER, actor="dana")
CORRECTED = [
    ("another day", revised(entry("e"), DAY), [("date", "2026-11-20", "2026-11-21")]),
    ("a more precise date", revised(entry("e"), FINER), None),
    ("a vaguer date", revised(entry("e", day="2026-11"), VAGUER), None),
    ("a vaguer date by a person", TAKEN_BACK, [("date", "2026-11-20", "2026-11")]),
    ("one more report", revised(entry("e"), REPORT), None),
    ("there and back", revised(revised(entry("e"), DAY), BACK, number=3), None),
    ("in two steps", revised(revised(entry("e"), DAY), ON, number=3), [("date", "2026-11-20", "2026-12-01")]),
    ("taken back", revised(entry("e"), REJECTED, status=EntryStatus.REJECTED), [("status", "pending", "taken back")]),
]  # fmt: skip


@pytest.mark.parametrize(("made", "changes"), [row[1:] for row in CORRECTED], ids=[row[0] for row in CORRECTED])
def test_a_correction_is_the_difference_from_what_was_told(made, changes):
    found = sections(made, told={"e": SentRevision(1)}).corrections
    assert [(item.field, item.old, item.new) for one in found for item in one.changes] == (changes or [])


def denied(made, *, url="https://b.example"):
    """The same with a later report that says that it was put off."""
    item = made.evidence[0]
    finding = item.finding.model_copy(update={"factuality": Factuality.POSTPONED})
    against = item.model_copy(
        update={"finding": finding, "url": url, "report": url, "published": TODAY + timedelta(days=1)}
    )
    return revised(made, REPORT, evidence=(*made.evidence, against))


def test_a_step_that_a_report_denies_is_no_news_and_is_corrected_where_it_was_told():
    made = denied(entry("e", stage=Stage.EFFECTIVE, day="2026-12-20"))
    assert sections(made) == for_reader([], {}, {}, today=TODAY, since=LONG_AGO)
    found = sections(made, told={"e": SentRevision(1)})
    assert [item.entry.id for item in found.corrections] == ["e"]
    mail = digest.write(found, Letter(today=TODAY))
    for form in (mail.text, mail.html):
        assert "Put off, says A, November 24, 2026" in " ".join(form.split())
    assert "Taking effect soon" not in mail.text
    assert sections(made, told={"e": SentRevision(2)}).corrections == ()


def test_what_was_only_counted_is_never_corrected_and_what_was_told_of_the_change_neither():
    made = revised(entry("e"), DAY)
    assert sections(made, told={"e": SentRevision(1, in_full=False)}).corrections == ()
    assert sections(made, told={"e": SentRevision(2)}).corrections == ()


def test_a_correction_of_an_old_step_that_was_told_remains_one():
    made = revised(entry("e", day="1989"), Change(field="date", old="1988", new="1989"))
    assert [item.entry.id for item in sections(made, told={"e": SentRevision(1)}).corrections] == ["e"]


REDATED = [
    ("it is of last week", "2026-11-20", SentRevision(1, in_full=False), "new"),
    ("it is old even so", "1990", SentRevision(1, in_full=False), ""),
    ("that was told", "2026-11-20", SentRevision(2), ""),
    ("that was counted", "2026-11-20", SentRevision(2, in_full=False), ""),
]


@pytest.mark.parametrize(("day", "told", "where"), [row[1:] for row in REDATED], ids=[row[0] for row in REDATED])
def test_what_was_only_counted_for_a_date_that_was_wrong_is_news_once(day, told, where):
    made = revised(entry("e", day=day), Change(field="date", old="1988", new=day))
    found = sections(made, told={"e": told})
    assert " ".join(name for name in ("new", "soon", "corrections", "older") if getattr(found, name)) == where


def test_older_steps_alone_are_no_reason_for_a_mail():
    assert not sections(entry("e", day="1988")).has_news
    assert sections(entry("e", day="1988"), entry("f")).has_news


def test_a_correction_reaches_who_was_told_even_if_they_no_longer_follow_it():
    made = revised(entry("e"), Change(field="jurisdiction", old=MILWAUKEE, new=CHICAGO), jurisdiction=CHICAGO)
    found = sections(made, told={"e": SentRevision(1)}, wanted=())
    assert [item.entry.id for item in found.corrections] == ["e"]
    assert found.has_news


def test_a_correction_gives_the_reasons_that_still_count():
    moved, away = revised(entry("e"), DAY), Change(field="date", old="2026-11-21", new="")
    emptied = revised(moved, away, number=3, actor="dana", act=by_dana(3))
    undone = Revision(number=4, at=NOW, actor="dana", reason="took back revision 3", act=by_dana(4, 3),
                      changes=(Change(field="date", old="", new="2026-11-21"),))  # fmt: skip
    made = emptied.model_copy(update={"revisions": (*emptied.revisions, undone), "revision": 4})
    assert [item.reasons for item in sections(made, told={"e": SentRevision(1)}).corrections] == [("why 2",)]


def test_what_was_merged_into_another_is_not_called_wrong():
    wrong = revised(entry("e"), REJECTED, actor="dana", status=EntryStatus.REJECTED, locked={"status"})
    merged = wrong.model_copy(update={"evidence": ()})
    said = [sections(made, told={"e": SentRevision(1)}).corrections[0].why_withdrawn for made in (wrong, merged)]
    assert [text.partition("found that it ")[2] for text in said] == [
        "does not belong here",
        "is the same change as another entry",
    ]


def test_who_took_an_entry_back_is_said():
    rejected = revised(entry("e"), REJECTED, actor="dana", status=EntryStatus.REJECTED, locked={"status"})
    copy = revised(entry("e"), REJECTED, status=EntryStatus.REJECTED)
    lost = copy.model_copy(update={"evidence": ()})
    assert [
        sections(made, told={"e": SentRevision(1)}).corrections[0].why_withdrawn for made in (rejected, copy, lost)
    ] == [
        "a person found that it does not belong here",
        "it only copies what a person found not to belong here",
        "no report supports it any longer",
    ]


def in_order(*entries, follows=()):
    interest = Interest.of(follows)
    near = partial(interest.nearness, county_of=COUNTIES.get)
    found = for_reader(entries, {}, {}, today=TODAY, since=LONG_AGO, near=near)
    return [item.id for item in found.new]


def test_what_starts_comes_before_what_was_done_and_that_before_what_is_proposed():
    proposed, adopted = entry("proposed", stage=Stage.PROPOSED), entry("adopted")
    starts = entry("starts", stage=Stage.EFFECTIVE, day="2026-12-20")
    assert in_order(proposed, adopted, starts) == ["starts", "adopted", "proposed"]


def test_steps_of_one_policy_on_one_day_stand_in_the_order_in_which_they_are_taken():
    effective = entry("a-effective", stage=Stage.EFFECTIVE)
    adopted, other = entry("b-adopted", reported=TODAY - timedelta(days=2)), entry("other", day="2026-11-19")
    assert in_order(other, adopted, effective) == ["b-adopted", "a-effective", "other"]


def test_what_comes_soon_stands_by_day_and_then_as_steps_follow_each_other():
    ends = entry("a", stage=Stage.RESCINDED, day="2026-12-20")
    starts = entry("b", stage=Stage.EFFECTIVE, day="2026-12-20")
    told = {"a": SentRevision(1), "b": SentRevision(1)}
    assert [item.id for item in sections(ends, starts, told=told).soon] == ["b", "a"]


def test_a_place_that_is_followed_by_name_comes_before_what_lies_around_it():
    wanted = [Subscription(place=WI), Subscription(place=MILWAUKEE_COUNTY), Subscription(place=MADISON)]
    found = entry("chicago", CHICAGO), entry("dane", DANE), entry("city"), entry("madison", MADISON)
    assert in_order(*found, follows=[*wanted, Subscription(topics=("immigration",))]) == [
        "madison", "city", "dane", "chicago",
    ]  # fmt: skip


def test_a_place_is_as_near_as_the_subscription_that_fits_the_topic():
    wanted = [Subscription(place=MADISON, topics=("housing",)), Subscription(place=WI)]
    found = entry("b", MADISON), entry("a", MILWAUKEE), entry("c", MADISON, topic="housing")
    assert in_order(*found, follows=wanted)[0] == "c"


def test_the_newest_report_comes_first_among_equals():
    earlier = entry("a", reported=TODAY - timedelta(days=2))
    assert in_order(earlier, entry("b")) == ["b", "a"]


def test_a_mail_that_is_too_long_tells_the_most_telling_and_keeps_the_entries_of_a_place_together():
    done = [entry(f"d{number:02}", MADISON if number % 2 else MILWAUKEE) for number in range(28)]
    planned = [entry(f"p{number:02}", MILWAUKEE, stage=Stage.PROPOSED) for number in range(9)]
    every = [item.model_copy(update={"policy": item.id}) for item in (*planned, *done)]
    found = for_reader(every, {}, {}, today=TODAY, since=LONG_AGO)
    text = digest.write(found, Letter(today=TODAY, public_url="https://tracker.example")).text
    assert all(text.count(f"/entry/{item.id}/") == 1 for item in done)
    assert sum(f"/entry/{item.id}/" in text for item in planned) == 2
    assert "And 7 more steps of 7 policies: https://tracker.example/" in text
    assert text.count("Milwaukee, WI\n---") == 2  # two places, though both are called so here
