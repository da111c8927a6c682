"""The ledger over real SMTP (STARTTLS, AUTH): everybody gets everything once, whatever ends or fails in between."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from db.engine import reading
from db.mail import ledger, subscribers
from db.sessions import session
from db.values import MessageState
from jobs.mail import prepare as mail_prepare
from jobs.mail.mailing import Mailing
from jobs.mail.outbox import SendingElsewhereError, only_sender
from support.mail.news import MADISON, MILWAUKEE, MONDAY, WI, add_entry, add_reader, revise
from support.mail.sending import ADA, BEFORE, BOB, World, news
from tracker.model import EntryStatus, Publish, Stage
from tracker.partial_date import PartialDate
from tracker.publish.mail.subscribers import Frequency, Subscription


def test_everybody_gets_what_they_follow_and_a_rerun_sends_nothing(world: World) -> None:
    add_entry(world.engine, "one", BEFORE)
    add_entry(world.engine, "two", BEFORE, place=MADISON, topic="housing")
    add_reader(world.engine, ADA, BEFORE)
    add_reader(world.engine, BOB, BEFORE, Subscription(place=MADISON, topics=("housing",)))
    assert world.round() == {"sent": 2}
    assert world.subjects() == [news("two", "Madison", more=1)]
    assert world.subjects(BOB) == [news("two", "Madison")]
    assert world.round() == {}
    world.clock.advance(days=1)
    assert world.round() == {}


def test_one_mail_a_person_however_many_subscriptions_match(world: World) -> None:
    add_entry(world.engine, "one", BEFORE)
    follows = (Subscription(place=WI), Subscription(place=MILWAUKEE), Subscription(topics=("immigration",)))
    add_reader(world.engine, ADA, BEFORE, *follows)
    assert world.round() == {"sent": 1}
    assert world.subjects() == [news("one")]
    assert world.text().count("https://news.example/one") == 1


def test_a_quiet_week_says_so_and_what_is_found_late_comes_late_once(world: World) -> None:
    add_reader(world.engine, ADA, BEFORE)
    world.round()
    assert world.subjects() == ["Nothing new found, no feed followed"]
    add_entry(world.engine, "late", MONDAY + timedelta(hours=1), reported=date(2026, 11, 10))
    for _ in range(3):
        world.clock.advance(days=7)
        world.round()
    assert world.subjects()[1:] == [news("late", day=10)] + ["Nothing new found, no feed followed"] * 2


def test_a_back_filled_archive_is_one_line_once(world: World) -> None:
    add_reader(world.engine, ADA, BEFORE)
    for number in range(5):
        add_entry(world.engine, f"old-{number}", MONDAY - timedelta(hours=1), reported=date(2024, 3, 1 + number))
    world.round()
    assert world.subjects() == ["No new change, 5 older steps recorded"]
    assert "5 older steps of 5 policies recorded, from 2024" in world.text()
    assert "matter old" not in world.text()
    world.clock.advance(days=7)
    world.round()
    assert world.subjects()[1:] == ["Nothing new found, no feed followed"]


def test_a_step_of_1988_that_is_reported_now_is_counted_once_and_not_announced(world: World) -> None:
    add_reader(world.engine, ADA, BEFORE)
    add_entry(world.engine, "old", BEFORE + timedelta(hours=1), day="1988")
    add_entry(world.engine, "new", BEFORE + timedelta(hours=1))
    world.round()
    assert world.subjects() == [news("new")]
    assert "matter old" not in world.text()
    assert "1 older step of 1 policy recorded, from 1988: see\nhttps://tracker.example/wi/milwaukee/" in world.text()
    world.clock.advance(days=7)
    world.round()
    assert world.subjects()[1:] == ["Nothing new found, no feed followed"]
    assert "1988" not in world.text()


def test_whoever_wants_news_at_once_gets_no_mail_for_old_steps_but_their_count_with_the_next(world: World) -> None:
    for address, frequency in ((ADA, Frequency.AT_ONCE), (BOB, Frequency.DAILY)):
        add_reader(world.engine, address, BEFORE, frequency=frequency)
    add_entry(world.engine, "old", BEFORE + timedelta(hours=1), day="1988")
    assert world.round() == {}
    world.clock.advance(days=1)
    assert world.round() == {}
    add_entry(world.engine, "new", world.clock())
    world.clock.advance(days=1)
    assert world.round() == {"sent": 2}
    assert world.subjects() == world.subjects(BOB) == [news("new", day=24)]
    assert all("1 older step of 1 policy recorded, from 1988" in world.text(number) for number in (0, 1))


def test_a_step_that_was_counted_for_a_wrong_year_is_told_when_its_day_is_put_right(world: World) -> None:
    add_reader(world.engine, ADA, BEFORE)
    add_entry(world.engine, "one", BEFORE + timedelta(hours=1), day="1988")
    world.round()
    at = world.clock() + timedelta(days=1)
    revise(world.engine, "one", at, "the day of the vote", actor="dana", date=PartialDate.parse("2026-11-17"))
    for _ in range(2):
        world.clock.advance(days=7)
        world.round()
    assert world.subjects() == [
        "No new change, 1 older step recorded", news("one", day=17), "Nothing new found, no feed followed",
    ]  # fmt: skip


def test_what_was_recorded_long_before_somebody_subscribed_is_not_counted(world: World) -> None:
    add_entry(world.engine, "old", BEFORE - timedelta(days=1), reported=date(2024, 3, 1))
    add_reader(world.engine, ADA, BEFORE)
    world.round()
    assert world.subjects() == ["Nothing new found, no feed followed"]


def test_a_correction_reaches_only_who_was_told_even_where_the_entry_went_elsewhere(world: World) -> None:
    add_entry(world.engine, "one", BEFORE, day="2026-10-01")
    add_reader(world.engine, ADA, BEFORE, Subscription(place=MILWAUKEE))
    world.round()
    add_reader(world.engine, BOB, world.clock(), Subscription(place=MADISON))
    later = world.clock() + timedelta(days=2)
    revise(world.engine, "one", later, "it was the other city", actor="dana", jurisdiction=MADISON)
    revise(world.engine, "one", later, "the paper corrects the day", date=PartialDate.parse("2026-10-02"))
    world.clock.advance(days=7)
    world.round()
    assert world.subjects()[1:] == ["No new change, 1 correction about Milwaukee"]
    told = next(mail for mail in reversed(world.server.box.to(ADA))).get_body(("plain",))
    text = " ".join(str(told.get_content()).split()) if told else ""
    assert "Place: we said Milwaukee, Wisconsin; it is Madison, Wisconsin" in text
    assert "Date: we said October 1, 2026; it is October 2, 2026" in text
    assert "Why: it was the other city" in text
    assert world.subjects(BOB) == [
        news("one").replace("November 20", "October 2")
    ]  # its recorded name; to them it is new
    world.clock.advance(days=7)
    world.round()
    assert world.subjects()[2:] == ["Nothing new found, no feed followed"]


def test_a_mail_says_how_a_policy_stands_and_corrects_the_earlier_steps_that_it_named(world: World) -> None:
    add_reader(world.engine, ADA, BEFORE)
    add_entry(world.engine, "vote", BEFORE - timedelta(days=9), reported=date(2026, 3, 2), policy="rule")
    add_entry(world.engine, "start", BEFORE, day="2026-12-10", stage=Stage.EFFECTIVE, policy="rule")
    world.round()
    assert "How it stands: Uncertain whether it was adopted" in world.text()
    assert "- Adopted March 2, 2026: Council decides matter vote" in world.text()
    assert "older step" not in world.text()
    later = world.clock() + timedelta(days=2)
    revise(world.engine, "vote", later, "the paper corrects the day", date=PartialDate.parse("2026-03-09"))
    world.clock.advance(days=7)
    world.round()
    assert "Date: we said March 2, 2026; it is March 9, 2026" in world.text()


def test_mails_may_tell_less_than_the_report_shows(world: World) -> None:
    world.settings = world.settings.model_copy(update={"digest_publish": Publish.CONFIRMED})
    add_reader(world.engine, ADA, BEFORE)
    add_entry(world.engine, "one", BEFORE)
    world.round()
    assert world.subjects() == ["Nothing new found, no feed followed"]


def test_an_entry_taken_back_before_the_mail_is_never_told(world: World) -> None:
    add_entry(world.engine, "one", BEFORE)
    add_reader(world.engine, ADA, BEFORE)
    revise(world.engine, "one", BEFORE, "another city", actor="dana", status=EntryStatus.REJECTED)
    world.round()
    assert world.subjects() == ["Nothing new found, no feed followed"]


def test_an_entry_taken_back_after_the_mail_is_taken_back_in_the_next(world: World) -> None:
    add_entry(world.engine, "one", BEFORE)
    add_reader(world.engine, ADA, BEFORE)
    world.round()
    revise(world.engine, "one", world.clock(), "another city", actor="dana", status=EntryStatus.REJECTED)
    world.clock.advance(days=7)
    world.round()
    assert world.subjects()[1:] == ["No new change, 1 correction about Milwaukee"]
    assert "Withdrawn: a person found that it does not belong here." in world.text()


def test_changed_there_and_back_between_two_mails_is_no_correction(world: World) -> None:
    add_entry(world.engine, "one", BEFORE, day="2026-10-01")
    add_reader(world.engine, ADA, BEFORE)
    world.round()
    for day in ("2026-10-09", "2026-10-01"):
        revise(world.engine, "one", world.clock(), "another report", date=PartialDate.parse(day))
    world.clock.advance(days=7)
    world.round()
    assert world.subjects()[1:] == ["Nothing new found, no feed followed"]


def test_what_has_no_room_waits_for_the_next_mail_where_no_link_leads_to_it(world: World) -> None:
    world.settings = world.settings.model_copy(update={"web_url": ""})
    for number in range(40):
        add_entry(world.engine, f"e{number:02}", BEFORE)
    add_reader(world.engine, ADA, BEFORE)
    world.round()
    assert "And 10 more steps of 10 policies, which the next mail brings." in world.text()
    world.clock.advance(days=7)
    world.round()
    told = "".join(world.text(number) for number in (0, 1))
    assert [told.count(f"matter e{number:02}.") for number in range(40)] == [1] * 40


def test_what_has_no_room_is_counted_where_a_link_leads_to_it(world: World) -> None:
    for number in range(40):
        add_entry(world.engine, f"e{number:02}", BEFORE)
    add_reader(world.engine, ADA, BEFORE)
    world.round()
    assert "And 10 more steps of 10 policies: https://tracker.example/" in world.text()
    world.clock.advance(days=7)
    world.round()
    assert world.subjects()[1:] == ["Nothing new found, no feed followed"]


def test_a_kill_between_composing_and_sending_sends_the_same_mail_later(world: World) -> None:
    add_entry(world.engine, "one", BEFORE)
    add_reader(world.engine, ADA, BEFORE)
    mail_prepare.prepare(world.engine, Mailing.of(world.settings), world.clock())
    with reading(world.engine) as opened:
        (message,) = ledger.last_messages(opened).values()
    world.clock.advance(days=2)
    assert world.round() == {"sent": 1}
    assert [mail["Message-ID"] for mail in world.server.box.mails()] == [message.message_id]


def test_a_kill_with_a_mail_in_hand_sends_it_again_under_its_name_and_the_ledger_says_so(world: World) -> None:
    add_entry(world.engine, "one", BEFORE)
    reader = add_reader(world.engine, ADA, BEFORE)
    mail_prepare.prepare(world.engine, Mailing.of(world.settings), world.clock())
    with session(world.engine) as opened:
        claimed = ledger.claim(opened, world.clock())
    assert world.round() == {"sent": 1}
    with reading(world.engine) as opened:
        (message,) = ledger.messages_of(opened, reader.id)
    assert claimed is not None
    assert (message.message_id, message.state, message.unclear) == (claimed.message_id, MessageState.SENT, 1)


FAULTS = [
    ("before", "later", 1),
    ("within", "unclear", 1),  # a short text is on its way whole before the loss shows: from here nobody can know
    ("after", "unclear", 2),
    ("greylist", "later", 1),
    ("busy", "later", 1),
    ("slow", "unclear", 2),
    ("garbled", "unclear", 1),
]
STATES = {"later": MessageState.COMPOSED, "unclear": MessageState.UNCLEAR}


@pytest.mark.parametrize(("fault", "counted", "deliveries"), FAULTS, ids=[fault for fault, _, _ in FAULTS])
def test_a_fault_puts_the_mail_off_and_the_same_mail_goes_later(
    world: World, fault: str, counted: str, deliveries: int
) -> None:
    add_entry(world.engine, "one", BEFORE)
    add_reader(world.engine, ADA, BEFORE)
    world.settings = world.settings.model_copy(update={"smtp_timeout": 0.2})
    world.server.faults.share, world.server.faults.kinds = 1.0, (fault,)
    assert world.round() == {counted: 1}
    assert world.states() == [(STATES[counted], 1)]
    assert world.warned[0].startswith(ADA)
    assert world.round() == {}  # its pause is not over
    world.server.faults.share = 0.0
    world.clock.advance(minutes=2)
    assert world.round() == {"sent": 1}
    assert len({mail["Message-ID"] for mail in world.server.box.mails()}) == 1
    assert len(world.server.box.taken) == deliveries


def test_an_address_that_does_not_exist_is_left_alone_and_its_news_are_not_counted_as_told(world: World) -> None:
    add_entry(world.engine, "one", BEFORE)
    reader = add_reader(world.engine, ADA, BEFORE)
    world.server.faults.refused = frozenset({ADA})
    assert world.round() == {"failed": 1, "suppressed": 1}
    with reading(world.engine) as opened:
        found = subscribers.by_address(opened, ADA)
    assert found is not None
    assert (found.state, "no such mailbox" in found.problem) == ("suppressed", True)
    world.clock.advance(days=7)
    assert world.round() == {}
    world.server.faults.refused = frozenset()
    with session(world.engine) as opened:
        subscribers.confirm(opened, reader.id, world.clock())
    world.clock.advance(days=7)
    world.round()
    assert world.subjects() == [news("one")]


def test_a_mail_that_cannot_be_sent_for_days_is_given_up_and_the_next_tells_it(world: World) -> None:
    add_entry(world.engine, "one", BEFORE)
    add_reader(world.engine, ADA, BEFORE)
    world.server.faults.share, world.server.faults.kinds = 1.0, ("greylist",)
    for _ in range(40):
        world.round()
        world.clock.advance(hours=2)
    assert world.states()[0][0] is MessageState.FAILED
    world.server.faults.share = 0.0
    world.clock.advance(days=4)
    world.round()
    assert world.subjects() == [news("one")]


def test_somebody_who_leaves_before_it_goes_out_gets_nothing(world: World) -> None:
    add_entry(world.engine, "one", BEFORE)
    reader = add_reader(world.engine, ADA, BEFORE)
    mail_prepare.prepare(world.engine, Mailing.of(world.settings), world.clock())
    with session(world.engine) as opened:
        subscribers.end(opened, reader.id, world.clock())
    assert world.round() == {"dropped": 1}
    assert world.server.box.taken == []


def test_a_server_that_is_away_touches_no_mail(world: World) -> None:
    add_entry(world.engine, "one", BEFORE)
    add_reader(world.engine, ADA, BEFORE)
    working, world.settings = world.settings, world.settings.model_copy(update={"smtp_port": 1})
    assert world.round() == {"unreachable": 1}
    assert world.states() == [(MessageState.COMPOSED, 0)]
    assert "check smtp_host and smtp_port" in world.warned[0]
    world.settings = working
    world.clock.advance(minutes=2)
    assert world.round() == {"sent": 1}


def test_a_wrong_password_is_said_once_and_touches_no_mail(world: World) -> None:
    add_reader(world.engine, ADA, BEFORE)
    add_reader(world.engine, BOB, BEFORE)
    world.settings = world.settings.model_copy(update={"smtp_password": type(world.settings.smtp_password)("wrong")})
    assert world.round() == {"unreachable": 1}
    assert len(world.warned) == 1
    assert "check smtp_user and smtp_password" in world.warned[0]
    assert "wrong" not in world.warned[0]


def test_a_certificate_of_nobody_known_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    add_reader(world.engine, ADA, BEFORE)
    assert world.round() == {"unreachable": 1}
    assert "no encrypted connection" in world.warned[0]
    assert world.server.box.taken == []


def test_daily_and_at_once_bring_no_quiet_mails(world: World) -> None:
    add_reader(world.engine, ADA, BEFORE, frequency=Frequency.DAILY)
    add_reader(world.engine, BOB, BEFORE, frequency=Frequency.AT_ONCE)
    assert world.round() == {}
    add_entry(world.engine, "one", world.clock())
    assert world.round() == {"sent": 1}  # the day of the daily one has been looked at
    world.clock.advance(days=1)
    assert world.round() == {"sent": 1}
    assert world.subjects() == world.subjects(BOB) == [news("one", day=23)]


def test_now_does_not_wait_for_the_hour_and_never_overrules_the_ledger(world: World) -> None:
    add_entry(world.engine, "one", BEFORE)
    add_reader(world.engine, ADA, BEFORE, weekday=3)
    assert world.round() == {}
    assert world.round(early=True) == {"sent": 1}
    assert world.round(early=True) == {}
    world.clock.advance(days=3)  # Thursday: the mail of this week went out on Monday
    assert world.round() == {}
    add_entry(world.engine, "two", world.clock())
    assert world.round(early=True) == {"sent": 1}
    assert world.subjects() == [news("one"), news("two", day=26)]


def test_somebody_who_has_not_confirmed_gets_nothing_but_the_question(world: World) -> None:
    add_entry(world.engine, "one", BEFORE)
    add_reader(world.engine, ADA, BEFORE, confirmed=False)
    assert (world.round(early=True), world.subjects()) == ({"sent": 1}, ["Please confirm that you want these mails"])


def test_two_senders_at_once_are_one(world: World, tmp_path: Path) -> None:
    add_reader(world.engine, ADA, BEFORE)
    with only_sender(tmp_path, world.engine), pytest.raises(SendingElsewhereError):
        world.round()
    assert world.round() == {"sent": 1}


def test_many_connections_send_each_mail_once(world: World) -> None:
    add_entry(world.engine, "one", BEFORE, stage=Stage.EFFECTIVE, day="2026-11-26")
    for number in range(30):
        add_reader(world.engine, f"reader{number}@example.org", BEFORE)
    world.settings = world.settings.model_copy(update={"smtp_connections": 4})
    assert world.round() == {"sent": 30}
    assert len({to for to, _ in world.server.box.taken}) == 30
    assert len({mail["Message-ID"] for mail in world.server.box.mails()}) == 30


def test_readers_of_the_same_share_one_edition(world: World) -> None:
    add_entry(world.engine, "one", BEFORE)
    for number in range(5):
        add_reader(world.engine, f"reader{number}@example.org", BEFORE)
    world.round()
    with reading(world.engine) as opened:
        assert len({item.edition_id for item in ledger.last_messages(opened).values()}) == 1
    links = {str(mail["List-Unsubscribe"]) for mail in world.server.box.mails()}
    assert len(links) == 5
