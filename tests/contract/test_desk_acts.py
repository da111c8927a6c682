"""What people decide at the desk, over real HTTP and on both engines: each act is the command's own, and nothing that
somebody else decided meanwhile is lost."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import html5lib
import pytest
import structlog
from sqlalchemy import Engine, text

from db.engine import reading
from db.feeds import feeds
from db.mapping import insert_missing
from db.people import decisions, remarks
from db.people.review_queue import queued
from db.sessions import session
from db.sources.action_meanings import actions, count_waiting
from db.sources.councils import SortedMatter, followed, note_asked, save_matters
from db.tables.sources import ActionMeaningRow
from db.timeline.filters import ALL
from db.withholdings import withholdings
from jobs.review.input import act
from support.databases.recording import NOW, arrive, live, recorded
from support.timeline.cases import CARDS, MILWAUKEE, by_outlet, evidence
from support.web.crawler import crawl
from support.web.desk import Browser, add_users
from support.web.site import Site, running_site
from tracker.gather.sources.legistar import Matter
from tracker.gather.sources.legistar_poll import Followed
from tracker.model import Entry, EntryStatus, SourceKind, Stage
from tracker.timeline.decisions.remarks import About, RemarkOutcome

TABLES = (
    *("remark", "withholding", "moved_entry", "evidence", "finding", "revision"),
    *("policy_revision", "act", "entry", "policy", "article"),
)
"""Emptied between tests, from those that refer to the others on."""
FIRST, SECOND = evidence(outlet="Journal"), evidence(outlet="Post", published="2017-06-24")
OTHER = evidence(
    "proposed", "2017-05-02", outlet="Herald", published="2017-05-03", quote="It takes up library cards.", **CARDS
)


@pytest.fixture(scope="module")
def running(shared_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    add_users(shared_engine)
    folder = tmp_path_factory.mktemp("desk")
    given: dict[str, Any] = {"trusted_proxies": "127.0.0.1", "ada": False, "desk": True}
    with running_site(shared_engine, folder, structlog.get_logger(), **given) as site:
        yield site


@pytest.fixture
def site(running: Site) -> Site:
    with session(running.engine) as opened:
        for table in TABLES:
            opened.execute(text(f"DELETE FROM {table}"))
    arrive(running.engine, FIRST, SECOND, OTHER)
    return running


@pytest.fixture(scope="module")
def eve(running: Site) -> Browser:
    return Browser(running).sign_in("Eve")


@pytest.fixture(scope="module")
def ada(running: Site) -> Browser:
    return Browser(running).sign_in("Ada")


def of(site: Site, outlet: str = "Journal") -> Entry:
    """The entry that rests on this outlet's report, as it is now."""
    return by_outlet(live(site.engine), outlet)


def now(site: Site, name: str) -> Entry:
    return next(entry for entry in recorded(site.engine) if entry.id == name)


def decide(browser: Browser, entry: Entry, what: str, **fields: object) -> str:
    """Opens the entry's page and sends one of its forms."""
    browser.get(f"entry/{entry.id}")
    page = browser.post(f"entry/{entry.id}/{what}", **fields)
    html5lib.HTMLParser(strict=True).parse(page)
    return page


def test_an_entry_is_confirmed_and_rejected_under_the_name_of_who_did_it(site: Site, eve: Browser) -> None:
    entry = of(site)
    assert "Confirmed." in decide(eve, entry, "confirm", reason="seen  the\nminutes")
    after = now(site, entry.id)
    assert after.status is EntryStatus.CONFIRMED
    assert (after.revisions[-1].actor, after.revisions[-1].reason) == ("Eve", "confirmed: seen the minutes")
    assert "checked by a person" in eve.page
    decide(eve, entry, "reject")
    assert now(site, entry.id).status is EntryStatus.REJECTED


def test_only_fields_that_say_something_else_are_set_and_locked(site: Site, eve: Browser) -> None:
    entry = of(site)
    assert "Title: body: no report names it here; subject: " in eve.get(f"entry/{entry.id}")
    shown = {"date": "2017-06-21", "stage": "adopted", "place": "Milwaukee, WI", "body": "Common Council"}
    eve.post(f"entry/{entry.id}/edit", **shown | {"date": " 2017-07-06 ", "title": "A <b>title</b>"})
    after = now(site, entry.id)
    assert (str(after.date), after.title, after.stage) == ("2017-07-06", "A <b>title</b>", Stage.ADOPTED)
    assert after.locked >= {"date", "title"}
    assert not after.locked & {"stage", "jurisdiction", "body"}
    assert "A &lt;b&gt;title&lt;/b&gt;" in eve.page
    assert "Title: set by a person" in eve.page
    assert "no field says anything else" in eve.post(f"entry/{entry.id}/edit", date="2017-07-06").lower()
    assert eve.status == 400


