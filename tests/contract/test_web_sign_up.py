"""Anybody asks for the mails by a form: who is known is told nobody, nothing comes without a yes; on both engines."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import html5lib
import pytest
import structlog
from sqlalchemy import Engine

from db.engine import reading
from db.feeds import feeds
from db.mail import ledger, subscribers
from db.sessions import session
from jobs import clock
from jobs.mail import outbox
from jobs.mail.link_tokens import Purpose, Tokens
from jobs.settings import Settings
from jobs.subscribers import erasure
from jobs.web import sign_up, subscriber_pages
from support.mail.news import MADISON, MILWAUKEE, MONDAY, add_reader
from support.web.site import ADA, FORM, Site, running_site
from tracker.errors import BadInput
from tracker.publish.mail.subscribers import Frequency, Rhythm, Subscriber, Subscription

BEFORE = MONDAY - timedelta(days=3)
MAIL = {"web_url": "http://127.0.0.1:1/", "smtp_host": "127.0.0.1", "mail_from": "digest@example.org"}
CHOICE = [
    *(
        ("address", ADA),
        ("place", "Milwaukee, WI"),
        ("place", "Dane County, Wis."),
        ("place", ""),
        ("topic", "housing"),
    ),
    *(
        ("frequency", "daily"),
        ("weekday", "friday"),
        ("hour", "9"),
        ("timezone", "America/New_York"),
        ("within", "0"),
        ("about", ""),
        ("words", ""),
        ("matter", ""),
        ("website", ""),
    ),
]


@pytest.fixture
def site(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(sign_up, "AT_ONCE", 100)
    with running_site(engine, tmp_path, structlog.get_logger(), ada=False, **MAIL) as running:
        yield running


def ask(site: Site, status: int = 200, **other: str) -> str:
    pairs = [(name, other.get(name, value)) for name, value in CHOICE if name != "place" or "place" not in other]
    pairs += [("place", other["place"])] if "place" in other else []
    answer = site.post("/subscribe/", FORM, urlencode(pairs).encode())
    assert answer.status == status, answer.text
    return answer.text


def readers(site: Site) -> tuple[Subscriber, ...]:
    with reading(site.engine) as opened:
        return subscribers.all_subscribers(opened)


def subjects(site: Site, address: str = ADA) -> list[str]:
    """Of the mails that wait for an address."""
    with reading(site.engine) as opened:
        reader = subscribers.by_address(opened, address)
        found = ledger.messages_of(opened, reader.id) if reader else []
        return [ledger.edition(opened, item.edition_id).subject for item in found]


def test_a_stranger_is_asked_for_a_yes_and_is_nothing_before(site: Site) -> None:
    assert "Look into your mailbox" in ask(site)
    reader = readers(site)[0]
    assert (reader.address, reader.state, reader.rhythm.frequency) == (ADA, "unconfirmed", Frequency.DAILY)
    assert (reader.rhythm.hour, reader.rhythm.timezone) == (9, "America/New_York")
    assert [(item.place, item.topics) for item in reader.subscriptions] == [
        (MILWAUKEE, ("housing",)),
        ("ocd-division/country:us/state:wi/county:dane", ("housing",)),
    ]
    assert subjects(site) == ["Please confirm that you want these mails"]


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({"about": "both"}, [(False, (), ()), (True, (), ())]),
        ({"about": "agendas"}, [(True, (), ())]),
        ({"words": "license plate readers"}, [(False, (), ()), (True, (), ("license plate readers",))]),
        ({"about": "agendas", "matter": " 26-0417 "}, [(True, ("26-0417",), ())]),
    ],
)
def test_agendas_can_be_watched_besides_the_digest_or_alone(
    site: Site, asked: dict[str, str], kept: list[tuple[object, ...]]
) -> None:
    ask(site, place="Milwaukee, WI", **asked)
    (reader,) = readers(site)
    assert [(item.agenda, item.matters, item.words) for item in reader.subscriptions] == kept
    assert {(item.place, item.topics) for item in reader.subscriptions} == {(MILWAUKEE, ("housing",))}


def test_words_that_are_none_are_said_and_what_was_typed_stays(site: Site) -> None:
    told = ask(site, 400, place="Milwaukee, WI", about="agendas", words="?!")
    assert "nothing to watch on an agenda" in told
    assert 'value="?!"' in told
    assert '<option value="agendas" selected>' in told
    assert readers(site) == ()


def test_miles_around_the_places_are_kept(site: Site) -> None:
    ask(site, place="Milwaukee, WI", within="50")
    assert [(item.place, item.within) for item in readers(site)[0].subscriptions] == [(MILWAUKEE, 50)]


def test_asked_the_same_twice_a_day_one_mail_comes(site: Site) -> None:
    ask(site)
    ask(site)
    assert len(subjects(site)) == 1


def test_nobody_can_add_to_what_was_asked_in_somebodys_name(site: Site) -> None:
    ask(site)
    before = site.link("confirm", Purpose.CONFIRM)
    ask(site, place="Madison, WI")  # they, or somebody else
    assert site.post(before, FORM, b"").status == 404, "its mail told of other places"
    assert site.post(site.link("confirm", Purpose.CONFIRM), FORM, b"").status == 200
    (reader,) = readers(site)
    assert (reader.state, [item.place for item in reader.subscriptions]) == ("active", [MADISON])


def test_what_nobody_confirms_is_forgotten_after_three_days(site: Site) -> None:
    add_reader(site.engine, "by-hand@example.org", BEFORE, confirmed=False)
    ask(site)
    ask(site, address="by-hand@example.org", place="Madison, WI")
    later = datetime.now(UTC) + subscribers.UNANSWERED
    for now, there in ((later - timedelta(hours=1), True), (later + timedelta(hours=1), False)):
        with session(site.engine) as opened:
            subscribers.forget_unanswered(opened, now - subscribers.UNANSWERED)
        assert (ADA in [reader.address for reader in readers(site)]) is there
    (left,) = readers(site)
    assert left.address == "by-hand@example.org", "whom the owner of the list added"
    assert MADISON not in [item.place for item in left.subscriptions]


def test_one_mailbox_gets_few_mails_however_it_is_spelt(site: Site) -> None:
    spellings = ["ada.love@gmail.com", "a.d.a.love@gmail.com", "ADALOVE@GoogleMail.com"]
    spellings += [f"adalove+{number}@gmail.com" for number in range(5)]
    assert len({ask(site, address=address) for address in spellings}) == 1
    assert sum(len(subjects(site, address)) for address in spellings) == sign_up.OF_A_MAILBOX
    ask(site, address="ada.love@example.org")
    ask(site, address="adalove@example.org")
    assert len(readers(site)) == sign_up.OF_A_MAILBOX + 2, "elsewhere a dot is one"


def test_who_gets_them_already_is_told_so_by_mail_and_nothing_changes(site: Site) -> None:
    known = add_reader(site.engine, ADA, BEFORE)
    before = readers(site)
    stranger = ask(site, address="eve@example.org")
    assert ask(site) == ask(site, address="ADA@example.org") == stranger
    assert subjects(site) == ["You get these mails already"]
    now = readers(site)[0]
    assert (now.rhythm, now.subscriptions, now.state) == (before[0].rhythm, before[0].subscriptions, "active")
    with reading(site.engine) as opened:
        text = ledger.edition(opened, ledger.messages_of(opened, known.id)[0].edition_id).text
    assert "/preferences/" in text


def refused(engine: Engine, reader: Subscriber) -> None:
    with session(engine) as opened:
        subscribers.end(opened, reader.id, MONDAY)


def bounced(engine: Engine, reader: Subscriber) -> None:
    with session(engine) as opened:
        subscribers.suppress(opened, reader.id, MONDAY, "no such mailbox")


@pytest.mark.parametrize("act", [refused, bounced])
def test_nothing_is_mailed_to_who_refused_or_bounced(site: Site, act: object) -> None:
    act(site.engine, add_reader(site.engine, ADA, BEFORE))  # type: ignore[operator]
    before = readers(site)
    assert "Look into your mailbox" in ask(site)
    assert (readers(site), subjects(site)) == (before, [])


def test_nothing_is_mailed_to_who_was_erased(site: Site) -> None:
    erasure.erase(site.engine, Tokens.of(site.data), add_reader(site.engine, ADA, BEFORE), MONDAY)
    assert "Look into your mailbox" in ask(site)
    assert readers(site) == ()


def test_a_program_that_fills_in_all_fields_gets_the_same_answer_and_nothing(site: Site) -> None:
    assert ask(site, website="https://spam.example") == ask(site, address="eve@example.org")
    assert [reader.address for reader in readers(site)] == ["eve@example.org"]


WRONG = [
    *({"address": text} for text in ("", "ada", "ada@example.org\r\nBcc: all@example.org", "slack://token", "a@b@c.d")),
    *({"address": text} for text in ("ada@" + "x" * 300 + ".org", "ádá@example.org")),
    *({"place": text} for text in ("Milwaukie, WI", "<script>alert(1)</script>", "x" * 90_000)),
    *({"topic": text} for text in ("imigration", "x" * 90_000)),
    *({"hour": text} for text in ("seven", "24", "٧")),
    *({name: "never"} for name in ("frequency", "weekday", "timezone")),
    {"place": "", "topic": ""},
]


@pytest.mark.parametrize("other", WRONG, ids=lambda other: str(other)[:40])
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(site: Site, other: dict[str, str]) -> None:
    page = ask(site, status=400, **other)
    assert 'role="alert"' in page
    assert "<script>" not in page
    assert "maxlength" in page
    assert len(page) < 50_000
    if "address" not in other:
        assert f'value="{ADA}"' in page
    assert readers(site) == ()


def test_an_address_beyond_ascii_is_written_as_the_net_writes_it(site: Site) -> None:
    ask(site, address="ada@bücher.example")
    assert readers(site)[0].address == "ada@xn--bcher-kva.example"


def test_a_flood_is_told_to_everybody_alike_and_ends_by_itself(site: Site) -> None:
    add_reader(site.engine, ADA, BEFORE)
    now = [0.0]
    requests = sign_up.Requests(site.engine, Settings(data_dir=site.data, **MAIL), lambda: now[0])

    def take(number: int, address: str = "") -> None:
        client, typed = f"8.{number}.8.8", address or f"a{number}@example.org"
        requests.take(client, typed, Rhythm(timezone="UTC"), (Subscription(place=MADISON),), datetime.now(UTC))

    for _ in range(sign_up.OF_A_NETWORK):
        take(7)
    with pytest.raises(BadInput):
        take(7)
    requests._all.charge("", sign_up.OF_ALL - sign_up.OF_A_NETWORK)
    for address in ("", ADA):
        with pytest.raises(BadInput, match="Too many requests"):
            take(9, address)
    now[0] += sign_up.OF_ALL_S
    take(10)
    assert "a10@example.org" in [reader.address for reader in readers(site)]


def test_one_client_sends_few_requests(engine: Engine, tmp_path: Path) -> None:
    with running_site(engine, tmp_path, structlog.get_logger(), ada=False, **MAIL) as running:
        for number in range(sign_up.AT_ONCE):
            ask(running, status=400, address="a@")
            ask(running, address=f"a{number}@example.org")
        page = ask(running, status=429)
        html5lib.HTMLParser(strict=True).parse(page)
        assert "Too many forms" in page


def test_the_form_proposes_places_and_takes_up_what_led_to_it(site: Site) -> None:
    subscriber_pages._known_places.cache_clear()
    with session(site.engine) as opened:
        feeds.add(opened, "https://a.example/feed", BEFORE, home=MADISON)
    page = site.get(f"/subscribe/?{urlencode({'place': MILWAUKEE, 'topic': 'housing'})}").text
    html5lib.HTMLParser(strict=True).parse(page)
    assert 'value="Milwaukee, WI"' in page
    assert '<option value="Madison, WI">' in page
    assert 'value="housing" checked' in page
    assert site.get("/subscribe/?place=%3Cscript%3E&topic=x").status == 200


@pytest.mark.parametrize("off", [{"sign_up": False}, {"smtp_host": ""}, {"mail_from": ""}, {"web_url": ""}])
def test_there_is_no_form_where_nobody_could_be_asked(engine: Engine, tmp_path: Path, off: dict[str, object]) -> None:
    with running_site(engine, tmp_path, structlog.get_logger(), ada=False, **MAIL | off) as running:
        assert running.get("/subscribe/").status == 404


def test_the_mail_goes_out_and_its_link_confirms(site: Site, tmp_path: Path) -> None:
    ask(site)
    assert outbox.waiting(site.engine, clock.now()) == (1, 0)
