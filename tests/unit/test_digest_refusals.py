"""What a refusal means, and what a mail that came back says. Real dialects of mail servers, in our own words."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.publish.mail import bounces
from tracker.publish.mail.bounces import MailCommand, ReturnedMail, parse_incoming

NOW = datetime(2026, 11, 23, tzinfo=UTC)
OURS = "<0123456789abcdef0123456789abcdef@tracker.example>"
CODES = [
    ("550 5.1.1 <x@example.org>: user unknown", "5.1.1"),
    ("452-4.2.2 The recipient's inbox is out of storage", "4.2.2"),
    ("smtp; 550-5.7.26 unauthenticated mail from 10.5.1.1 is not taken", "5.7.26"),
    ("550 No such user here", ""),
    ("connect to 5.1.1.9 timed out", ""),
]


@pytest.mark.parametrize(("says", "status"), CODES, ids=[says for says, _ in CODES])
def test_the_enhanced_code_is_found_and_no_address_is_one(says, status):
    assert bounces.status_code(says) == status


def test_an_address_that_does_not_exist_ends_at_once_and_others_after_three():
    assert bounces.ends("5.1.1", 1)
    assert [bounces.ends("5.7.1", strikes) for strikes in (1, 2, 3)] == [False, False, True]


DOUBTS = [
    ("nothing was unclear", "5.7.1", 0, False),
    ("a filter, after it", "5.7.1", 1, True),
    ("its name is known, after it", "5.6.0", 1, True),
    ("given up, after it", "4.7.1", 2, True),
    ("no answer at all", "", 1, True),
    ("there is no such address", "5.1.1", 1, False),
]


@pytest.mark.parametrize(("status", "unclear", "doubt"), [row[1:] for row in DOUBTS], ids=[row[0] for row in DOUBTS])
def test_a_refusal_leaves_a_doubt_where_an_attempt_before_it_was_unclear(status, unclear, doubt):
    assert bounces.leaves_doubt(status, unclear) is doubt


def test_pauses_grow_and_end_within_the_week():
    now, tries, pauses = NOW, 0, []
    while (later := bounces.next_try(NOW, tries := tries + 1, now)) is not None:
        pauses.append(later - now)
        now = later
    assert pauses == sorted(pauses)
    assert pauses[0] == timedelta(minutes=1)
    assert timedelta(days=3) <= now - NOW < timedelta(days=4)


def test_a_clock_that_was_set_back_gives_no_mail_up():
    assert bounces.next_try(NOW, 9, NOW - timedelta(days=30)) is not None


def report(action="failed", status="5.1.1", recipient="rfc822; ada@example.org", diagnostic="smtp; 550 5.1.1 unknown"):
    return (
        "From: MAILER-DAEMON@mx.example\nTo: digest@tracker.example\nSubject: Undelivered\n"
        "Message-ID: <report-1@mx.example>\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nIt did not work.\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        f"Final-Recipient: {recipient}\nAction: {action}\nStatus: {status}\nDiagnostic-Code: {diagnostic}\n\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {OURS}\nSubject: 3 changes\n\n--b--\n"
    ).encode()


def test_a_report_names_whom_it_did_not_reach_why_and_which_mail():
    (found,) = parse_incoming(report())
    assert found == ReturnedMail(
        "<report-1@mx.example> 1", "ada@example.org", (OURS,), "5.1.1", "550 5.1.1 unknown", True
    )


ACTIONS = [("failed", "5.7.1", True), ("failed", "4.4.7", False), ("delayed", "4.4.1", False)]


@pytest.mark.parametrize(("action", "status", "permanent"), ACTIONS)
def test_what_is_not_permanent_is_not_taken_for_it(action, status, permanent):
    (found,) = parse_incoming(report(action, status))
    assert found.permanent is permanent


def test_a_report_of_success_says_nothing():
    assert parse_incoming(report("delivered", "2.0.0")) == []


def test_a_report_in_words_is_known_by_our_mail_that_it_quotes():
    text = f"From: MAILER-DAEMON@old.example\nSubject: failure notice\n\nHi. 5.1.1 no mailbox.\n\nMessage-ID: {OURS}\n"
    (found,) = parse_incoming(text.encode())
    assert (found.message_ids, found.status, found.permanent) == ((OURS,), "5.1.1", True)


def mail(subject, sender="ada@example.org"):
    made = EmailMessage()
    made["From"], made["Subject"], made["Message-ID"] = sender, subject, "<m@example.org>"
    made.set_content("Thanks.")
    return made.as_bytes()


def test_an_answer_unsubscribes_or_confirms_by_its_subject():
    assert parse_incoming(mail("unsubscribe mKey-1.Mac_2")) == [
        MailCommand("<m@example.org>", "unsubscribe", "mKey-1.Mac_2")
    ]
    assert parse_incoming(mail("Re: confirm cKey.Mac")) == [MailCommand("<m@example.org>", "confirm", "cKey.Mac")]
    assert parse_incoming(mail("Unsubscribe mKey.Mac")) == [MailCommand("<m@example.org>", "unsubscribe", "mKey.Mac")]


@pytest.mark.parametrize("subject", ["Out of office", "unsubscribe", "please unsubscribe me now"])
def test_other_mail_says_nothing(subject):
    assert parse_incoming(mail(subject)) == []


@given(st.binary(max_size=400), st.integers(0, 900))
def test_no_mail_however_broken_raises(noise, place):
    whole = report()
    parse_incoming(whole[:place] + noise + whole[place:])
    parse_incoming(noise)
