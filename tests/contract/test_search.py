"""What the search finds, on both engines: all that readers are shown, as it stands now, and nothing else."""

from collections.abc import Sequence

import pytest
from sqlalchemy import Engine, insert

from db.engine import reading, writing
from db.people import decisions, withholding
from db.search import query as search
from db.search import stale
from db.search.facets import FACETS
from db.search.query import SearchPage, SearchRequest
from db.sessions import session
from db.tables.search import STALE, STATE
from support.databases.recording import NOW, arrive, live, says
from support.mail.news import MADISON
from support.timeline.cases import MILWAUKEE, evidence
from tracker.model import Entry, Publish
from tracker.publish.search_query import parse
from tracker.timeline.decisions.acts import Act

ACT = Act("Ada", NOW, "she asked")
DETAINERS = "The Common Council adopted an ordinance that ends detainers, said Jane Roe of the clinic."
CURFEW = "Madison sets a curfew for scooters: the Common Council voted on March 3."
ITEMS = (
    evidence(outlet="Journal", quote=DETAINERS, effect="ends", direction="less-cooperation"),
    evidence(
        "effective", "2017-07-06", outlet="Radio", quote="It starts July 6, said Ann Lee.", published="2017-07-01"
    ),
    evidence(
        "proposed",
        "2019-03-03",
        place=MADISON,
        name="Madison",
        topic="streets",
        outlet="Times",
        quote=CURFEW,
        published="2019-03-04",
        subject="curfew",
        instrument="curfew",
        body="",
    ),
)
SEVERAL = 30
HOSTILE = (
    *(
        '"',
        '""',
        "-",
        "--",
        '-"',
        "*",
        "NEAR(a b)",
        "AND",
        "a OR",
        "title:council",
        "^council",
        "(",
        "' OR 1=1 --",
        "\\",
    ),
    *(
        "council*",
        "{council}",
        "\x00",
        "\ud800",
        "🏛️",
        "<script>",
        "%",
        "a" * 10_000,
        "a " * 5_000,
        '"' * 999,
        "!!&|<->",
    ),
)


def found(
    engine: Engine, given: str = "", publish: Publish | None = Publish.ALL, **narrowed: Sequence[str]
) -> SearchPage:
    with reading(engine) as opened:
        return search.search(opened, SearchRequest(parse(given), narrowed), publish, NOW.date())


def titles(engine: Engine, given: str, **narrowed: Sequence[str]) -> set[tuple[str, str]]:
    return {(entry.jurisdiction_name, entry.stage.value) for entry in found(engine, given, **narrowed).entries}


def entry_of(engine: Engine, stage: str) -> Entry:
    return next(entry for entry in live(engine) if entry.stage.value == stage)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    arrive(engine, *ITEMS)
    return engine


ASKED = [
    ("", {("Milwaukee", "adopted"), ("Milwaukee", "effective"), ("Madison", "proposed")}),
    ("clinics", {("Milwaukee", "adopted")}),
    ("CLINIC", {("Milwaukee", "adopted")}),
    ("ending détainers clínic", {("Milwaukee", "adopted")}),
    ("common council", {("Milwaukee", "adopted"), ("Milwaukee", "effective"), ("Madison", "proposed")}),
    ('"of the clinic"', {("Milwaukee", "adopted")}),
    ('"roe clinic"', set()),
    ("council -curfew", {("Milwaukee", "adopted"), ("Milwaukee", "effective")}),
    ("-curfew", {("Milwaukee", "adopted"), ("Milwaukee", "effective")}),
    ('council -"the clinic" -curfew', {("Milwaukee", "effective")}),
    ("madison wisconsin", {("Madison", "proposed")}),
    ("immigration", {("Milwaukee", "adopted"), ("Milwaukee", "effective")}),
    ("nowhere", set()),
]


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_that_is_typed_is_an_error(typed: str) -> None:
    words = parse(typed)
    assert len(words.wanted) + len(words.without) <= 16