WRONG = [
    ({"date": "soon"}, "is no date"),
    ({"stage": "adapted"}, "did you mean adopted"),
    ({"place": "Nowhere, ZZ"}, "Nowhere, ZZ"),
    ({"place": ""}, "cannot be empty"),
    ({"topic": "\0"}, "cannot be empty"),
    ({"topic": "imigration"}, "did you mean immigration"),
    ({"date": "9" * 5000}, "is no date"),
]


@pytest.mark.parametrize(("fields", "says"), WRONG)
def test_a_wrong_value_is_said_and_what_was_typed_stays(
    site: Site, eve: Browser, fields: dict[str, str], says: str
) -> None:
    entry = of(site)
    page = decide(eve, entry, "edit", **{"body": "City Clerk"} | fields)
    assert (eve.status, says in page) == (400, True)
    assert 'value="City Clerk"' in page
    assert now(site, entry.id) == entry


def test_the_second_of_two_who_decide_at_once_is_told(site: Site, eve: Browser, ada: Browser) -> None:
    entry = of(site)
    for browser in (eve, ada):
        browser.get(f"entry/{entry.id}")
    eve.post(f"entry/{entry.id}/edit", date="2017-07-06")
    for what, fields in (
        ("confirm", {"reason": "mine"}),
        ("reject", {"reason": "mine"}),
        ("edit", {"body": "Mayor", "reason": "mine"}),
        ("undo", {"reason": "mine"}),
        ("merge", {"others": of(site, "Herald").id}),
        ("split", {"number": "1"}),
        ("withhold", {"number": "1", "reason": "mine"}),
    ):
        page = ada.post(f"entry/{entry.id}/{what}", seen=entry.revision, **fields)
        assert (ada.status, "has changed since you looked at it" in page) == (409, True), what
    assert 'value="2017-07-06"' in page
    after = now(site, entry.id)
    assert [revision.actor for revision in after.revisions[entry.revision :]] == ["Eve"]
    stale = {"was-date": "2017-06-21", "date": "2017-06-21", "was-body": "Common Council", "body": "Mayor"}
    page = ada.post(f"entry/{entry.id}/edit", **stale | {"seen": entry.revision})
    assert 'name="body" id="field-body" value="Mayor"' in page
    assert 'name="date" id="field-date" value="2017-07-06"' in page, "what the form only repeated is as it is now"
    ada.post(f"entry/{entry.id}/edit", **stale)
    after = now(site, entry.id)
    assert (after.body, str(after.date)) == ("Mayor", "2017-07-06")


def test_a_decision_is_taken_back(site: Site, eve: Browser) -> None:
    entry = of(site)
    assert "Take back" not in eve.get(f"entry/{entry.id}")
    decide(eve, entry, "edit", stage="rescinded")
    decide(eve, entry, "undo")
    after = now(site, entry.id)
    assert (after.stage, after.locked) == (entry.stage, entry.locked)
    assert after.revisions[-1].actor == "Eve"
    assert "everything that people decided on it is taken back" in decide(eve, entry, "undo")


def test_entries_are_merged_and_split_again(site: Site, eve: Browser) -> None:
    entry, other = of(site), of(site, "Herald")
    assert "these are two steps" in decide(eve, entry, "merge", others=other.id)
    assert eve.status == 400
    decide(eve, entry, "merge", others=other.id, across="yes", reason="one vote")
    assert {item.publisher for item in now(site, entry.id).evidence} == {"Journal", "Post", "Herald"}
    assert "name the entries" in decide(eve, entry, "merge").lower()
    number = 1 + [item.publisher for item in now(site, entry.id).evidence].index("Herald")
    decide(eve, entry, "split", number=number)
    assert eve.at.startswith("/desk/entry/")
    apart = of(site, "Herald")
    assert apart.id in eve.at
    assert apart.id != entry.id


