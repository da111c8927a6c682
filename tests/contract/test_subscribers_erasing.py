"""Erasing what is known of a subscriber, on both engines: all goes, a hash stays, and nobody else loses anything."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from db.engine import open_database, reading
from db.mail import ledger, subscribers
from db.people import erasure
from db.sessions import session
from db.values import MessageState, SendResult
from jobs.mail.link_tokens import Tokens
from jobs.mail.send import note_bounce
from jobs.subscribers.erasure import check, erase, erased_before, in_words, welcome
from support.mail.news import MONDAY, add_entry, add_reader
from support.mail.sending import ADA, BEFORE, BOB, World, news
from tracker.errors import BadInput
from tracker.publish.mail.subscribers import Subscription

MADISON_ONLY = Subscription(place="ocd-division/country:us/state:wi/place:madison")


def everything(engine: Engine) -> str:
    """Every cell of every table, as text."""
    with engine.connect() as connection:
        names = inspect(engine).get_table_names()
        return "\n".join(str(row) for name in names for row in connection.execute(text(f'SELECT * FROM "{name}"')))


def with_two_readers(world: World) -> None:
    """Both were sent a mail; Ada's are her own, since she follows something else, and one of hers came back."""
    for name, place in (("one", "milwaukee"), ("two", "madison")):
        add_entry(world.engine, name, BEFORE, place=f"ocd-division/country:us/state:wi/place:{place}")
    ada = add_reader(world.engine, ADA, BEFORE - timedelta(days=9), MADISON_ONLY)
    add_reader(world.engine, BOB, BEFORE - timedelta(days=9))
    assert world.round() == {"sent": 2}
    with session(world.engine) as opened:
        note_bounce(
            opened, ada.id, subscribers.Bounce(key="k", at=MONDAY, reason=f"<{ADA}> is full", hard=True), MONDAY
        )


def reader_of(world: World, address: str = ADA) -> subscribers.Subscriber:
    with reading(world.engine) as opened:
        found = subscribers.by_address(opened, address)
    assert found
    return found


def test_all_that_is_known_of_somebody_goes_and_a_hash_stays(world: World) -> None:
    with_two_readers(world)
    ada, tokens = reader_of(world), Tokens.of(world.settings.data_dir)
    assert ADA in everything(world.engine)
    done = erase(world.engine, tokens, ada, MONDAY)
    assert done == erasure.ErasedRows(subscriptions=1, mails=1, ledger_lines=1, texts=1, bounces=1)
    left = everything(world.engine)
    assert ADA not in left
    assert ada.key not in left
    assert BOB in left
    with reading(world.engine) as opened:
        assert [message.state for message in ledger.last_messages(opened).values()] == [MessageState.SENT]
        assert ledger.edition(opened, ledger.last_messages(opened)[reader_of(world, BOB).id].edition_id).subject
    known = erased_before(world.engine, tokens, ADA.upper())
    assert known == erasure.Erasure(MONDAY, "active")
    assert tokens.pseudonym(ADA) in left
    assert "a hash of the address with this data folder's secret" in "\n".join(in_words(done))


def test_the_hash_tells_nothing_without_the_secret(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    one, other = Tokens.of(tmp_path), Tokens.of(tmp_path / "other")
    assert one.pseudonym(ADA) != other.pseudonym(ADA)
    assert one.pseudonym(ADA) != one.pseudonym(BOB)
    assert len(one.pseudonym(ADA)) == 64


def test_a_text_that_others_got_too_stays_theirs(world: World) -> None:
    add_entry(world.engine, "one", BEFORE)
    for address in (ADA, BOB):
        add_reader(world.engine, address, BEFORE)
    world.round()
    assert erase(world.engine, Tokens.of(world.settings.data_dir), reader_of(world), MONDAY).texts == 0
    with reading(world.engine) as opened:
        (message,) = ledger.last_messages(opened).values()
        assert "matter one" in ledger.edition(opened, message.edition_id).text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_was_erased_is_not_in_the_files_either(world: World) -> None:
    """SQLite only: PostgreSQL's files are its own; VACUUM has it take out the rows."""
    with_two_readers(world)
    ada = reader_of(world)
    erase(world.engine, Tokens.of(world.settings.data_dir), ada, MONDAY)
    path = Path(str(world.engine.url.database))
    held = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    assert BOB.encode() in held
    for gone in (ADA, ada.key, "is full"):
        assert gone.encode() not in held


def test_no_import_brings_an_erased_address_back_and_a_hand_does(world: World) -> None:
    with_two_readers(world)
    tokens = Tokens.of(world.settings.data_dir)
    with session(world.engine) as opened:
        subscribers.suppress(opened, reader_of(world).id, MONDAY, "no such mailbox")
    erase(world.engine, tokens, reader_of(world), MONDAY)
    with pytest.raises(BadInput, match=r"org was erased on 2026-11-23; its mails came back; only they can"):
        check(world.engine, tokens, "Ada@Example.org")
    check(world.engine, tokens, BOB)
    welcome(world.engine, tokens, ADA)
    check(world.engine, tokens, ADA)


def test_who_comes_back_is_a_new_reader_since_what_they_were_told_is_forgotten_too(world: World) -> None:
    with_two_readers(world)
    erase(world.engine, Tokens.of(world.settings.data_dir), reader_of(world), MONDAY)
    add_reader(world.engine, ADA, MONDAY + timedelta(hours=1), MADISON_ONLY)
    assert world.round() == {}, "nothing at once"
    world.clock.advance(days=7)
    assert world.round() == {"sent": 2}, "Bob's week was quiet"
    assert world.subjects() == [news("two", "Madison")] * 2


def test_a_mail_in_hand_meanwhile_ends_in_peace(world: World) -> None:
    with_two_readers(world)
    add_entry(world.engine, "three", MONDAY + timedelta(days=1), place=MADISON_ONLY.place or "")
    world.clock.advance(days=7)
    ada = reader_of(world)
    with session(world.engine) as opened:
        opened.execute(text("UPDATE message SET state = 'composed', next_try = :at"), {"at": BEFORE})
        message = ledger.claim(opened, world.clock(), [ada.id])
    assert message
    erase(world.engine, Tokens.of(world.settings.data_dir), ada, MONDAY)
    with session(world.engine) as opened:
        ledger.finish(opened, message, SendResult(state=MessageState.FAILED, at=MONDAY, error="550 no"))
        assert not note_bounce(opened, ada.id, subscribers.Bounce(key="z", at=MONDAY, hard=True), MONDAY)


def test_erasing_what_is_gone_already_changes_nothing(world: World) -> None:
    with_two_readers(world)
    ada, tokens = reader_of(world), Tokens.of(world.settings.data_dir)
    erase(world.engine, tokens, ada, MONDAY)
    again = erase(world.engine, tokens, ada, MONDAY + timedelta(days=3))
    assert again == erasure.ErasedRows(0, 0, 0, 0, 0)
    assert erased_before(world.engine, tokens, ADA) == erasure.Erasure(MONDAY, "active")
    engine = open_database(world.engine.url.render_as_string(hide_password=False))
    assert BOB in everything(engine)
    engine.dispose()