def test_words_phrases_and_what_must_not_be_there(filled: Engine) -> None:
    for typed, expected in ASKED:
        assert titles(filled, typed) == expected, typed
    for typed in HOSTILE:
        assert found(filled, typed).total <= 3, typed


def test_facets_narrow_and_are_counted_as_if_their_own_choice_were_not_made(filled: Engine) -> None:
    assert titles(filled, "", stage=["adopted", "proposed"]) == {("Milwaukee", "adopted"), ("Madison", "proposed")}
    assert titles(filled, "council", state=["wi"], topic=["streets"]) == {("Madison", "proposed")}
    assert titles(filled, "", place=[MILWAUKEE], year=["2017"], direction=["less-cooperation"], effect=["ends"]) == {
        ("Milwaukee", "adopted")
    }
    assert titles(filled, "", direction=["unknown"]) == {("Milwaukee", "effective")}
    assert found(filled, "").facets["direction"] == {"less-cooperation": 1, "unknown": 1}, "streets have none"
    assert titles(filled, "", state=["il"]) == set()
    told = found(filled, "", stage=["adopted"]).facets
    assert tuple(told) == FACETS
    assert told["stage"] == {"adopted": 1, "effective": 1, "proposed": 1}
    assert told["topic"] == {"immigration": 1}
    assert (told["year"], told["state"], told["place"]) == ({"2017": 1}, {"wi": 1}, {MILWAUKEE: 1})
    assert found(filled, "", year=["2017"]).facets["year"] == {"2017": 2, "2019": 1}


def test_the_best_comes_first_and_the_newest_where_no_word_is_given(filled: Engine) -> None:
    arrive(filled, evidence(outlet="Extra", place=MADISON, name="Madison", published="2019-05-01", on="2019-04-30"))
    dates = [str(entry.date) for entry in found(filled).entries]
    assert dates == sorted(dates, reverse=True)
    assert found(filled, "curfew council").is_ranked
    assert found(filled, "curfew council").entries[0].topic == "streets"


def test_the_later_step_of_one_day_comes_first_among_the_newest(engine: Engine) -> None:
    day = {"on": "2019-04-30", "published": "2019-05-01"}
    for stage in ("effective", "adopted", "proposed"):
        own = {"identifier": f"sop {stage}", "subject": stage}
        arrive(engine, evidence(stage, outlet=stage.title(), quote=f"It was {stage}.", **own, **day))
    assert [entry.stage for entry in found(engine).entries] == ["effective", "adopted", "proposed"]


def test_pages_follow_each_other_without_a_gap(engine: Engine) -> None:
    acts = [("adopted", f"2017-06-{n + 1:02}", f"O{n}", f"The council adopted rule {n}.") for n in range(SEVERAL)]
    arrive(
        engine,
        *(
            evidence(stage, day, outlet=outlet, quote=quote, identifier=f"sop {outlet}", subject=outlet)
            for stage, day, outlet, quote in acts
        ),
    )
    with reading(engine) as opened:
        pages = [
            search.search(opened, SearchRequest(parse("council"), page=n), Publish.ALL, NOW.date()) for n in (1, 2, 3)
        ]
    ids = [entry.id for page in pages for entry in page.entries]
    assert (pages[0].total, pages[0].pages) == (len(live(engine)), 2)
    assert len(ids) == len(set(ids)) == pages[0].total > search.A_PAGE
    assert pages[2].entries == ()