def test_an_entry_moves_to_another_policy(site: Site, eve: Browser) -> None:
    entry, other = of(site), of(site, "Herald")
    decide(eve, entry, "move", policy=other.policy, reason="one rule")
    assert now(site, entry.id).policy == other.policy
    assert "there is no policy" in decide(eve, entry, "move", policy="nothing").lower()


def test_policies_are_renamed_split_merged_and_taken_back(site: Site, eve: Browser) -> None:
    entry, other = of(site), of(site, "Herald")
    eve.get(f"policy/{entry.policy}")
    assert "Another name" in eve.post(f"policy/{entry.policy}/rename", title="Another name", reason="clearer")
    eve.post(f"policy/{entry.policy}/undo")
    with reading(site.engine) as opened:
        assert decisions.policy(opened, entry.policy).name != "Another name"
    eve.post(f"policy/{entry.policy}/merge", others=other.policy)
    assert now(site, other.id).policy == entry.policy
    eve.post(f"policy/{entry.policy}/split", entry=other.id)
    assert now(site, other.id).policy not in (entry.policy, other.policy)
    assert eve.at.startswith(f"/desk/policy/{now(site, other.id).policy}")
    for what, fields in (("rename", {"title": " "}), ("merge", {"others": "x"}), ("split", {})):
        eve.post(f"policy/{entry.policy}/{what}", **fields)
        assert (eve.status, 'role="alert"' in eve.page) == (400, True), what


def test_a_quote_is_withheld_and_published_again(site: Site, eve: Browser) -> None:
    entry = of(site)
    assert "say which quotes, and why" in decide(eve, entry, "withhold", number="1").lower()
    page = decide(eve, entry, "withhold", number="1", reason="names a child")
    assert "names a child" in page
    with reading(site.engine) as opened:
        (item,) = withholdings(opened, active=True)
    assert item.actor == "Eve"
    eve.post(f"withheld/{item.id}/release", entry=entry.id)
    with reading(site.engine) as opened:
        assert withholdings(opened, active=True) == ()


def test_a_name_is_withheld_and_published_again_by_admins_who_are_sure(site: Site, eve: Browser, ada: Browser) -> None:
    told = {"name": " The  Measure", "reason": "asked <b>for</b> it"}
    ada.get("withheld")
    for wrong, says in (({"name": "12"}, "a name has letters"), ({"reason": " "}, "say why")):
        page = ada.post("withheld/name", **told | wrong)
        assert (ada.status, says in page.lower()) == (400, True), wrong
        html5lib.HTMLParser(strict=True).parse(page)
    page = ada.post("withheld/name", **told)
    html5lib.HTMLParser(strict=True).parse(page)
    assert "1 entry holds it now" in page
    with reading(site.engine) as opened:
        assert withholdings(opened) == (), "nobody was sure yet"
    page = ada.post("withheld/name", **told, sure="yes")
    assert "What went out before stays where it is" in page
    assert "asked &lt;b&gt;for&lt;/b&gt; it" in page
    with reading(site.engine) as opened:
        (item,) = withholdings(opened, active=True)
    assert (item.actor, item.text) == ("Ada", "The Measure")
    assert "It was withheld already" in ada.post("withheld/name", **told, sure="yes")
    eve.get("account")
    assert "Not for your role" in eve.post(f"withheld/{item.id}/release", sure="yes")
    assert "tick that" in ada.post(f"withheld/{item.id}/release").lower()
    assert "published again" in ada.post(f"withheld/{item.id}/release", sure="yes", reason="a mistake")
    with reading(site.engine) as opened:
        (item,) = withholdings(opened)
    assert (item.released_by, item.released_why) == ("Ada", "a mistake")


def said_by_a_reader(site: Site, entry: Entry, about: About, words: str) -> int:
    with session(site.engine) as opened:
        moment = act("Reader", "").at
        return remarks.add(opened, entry.id, about, words, moment, revision=entry.revision).id


