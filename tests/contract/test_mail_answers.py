"""Who wrote about an entry and left an address is told once what came of it, and then their address is erased; who was
added when no mail could go out is asked once for a yes."""

from datetime import timedelta

from db.engine import reading
from db.people import decisions, remarks, withholding
from db.sessions import session
from jobs.mail import outbox
from support.mail.news import add_entry, add_reader
from support.mail.sending import ADA, BEFORE, World
from tracker.partial_date import PartialDate
from tracker.timeline.decisions.acts import Act
from tracker.timeline.decisions.remarks import About, Remark

EVE = "eve@example.org"


def said(world: World, address: str = EVE) -> int:
    add_entry(world.engine, "e1", BEFORE)
    with session(world.engine) as opened:
        return remarks.add(opened, "e1", About.DATE, "It was June 20.", BEFORE, revision=1, address=address).id


def corrected(world: World, number: int) -> None:
    act = Act("Ada", world.clock(), "Jane Roe has the minutes", remarks=(number,))
    with session(world.engine) as opened:
        decisions.edit(opened, "e1", {"date": PartialDate(2026, 6, 20)}, act)
        withholding.withhold_name(opened, "Jane Roe", Act("Ada", world.clock(), "asked"))


def kept(world: World, number: int) -> Remark:
    with reading(world.engine) as opened:
        return remarks.get(opened, number)


def test_one_mail_says_what_came_of_it_and_the_address_goes(world: World) -> None:
    number = said(world)
    world.round()
    assert world.server.box.taken == []
    corrected(world, number)
    assert outbox.waiting(world.engine, world.clock()) == (1, 0)
    assert [world.round().get("sent", 0) for _ in range(3)] == [1, 0, 0]
    (mail,) = world.server.box.to(EVE)
    assert str(mail["Subject"]) == "What came of your report"
    assert mail["List-Unsubscribe"] is None
    text = " ".join(world.text().split())
    for part in ("the date is wrong", "The entry was corrected.", "Why: [name withheld] has the minutes", "/entry/e1/"):
        assert part in text
    assert "June 20" not in text
    assert kept(world, number).address == ""


def test_a_server_that_is_away_is_asked_again_and_a_kill_sends_nothing_twice_under_two_names(world: World) -> None:
    number = said(world)
    corrected(world, number)
    world.server.faults.share, world.server.faults.kinds = 1.0, ("after",)
    assert world.round()["unclear"] == 1
    assert world.round() == {}
    world.clock.advance(minutes=16)
    world.server.faults.share = 0.0
    assert world.round()["sent"] == 1
    assert len(world.server.box.taken) == 2
    assert len(world.server.box.names) == 1


def test_an_address_that_does_not_exist_and_one_never_reached_are_forgotten(world: World) -> None:
    number = said(world)
    corrected(world, number)
    world.server.faults.refused = frozenset({EVE})
    assert world.round()["failed"] == 1
    assert kept(world, number).address == ""


def test_after_some_days_nobody_tries_any_longer(world: World) -> None:
    number = said(world)
    corrected(world, number)
    world.clock.at += timedelta(days=remarks.TELL_DAYS + 1)
    world.round()
    assert (world.server.box.taken, kept(world, number).address) == ([], "")


def test_whoever_was_added_before_mail_was_set_up_is_asked_once(world: World) -> None:
    add_reader(world.engine, ADA, BEFORE, confirmed=False)
    assert outbox.waiting(world.engine, world.clock()) == (1, 0)
    assert [world.round().get("sent", 0) for _ in range(3)] == [1, 0, 0]
    (mail,) = world.server.box.to(ADA)
    assert str(mail["Subject"]) == "Please confirm that you want these mails"
