"""`tracker review` for scripts: what it prints, what it does, its exit statuses."""

import getpass
import io
import json
from pathlib import Path
from typing import Any

import pytest

from db.engine import migrate, open_database
from jobs import cli
from support.commands.environment import leave_foreign_out
from support.databases.recording import arrive
from support.timeline.cases import BY_SCORE, CARDS, evidence
from tracker.timeline import how_sure

ITEMS = [
    evidence(score=0.9, outlet="Journal"),
    evidence(score=0.9, outlet="Post", published="2017-06-24"),
    evidence("effective", "2017-07-06", score=0.3, outlet="Radio", quote="It starts July 6."),
    evidence("proposed", "2017-05-02", score=0.7, outlet="News", published="2017-05-03", **CARDS),
]


class Tracker:
    """The command in this process, on a database of its own."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self._capture = capture
        self.err = ""

    def __call__(self, *arguments: str, status: int = 0) -> str:
        self._capture.readouterr()
        assert cli.run(arguments) == status
        out, self.err = self._capture.readouterr()
        return out

    def entries(self) -> dict[str, dict[str, Any]]:
        """What is exported, by the outlet of the first report; empty entries by their ids."""
        found = json.loads(self("export"))
        return {entry["evidence"][0]["publisher"] if entry["evidence"] else entry["id"]: entry for entry in found}


@pytest.fixture
def tracker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Tracker:
    leave_foreign_out(monkeypatch)
    monkeypatch.setenv("TRACKER_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(how_sure, "weights", lambda heard=False: BY_SCORE)
    monkeypatch.setenv("COLUMNS", "160")
    engine = open_database(f"sqlite:///{tmp_path}/tracker.db")
    migrate(engine)
    arrive(engine, *ITEMS)
    engine.dispose()
    return Tracker(capfd)


def test_the_list_has_the_neediest_first_with_reasons(tracker: Tracker) -> None:
    shown = tracker("review", "list")
    assert "uncertain (30%)" in shown
    assert "2 shown of 2 that need a person; 3 entries are pending." in shown
    listed = [json.loads(line) for line in tracker("review", "list", "--json").splitlines()]
    assert [entry["stage"] for entry in listed] == ["proposed", "effective"], "how a policy stands rests on the first"
    assert listed[0]["standing_line"] == "proposed on May 2, 2017, nothing heard since"
    assert listed[0]["need"] == pytest.approx(sum(reason["weight"] for reason in listed[0]["needs"]))
    assert [reason["name"] for reason in listed[0]["needs"]] == ["decides", "likely", "single source"]
    assert tracker("review", "list", "--json", "--limit", "1").count("\n") == 1
    assert tracker("review", "list", "--json", "--topic", "labor") == ""


def test_an_entry_is_shown_with_sentences_sources_and_history(tracker: Tracker) -> None:
    name = tracker.entries()["Journal"]["id"]
    said = tracker("review", "edit", name, "--date", "2017-06-20", "--by", "Ada", "--reason", "the minutes")
    assert said.splitlines()[1] == "It shows now: date: June 21, 2017 → June 20, 2017"
    shown = tracker("review", "show", name)
    for words in (
        "[1] Journal, June 22, 2017",
        "The measure was approved.",
        "set by Ada",
        "Ada: edited date: the minutes",
    ):
        assert words in shown
    told = json.loads(tracker("review", "show", name, "--json"))
    assert told["sources"]["date"] == {"evidence": [], "revision": 3}
    assert told["sources"]["stage"] == {"evidence": [1, 2], "revision": None}
    assert told["evidence"][0]["quote"] in told["evidence"][0]["paragraph"]
    assert told["policy_record"]["id"] == told["policy"]


def test_confirm_and_reject_take_many_and_say_which_they_do_not_know(tracker: Tracker) -> None:
    found = tracker.entries()
    out = tracker("review", "confirm", found["Journal"]["id"], "nothing", found["Radio"]["id"], status=1)
    assert out.count("Confirmed ") == 2
    assert tracker.err.startswith("error: there is no entry nothing;")
    tracker("review", "reject", found["News"]["id"], "--reason", "a study")
    after = tracker.entries()
    assert {name: entry["status"] for name, entry in after.items()} == {
        "Journal": "confirmed",
        "Radio": "confirmed",
        "News": "rejected",
    }
    assert after["News"]["revisions"][-1]["actor"] == getpass.getuser()
    assert after["News"]["revisions"][-1]["reason"] == "rejected: a study"


def test_every_field_can_be_edited_and_emptied_and_taken_back(tracker: Tracker) -> None:
    before = tracker.entries()["News"]
    options = {"place": "Madison, WI", "stage": "Adopted", "body": "", "instrument": "rule", "topic": "Labor"}
    more = {"date": "", "number": "Rule 7", "subject": "Library Hours", "title": "Hours of the library"}
    tracker("review", "edit", before["id"], *(f"--{name}={value}" for name, value in (options | more).items()))
    after = tracker.entries()["News"]
    assert (after["jurisdiction_name"], after["stage"], after["topic"]) == ("Madison", "adopted", "labor")
    assert (after["body"], after["date"], after["identifier"]) == ("", None, "rule 7")
    assert (after["instrument"], after["subject"], after["title"]) == ("rule", "library hours", "Hours of the library")
    tracker("review", "undo", before["id"])
    back = tracker.entries()["News"]
    for changing in ("revision", "revisions"):
        del before[changing], back[changing]
    assert back == before


def test_entries_are_split_and_merged(tracker: Tracker) -> None:
    into = tracker.entries()["Journal"]["id"]
    new = tracker("review", "split", into, "--evidence", "2").split()[2].rstrip(":")
    assert tracker.entries()["Post"]["id"] == new
    assert tracker("review", "merge", into, new).startswith(f"Merged into {into}: ")
    after = tracker.entries()
    assert [item["publisher"] for item in after["Journal"]["evidence"]] == ["Journal", "Post"]
    assert (after[new]["status"], after[new]["evidence"]) == ("rejected", [])


def test_an_empty_title_gives_an_entry_its_own_back(tracker: Tracker) -> None:
    before = tracker.entries()["Journal"]
    assert tracker("review", "rename", before["id"], " Council ends  detainers").startswith("Renamed")
    assert "title: set by a person" in tracker("review", "show", before["id"])
    tracker("review", "rename", before["id"], " ", status=1)
    assert tracker.entries()["Journal"]["title"] == "Council ends detainers"
    tracker("review", "edit", before["id"], "--title", "")
    after = tracker.entries()["Journal"]
    assert (after["title"], "title" in after["locked"]) == (before["title"], False)
    tracker("review", "undo", before["id"])
    assert tracker.entries()["Journal"]["title"] == "Council ends detainers"


def test_an_export_takes_some_stages_alone(tracker: Tracker) -> None:
    chosen = json.loads(tracker("export", "--stage", "effective", "--stage", "Proposed"))
    assert {entry["stage"] for entry in chosen} == {"effective", "proposed"}


def test_two_steps_are_not_merged_and_it_is_said_what_to_do(tracker: Tracker) -> None:
    found = tracker.entries()
    adopted, effective = found["Journal"]["id"], found["Radio"]["id"]
    tracker("review", "merge", adopted, effective, status=1)
    assert f"entry {adopted} has the stage adopted and entry {effective} effective" in tracker.err
    assert f"`tracker review edit {effective} --stage adopted`" in tracker.err
    assert tracker.err.count("\n") == 1
    assert tracker.entries() == found


def test_steps_of_two_stages_are_merged_where_a_person_says_so_and_taken_back(tracker: Tracker) -> None:
    before = tracker.entries()
    adopted, effective = before["Journal"]["id"], before["Radio"]["id"]
    tracker("review", "merge", adopted, effective, "--across-stages")
    after = tracker.entries()
    assert (after["Journal"]["stage"], after[effective]["evidence"]) == ("adopted", [])
    assert "Radio" in [item["publisher"] for item in after["Journal"]["evidence"]]
    tracker("review", "undo", effective)
    assert without_history(tracker.entries()) == without_history(before)


def test_a_merge_says_what_the_entry_shows_otherwise_from_now_on(tracker: Tracker, tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/tracker.db")
    arrive(engine, *ITEMS, evidence("adopted", "2017-06", outlet="Weekly", published="2017-07-20", **CARDS))
    engine.dispose()
    found = tracker.entries()
    said = tracker("review", "merge", found["Weekly"]["id"], found["Journal"]["id"])
    told = said.splitlines()[1]
    assert told.startswith("It shows now: ")
    assert "date: June 2017 → June 21, 2017" in told
    across = tracker("review", "merge", found["Radio"]["id"], found["News"]["id"], "--across-stages")
    assert "date: " not in across


@pytest.mark.parametrize(("said", "merged"), [("y\n", True), ("n\n", False)])
def test_on_a_terminal_it_asks_before_it_merges_two_stages(
    tracker: Tracker, monkeypatch: pytest.MonkeyPatch, said: str, merged: bool
) -> None:
    found = tracker.entries()
    adopted, effective = found["Journal"]["id"], found["Radio"]["id"]
    monkeypatch.setattr("jobs.review.commands.on_terminal", lambda: True)
    monkeypatch.setattr("sys.stdin", io.StringIO(said))
    tracker("review", "merge", adopted, effective, status=0 if merged else 1)
    assert (tracker.entries() != found) is merged


def test_effect_direction_and_policy_are_set_and_taken_back(tracker: Tracker) -> None:
    before = tracker.entries()
    name, other = before["Journal"]["id"], before["News"]["policy"]
    tracker("review", "edit", name, "--effect=limits", "--direction", "less cooperation", "--policy", other)
    after = tracker.entries()["Journal"]
    assert (after["effect"], after["direction"], after["policy"]) == ("limits", "less-cooperation", other)
    assert after["policy_name"] == tracker.entries()["News"]["policy_name"]
    assert {"effect", "direction", "policy"} <= set(after["locked"])
    assert json.loads(tracker("export", "--direction", "less-cooperation"))[0]["id"] == name
    tracker("review", "undo", name)
    assert without_history(tracker.entries()) == without_history(before)


@pytest.mark.parametrize(("option", "what"), [("--effect", "effect"), ("--direction", "direction")])
def test_an_unknown_effect_or_direction_is_refused_with_the_known_ones(
    tracker: Tracker, option: str, what: str
) -> None:
    tracker("review", "edit", tracker.entries()["Journal"]["id"], option, "nonsense", status=2)
    assert what in tracker.err


def test_a_policy_that_is_not_there_is_refused(tracker: Tracker) -> None:
    tracker("review", "edit", tracker.entries()["Journal"]["id"], "--policy", "nothing", status=1)
    assert "there is no policy nothing" in tracker.err


def without_history(entries: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What stands, by id, but for the names of policies; entries without evidence show nothing any more."""
    told = (
        entry | {"revision": 0, "revisions": [], "policy_name": ""} for entry in entries.values() if entry["evidence"]
    )
    return {entry["id"]: entry for entry in told}