def test_what_readers_wrote_comes_first_and_is_answered_by_what_is_decided(site: Site, eve: Browser) -> None:
    entry = of(site, "Herald")
    number = said_by_a_reader(site, entry, About.DATE, "It was <i>in</i> June.")
    front = eve.get("")
    assert front.index("<b>1</b> report of a reader waits for an answer") < front.index("a person;")
    page = eve.get("review")
    assert "It was &lt;i&gt;in&lt;/i&gt; June." in page
    assert f'value="{number}"' in page
    eve.post(f"entry/{entry.id}/edit", remark=number, date="2017-06-02", reason="the minutes")
    with reading(site.engine) as opened:
        told = remarks.get(opened, number)
    assert (told.outcome, told.closed_by) == (RemarkOutcome.CORRECTED, "Eve")
    other = said_by_a_reader(site, entry, About.OTHER, "")
    eve.get(f"entry/{entry.id}")
    eve.post(f"remark/{other}/close", reason="as reported")
    with reading(site.engine) as opened:
        assert remarks.get(opened, other).outcome is RemarkOutcome.STANDS
    assert "No reader waits for an answer." in eve.get("")


def test_the_queue_has_the_order_of_the_command_and_forgets_nothing(site: Site, eve: Browser) -> None:
    with reading(site.engine) as opened:
        order = [one.entry.id for one in queued(opened, ALL, 10, NOW.date())]
    assert len(order) == 2
    eve.get("review")
    assert f"Entry {order[0]}," in eve.page
    queue = hidden(eve, "queue")
    eve.post(f"entry/{order[0]}/confirm", queue=queue, reason="")
    assert f"Entry {order[1]}," in eve.page
    assert "Confirmed:" in eve.page
    eve.get(next_one(eve))
    assert "Nothing else needs a person" in eve.page
    eve.get(f"review?did={order[0]}&what=confirmed&passed={','.join(order)}")
    eve.post(f"entry/{order[0]}/undo", queue=f"passed={','.join(order)}", seen=now(site, order[0]).revision)
    assert f"Entry {order[0]}," in eve.page
    assert now(site, order[0]).status is EntryStatus.PENDING
    eve.get("review?place=Madison,+WI")
    assert "Nothing else needs a person" in eve.page
    eve.get("review?place=Nowhere,+ZZ")
    assert (eve.status, 'role="alert"' in eve.page) == (400, True)