def test_what_is_read_again_corrected_or_rejected_is_found_as_it_is_now(filled: Engine) -> None:
    says(filled, ITEMS[0].url, ITEMS[0].finding.model_copy(update={"quote": "Benches were banned.", "end": 20}))
    assert ("Milwaukee", "adopted") in titles(filled, "benches")
    with session(filled) as opened:
        decisions.edit(opened, entry_of(filled, "proposed").id, {"title": "A rule about kites"}, ACT)
        decisions.rename_policy(opened, entry_of(filled, "adopted").policy, "The harbour code", ACT)
    assert titles(filled, "kites") == {("Madison", "proposed")}
    assert ("Milwaukee", "adopted") in titles(filled, "harbour")
    with session(filled) as opened:
        decisions.reject(opened, entry_of(filled, "proposed").id, ACT)
    assert titles(filled, "curfew") == titles(filled, "kites") == set()
    assert found(filled).facets["place"] == {MILWAUKEE: 2}
    for publish in map(Publish.parse, ("all", "likely", "confirmed", "0.5")):
        assert "rejected" not in found(filled, publish=publish).facets["status"]


def test_who_decides_finds_what_readers_are_not_shown_and_nothing_by_a_withheld_name(filled: Engine) -> None:
    with session(filled) as opened:
        decisions.reject(opened, entry_of(filled, "proposed").id, ACT)
        withholding.withhold_name(opened, "Jane Roe", ACT)
    assert found(filled, "curfew", Publish.ALL).total == 0
    assert [entry.status.value for entry in found(filled, "curfew", None).entries] == ["rejected"]
    assert found(filled, "", None).facets["status"] == {"pending": 2, "rejected": 1}
    assert found(filled, "", None, status=["rejected"]).total == 1
    assert found(filled, '"jane roe"', None).total == 0
    assert "Jane Roe" in found(filled, "detainers", None).entries[0].model_dump_json(), "it is shown as it is stored"


def test_what_is_withheld_is_neither_found_nor_counted_until_it_is_released(filled: Engine) -> None:
    assert found(filled, "jane roe").total == 1
    with session(filled) as opened:
        name, _ = withholding.withhold_name(opened, "Jane Roe", ACT)
    for typed in ("jane roe", '"jane roe"', "roe", "jane"):
        assert found(filled, typed).total == 0, typed
    assert all("Roe" not in entry.model_dump_json() for entry in found(filled, "detainers").entries)
    with session(filled) as opened:
        quote, _ = withholding.withhold_quote(opened, entry_of(filled, "adopted").evidence[0], ACT)
    assert found(filled, "clinic").total == 0
    arrive(
        filled, evidence("rescinded", "2018-01-02", outlet="Post", quote="Jane Roe won again.", published="2018-01-03")
    )
    assert found(filled, "roe").total == 0, "what comes later too"
    for decision in (name, quote):
        with session(filled) as opened:
            withholding.release(opened, decision.id, ACT)
    assert found(filled, "jane roe").total == 2
    assert found(filled, "clinic").total == 1


MORE = (
    "It ends detainers.\n\n“Milwaukee is a sanctuary,” said Jane Roe of the "
    "clinic; Roe chairs it. The county's 287(g) agreement is another matter, which the board takes up in May."
)


def test_words_of_the_articles_are_found_behind_those_of_entries_and_no_withheld_name_by_them(engine: Engine) -> None:
    quote = "The Common Council adopted an ordinance."
    arrive(engine, evidence(outlet="Journal", quote=quote), more=MORE)
    arrive(
        engine, evidence("rescinded", "2018-01-02", outlet="Post", quote="The sanctuary rule ended.", identifier="x")
    )
    assert [entry.stage.value for entry in found(engine, "sanctuaries").entries] == ["rescinded", "adopted"]
    for typed in ("287(g)", "287g", '"which the board takes up"', "roe", "chairs"):
        assert [entry.stage.value for entry in found(engine, typed).entries] == ["adopted"], typed
    with session(engine) as opened:
        name, _ = withholding.withhold_name(opened, "Jane Roe", ACT)
    for typed in ("roe", "jane", '"jane roe"'):
        assert found(engine, typed).total == 0, typed
    assert found(engine, "clinic chairs").total == 1
    with session(engine) as opened:
        withholding.release(opened, name.id, ACT)
    assert found(engine, "roe").total == 1
    with session(engine) as opened:
        withholding.withhold_quote(opened, entry_of(engine, "adopted").evidence[0], ACT)
    assert found(engine, "chairs").total == 0, "nothing of an article of which a sentence is withheld"


