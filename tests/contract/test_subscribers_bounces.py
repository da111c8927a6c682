"""Mails that came back and answers, read from mailboxes: what they do to a subscriber, once each."""

import mailbox
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.engine import reading
from db.mail import ledger, subscribers
from db.sessions import session
from jobs.mail import bounces
from jobs.mail import prepare as mail_prepare
from jobs.mail.link_tokens import Purpose, Tokens
from jobs.mail.mailing import Mailing
from jobs.settings import Settings
from support.mail.news import MONDAY, add_entry, add_reader
from support.mail.sending import Clock
from tracker.errors import BadInput
from tracker.publish.mail.subscribers import Subscriber

ADA = "ada@example.org"
BEFORE = MONDAY - timedelta(days=3)


class Desk:
    """One subscriber with one mail, and a mailbox."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine, self.folder, self.clock = engine, folder, Clock(MONDAY)
        self.settings = Settings(data_dir=folder, mail_from="digest@tracker.example")
        self.said: list[str] = []
        add_entry(engine, "one", BEFORE)
        self.id = add_reader(engine, ADA, BEFORE).id
        mail_prepare.prepare(engine, Mailing.of(self.settings), self.clock())
        with reading(engine) as opened:
            (self.message,) = ledger.messages_of(opened, self.id)

    def reader(self) -> Subscriber:
        with reading(self.engine) as opened:
            return subscribers.some(opened, [self.id])[self.id]

    def read(self, *mails: bytes) -> dict[str, int]:
        box = mailbox.mbox(self.folder / "box")
        box.clear()
        for mail in mails:
            box.add(mail)
        box.close()
        tally = bounces.read_all(self.engine, self.settings, str(self.folder / "box"), self.clock(), self.said.append)
        return {name: count for name, count in tally.items() if name != "mails"}

    def report(self, number: int = 1, status: str = "5.1.1", message_id: str = "", action: str = "failed") -> bytes:
        return (
            f"From: MAILER-DAEMON@mx.example\nMessage-ID: <r{number}@mx.example>\nMIME-Version: 1.0\n"
            'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
            "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
            f"Final-Recipient: rfc822; {ADA}\nAction: {action}\nStatus: {status}\n"
            "Diagnostic-Code: smtp; 550 mailbox gone\n\n"
            f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {message_id or self.message.message_id}\n\n--b--\n"
        ).encode()

    def answer(self, subject: str, number: int = 1) -> bytes:
        return f"From: {ADA}\nSubject: {subject}\nMessage-ID: <a{number}@example.org>\n\nThanks.\n".encode()

    def token(self, purpose: Purpose) -> str:
        return Tokens.of(self.folder).make(purpose, self.reader().key)


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Desk:
    return Desk(engine, tmp_path)


def test_an_address_that_does_not_exist_is_left_alone_visibly(desk: Desk) -> None:
    assert desk.read(desk.report()) == {"suppressed": 1}
    assert (desk.reader().state, desk.reader().problem) == ("suppressed", "550 mailbox gone")
    assert desk.said == [f"{ADA} is left alone from now on: 550 mailbox gone"]


def test_other_refusals_take_three_and_a_report_read_again_counts_once(desk: Desk) -> None:
    reports = [desk.report(number, "5.7.1") for number in range(3)]
    assert desk.read(reports[0]) == {"returned": 1}
    assert desk.read(*reports[:2]) == {"known": 1, "returned": 1}
    assert desk.reader().state == "active"
    assert desk.read(*reports) == {"known": 2, "suppressed": 1}
    assert desk.reader().state == "suppressed"


def test_a_delay_and_a_full_mailbox_are_no_strikes(desk: Desk) -> None:
    reports = [desk.report(number, "4.2.2") for number in range(4)] + [desk.report(9, "4.4.1", action="delayed")]
    assert desk.read(*reports) == {"delayed": 5}
    assert desk.reader().state == "active"


def test_a_report_that_does_not_quote_our_mail_is_one_strike_and_no_more(desk: Desk) -> None:
    assert desk.read(desk.report(message_id="<forged@elsewhere.example>")) == {"returned": 1}
    assert desk.reader().state == "active"


def test_confirming_lifts_it_and_old_reports_stay_known(desk: Desk) -> None:
    desk.read(desk.report())
    with session(desk.engine) as opened:
        subscribers.confirm(opened, desk.id, desk.clock())
    assert desk.reader().state == "active"
    assert desk.read(desk.report()) == {"known": 1}
    assert desk.reader().state == "active"


def test_an_answer_unsubscribes_once_even_if_it_is_read_after_a_new_yes(desk: Desk) -> None:
    leave = desk.answer(f"Re: unsubscribe {desk.token(Purpose.MANAGE)}")
    assert desk.read(leave) == {"unsubscribe": 1}
    assert desk.reader().state == "unsubscribed"
    back = desk.answer(f"confirm {desk.token(Purpose.CONFIRM)}", 2)
    assert desk.read(leave, back) == {"known": 1, "confirm": 1}
    assert desk.read(leave, back) == {"known": 2}
    assert desk.reader().state == "active"


def test_an_answer_with_a_forged_token_does_nothing(desk: Desk) -> None:
    token = desk.token(Purpose.MANAGE)
    assert desk.read(desk.answer(f"unsubscribe {token[:-2]}xx")) == {"other": 1}
    assert desk.reader().state == "active"


def test_a_maildir_is_read_and_left_as_it_is(desk: Desk, tmp_path: Path) -> None:
    box = mailbox.Maildir(tmp_path / "maildir")
    box.add(desk.report())
    files = sorted(path for path in (tmp_path / "maildir").rglob("*") if path.is_file())
    tally = bounces.read_all(desk.engine, desk.settings, str(tmp_path / "maildir"), desk.clock(), desk.said.append)
    assert tally["suppressed"] == 1
    assert sorted(path for path in (tmp_path / "maildir").rglob("*") if path.is_file()) == files


@pytest.mark.parametrize("name", ["missing", "."])
def test_what_is_no_mailbox_is_said(desk: Desk, tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput):
        bounces.read_all(desk.engine, desk.settings, str(tmp_path / name), desk.clock(), desk.said.append)
