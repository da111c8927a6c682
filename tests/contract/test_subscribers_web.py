"""The pages behind the links of a mail, over real HTTP: a look changes nothing, a form does, and a click is enough."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import html5lib
import pytest
import structlog
from sqlalchemy import Engine

from db.engine import reading
from db.mail import subscribers
from jobs.mail.link_tokens import Purpose
from support.mail.news import CHICAGO, MADISON, MILWAUKEE, MONDAY, WI, add_reader
from support.web.site import ADA, FORM, HOME, Site, running_site
from tracker.publish.mail.subscribers import Frequency, Subscription

BEFORE = MONDAY - timedelta(days=3)


@pytest.fixture
def site(engine: Engine, tmp_path: Path) -> Iterator[Site]:
    with running_site(engine, tmp_path, structlog.get_logger(), ada=False) as running:
        yield running


def get(site: Site, path: str, status: int = 200) -> str:
    answer = site.get(path)
    assert answer.status == status, answer.text
    return answer.text


def post(site: Site, path: str, status: int = 200, **form: str) -> str:
    answer = site.post(path, FORM, urlencode(form).encode())
    assert answer.status == status, answer.text
    return answer.text


def test_one_click_of_a_mail_program_unsubscribes(site: Site) -> None:
    add_reader(site.engine, ADA, BEFORE)
    post(site, site.link("unsubscribe"), **{"List-Unsubscribe": "One-Click"})
    assert site.reader().state == "unsubscribed"


def test_looking_at_a_link_changes_nothing(site: Site) -> None:
    add_reader(site.engine, ADA, BEFORE)
    assert "<button>Unsubscribe</button>" in get(site, site.link("unsubscribe"))
    get(site, site.link("preferences"))
    assert site.reader().state == "active"
    post(site, site.link("unsubscribe"))
    assert "unsubscribed already" in get(site, site.link("unsubscribe"))


def test_a_confirmation_takes_a_button(site: Site) -> None:
    add_reader(site.engine, ADA, BEFORE, confirmed=False)
    assert "<button>Yes, send them</button>" in get(site, site.link("confirm", Purpose.CONFIRM))
    assert site.reader().state == "unconfirmed"
    post(site, site.link("confirm", Purpose.CONFIRM))
    assert site.reader().state == "active"


def test_the_link_of_every_mail_does_not_confirm(site: Site) -> None:
    add_reader(site.engine, ADA, BEFORE, confirmed=False)
    post(site, site.link("confirm", Purpose.MANAGE), status=404)
    assert site.reader().state == "unconfirmed"


def test_single_subscriptions_end_and_the_rhythm_changes(site: Site) -> None:
    add_reader(site.engine, ADA, BEFORE, Subscription(place=MILWAUKEE), Subscription(place=MADISON))
    first, second = site.reader().subscriptions
    page = get(site, site.link("preferences"))
    assert "Milwaukee, Wisconsin" in page
    form = {"keep": str(second.id), "frequency": "daily", "weekday": "friday", "hour": "9", "timezone": "Europe/Dublin"}
    assert "Saved." in post(site, site.link("preferences"), **form)
    reader = site.reader()
    assert reader.subscriptions == (second,)
    assert first not in reader.subscriptions
    rhythm = reader.rhythm
    assert (rhythm.frequency, rhythm.weekday, rhythm.hour, rhythm.timezone) == (Frequency.DAILY, 4, 9, "Europe/Dublin")


def test_nothing_ticked_means_no_more_mails(site: Site) -> None:
    add_reader(site.engine, ADA, BEFORE)
    post(site, site.link("preferences"), frequency="weekly", weekday="monday", hour="7", timezone=CHICAGO)
    assert site.reader().state == "unsubscribed"


def test_places_and_topics_are_added_to_what_is_kept(site: Site) -> None:
    add_reader(site.engine, ADA, BEFORE, Subscription(place=MILWAUKEE))
    kept = site.reader().subscriptions[0]
    post(site, site.link("preferences"), **site.form(place="Madison, WI", topic="housing"))
    assert [(item.place, item.topics) for item in site.reader().subscriptions] == [
        (MILWAUKEE, ()),
        (MADISON, ("housing",)),
    ]
    post(site, site.link("preferences"), **site.form(place="Madison, WI", topic="housing", keep=str(kept.id)))
    assert len(site.reader().subscriptions) == 2
    post(site, site.link("preferences"), **site.form(place="Wisconsin", keep="0"))
    assert [item.place for item in site.reader().subscriptions] == [WI]
    assert site.reader().state == "active"


def test_a_place_that_nobody_knows_is_said_and_stays_in_its_field(site: Site) -> None:
    add_reader(site.engine, ADA, BEFORE, Subscription(place=MILWAUKEE))
    before = site.reader()
    page = post(site, site.link("preferences"), status=400, **site.form(place='Nowhere, "WI', topic="housing"))
    assert 'value="Nowhere, &#34;WI"' in page
    assert 'value="housing" checked' in page
    assert site.reader() == before


def when_of(page: str) -> str:
    """The fields about when mails come, without what is chosen in them."""
    fields = page.partition("<legend>When</legend>")[2].partition("</fieldset>")[0]
    return fields.replace(" selected", "")


def test_agendas_are_watched_and_left_in_the_preferences(site: Site) -> None:
    add_reader(site.engine, ADA, BEFORE)
    (digest,) = site.reader().subscriptions
    post(site, site.link("preferences"), **site.form(keep=str(digest.id), about="", words="street lamps"))
    first, watched = site.reader().subscriptions
    assert (first.id, watched.agenda, watched.place, watched.words) == (digest.id, True, None, ("street lamps",))
    page = post(site, site.link("preferences"), **site.form(keep=str(watched.id)))
    assert "On agendas of all places: “street lamps”" in page
    assert site.reader().subscriptions == (watched,)


def test_the_preferences_ask_when_in_the_words_of_the_sign_up(engine: Engine, tmp_path: Path) -> None:
    mail = {"web_url": "http://127.0.0.1:1/", "smtp_host": "127.0.0.1", "mail_from": "digest@example.org"}
    with running_site(engine, tmp_path, structlog.get_logger(), ada=False, **mail, timezone="America/Chicago") as site:
        add_reader(site.engine, ADA, BEFORE)
        page = get(site, site.link("preferences"))
        assert when_of(page) == when_of(get(site, "/subscribe/"))
        for part in (
            "Once a week",
            '<option value="7" selected>7:00',
            "Central",
            '<option value="Europe/Dublin">Europe/Dublin',
        ):
            assert part in page
        post(site, site.link("preferences"), **site.form(timezone="Europe/Dublin"))
        assert '<option value="Europe/Dublin" selected>' in get(site, site.link("preferences"))


def test_the_preferences_end_it_all_by_a_button(site: Site) -> None:
    add_reader(site.engine, ADA, BEFORE)
    link = site.link("unsubscribe")
    assert f'<form method="post" action="..{link}"' in get(site, site.link("preferences"))
    post(site, link)
    assert "Unsubscribe</button>" not in get(site, site.link("preferences"))


def test_each_page_has_a_way_to_the_report(site: Site) -> None:
    add_reader(site.engine, ADA, BEFORE)
    for what in ("preferences", "unsubscribe"):
        assert '<header><a href="../">Procedure tracker</a></header>' in get(site, site.link(what))
    assert '<header><a href="../../">' in get(site, "/wi/nowhere/page.html", status=404)
    assert '<header><a href="../../">' in get(site, "/api/v1/")


WRONG = [("timezone", "Milwaukee"), ("hour", "seven"), ("hour", "24"), ("weekday", "someday"), ("frequency", "hourly")]


@pytest.mark.parametrize(("field", "value"), WRONG)
def test_a_wrong_form_is_said_and_changes_nothing(site: Site, field: str, value: str) -> None:
    add_reader(site.engine, ADA, BEFORE)
    before = site.reader()
    form = {"keep": str(before.subscriptions[0].id), "frequency": "weekly", "weekday": "friday", "hour": "7"}
    page = post(site, site.link("preferences"), status=400, **form | {"timezone": CHICAGO, field: value})
    assert 'role="alert"' in page
    assert site.reader() == before


def test_a_form_reaches_nobody_elses_subscriptions(site: Site) -> None:
    other = add_reader(site.engine, "bob@example.org", BEFORE)
    add_reader(site.engine, ADA, BEFORE)
    form = {"keep": "999999", "frequency": "weekly", "weekday": "monday", "hour": "7", "timezone": CHICAGO}
    post(site, site.link("preferences"), **form)
    with reading(site.engine) as opened:
        bob = subscribers.some(opened, [other.id])[other.id]
    assert (bob.state, bob.subscriptions) == ("active", other.subscriptions)


@pytest.mark.parametrize(
    "token", ["x", "mnobody.mac", "m" * 200, "%00", "..%2f..%2fetc%2fpasswd", "m%22%3E%3Cscript%3E", "%7Bx%7D"]
)
def test_a_link_that_is_not_ours_is_a_page_that_says_so(site: Site, token: str) -> None:
    for what in ("confirm", "unsubscribe", "preferences"):
        assert "<script" not in get(site, f"/{what}/{token}", status=404)


def test_the_pages_are_well_formed_and_nothing_keeps_or_passes_on_their_address(site: Site) -> None:
    add_reader(site.engine, ADA, BEFORE, Subscription(place=MILWAUKEE, topics=("immigration",)))
    for path in (site.link("unsubscribe"), site.link("preferences"), site.link("confirm", Purpose.CONFIRM)):
        answer = site.get(path)
        html5lib.HTMLParser(strict=True).parse(answer.text)
        assert (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "Set-Cookie" not in answer.headers


def test_health_says_ok(site: Site) -> None:
    assert get(site, "/healthz") == '{"status":"ok"}'


def test_the_report_is_served_and_folders_lead_to_their_page(site: Site) -> None:
    assert get(site, "/") == get(site, "/wi/milwaukee/index.html") == HOME
    for path, leads in (("/wi/milwaukee/", "../../wi/"), ("/wi/milwaukee", "../wi/")):
        answer = site.get(path)  # relative: a web server in front may serve us under a path of its own
        assert (answer.status, answer.headers["Location"]) == (302, f"{leads}milwaukee/index.html")
    get(site, "/../tracker.db", status=404)
    get(site, "/%2e%2e/mail.secret", status=404)
