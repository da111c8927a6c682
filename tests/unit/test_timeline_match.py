"""Which findings report one entry: place, policy, stage and date before text."""

import pytest

from support.timeline.cases import MILWAUKEE, evidence, fold, shown
from tracker.model import Stage
from tracker.timeline.claims import claim_of
from tracker.timeline.merging.clusters import draft_of
from tracker.timeline.merging.match import match

MADISON = MILWAUKEE.replace("milwaukee", "madison")
OHIO = "ocd-division/country:us/state:oh/place:milwaukee"

MASKS = {"topic": "public-health", "instrument": ""}
ONE_ENTRY = [
    ("the same act in two outlets", {}, {}),
    ("a month and a day in it", {"on": "2017-06"}, {}),
    ("a year and a day in it", {"on": "2017"}, {}),
    ("a weekday that came out one day off", {"on": "2017-06-20", "basis": "relative"}, {}),
    ("a weekday of the week before", {"on": "2017-06-14", "basis": "relative"}, {}),
    (
        "news of July without a date",
        {"on": "2017-07", "basis": "reported", "published": "2017-07-04", "primary": True},
        {},
    ),
    ("background of next year without a date", {"on": "2018-05", "basis": "reported", "published": "2018-05-04"}, {}),
    ("no date and no month", {"on": None, "published": "2017-06-23"}, {}),
    ("another topic for the same subject", {"topic": "jail-and-bail", "subject": "immigration detainers"}, {}),
    ("one outlet names no body", {"body": ""}, {}),
    ("one outlet names no instrument", {"instrument": ""}, {}),
    ("one outlet says nothing of the subject", {"subject": ""}, {}),
    ("the plural", {"subject": "detainers"}, {}),
    ("the mayor and the council, to the day", {"body": "Mayor Tom Barrett"}, {}),
    (
        "the same identifier, other words",
        {"identifier": "sop 130", "subject": "status questions"},
        {"identifier": "sop 130"},
    ),
    ("one outlet knows the number", {"identifier": "ordinance 2017-44"}, {}),
    (
        "the only step of a day, in other words",
        {"subject": "face coverings", **MASKS},
        {"subject": "masks shops", **MASKS},
    ),
    ("words that a hyphen joins", {"subject": "cite-and-release"}, {"subject": "release cite program jail"}),
    ("the bill and the ordinance that it became", {"identifier": "bill 52"}, {"identifier": "ordinance 2017-44"}),
]

TWO_ENTRIES = [
    ("another place", {"place": MADISON}, {}),
    ("the same name in another state", {"place": OHIO}, {}),
    ("what a court does", {"stage": "blocked"}, {}),
    ("other numbers of one kind", {"identifier": "ordinance 2017-45"}, {"identifier": "ordinance 2017-44"}),
    ("another subject on the same day", {"subject": "municipal id cards"}, {}),
    ("another subject in the same month", {"on": "2017-06", "subject": "municipal id cards"}, {}),
    ("another topic", {"topic": "environment", "subject": "plastic bags"}, {}),
    (
        "another topic with one word in common",
        {"topic": "environment", "subject": "detainer ponds creek herons"},
        {"subject": "detainer jail inmates custody"},
    ),
    ("two stated days of one month", {"on": "2017-06-07"}, {}),
    ("a reversal two years later", {"on": "2019-06-21"}, {}),
    ("another year", {"on": "2013"}, {}),
    (
        "news of the year after without a date",
        {"on": "2018-05", "basis": "reported", "published": "2018-05-04", "primary": True},
        {},
    ),
    ("only the name of the place in common", {"subject": "milwaukee trees"}, {"subject": "milwaukee detainer"}),
]


@pytest.mark.parametrize(("one", "other"), [case[1:] for case in ONE_ENTRY], ids=[case[0] for case in ONE_ENTRY])
def test_two_reports_of_one_act_make_one_entry(one: dict[str, object], other: dict[str, object]) -> None:
    assert len(fold([evidence(**other, outlet="Journal"), evidence(**one)])) == 1


@pytest.mark.parametrize(("one", "other"), [case[1:] for case in TWO_ENTRIES], ids=[case[0] for case in TWO_ENTRIES])
def test_two_acts_stay_apart(one: dict[str, object], other: dict[str, object]) -> None:
    assert len(fold([evidence(**other, outlet="Journal"), evidence(**one)])) == 2


def test_different_steps_of_a_proposal_at_different_days_are_entries_of_one_policy() -> None:
    steps = [("2017-05-02", "2017-05-03"), ("2017-05-16", "2017-05-17"), ("2017-06-06", "2017-06-07")]
    entries = fold(evidence("proposed", day, published=published) for day, published in steps)
    assert [str(entry.date) for entry in entries] == ["2017-05-02", "2017-05-16", "2017-06-06"]
    assert len({entry.policy for entry in entries}) == 1


def test_one_article_that_tells_of_two_measures_makes_two_entries() -> None:
    bags = evidence(subject="plastic bags", topic="environment", start=10)
    straws = evidence(subject="drinking straws", topic="environment", start=90)
    assert len(fold([bags, straws])) == 2


def test_one_article_that_tells_of_an_ordinance_and_a_resolution_makes_two_entries() -> None:
    both = [evidence(instrument=kind, start=start) for kind, start in (("ordinance", 10), ("resolution", 90))]
    assert len(fold(both)) == 2


VOTE = "Alderman Perez and eight others voted Wednesday to end the arrangement with the agency, 9 to 6."


