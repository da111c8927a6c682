"""The commands as scripts and people meet them: exit statuses, one line an error, nothing else.

Most run in this process through `jobs.cli.run`, which is all that the console script calls; what concerns pipes,
signals and start-up runs the script itself.
"""

import json
import re
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.commands.environment import TRACKER
from support.commands.shell import Shell, assert_one_line

PANELS = ("Start here", "Every day", "Data in and out", "Looking inside")
GROUPS = ("sources", "digest", "review", "alerts", "desk", "opinions")
COMMANDS = (
    *(
        "demo",
        "init",
        "doctor",
        "poll",
        "run",
        "worker",
        "search",
        "report",
        "read",
        "ingest",
        "export",
        "explain",
        "evaluate",
        "migrate",
    ),
    *("page", "reread", "verify", "backup", "restore", "watch", "worker"),
    *(
        f"sources {name}"
        for name in ("add", "list", "show", "remove", "import", "export", "check", "matters", "backfill")
    ),
    *(f"review {name}" for name in ("list", "show", "confirm", "reject", "edit", "undo", "merge", "split", "rename")),
    *("review withhold", "review withheld", "review remarks", "review close"),
    "digest preview",
    "digest again",
    "digest resume",
    *(f"opinions {name}" for name in ("ask", "list", "export", "import")),
    *("alerts list", "alerts send", "alerts test"),
    *(f"desk user {name}" for name in ("add", "list", "remove", "passwd", "role", "sign-out")),
)
FINDING = (
    "jurisdiction jurisdiction_name body instrument topic stage date basis effect direction quote start end score "
    "primary"
)
ENTRY = (
    "id policy jurisdiction jurisdiction_name body instrument topic stage date basis effect direction how_sure title "
    "status revision permalink evidence"
)
TEXT = """Advocates say the city is giving in to Washington.

The revised standard operating procedure on immigration was approved last month by Police Chief Edward Flynn of the \
Milwaukee Police Department and is set to take effect Thursday.

The county sheriff did not comment on the policy."""
MILWAUKEE = {
    "id": "mke",
    "url": "https://news.example/2017/07/04/police-rules",
    "title": "Milwaukee police rewrite rules on immigration",
    "publisher": "Lakefront Ledger",
    "published": "2017-07-04",
    "source_home": "Milwaukee, WI",
    "text": TEXT,
}
DULL = {**MILWAUKEE, "id": "dull", "title": "Fair opens", "text": "The county fair opened on Tuesday with pies."}


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path, monkeypatch, capfd)


def test_alone_it_shows_all_commands_in_their_groups(shell: Shell) -> None:
    result = shell.run()
    assert result.status == 0
    places = [result.out.index(panel) for panel in PANELS]
    assert places == sorted(places)
    for command in (*GROUPS, *COMMANDS):
        assert f" {command.split()[0]} " in result.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(shell: Shell, command: str) -> None:
    result = shell.run(*command.split(), "--help")
    assert result.status == 0
    assert re.search(rf"Example: .*tracker {command}\b", result.out)


def test_the_script_starts_without_what_it_does_not_need(shell: Shell) -> None:
    heavy = "{'onnxruntime', 'numpy', 'trafilatura', 'sqlalchemy', 'pydantic', 'aiohttp', 'apscheduler', 'structlog'}"
    served = "{'fastapi', 'starlette', 'uvicorn', 'anyio', 'prometheus_client'}"
    code = f"import sys, jobs.cli; print(sorted(({heavy} | {served}) & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