def hidden(browser: Browser, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', browser.page)
    assert found, browser.page
    return found[1].replace("&amp;", "&")


def next_one(browser: Browser) -> str:
    found = re.search(r'href="[^"]*desk/(review\?[^"]*)" data-key="n"', browser.page)
    assert found
    return found[1].replace("&amp;", "&")


def test_no_link_of_the_desk_leads_nowhere(site: Site, ada: Browser) -> None:
    decide(ada, of(site), "withhold", number="1", reason="names a child")
    found = crawl(f"http://127.0.0.1:{site.port}/desk/", headers={"Cookie": ada.cookie})
    assert found.broken == []
    assert {"", "review", "entries", f"entry/{of(site).id}", "users", "subscribers"} <= {*found.pages}


TURNING = "\u202egnp.\u2066"
"""Turns the rest of a line around."""


def test_nothing_on_the_desk_turns_a_line_around(site: Site, ada: Browser) -> None:
    named: dict[str, Any] = {"subject": f"de{TURNING}tainer", "body": f"Common {TURNING} Council"}
    said = f"The Common {TURNING} Council adopted the ordinance on June 21, 2017."
    arrive(site.engine, evidence(outlet=f"Bu{TURNING}gle", url="https://bugle.example/a", quote=said, **named))
    with session(site.engine) as opened:
        feeds.add(opened, "https://bugle.example/feed", NOW, title=f"The {TURNING} Bugle")
    entry = next(one.id for one in live(site.engine) if any("bugle" in item.url for item in one.evidence))
    ada.get(f"entry/{entry}")
    ada.post(f"entry/{entry}/withhold", number="1", reason=f"names {TURNING} a child")
    pages = ("review", "entries", f"entry/{entry}", "articles", "article/1", "feeds", "feed/1", "digest", "withheld")
    turned = [path for path in pages if set(TURNING[:1] + TURNING[-1]) & set(ada.get(path))]
    assert turned == []


HOSTILE: list[dict[str, object]] = [
    {"seen": ""},
    {"seen": "x"},
    {"seen": "9" * 5000},
    {"seen": "1", "remark": "-1"},
    {"seen": "1", "remark": "999"},
    {"seen": ["1", "2"]},
    {"queue": "passed=" + "x" * 5000},
    {"queue": "place=Nowhere%2C+ZZ", "seen": "99"},
    {"queue": "%ff%00&&==", "seen": "99"},
]


@pytest.mark.slow
@pytest.mark.parametrize("what", ["confirm", "edit", "split", "merge", "withhold"])
def test_a_hostile_form_changes_nothing_and_is_no_bug(site: Site, eve: Browser, what: str) -> None:
    entry = of(site)
    eve.get(f"entry/{entry.id}")
    for fields in HOSTILE:
        eve.get(f"entry/{entry.id}")
        page = eve.post(f"entry/{entry.id}/{what}", **{"number": "x", "reason": "\0<script>"} | fields)
        assert eve.status < 500, (fields, page)
        html5lib.HTMLParser(strict=True).parse(page)
    assert "<script>" not in eve.page.replace("<script src", "")
    eve.get(f"entry/{entry.id}")
    eve.post("entry/nothing/confirm", seen="1")
    assert eve.status == 404


def test_a_viewer_sees_all_and_finds_no_form_to_decide_with(site: Site) -> None:
    vic = Browser(site).sign_in("Vic")
    entry = of(site)
    for path in (f"entry/{entry.id}", f"policy/{entry.policy}", "review"):
        page = vic.get(path)
        assert vic.status == 200
        assert not re.search(r'action="[^"]*/(entry|policy)/', page), path


def test_entries_and_articles_are_found_by_words(site: Site, eve: Browser) -> None:
    entry = of(site)
    cases: dict[str, Callable[[str], bool]] = {
        "entries?q=MEASURE+-cards": lambda page: entry.id in page and "<mark>" in page,
        "entries?q=%22library+cards%22": lambda page: entry.id not in page and "1 entry<" in page,
        f"entries?q={entry.id}": lambda page: f"Entry {entry.id}," in page,
        f"entries?q={entry.policy}": lambda page: f"Policy {entry.policy}," in page,
        "entries?q=100%25+_": lambda page: "No entry is like that" in page,
        "entries?place=Milwaukee,+WI&stage=proposed": lambda page: entry.id not in page and "1 entry<" in page,
        "entries?status=rejected": lambda page: "No entry is like that" in page,
        "entries?status=reject": lambda page: "did you mean rejected" in page,
        "entries?place=Nowhere,+ZZ": lambda page: 'role="alert"' in page,
        "entries?page=2": lambda page: entry.id not in page and 'href="?page=1"' in page,
        f"entries?page={'9' * 5000}": lambda page: entry.id in page,
        "entries?q=%ff%00'\"": lambda page: "2 entries<" in page,
        "articles?q=journal": lambda page: page.count("<tr>") == 2,
        "articles?q=nothing+like+it": lambda page: "No article is like that" in page,
    }
    for path, fits in cases.items():
        page = eve.get(path)
        assert fits(page), path
        assert eve.status in (200, 400)
    key = re.search(r'href="[^"]*(article/\d+)"', eve.get(f"entry/{entry.id}"))
    assert key
    page = eve.get(key[1])
    assert FIRST.finding.quote in page
    assert f"entry/{entry.id}" in page
    assert MILWAUKEE not in page


def test_an_action_of_a_council_is_explained_and_its_matters_are_asked_for_again(site: Site, eve: Browser) -> None:
    with session(site.engine) as opened:
        council, _ = feeds.add(opened, "https://example.org/v1/oakford", NOW, kind=SourceKind.LEGISTAR)
        lantern = {"source_id": council.id, "words": "lantern rule", "name": "Lantern rule", "example": "24-1"}
        insert_missing(
            opened, ActionMeaningRow, [lantern | {"body": "", "first_seen": NOW, "meaning": "", "actor": ""}]
        )
        lamps = Matter(5, "24-1", "Ordinance", "Lamps", "", "", "Council", "", None, None, None, "")
        save_matters(opened, council.id, [SortedMatter(lamps, True, "streets")], (), NOW)
        note_asked(opened, council.id, {5: True}, NOW.replace(tzinfo=None))
    assert "action of a council waits" in eve.get("")
    assert "Lantern rule" in eve.get("actions")
    refused = eve.post("actions", source=str(council.id), action="Lantern rule", meaning="perhaps")
    assert "no meaning of an action" in refused
    assert "is rejected from now on" in eve.post(
        "actions", source=str(council.id), action="Lantern rule", meaning="rejected"
    )
    with reading(site.engine) as opened:
        (known,) = actions(opened, decided=True)
        assert (known.meaning, known.actor, count_waiting(opened)) == ("rejected", "Eve", 0)
        assert followed(opened, council.id)[5] == Followed(5, None, None, False)
