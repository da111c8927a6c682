"""The commands of the digest as people and scripts meet them, and the daemon that sends at the hour. Real SMTP."""

import email
import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.policy import default
from pathlib import Path

import pytest

from db.engine import open_database
from db.ops import incidents
from db.sessions import session
from jobs import cli
from support.commands.environment import TRACKER, leave_foreign_out
from support.mail.server import PASSWORD, USER, MailServer, start_server

PATIENCE_S = 90
ADA, BOB = "ada@example.org", "bob@example.org"
COMMANDS = ("subscribers add", "subscribers list", "subscribers confirm", "subscribers pause", "subscribers resume",
            "subscribers remove", "subscribers import", "digest preview", "digest send", "digest again",
            "digest bounces")  # fmt: skip


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    running = start_server(tmp_path)
    yield running
    running.stop()


class Shell:
    """Commands in this process, with a data folder and a mail server of their own, and one article recorded."""

    def __init__(self, folder: Path, server: MailServer, monkeypatch: pytest.MonkeyPatch, capture: object) -> None:
        self.folder, self.server, self._capture = folder, server, capture
        leave_foreign_out(monkeypatch)
        for name, value in self.env().items():
            monkeypatch.setenv(name, value)
        monkeypatch.chdir(folder)
        today = datetime.now(UTC).date().isoformat()
        text = (
            "MADISON, Wis. - The Madison Common Council voted 15-3 Tuesday to adopt an ordinance that bans the use of "
            "facial recognition technology by all city agencies, including the Madison Police Department. The rule "
            f"takes effect on January 1, {int(today[:4]) + 1}."
        )
        article = {"id": "a", "url": "https://news.example/a", "title": "Madison bans facial recognition", "text": text,
                   "published": today, "source_home": "Madison, WI", "publisher": "Isthmus"}  # fmt: skip
        (folder / "in.jsonl").write_text(json.dumps(article) + "\n")
        assert self.run("ingest", "in.jsonl")[0] == 0

    def env(self) -> dict[str, str]:
        return {
            "TRACKER_DATA_DIR": str(self.folder / "data"),
            "TRACKER_SMTP_HOST": "localhost",
            "TRACKER_SMTP_PORT": str(self.server.port),
            "TRACKER_SMTP_USER": USER,
            "TRACKER_SMTP_PASSWORD": PASSWORD,
            "TRACKER_MAIL_FROM": "digest@tracker.example",
            "TRACKER_MAIL_PER_MINUTE": "0",
            "TRACKER_WEB_URL": "https://tracker.example",
            "SSL_CERT_FILE": str(self.server.ca),
            "COLUMNS": "200",
        }

    def run(self, *arguments: str) -> tuple[int, str, str]:
        self._capture.readouterr()  # type: ignore[attr-defined]
        status = cli.run(arguments)
        out, err = self._capture.readouterr()  # type: ignore[attr-defined]
        return status, out, err

    def readers(self) -> dict[str, dict[str, object]]:
        lines = self.run("subscribers", "list", "--json")[1].splitlines()
        return {record["address"]: record for record in map(json.loads, lines)}