BLANK = ("", " \t")
USAGE = [
    (("frobnicate",), "No such command"),
    (("read",), "Missing argument"),
    (("poll", "--fast"), "--fast"),
    (("feeds", "import"), "give either"),
    (("explain",), "give either"),
    (("review", "edit", "0123456789ab"), "name a field"),
    (("review", "split", "0123456789ab"), "say what moves"),
    (("review", "withhold", "0123456789ab"), "say what: ENTRY --quote"),
    (("review", "withhold", "0123456789ab", "--name", "Jane Roe", "--reason", "asked"), "say what: ENTRY --quote"),
    (("review", "withhold", "--name", "Jane Roe"), "say why with --reason"),
    *((("demo", "--out", blank), "'--out': it is empty") for blank in BLANK),
    *((("report", "--out", blank), "'--out': it is empty") for blank in BLANK),
    *((("export", "--out", blank), "'--out': it is empty") for blank in BLANK),
    *((("feeds", "export", "--out", blank), "'--out': it is empty") for blank in BLANK),
    *((("digest", "preview", "--out", blank), "'--out': it is empty") for blank in BLANK),
    *((("digest", "send", "--dry-run", blank), "'--dry-run': it is empty") for blank in BLANK),
    *((("restore", blank), "'FILE': it is empty") for blank in BLANK),
    *((("backup", blank), "'FILE': it is empty") for blank in BLANK),
]


@pytest.mark.parametrize(("arguments", "says"), USAGE, ids=[" ".join(arguments) for arguments, _ in USAGE])
def test_bad_usage_is_status_2_and_one_line(shell: Shell, arguments: tuple[str, ...], says: str) -> None:
    result = shell.run(*arguments)
    assert result.status == 2
    assert_one_line(result.err, says, "--help")
    assert list(shell.folder.iterdir()) == []


BAD = [
    ({"TRACKER_SMTP_PORT": "many"}, ("feeds", "list"), "environment variable TRACKER_SMTP_PORT"),
    ({"TRACKER_CONFIG": "missing.toml"}, ("poll",), "missing.toml"),
    ({"TRACKER_DATA_DIR": "/proc/nowhere"}, ("poll",), "TRACKER_DATA_DIR"),
    ({"TRACKER_DATA_DIR": "/proc/nowhere"}, ("run",), "TRACKER_DATA_DIR"),
    ({"TRACKER_DATABASE_URL": "mysql://localhost/x"}, ("export",), "TRACKER_DATABASE_URL"),
    ({}, ("read", "missing.jsonl"), "missing.jsonl"),
    ({}, ("ingest", "missing.jsonl"), "missing.jsonl"),
    ({}, ("export", "--out", "/proc/x.json"), "/proc/x.json"),
    ({}, ("report", "--out", "/proc/x"), "/proc/x"),
    ({}, ("demo", "--out", "/proc/x"), "/proc/x"),
    ({}, ("feeds", "add", "http://127.0.0.1:1/feed.xml"), "allow_private_addresses"),
    ({}, ("feeds", "add", "feed.xml", "--no-check"), "http://"),
    ({}, ("sources", "remove", "https://news.example/feed.xml"), "sources list"),
    ({}, ("explain", "https://news.example/story"), "not in the database"),
    ({}, ("review", "show", "0123456789ab"), "review list"),
    ({}, ("review", "confirm", "0123456789ab"), "review list"),
    ({}, ("review", "confirm", "0123456789ab", "--by", "tracker"), "--by NAME"),
    ({}, ("review", "edit", "0123456789ab", "--topic", " "), "cannot be empty"),
    ({}, ("review", "withhold", "0123456789ab", "--quote", "1", "--reason", "asked"), "review list"),
    ({}, ("review", "undo", "W1"), "there is no entry W1"),
    ({}, ("alerts", "test"), "`alert_to` is empty"),
    ({}, ("alerts", "send"), "`alert_to` is empty"),
    (
        {"TRACKER_ALERT_TO": "ops@example.org slack//s3cret"},
        ("alerts", "test"),
        "TRACKER_ALERT_TO: address 2 is neither",
    ),
    ({"TRACKER_ALERT_TO": "ops@example.org"}, ("alerts", "test"), "`mail_from` is empty"),
]