def test_the_same_sentence_never_joins_two_places() -> None:
    assert len(fold([evidence(quote=VOTE), evidence(quote=VOTE, place=MADISON, name="Madison")])) == 2


ACTS = [evidence(on=day, published=day, outlet="Journal") for day in ("2015-06-21", "2017-06-21")]


def test_undated_background_of_one_of_several_acts_joins_none() -> None:
    later = evidence(on="2017-09", basis="reported", published="2017-09-01")
    assert shown(fold([*ACTS, later])) == [("adopted", "2015-06-21", 1), ("adopted", "2017-06-21", 1)]
    assert shown(fold([ACTS[1], later])) == [("adopted", "2017-06-21", 2)]


BARS = {"topic": "licensing", "subject": "bars younger defeat polls voters", "outlet": "Journal"}
PASSING = {"topic": "licensing", "instrument": "proposal", "published": "2019-03-01"}


@pytest.mark.parametrize(
    ("passing", "entries"),
    [
        ({"on": "2017", "subject": "bar age survived"}, 1),
        ({"on": "2017-09", "basis": "reported", "published": "2017-09-01", "subject": "bar age voters survived"}, 1),
        ({"on": "2017", "subject": "taxi fares survived"}, 2),
        ({"on": "2018", "subject": "bar age survived"}, 2),
        ({"on": "2017-06-28", "subject": "bar age survived"}, 2),
    ],
)
def test_a_step_told_in_passing_is_the_only_one_that_its_vague_date_and_its_words_allow(
    passing: dict[str, object], entries: int
) -> None:
    assert len(fold([evidence(**BARS), evidence(**PASSING | passing)])) == entries


def test_a_step_told_in_passing_is_of_none_where_the_place_took_several_of_the_topic_in_that_year() -> None:
    taxis = evidence(on="2017-09-05", published="2017-09-06", topic="licensing", subject="taxi fares", outlet="Courier")
    passing = evidence(**PASSING, on="2017", subject="bar age survived")
    assert shown(fold([evidence(**BARS), taxis, passing])) == [
        ("adopted", "2017-06-21", 1),
        ("adopted", "2017-09-05", 1),
    ]


def test_a_step_told_in_passing_stays_apart_from_one_that_nobody_reads_with_even_chance() -> None:
    passing = evidence(**PASSING, on="2017", subject="bar age survived")
    assert len(fold([evidence(**BARS, score=0.3), passing])) == 2


def test_undated_news_joins_the_act_of_the_days_before() -> None:
    news = evidence(on="2017-06", basis="reported", published="2017-06-23", primary=True)
    assert shown(fold([*ACTS, news])) == [("adopted", "2015-06-21", 1), ("adopted", "2017-06-21", 2)]


@pytest.mark.parametrize(
    ("day", "subject", "entries"), [("2017-06-29", "detainer", 1), ("2017-06-29", "library cards", 2)]
)
def test_a_vote_and_its_signing_are_one_step_of_one_policy(day: str, subject: str, entries: int) -> None:
    signing = evidence(on=day, published=day, body="Mayor", subject=subject, outlet="Journal")
    assert len(fold([evidence(), signing])) == entries


def test_a_vote_and_its_signing_that_one_article_tells_apart_are_two_steps() -> None:
    both = [
        evidence(on=day, published="2017-06-30", start=place) for place, day in enumerate(("2017-06-21", "2017-06-29"))
    ]
    vote = evidence(outlet="Journal")
    assert shown(fold([vote, *both])) == [("adopted", "2017-06-21", 2), ("adopted", "2017-06-29", 1)]


def test_a_match_names_the_rule_that_decided() -> None:
    draft = draft_of(MILWAUKEE, Stage.ADOPTED, [evidence()])
    cases = [
        (evidence(place=MADISON), "another place"),
        (evidence("effective"), "another stage"),
        (evidence(on="2013"), "dates that cannot be of one act"),
        (evidence(start=90), "one article tells them apart"),
        (evidence(subject="plastic bags", topic="environment", outlet="Journal"), "another policy"),
        (evidence(outlet="Journal"), "one policy"),
    ]
    made = [match(draft, claim_of(item)) for item, _ in cases]
    assert [one.rule for one in made] == [rule for _, rule in cases]
    assert [bool(one) for one in made] == [False] * 5 + [True]


def test_a_finding_without_a_place_supports_nothing() -> None:
    item = evidence()
    nowhere = item.model_copy(update={"finding": item.finding.model_copy(update={"jurisdiction": None})})
    assert fold([nowhere]) == ()


def test_a_vague_date_is_of_the_step_that_is_surest() -> None:
    unsure = evidence(on="2017-06-07", published="2017-06-08", outlet="Journal", score=0.2)
    sure = evidence(on="2017-06-21", score=0.9)
    vague = evidence(on="2017-06", published="2017-09-01", outlet="Courier")
    told = {str(entry.date): {item.publisher for item in entry.evidence} for entry in fold([unsure, sure, vague])}
    assert told == {"2017-06-07": {"Journal"}, "2017-06-21": {"Sentinel", "Courier"}}


def test_a_vague_date_lifts_no_unsure_step() -> None:
    (unsure,) = fold([evidence(score=0.3), evidence(on="2017-06", outlet="Courier", score=0.9)])
    assert (str(unsure.date), unsure.score) == ("2017-06-21", 0.3)
    (sure,) = fold([evidence(score=0.6), evidence(on="2017-06", outlet="Courier", score=0.9)])
    assert sure.score > 0.9