def test_decisions_are_taken_back_one_after_another(tracker: Tracker) -> None:
    before = tracker.entries()
    into = before["Journal"]["id"]
    new = tracker("review", "split", into, "--evidence", "2").split()[2].rstrip(":")
    apart = without_history(tracker.entries())
    tracker("review", "merge", into, new)
    tracker("review", "edit", into, "--date", "2017-06-20", "--topic", "labor")
    tracker("review", "undo", new, status=1)
    assert f"entry {into} belongs to that act and was decided on since" in tracker.err
    assert f"`tracker review undo {into}`" in tracker.err
    tracker("review", "undo", into)
    assert tracker("review", "undo", new).startswith(f"Taken back: {new}: ")
    assert without_history(tracker.entries()) == apart
    tracker("review", "undo", into)
    assert without_history(tracker.entries()) == without_history(before)
    tracker("review", "undo", into, status=1)
    assert "everything that people decided on it is taken back" in tracker.err


def test_what_was_decided_on_a_policy_is_taken_back(tracker: Tracker) -> None:
    before = tracker.entries()
    one, other = before["Journal"]["policy"], before["News"]["policy"]
    name = json.loads(tracker("review", "show", one, "--json"))["name"]
    tracker("review", "rename", one, "Who may ask")
    tracker("review", "merge", one, other)
    tracker("review", "undo", before["News"]["id"], status=1)
    assert f"`tracker review undo {one}`" in tracker.err
    assert tracker("review", "undo", one) == f"Taken back: {one}: Who may ask\n"
    assert without_history(tracker.entries()) == without_history(before)
    assert tracker("review", "undo", one) == f"Taken back: {one}: {name}\n"
    tracker("review", "undo", one, status=1)
    assert "nothing that a person decided" in tracker.err