@pytest.mark.parametrize(("env", "arguments", "says"), BAD, ids=[" ".join(arguments) for _, arguments, _ in BAD])
def test_bad_input_is_status_1_and_one_line(
    shell: Shell, env: dict[str, str], arguments: tuple[str, ...], says: str
) -> None:
    result = shell.run(*arguments, **env)
    assert result.status == 1
    assert_one_line(result.err, says)


def test_read_keeps_the_order_and_answers_a_bad_line_in_its_place(shell: Shell) -> None:
    shell.write("in.jsonl", DULL, '{"id": "x", "text": "no date"}', "not json", MILWAUKEE)
    result = shell.run("read", "in.jsonl")
    assert result.status == 1
    answers = [json.loads(line) for line in result.out.splitlines()]
    assert [answer["id"] for answer in answers] == ["dull", "x", None, "mke"]
    assert [sorted(answer) for answer in answers[1:3]] == [["error", "id"]] * 2
    assert answers[0]["is_change"] is False
    found = {finding["stage"]: finding for finding in answers[3]["findings"]}
    assert (found["adopted"]["date"], found["effective"]["date"]) == ("2017-06", "2017-07-06")
    for finding in found.values():
        assert " ".join(finding).startswith(FINDING)
        assert TEXT[finding["start"] : finding["end"]] == finding["quote"]


def test_ingest_twice_changes_nothing_and_export_keeps_the_contract(shell: Shell) -> None:
    shell.write("in.jsonl", MILWAUKEE, "{broken")
    first = shell.run("ingest", "in.jsonl")
    assert first.status == 1
    assert "line 2 is not JSON" in first.err
    once = shell.run("export").out
    assert json.loads(shell.run("ingest", "in.jsonl", "--json").out)["new_articles"] == 0
    assert shell.run("export", "--format", "json").out == once
    entries = json.loads(once)
    assert {(entry["stage"], entry["date"]) for entry in entries} >= {
        ("adopted", "2017-06"),
        ("effective", "2017-07-06"),
    }
    assert " ".join(entries[0]).startswith(ENTRY)
    assert entries[0]["evidence"][0]["url"] == MILWAUKEE["url"]


def test_entries_are_chosen_written_explained_and_reported(shell: Shell) -> None:
    shell.write("in.jsonl", MILWAUKEE)
    assert shell.run("ingest", "in.jsonl").status == 0
    everything = json.loads(shell.run("export", "--place", "Wisconsin", "--topic", "immigration").out)
    assert everything
    assert json.loads(shell.run("export", "--place", "Madison, WI").out) == []
    assert shell.run("export", "--format", "csv", "--out", "out.csv").status == 0
    assert (shell.folder / "out.csv").read_text().count("\n") == len(everything) + 1
    found = shell.run("search", "Edward flynn -nowhere", "--place", "Wisconsin", "--year", "2017")
    assert "Milwaukee, WI: " in found.out
    assert "shown of 2 entries, the best first." in found.out
    assert json.loads(shell.run("search", "flynn", "--limit", "1", "--json").out) in everything
    explained = shell.run("explain", str(MILWAUKEE["url"])).out
    assert f"entry {everything[0]['id']}: {everything[0]['title']}\n       its title: " in explained
    assert shell.run("report", "--out", "site").status == 0
    assert (shell.folder / "site" / "wi" / "milwaukee" / "index.html").exists()
    assert "2 older steps recorded" in shell.run("digest", "preview", "--days", "0").out
    archive = shell.run("digest", "preview", "--as-of", "2017-07-05").out
    assert "1 policy, 2 steps" in archive
    assert "How it stands: Adopted in June 2017" in archive
    assert "Nothing new found" in shell.run("digest", "preview", "--as-of", "2017-07-01").out


