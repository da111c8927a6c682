"""The pages behind the links of a mail, over real HTTP: a look changes nothing, a form does, and a click is enough."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import html5lib
import pytest
from aiohttp.test_utils import TestClient, TestServer
from mail_world import CHICAGO, MADISON, MILWAUKEE, MONDAY, add_reader
from sqlalchemy import Engine

from db import subscribers
from db.engine import reading
from jobs.mail.tokens import Purpose, Tokens
from jobs.settings import Settings
from jobs.web.app import make_app
from tracker.publish.subscribers import Frequency, Subscriber, Subscription

BEFORE = MONDAY - timedelta(days=3)
ADA = "ada@example.org"


class Site:
    """The running pages and one subscriber."""

    def __init__(self, client: "TestClient", engine: Engine, folder: Path) -> None:
        self.client, self.engine, self.tokens = client, engine, Tokens.of(folder)

    def reader(self) -> Subscriber:
        with reading(self.engine) as opened:
            found = subscribers.by_address(opened, ADA)
        assert found is not None
        return found

    def path(self, what: str, purpose: Purpose = Purpose.MANAGE) -> str:
        return f"/{what}/{self.tokens.make(purpose, self.reader().key)}"

    async def get(self, path: str, status: int = 200) -> str:
        answer = await self.client.get(path, allow_redirects=False)
        assert answer.status == status, await answer.text()
        return await answer.text()

    async def post(self, path: str, status: int = 200, **form: object) -> str:
        answer = await self.client.post(path, data=form, allow_redirects=False)
        assert answer.status == status, await answer.text()
        return await answer.text()


@pytest.fixture
async def site(engine: Engine, tmp_path: Path) -> AsyncIterator[Site]:
    app = make_app(engine, Settings(data_dir=tmp_path))
    async with TestClient(TestServer(app)) as client:
        yield Site(client, engine, tmp_path)


async def test_one_click_of_a_mail_program_unsubscribes(site: Site) -> None:
    add_reader(site.engine, ADA, BEFORE)
    await site.post(site.path("unsubscribe"), **{"List-Unsubscribe": "One-Click"})
    assert site.reader().state == "unsubscribed"


async def test_looking_at_a_link_changes_nothing(site: Site) -> None:
    add_reader(site.engine, ADA, BEFORE)
    assert "<button>Unsubscribe</button>" in await site.get(site.path("unsubscribe"))
    await site.get(site.path("preferences"))
    assert site.reader().state == "active"
    await site.post(site.path("unsubscribe"))
    assert "unsubscribed already" in await site.get(site.path("unsubscribe"))


async def test_a_confirmation_takes_a_button(site: Site) -> None:
    add_reader(site.engine, ADA, BEFORE, confirmed=False)
    assert "<button>Yes, send them</button>" in await site.get(site.path("confirm", Purpose.CONFIRM))
    assert site.reader().state == "unconfirmed"
    await site.post(site.path("confirm", Purpose.CONFIRM))
    assert site.reader().state == "active"


async def test_the_link_of_every_mail_does_not_confirm(site: Site) -> None:
    add_reader(site.engine, ADA, BEFORE, confirmed=False)
    await site.post(site.path("confirm", Purpose.MANAGE), status=404)
    assert site.reader().state == "unconfirmed"


async def test_single_subscriptions_end_and_the_rhythm_changes(site: Site) -> None:
    add_reader(site.engine, ADA, BEFORE, Subscription(place=MILWAUKEE), Subscription(place=MADISON))
    first, second = site.reader().subscriptions
    page = await site.get(site.path("preferences"))
    assert "Milwaukee, Wisconsin" in page
    form = {"keep": str(second.id), "frequency": "daily", "weekday": "friday", "hour": "9", "timezone": "Europe/Dublin"}
    assert "Saved." in await site.post(site.path("preferences"), **form)
    reader = site.reader()
    assert reader.subscriptions == (second,)
    assert first not in reader.subscriptions
    rhythm = reader.rhythm
    assert (rhythm.frequency, rhythm.weekday, rhythm.hour, rhythm.timezone) == (Frequency.DAILY, 4, 9, "Europe/Dublin")


async def test_nothing_ticked_means_no_more_mails(site: Site) -> None:
    add_reader(site.engine, ADA, BEFORE)
    await site.post(site.path("preferences"), frequency="weekly", weekday="monday", hour="7", timezone=CHICAGO)
    assert site.reader().state == "unsubscribed"


WRONG = [("timezone", "Milwaukee"), ("hour", "seven"), ("hour", "24"), ("weekday", "someday"), ("frequency", "hourly")]


@pytest.mark.parametrize(("field", "value"), WRONG)
async def test_a_wrong_form_is_said_and_changes_nothing(site: Site, field: str, value: str) -> None:
    add_reader(site.engine, ADA, BEFORE)
    before = site.reader()
    form = {"keep": str(before.subscriptions[0].id), "frequency": "weekly", "weekday": "friday", "hour": "7"}
    page = await site.post(site.path("preferences"), status=400, **form | {"timezone": CHICAGO, field: value})
    assert 'role="alert"' in page
    assert site.reader() == before


async def test_a_form_reaches_nobody_elses_subscriptions(site: Site) -> None:
    other = add_reader(site.engine, "bob@example.org", BEFORE)
    add_reader(site.engine, ADA, BEFORE)
    form = {"keep": "999999", "frequency": "weekly", "weekday": "monday", "hour": "7", "timezone": CHICAGO}
    await site.post(site.path("preferences"), **form)
    with reading(site.engine) as opened:
        bob = subscribers.some(opened, [other.id])[other.id]
    assert (bob.state, bob.subscriptions) == ("active", other.subscriptions)


@pytest.mark.parametrize(
    "token", ["x", "mnobody.mac", "m" * 200, "%00", "..%2f..%2fetc%2fpasswd", "m%22%3E%3Cscript%3E"]
)
async def test_a_link_that_is_not_ours_is_a_page_that_says_so(site: Site, token: str) -> None:
    for what in ("confirm", "unsubscribe", "preferences"):
        assert "<script" not in await site.get(f"/{what}/{token}", status=404)


async def test_the_pages_are_well_formed_and_nothing_keeps_or_passes_on_their_address(site: Site) -> None:
    add_reader(site.engine, ADA, BEFORE, Subscription(place=MILWAUKEE, topics=("immigration",)))
    for path in (site.path("unsubscribe"), site.path("preferences"), site.path("confirm", Purpose.CONFIRM)):
        answer = await site.client.get(path)
        html5lib.HTMLParser(strict=True).parse(await answer.text())
        assert (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "Set-Cookie" not in answer.headers


async def test_health_says_ok(site: Site) -> None:
    assert await site.get("/health") == '{"status": "ok"}'


async def test_the_report_is_served_and_folders_lead_to_their_page(site: Site, tmp_path: Path) -> None:
    await site.get("/", status=404)
    place = tmp_path / "report" / "wi" / "milwaukee"
    place.mkdir(parents=True)
    for folder in (place, tmp_path / "report"):
        (folder / "index.html").write_text("<h1>Here</h1>")
    assert await site.get("/") == "<h1>Here</h1>"
    answer = await site.client.get("/wi/milwaukee/")
    assert (str(answer.url.path), await answer.text()) == ("/wi/milwaukee/index.html", "<h1>Here</h1>")
    answer = await site.client.get("/wi/milwaukee", allow_redirects=True)
    assert (str(answer.url.path), await answer.text()) == ("/wi/milwaukee/index.html", "<h1>Here</h1>")
    for path in ("/wi/milwaukee/", "/wi/milwaukee"):  # a web server in front may serve us under a path of its own
        answer = await site.client.get(path, allow_redirects=False)
        assert not answer.headers["Location"].startswith(("/", "http"))
    await site.get("/../tracker.db", status=404)
    await site.get("/%2e%2e/mail.secret", status=404)