MEANT = [
    ("sanctuery", "sanctuary"),
    ("Sanctuery -curfew", "sanctuary -curfew"),
    ('"comon council" detainers', '"common council" detainers'),
    ("cuncil detaners", "council detainers"),
    ("xylophone", ""),
    ("scooters clinic", ""),
    ("jain roo", ""),
]


def test_the_nearest_words_are_offered_for_those_that_nothing_has(filled: Engine) -> None:
    arrive(filled, evidence("rescinded", "2018-01-02", outlet="Post", quote="A sanctuary rule ended.", identifier="x"))
    with session(filled) as opened:
        withholding.withhold_name(opened, "Jane Roe", ACT)
    with reading(filled) as opened:
        for typed, expected in MEANT:
            assert search.corrected_words(opened, SearchRequest(parse(typed)), Publish.ALL, NOW.date()) == expected, (
                typed
            )
        assert (
            search.corrected_words(
                opened, SearchRequest(parse("sanctuery"), {"stage": ["proposed"]}), Publish.ALL, NOW.date()
            )
            == ""
        )


def test_the_setting_publish_holds(filled: Engine) -> None:
    assert found(filled, "detainers", Publish.CONFIRMED).total == 0
    with session(filled) as opened:
        decisions.confirm(opened, entry_of(filled, "adopted").id, ACT)
    for publish in (Publish.CONFIRMED, Publish.LIKELY, Publish.ALL):
        assert found(filled, "clinic", publish).total == 1
    assert found(filled, "", Publish.CONFIRMED).facets["stage"] == {"adopted": 1}
    words = found(filled, "", Publish.LIKELY).facets["sure"]
    assert words["sure"] == 1
    assert words.keys() <= {"sure", "likely"}


def test_a_transaction_that_fails_leaves_the_search_as_it_was(filled: Engine) -> None:
    def fail() -> None:
        with session(filled) as opened:
            decisions.reject(opened, entry_of(filled, "adopted").id, ACT)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert found(filled, "clinic").total == 1


def test_all_is_read_in_anew_where_it_was_by_other_rules_or_ended_half_way(filled: Engine) -> None:
    stale.ensure_index(filled)
    with writing(filled) as opened:
        opened.connection().exec_driver_sql("DELETE FROM search_doc")
    stale.ensure_index(filled)
    assert found(filled).total == 0, "nothing says that it is wrong"
    with writing(filled) as opened:
        opened.connection().execute(STATE.update().values(stamp="of another version"))
    stale.ensure_index(filled)
    assert found(filled, "clinic").total == 1
    with writing(filled) as opened:
        opened.connection().exec_driver_sql("DELETE FROM search_doc")
        opened.connection().execute(insert(STALE), [{"entry_id": entry.id} for entry in live(filled)])
    stale.ensure_index(filled)
    assert found(filled).total == 3


def test_every_table_that_the_words_come_from_has_its_triggers(engine: Engine) -> None:
    """A migration that makes a table anew on SQLite loses them: it has to make them again."""
    query = "SELECT DISTINCT trigger_name, event_object_table FROM information_schema.triggers"
    if engine.dialect.name == "sqlite":
        query = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
    with reading(engine) as opened:
        told = {tuple(row) for row in opened.connection().exec_driver_sql(query)}
    wanted = {("entry", when) for when in ("insert", "update", "delete")}
    wanted |= {("evidence", when) for when in ("insert", "update", "delete")}
    wanted |= {(table, "update") for table in ("finding", "policy", "article")}
    assert {(f"search_{table}_{when}", table) for table, when in wanted} <= told