def test_policies_are_merged_split_and_renamed(tracker: Tracker) -> None:
    found = tracker.entries()
    one, other = found["Journal"]["policy"], found["News"]["policy"]
    assert tracker("review", "merge", one, other).startswith(f"Merged into policy {one}: ")
    tracker("review", "rename", one, "Who may ask", "--by", "Ada")
    assert {entry["policy"] for entry in tracker.entries().values()} == {one}
    new = tracker("review", "split", one, "--entry", found["News"]["id"]).split()[2].rstrip(":")
    assert tracker.entries()["News"]["policy"] == new
    told = json.loads(tracker("review", "show", found["Journal"]["id"], "--json"))["policy_record"]
    assert told["name"] == "Who may ask"
    assert [(item["actor"], item["reason"].split(" ")[0]) for item in told["revisions"]][1] == ("Ada", "renamed")


def test_a_policy_is_shown_with_how_it_stands_and_its_entries(tracker: Tracker) -> None:
    found = tracker.entries()
    name = found["Journal"]["policy"]
    tracker("review", "rename", name, "Who may ask", "--by", "Ada")
    shown = tracker("review", "show", name)
    for words in ("Who may ask", "adopted on June 21, 2017", found["Radio"]["id"], "Ada: renamed"):
        assert words in shown
    told = json.loads(tracker("review", "show", name, "--json"))
    assert [entry["stage"] for entry in told["entries"]] == ["adopted", "effective"]