@pytest.fixture
def shell(
    tmp_path: Path, server: MailServer, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Shell:
    return Shell(tmp_path, server, monkeypatch, capfd)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(command: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.run([*command.split(), "--help"]) == 0
    assert re.search(rf"Example: tracker {command}\b", capfd.readouterr().out)


def test_somebody_is_added_asked_confirmed_and_written_to_once(shell: Shell) -> None:
    status, out, _ = shell.run("subscribers", "add", ADA, "--place", "Madison, WI", "--hour", "8")
    assert (status, "They were asked by mail." in out) == (0, True)
    (question,) = shell.server.box.to(ADA)
    assert question["Subject"] == "Please confirm that you want these mails"
    assert "https://tracker.example/confirm/c" in question.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert shell.run("digest", "send", "--now")[:2] == (0, "0 mails sent.\n")
    assert shell.run("subscribers", "confirm", ADA)[0] == 0
    waits = "No mail is due; `--now` does not wait for the hour.\n"
    assert shell.run("digest", "send") == (0, "0 mails sent.\n", waits)
    assert shell.run("digest", "send", "--dry-run", "mails")[2].startswith(waits)
    assert shell.run("subscribers", "pause", ADA, "--by", "Eve")[:2] == (0, f"Paused {ADA}\n")
    assert [shell.readers()[ADA][name] for name in ("state", "paused_by")] == ["paused", "Eve"]
    assert shell.run("digest", "send", "--now")[:2] == (0, "0 mails sent.\n")
    assert shell.run("subscribers", "resume", ADA)[:2] == (0, f"Resumed {ADA}\n")
    for told in ("1 mail sent.\n", "0 mails sent.\n"):
        assert shell.run("digest", "send", "--now")[:2] == (0, told)
    mail, record = shell.server.box.to(ADA)[1], shell.readers()[ADA]
    assert "Madison" in mail["Subject"]
    assert (record["state"], record["hour"], record["last_mail"]["state"]) == ("active", 8, "sent")  # type: ignore[index]
    assert record["last_mail"]["message_id"] == mail["Message-ID"]  # type: ignore[index]


def test_the_preview_is_what_would_be_sent_and_marks_nothing(shell: Shell) -> None:
    shell.run("subscribers", "add", ADA, "--confirmed")
    first = shell.run("digest", "preview", "--to", ADA)[1]
    assert first.startswith("Subject: ")
    assert shell.run("digest", "preview", "--to", ADA)[1] == first
    assert shell.run("digest", "preview", "--to", ADA, "--out", "mail")[0] == 0
    assert (shell.folder / "mail" / "digest.txt").read_text() == first
    shell.run("digest", "send", "--now")
    (mail,) = shell.server.box.to(ADA)
    text = mail.get_body(("plain",)).get_content().replace("\r\n", "\n")  # type: ignore[union-attr]
    assert f"Subject: {mail['Subject']}\n\n{text}".strip() == first.strip()
    assert "Nothing new" in shell.run("digest", "preview", "--to", ADA)[1]


def test_with_web_url_alone_exports_and_the_report_lead_there(shell: Shell) -> None:
    (entry, *_) = json.loads(shell.run("export")[1])
    assert entry["permalink"] == f"https://tracker.example/entry/{entry['id']}/"
    assert f'href="https://tracker.example/entry/{entry["id"]}/"' in shell.run("export", "--format", "atom")[1]
    assert shell.run("report", "--out", "site")[0] == 0
    page = (shell.folder / "site" / "entry" / entry["id"] / "index.html").read_text()
    assert f'<link rel="canonical" href="https://tracker.example/entry/{entry["id"]}/">' in page
    assert entry["permalink"] in (shell.folder / "site" / "wi" / "madison" / "entries.atom").read_text()
    assert f"https://tracker.example/entry/{entry['id']}/" in shell.run("digest", "preview")[1]


def test_the_doctor_says_where_readers_would_confirm_and_leave(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    says = "readers confirm and leave at `public_url`"
    monkeypatch.setenv("TRACKER_PUBLIC_URL", "https://pages.example/report/")
    assert says not in shell.run("doctor")[1]
    monkeypatch.setenv("TRACKER_WEB_URL", "")
    assert says in shell.run("doctor")[1]


def test_the_preview_says_who_would_get_nothing(shell: Shell) -> None:
    shell.run("subscribers", "add", ADA)
    assert shell.run("digest", "preview", "--to", ADA)[2].startswith(f"{ADA} is unconfirmed and gets no such mail now")
    shell.run("subscribers", "confirm", ADA)
    assert shell.run("digest", "preview", "--to", ADA)[2] == ""


def test_a_dry_run_writes_the_mails_and_marks_nothing(shell: Shell) -> None:
    for address in (ADA, BOB):
        shell.run("subscribers", "add", address, "--confirmed")
    status, out, err = shell.run("digest", "send", "--now", "--to", ADA, "--dry-run", "mails")
    assert (status, out.count(".eml"), err) == (0, 1, "1 mail written, none sent, nothing marked.\n")
    written = email.message_from_bytes(Path(out.strip()).read_bytes(), policy=default)
    assert written["To"] == ADA
    assert written["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert shell.server.box.taken == []
    assert shell.run("digest", "send", "--now")[1] == "2 mails sent.\n"


def test_more_is_followed_by_adding_again_and_a_removed_one_is_forgotten(shell: Shell) -> None:
    shell.run("subscribers", "add", ADA, "--place", "Madison, WI", "--confirmed", "--weekday", "fri")
    shell.run(
        "subscribers", "add", "ADA@example.org", "--place", "Wisconsin", "--topic", "housing", "--stage", "adopted"
    )
    record = shell.readers()[ADA]
    assert (record["weekday"], len(record["subscriptions"])) == (4, 2)  # type: ignore[arg-type]
    assert "Wisconsin and all places in it: Housing; Adopted" in shell.run("subscribers", "list")[1]
    assert shell.run("subscribers", "remove", ADA)[0] == 0
    assert shell.readers() == {}


def test_a_csv_is_imported_line_by_line_and_whoever_left_stays_away(shell: Shell) -> None:
    (shell.folder / "readers.csv").write_text(
        f'address,place,confirmed\n{ADA},"Madison, WI",yes\nnobody,,yes\n{BOB},"Atlantis, WI",yes\n'
    )
    status, out, err = shell.run("subscribers", "import", "readers.csv")
    assert (status, out) == (1, "1 line taken, 2 left out.\n")
    assert [line.partition(": ")[2][:24] for line in err.splitlines()] == [
        "readers.csv, line 3: not",
        "readers.csv, line 4: no ",
    ]
    from db.engine import open_database
    from db.mail import subscribers
    from db.sessions import session

    engine = open_database(f"sqlite:///{shell.folder / 'data' / 'tracker.db'}")
    with session(engine) as opened:
        reader = subscribers.by_address(opened, ADA)
        assert reader is not None
        subscribers.end(opened, reader.id, datetime.now(UTC))
    status, _, err = shell.run("subscribers", "import", "readers.csv")
    assert "only they can come back" in err
    assert shell.readers()[ADA]["state"] == "unsubscribed"


def test_an_imported_person_is_asked_at_the_next_round(shell: Shell) -> None:
    (shell.folder / "readers.csv").write_text(f"address\n{ADA}\n")
    status, _, err = shell.run("subscribers", "import", "readers.csv")
    assert (status, err.startswith("1 mail waits to go out"), "`tracker digest send`" in err) == (0, True, True)
    assert shell.run("digest", "send")[1:] == ("1 mail sent.\n", "")
    assert shell.server.box.to(ADA)[0]["Subject"] == "Please confirm that you want these mails"


def test_a_refusal_is_said_shown_and_makes_the_exit_status_1(shell: Shell) -> None:
    shell.run("subscribers", "add", ADA, "--confirmed")
    shell.server.faults.refused = frozenset({ADA})
    status, out, err = shell.run("digest", "send", "--now")
    assert status == 1
    assert out == "0 mails sent, 1 refused, 1 left alone from now on.\n"
    assert err.startswith(f"warning: {ADA}: 550 5.1.1 no such mailbox")
    assert shell.readers()[ADA]["state"] == "suppressed"
    assert "mails came back" in shell.run("subscribers", "list")[1]


def kill_with_a_mail_in_hand(shell: Shell) -> None:
    from db.engine import open_database
    from db.mail import ledger
    from db.sessions import session
    from jobs.mail import prepare as mail_prepare
    from jobs.mail.mailing import Mailing
    from jobs.settings import load

    engine, now = open_database(f"sqlite:///{shell.folder / 'data' / 'tracker.db'}"), datetime.now(UTC)
    mail_prepare.prepare(engine, Mailing.of(load()), now, early=True)
    with session(engine) as opened:
        assert ledger.claim(opened, now)
    engine.dispose()


def test_a_mail_in_doubt_is_shown_and_told_again_where_somebody_says_so(shell: Shell) -> None:
    shell.run("subscribers", "add", ADA, "--confirmed")
    kill_with_a_mail_in_hand(shell)
    shell.server.faults.share, shell.server.faults.kinds = 1.0, ("spam",)
    refused = "0 mails sent, 1 refused after it may have arrived.\n"
    assert shell.run("digest", "send")[:2] == (1, refused)
    assert shell.readers()[ADA]["last_mail"]["state"] == "doubtful"  # type: ignore[index]
    (line,) = [line for line in shell.run("doctor")[1].splitlines() if ADA in line]
    assert line.startswith("warning  mail ")
    assert "may have arrived" in line
    assert "this looks like spam" in line
    assert "`tracker digest again ADDRESS`" in line
    shell.server.faults.share = 0.0
    assert shell.run("digest", "send", "--now")[1] == "0 mails sent.\n"
    assert shell.run("digest", "again", ADA)[:2] == (0, f"What 1 mail told {ADA} will be told by the next.\n")
    assert ADA not in shell.run("doctor")[1]
    assert shell.run("digest", "send", "--now")[1] == "1 mail sent.\n"
    assert "Madison" in shell.server.box.to(ADA)[0]["Subject"]
    assert shell.run("digest", "again", ADA)[:2] == (0, f"No mail to {ADA} is in doubt.\n")


BAD = [
    (("subscribers", "add", "ada"), "not a mail address"),
    (("subscribers", "add", "nosuchchannel://x"), "Apprise"),
    (("subscribers", "remove", ADA), "subscribers list"),
    (("subscribers", "import", "missing.csv"), "missing.csv"),
    (("digest", "send", "--to", ADA), "subscribers list"),
    (("digest", "preview", "--to", ADA), "subscribers list"),
    (("digest", "again", ADA), "subscribers list"),
    (("digest", "bounces", "missing"), "missing: cannot be read as a mailbox (No such file or directory)"),
]


@pytest.mark.parametrize(("arguments", "says"), BAD, ids=[" ".join(arguments) for arguments, _ in BAD])
def test_bad_input_is_status_1_and_one_line(shell: Shell, arguments: tuple[str, ...], says: str) -> None:
    status, _, err = shell.run(*arguments)
    assert (status, err.count("\n")) == (1, 1)
    assert says in err
    assert shell.readers() == {}


UNKNOWN = [
    (("--topic", "imigration"), "did you mean immigration?"),
    (("--stage", "adoptd"), "did you mean adopted?"),
    (("--timezone", "Milwaukee"), "America/Chicago"),
    (("--timezone", "America/Chicgo"), "did you mean America/Chicago"),
    (("--weekday", "someday"), "monday"),
    (("--frequency", "wekly"), "did you mean weekly?"),
    (("--place", "Atlantis, WI"), "Atlantis"),
]


@pytest.mark.parametrize(("options", "says"), UNKNOWN, ids=[" ".join(options) for options, _ in UNKNOWN])
def test_an_unknown_value_is_bad_usage_and_the_nearest_known_ones_are_named(
    shell: Shell, options: tuple[str, ...], says: str
) -> None:
    status, _, err = shell.run("subscribers", "add", ADA, *options)
    assert (status, err.count("\n")) == (2, 1)
    assert says in err
    assert shell.readers() == {}


def test_without_a_mail_server_it_says_what_to_set(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_SMTP_HOST", "")
    status, _, err = shell.run("subscribers", "add", ADA)
    assert (status, "https://tracker.example/confirm/c" in err) == (0, True)
    status, _, err = shell.run("digest", "send")
    assert (status, "`smtp_host` is empty" in err) == (1, True)
    monkeypatch.setenv("TRACKER_SMTP_HOST", "localhost")
    monkeypatch.setenv("TRACKER_MAIL_FROM", "")
    status, _, err = shell.run("digest", "send")
    assert (status, "`mail_from` is empty" in err) == (1, True)


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def wait_for(what: Callable[[], bool], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if what():
            return
        time.sleep(0.2)
    raise AssertionError(log.read_text())


@pytest.mark.slow
def test_the_daemon_sends_serves_and_lets_one_click_unsubscribe(shell: Shell) -> None:
    shell.run("subscribers", "add", ADA, "--confirmed", "--frequency", "at-once")
    port, log = free_port(), shell.folder / "daemon.log"
    env = os.environ | {"TRACKER_WEB_PORT": str(port), "TRACKER_WEB_URL": f"http://127.0.0.1:{port}"}
    with log.open("wb") as file:
        daemon = subprocess.Popen([TRACKER, "run"], env=env, stderr=file, cwd=shell.folder)
    try:
        wait_for(lambda: bool(shell.server.box.to(ADA)), log)
        (mail,) = shell.server.box.to(ADA)
        link = re.search(r"<(http[^>]*)>", mail["List-Unsubscribe"])
        assert link is not None
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
            assert json.load(answer) == {"status": "ok"}
        wait_for(lambda: "reported" in log.read_text(), log)
        html = mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
        ours = {found for found in re.findall(r'href="([^"]*)"', html) if found.startswith(f"http://127.0.0.1:{port}/")}
        assert {found.split("/")[3] for found in ours} == {"", "entry", "wi", "preferences", "unsubscribe"}
        for found in ours:
            with urllib.request.urlopen(found) as answer:
                assert answer.status == 200
        with urllib.request.urlopen(link[1], data=b"List-Unsubscribe=One-Click") as answer:
            assert answer.status == 200
        assert shell.readers()[ADA]["state"] == "unsubscribed"
    finally:
        daemon.send_signal(signal.SIGTERM)
        assert daemon.wait(PATIENCE_S) == 0
    events = [json.loads(line) for line in log.read_text().splitlines()]
    assert {"event": "mailed", "sent": 1}.items() <= next(e for e in events if e["event"] == "mailed").items()
    assert [event["event"] for event in events][-2:] == ["stopping", "stopped"]


def test_erasing_wants_a_yes_says_what_stays_and_no_list_brings_it_back(shell: Shell) -> None:
    shell.run("subscribers", "add", ADA, "--confirmed")
    status, _, err = shell.run("subscribers", "remove", ADA, "--erase")
    assert (status, "nothing was erased, since nobody can be asked here; --yes" in err) == (1, True)
    assert ADA in shell.readers()
    status, out, _ = shell.run("subscribers", "remove", ADA, "--erase", "--yes")
    assert status == 0
    assert [line.partition(":")[0] for line in out.splitlines()] == ["Erased", "Kept", "Not reached"]
    status, out, _ = shell.run("subscribers", "remove", ADA, "--erase")
    assert (status, "was erased on" in out) == (0, True)
    assert shell.run("subscribers", "remove", BOB, "--erase", "--yes")[0] == 1
    (shell.folder / "list.csv").write_text(f"address\n{ADA}\n{BOB}\n")
    status, out, err = shell.run("subscribers", "import", "list.csv")
    assert (status, out) == (1, "1 line taken, 1 left out.\n")
    assert "line 2: ada@example.org was erased on" in err
    assert "they were asked" in shell.run("subscribers", "add", ADA)[1].lower()
    assert shell.readers()[ADA]["state"] == "unconfirmed"


def test_alerts_are_tried_listed_and_sent_by_hand(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shell.run("alerts", "list")[:2] == (0, "All is well.\n")
    monkeypatch.setenv("TRACKER_ALERT_TO", f"{ADA} {BOB}")
    shell.server.faults.refused = frozenset({BOB})
    status, out, err = shell.run("alerts", "test")
    assert (status, out) == (1, f"{ADA}: sent\n")
    assert err == f"error: {BOB}: 550 5.1.1 no such mailbox\n"
    assert shell.server.box.to(ADA)[0]["Subject"] == "tracker.example: a test of alerts"
    assert shell.run("alerts", "send")[:2] == (0, "There is nothing to tell.\n")
    assert f"problems are told to {ADA}, {BOB}; `tracker alerts test` tries it" in shell.run("doctor")[1]
    engine = open_database(f"sqlite:///{shell.folder / 'data' / 'tracker.db'}")
    with session(engine) as opened:
        for _ in range(incidents.LASTING):
            incidents.note(opened, "job report", "no room", datetime.now(UTC))
    engine.dispose()
    status, out, _ = shell.run("alerts", "list")
    assert (status, out.startswith("grave    job report: no room (3 times since ")) == (1, True)
    assert out.endswith("(not told yet)\n")