def test_a_report_takes_the_place_of_nothing_that_is_not_its_own(shell: Shell) -> None:
    assert shell.run("report", "--out", "site").status == 0
    site = {path: path.read_bytes() for path in (shell.folder / "site").rglob("*") if path.is_file()}
    (shell.folder / "blog").mkdir()
    for name in ("notes", "blog/index.html"):
        shell.write(name, "mine")
    for out in ("notes", "blog"):
        refused = shell.run("report", "--out", out)
        assert refused.status == 1
        assert_one_line(refused.err, out, "name another folder")
    assert shell.run("report", "--out", ".").status == 0
    assert {path: path.read_bytes() for path in site} == site, "a report beside those pages, of another build"
    assert [(shell.folder / name).read_text() for name in ("notes", "blog/index.html")] == ["mine\n"] * 2
    assert [path.name for path in (shell.folder / "blog").iterdir()] == ["index.html"]


def test_feeds_come_and_go(shell: Shell) -> None:
    url = "https://news.example/feed.xml"
    assert shell.run("feeds", "add", url, "--no-check", "--home", "Milwaukee, WI", "--title", "Ledger").status == 0
    listed = json.loads(shell.run("feeds", "list", "--json").out)
    assert (listed["url"], listed["state"], listed["home_name"]) == (url, "active", "Milwaukee, WI")
    assert shell.run("feeds", "export", "--out", "feeds.opml").status == 0
    assert shell.run("feeds", "remove", url).status == 0
    assert "no sources yet" in shell.run("feeds", "list").out
    assert shell.run("feeds", "import", "feeds.opml").status == 0
    assert json.loads(shell.run("feeds", "list", "--json").out)["home"] == listed["home"]
    assert shell.run("feeds", "import", "--starter", "--state", "WI").status == 0
    assert shell.run("feeds", "list", "--json").out.count("\n") > 3


def test_init_keeps_what_is_there_and_the_doctor_finds_it_well(shell: Shell) -> None:
    assert shell.run("init").status == 0
    again = shell.run("init")
    assert (again.status, "kept as it was" in again.out) == (0, True)
    well = shell.run("doctor")
    assert well.status == 0, well.out
    shell.write("tracker.toml", 'smtp_host = "127.0.0.1"', "smtp_port = 1")
    ill = shell.run("doctor")
    assert ill.status == 1
    assert [line.split()[1] for line in ill.out.splitlines() if line.startswith("problem")] == ["mail"]


def test_a_full_disk_is_said_and_what_was_recorded_stays(shell: Shell) -> None:
    shell.write("in.jsonl", MILWAUKEE)
    shell.run("ingest", "in.jsonl")
    kept = shell.run("export").out
    size = max(file.stat().st_size for file in (shell.folder / "data").iterdir())
    shell.write("more.jsonl", {**MILWAUKEE, "url": "https://news.example/big", "text": "Nothing happened. " * 20_000})
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        result = shell.run("ingest", "more.jsonl")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert result.status == 1
    assert_one_line(result.err, "tracker.db", "disk")
    assert shell.run("export").out == kept
    assert shell.run("ingest", "more.jsonl").status == 0, "with room again, it is simply run again"


def test_a_full_output_is_said(shell: Shell) -> None:
    with open("/dev/full", "wb") as full:
        result = subprocess.run([TRACKER, "export"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert result.returncode == 1
    assert_one_line(result.stderr, "space")


def test_a_reader_that_goes_away_is_not_worth_a_word(shell: Shell) -> None:
    shell.write("in.jsonl", *[DULL] * 2000)
    result = subprocess.run(
        f"{TRACKER} read in.jsonl | head -n 1", shell=True, capture_output=True, text=True, check=False
    )
    assert result.stdout.count("\n") == 1
    assert result.stderr == ""


def test_answers_come_as_they_are_found_and_ctrl_c_ends_quietly(shell: Shell) -> None:
    pipe = subprocess.PIPE
    with subprocess.Popen([TRACKER, "read", "-"], stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(DULL) + "\n")
        process.stdin.flush()
        assert "dull" in process.stdout.readline(), "an answer comes before the next line is given"
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (130, "")
