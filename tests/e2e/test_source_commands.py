"""`tracker sources` with a council's record on loopback: added, listed, back-filled, looked into, exchanged."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.commands.environment import TRACKER
from support.commands.shell import Shell, answered, assert_one_line
from support.servers.council import EACH, CouncilSite, council
from support.servers.feed_site import Site, feed, item, page
from tracker.gather.feeds.opml import read_opml

MATTERS = 1200
"""More than one page."""
RULES = MATTERS // EACH
HOME = ("--home", "Madison, WI")


@pytest.fixture
def shell(polling_shell: Shell) -> Shell:
    return polling_shell


@pytest.fixture
def record() -> Iterator[CouncilSite]:
    with council(MATTERS) as found:
        yield found


def listed(shell: Shell) -> list[dict[str, object]]:
    return [json.loads(line) for line in shell.run("sources", "list", "--json").out.splitlines()]


def add(shell: Shell, record: CouncilSite, *more: str) -> None:
    assert shell.run("sources", "add", record.base, "--kind", "legistar", *HOME, *more).status == 0


def test_a_record_is_tried_and_needs_a_home(shell: Shell, record: CouncilSite) -> None:
    homeless = shell.run("sources", "add", record.base, "--kind", "legistar")
    assert homeless.status == 1
    assert "say whose council it is, with --home" in homeless.err
    assert listed(shell) == []
    result = shell.run("sources", "add", record.base, "--kind", "legistar", *HOME, "--topic", "Streets")
    assert (result.status, result.out) == (0, "Subscribed to Council record of Madison, WI\n")
    assert_one_line(result.err, "it answers; changed last on 2018-")
    (one,) = listed(shell)
    assert (one["kind"], one["topics"], one["home_name"]) == ("legistar", ["streets"], "Madison, WI")
    assert one["matters"] == {"known": 0, "about_a_rule": 0, "followed": 0}
    again = shell.run("sources", "add", f"{record.base}/Matters?$top=1", "--kind", "legistar", "--all-topics")
    assert "Already subscribed" in again.out
    assert [(one["topics"], one["home_name"]) for one in listed(shell)] == [([], "Madison, WI")]


def test_on_a_terminal_a_person_is_asked_whose_council_it_is(shell: Shell, record: CouncilSite) -> None:
    said = answered(["sources", "add", record.base, "--kind", "legistar"], "Whose council is it?", "Madison, WI\n")
    assert "Subscribed to Council record of Madison, WI" in said


@pytest.mark.parametrize(
    ("address", "answers", "says"),
    [
        ("{base}", [403], ("asks for a token", 'write it into tracker.toml: legistar_tokens = { oakford = "…" }')),
        ("{origin}/v1/nobody", [], ("Legistar has no client nobody",)),
        ("{base}", [404], ("HTTP 404", "a council's API is at https://webapi.legistar.com/v1/CLIENT")),
    ],
)
def test_what_an_api_says_is_told_and_nothing_is_added(
    shell: Shell, record: CouncilSite, address: str, answers: list[int], says: tuple[str, ...]
) -> None:
    record.failing = answers
    where = address.format(base=record.base, origin=record.base.partition("/v1")[0])
    result = shell.run("sources", "add", where, "--kind", "legistar", *HOME)
    assert result.status == 1
    assert_one_line(result.err, *says, "nothing was added; --no-check")
    assert listed(shell) == []


def test_an_empty_record_and_what_is_no_api_are_told(shell: Shell, web: Site) -> None:
    with council(0) as empty:
        result = shell.run("sources", "add", empty.base, "--kind", "legistar", *HOME)
    assert_one_line(result.err, "its record holds no matter", "nothing was added")
    web.pages["/v1/oakford/Bodies"] = page()
    result = shell.run("sources", "add", f"{web.at()}/v1/oakford", "--kind", "legistar", *HOME)
    assert_one_line(result.err, "the answer is no JSON", "no Legistar Web API", "nothing was added")


def test_a_server_that_is_busy_is_tried_again_by_itself(shell: Shell, record: CouncilSite) -> None:
    record.failing = [503]
    result = shell.run("sources", "add", record.base, "--kind", "legistar", *HOME)
    assert result.status == 0
    assert "It does not answer just now: the server answered HTTP 503" in result.err


def test_a_token_of_the_settings_opens_the_record(shell: Shell, record: CouncilSite) -> None:
    record.token = "s3cret"
    arguments = ("sources", "add", record.base, "--kind", "legistar", *HOME)
    for tokens, status in (("{}", 1), ('{"oakford": "wrong"}', 1), ('{"oakford": "s3cret"}', 0)):
        result = shell.run(*arguments, TRACKER_LEGISTAR_TOKENS=tokens)
        assert result.status == status
        assert "s3cret" not in result.out + result.err
    checked = shell.run("sources", "check", TRACKER_LEGISTAR_TOKENS='{"oakford": "wrong"}')
    assert (checked.status, "refuses the token that is set for oakford" in checked.out) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("https://example.org/page", "--kind", "legistar"), 2, "write legistar:CLIENT"),
        (("legistar:", *HOME), 2, "no name of a Legistar client"),
        (("https://example.org/feed", "--kind", "documnts"), 2, "did you mean documents?"),
        (("https://example.org/feed", "--no-check", "--topic", "drugs"), 2, "news is read whole"),
        (("legistar:milwaukee", "--topic", "drugs", "--all-topics"), 2, "contradict"),
        (("legistar:milwaukee", "--no-check"), 1, '--home "Milwaukee, WI"'),
        (("https://milwaukee.legistar.com/Calendar.aspx", "--no-check"), 1, '--home "Milwaukee, WI"'),
    ],
)
def test_bad_usage_is_said(shell: Shell, arguments: tuple[str, ...], status: int, says: str) -> None:
    result = shell.run("sources", "add", *arguments)
    assert result.status == status
    assert_one_line(result.err, says)
    assert listed(shell) == []


def test_of_a_citys_page_the_record_that_it_links_is_named(shell: Shell, web: Site) -> None:
    link = '<a href="https://oakford.legistar.com/Calendar.aspx">Meetings</a>'
    web.pages["/"] = f"{page()}{link}"
    alone = shell.run("sources", "add", f"{web.at()}/")
    assert alone.status == 1
    assert_one_line(alone.err, "links the record of a council", "`tracker sources add legistar:oakford`")
    web.pages |= {"/": f"{page('News=/news.xml')}{link}", "/news.xml": feed(item("/a"), title="News")}
    both = shell.run("sources", "add", f"{web.at()}/")
    assert (both.status, both.out) == (0, "Subscribed to News\n")
    assert "left aside: the record legistar:oakford" in both.err


def test_a_backfill_asks_histories_only_of_what_counts_and_a_second_one_nothing(
    shell: Shell, record: CouncilSite
) -> None:
    add(shell, record)
    result = shell.run("sources", "backfill", record.base, "--since", "2018-03")
    assert (result.status, result.err) == (0, "")
    assert result.out == (
        f"{MATTERS:,} matters on 2 pages, {RULES} histories asked for; {2 * RULES} entries opened, 0 changed.\n"
    )
    assert record.count("Histories") == RULES
    (one,) = listed(shell)
    assert one["matters"] == {"known": MATTERS, "about_a_rule": RULES, "followed": RULES}
    assert one["entries"] == 2 * RULES
    record.asked.clear()
    again = shell.run("sources", "backfill", "1", "--since", "2018-03")
    assert "0 histories asked for; 0 entries opened" in again.out
    assert record.count("Histories") == 0
    followed = [json.loads(line) for line in shell.run("sources", "matters", "1", "--json").out.splitlines()]
    aside = [json.loads(line) for line in shell.run("sources", "matters", "1", "--aside", "--json").out.splitlines()]
    assert (len(followed), len(aside)) == (RULES, MATTERS - RULES)
    assert {one["counts"] for one in followed} == {True}
    header, first = shell.run("sources", "matters", "1", "--aside").out.splitlines()[:2]
    assert header.split("\t") == ["Topic", "File", "Status", "Changed (UTC)", "Matter"]
    assert first.startswith("no rule\t")
    assert shell.run("sources", "matters", "1", "--unknown").out == ""


def test_a_backfill_waits_for_a_server_in_trouble_and_ends_where_it_stays_so(shell: Shell, record: CouncilSite) -> None:
    add(shell, record)
    record.failing = [503, 500]
    result = shell.run("sources", "backfill", "1", "--since", "2018-04-20")
    assert result.status == 0
    assert result.err.count("it goes on in 0 seconds") == 2
    record.failing = [503] * 50
    result = shell.run("sources", "backfill", "1", "--since", "2018-03")
    assert result.status == 1
    assert "the same command goes on from there" in result.err.splitlines()[-1]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_backfill_that_is_ended_goes_on_where_it_was(shell: Shell, record: CouncilSite, how: signal.Signals) -> None:
    add(shell, record)
    arguments = ("sources", "backfill", "1", "--since", "2018-03")
    process = subprocess.Popen([TRACKER, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while record.count("Histories") < RULES - 3 and process.poll() is None:
        time.sleep(0.01)
    os.kill(process.pid, how)
    _, err = process.communicate(timeout=60)
    if how is signal.SIGINT and process.returncode == 130:
        assert "the same command goes on from there" in err
    assert shell.run("poll", "--no-read").status == 0, "a poll between the two loses nothing of the back-fill"
    assert shell.run(*arguments).status == 0
    (one,) = listed(shell)
    assert one["matters"] == {"known": MATTERS, "about_a_rule": RULES, "followed": RULES}
    assert one["entries"] == 2 * RULES
    assert len(json.loads(shell.run("export").out)) == 2 * RULES


def test_what_has_no_past_is_refused(shell: Shell) -> None:
    shell.run("sources", "add", "https://a.example/feed", "--no-check")
    result = shell.run("sources", "backfill", "1", "--since", "2018")
    assert result.status == 1
    assert_one_line(result.err, "of the kind feed, which has no back-fill", "tracker ingest")
    for since, says in (("2999", "is to come"), ("soon", "is no date")):
        bad = shell.run("sources", "backfill", "1", "--since", since)
        assert (bad.status, says in bad.err) == (2, True)
    assert "only a council's record (legistar) has matters" in shell.run("sources", "matters", "1").err


def test_kinds_survive_opml_and_feed_readers_see_no_feed_in_them(shell: Shell, record: CouncilSite) -> None:
    add(shell, record, "--topic", "streets")
    shell.run("sources", "add", "https://a.example/feed", "--no-check", *HOME)
    assert shell.run("sources", "export", "--out", "all.opml").status == 0
    text = (shell.folder / "all.opml").read_text()
    assert text.count("xmlUrl=") == 1
    assert {(one.kind, one.topics) for one in read_opml(text.encode())} == {("feed", ()), ("legistar", ("streets",))}
    before = listed(shell)
    assert shell.run("sources", "remove", "1", "2").status == 0
    assert shell.run("sources", "import", "all.opml").out == "2 sources read, 2 of them new.\n"
    names = ("url", "kind", "home", "topics", "title")
    assert [[one[name] for name in names] for one in listed(shell)] == [[one[name] for name in names] for one in before]
    other = text.replace('tracker:kind="legistar"', 'tracker:kind="ledger"')
    (shell.folder / "other.opml").write_text(other)
    result = shell.run("sources", "import", "other.opml")
    assert (result.status, result.out) == (1, "1 sources read, 0 of them new.\n")
    assert_one_line(result.err, "ledger")


def test_feeds_is_their_older_name(shell: Shell) -> None:
    assert shell.run("feeds", "add", "https://a.example/feed", "--no-check").status == 0
    assert shell.run("feeds", "list", "--json").out == shell.run("sources", "list", "--json").out


def test_a_record_that_is_at_home_elsewhere_is_no_feed(shell: Shell, record: CouncilSite, tmp_path: Path) -> None:
    add(shell, record)
    result = shell.run("sources", "add", record.base, "--kind", "feed", "--no-check")
    assert result.status == 1
    assert_one_line(result.err, "is subscribed to as legistar", "tracker sources remove 1")