def test_alone_it_shows_its_commands(tracker: Tracker) -> None:
    assert tracker("review") == tracker("review", "--help")
    assert "queue" not in tracker("review")


@pytest.mark.parametrize("more", [(), ("--place", "Milwaukee, WI", "--by", "Ada"), ("--help",)])
def test_who_asks_for_the_queue_is_sent_to_the_desk(tracker: Tracker, more: tuple[str, ...]) -> None:
    assert tracker("review", "queue", *more, status=cli.BAD_USAGE) == ""
    assert tracker.err.count("\n") == 1
    for words in ("no `review queue` any more", "`/desk/`", "`desk = true`", "`tracker review list`"):
        assert words in tracker.err


def test_what_is_published_is_set_and_what_a_person_confirms_joins_it(
    tracker: Tracker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def built() -> str:
        tracker("report", "--out", str(tmp_path / "site"))
        return (tmp_path / "site/index.html").read_text("utf-8")

    starts = tracker.entries()["Radio"]
    address = f"entry/{starts['id']}/"
    assert address in built()
    monkeypatch.setenv("TRACKER_PUBLISH", "likely")
    assert address not in built()
    monkeypatch.setenv("TRACKER_PUBLISH", "confirmed")
    assert "entry/" not in built()
    tracker("review", "confirm", starts["id"])
    assert address in built()


def test_a_quote_and_a_name_are_withheld_listed_shown_and_taken_back(tracker: Tracker) -> None:
    before = tracker("export")
    name = tracker.entries()["Radio"]["id"]
    said = tracker("review", "withhold", name, "--quote", "1", "--reason", "names a child", "--by", "Ada")
    assert said.startswith("Withheld as W1: “It starts July 6.” (https://radio.example/2017-06-22)\n")
    assert "run `tracker report`" in said
    assert "Withheld already as W1" in tracker("review", "withhold", name, "--quote", "1", "--reason", "again")
    said = tracker("review", "withhold", "--name", "Jane Roe", "--reason", "asked", "--by", "Ada")
    assert said.startswith("Withheld as W2: the name Jane Roe (nothing holds it now, check how it is spelt)\n")
    assert tracker.entries()["Radio"]["evidence"][0]["quote"].startswith("[quote withheld on ")
    listed = [json.loads(line) for line in tracker("review", "withheld", "--json").splitlines()]
    assert [(item["id"], item["kind"], item["reason"]) for item in listed] == [
        ("W1", "quote", "names a child"),
        ("W2", "name", "asked"),
    ]
    assert "Ada: names a child" in tracker("review", "withheld")
    shown = tracker("review", "show", name)
    assert "It starts July 6." in shown, "whoever reviews sees it"
    assert "Withheld from everything published" in shown
    assert [item["id"] for item in json.loads(tracker("review", "show", name, "--json"))["withheld"]] == ["W1"]
    tracker("review", "withhold", name, "--quote", "7", "--reason", "x", status=1)
    assert "there is no number 7" in tracker.err
    assert tracker("review", "undo", "W1", "--by", "Bob").startswith("Published again: “It starts July 6.”")
    assert tracker("review", "undo", "W1").startswith("Published already")
    assert tracker("export") == before
    assert "taken back" in tracker("review", "withheld")
