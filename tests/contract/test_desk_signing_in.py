"""Who gets into the desk and how they leave it, over real HTTP and on both engines."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import html5lib
import pytest
import structlog
from sqlalchemy import Engine, text

from db.desk import users
from db.engine import reading
from db.sessions import session
from db.values import DeskUser, Role
from jobs.web.desk import passwords
from jobs.web.desk import passwords as limits
from jobs.web.desk.pages import PAGES
from support.web.desk import PASSWORD, USERS, Browser, add_users
from support.web.site import FORM, Site, running_site
from tracker.errors import BadInput

WRONG = "This name and this password do not belong together."


PROXY: dict[str, Any] = {"trusted_proxies": "127.0.0.1", "ada": False}


@pytest.fixture(scope="module")
def running(shared_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("desk")
    with running_site(shared_engine, folder, structlog.get_logger(), desk=True, **PROXY) as site:
        yield site


@pytest.fixture
def site(running: Site) -> Site:
    add_users(running.engine, "Lou")
    return running


def test_nobody_sees_anything_before_they_sign_in(site: Site) -> None:
    browser = Browser(site)
    page = browser.get("entries?q=police")
    assert browser.at == "/desk/login?next=entries%3Fq%3Dpolice"
    assert "Sign in" in page
    browser.post("login", name="vic ", password=PASSWORD, next="entries?q=police")
    assert (browser.status, browser.at) == (200, "/desk/entries?q=police")
    assert "<bdi>Vic</bdi>" in browser.page


def test_the_desk_is_off_unless_the_settings_say_otherwise(site: Site, tmp_path: Path) -> None:
    with running_site(site.engine, tmp_path, structlog.get_logger(), **PROXY) as off:
        for path in ("/desk", "/desk/", "/desk/login", "/desk/static/desk.css"):
            assert off.get(path).status == 404, path


def test_a_wrong_password_and_an_unknown_name_are_told_in_the_same_words(site: Site) -> None:
    pages = []
    for name, password in (
        ("Vic", "wrong"),
        ("Nobody", PASSWORD),
        ("", ""),
        ("Vic", PASSWORD + "x"),
        ("Ad", "x" * 9000),
    ):
        browser = Browser(site).sign_in(name, password)
        assert (browser.status, WRONG in browser.page) == (403, True), name
        html5lib.HTMLParser(strict=True).parse(browser.page)
        pages.append(browser.page.replace(f'value="{name}" autocomplete', "autocomplete"))
        browser.get()
        assert browser.at.startswith("/desk/login"), name
    assert len({len(page) for page in pages}) == 1


def test_the_cookie_is_for_the_desk_and_no_script(site: Site) -> None:
    first = Browser(site)
    first.get("login")
    before = first.cookie
    first.sign_in("Vic")
    assert first.cookie != before, "a key from before signing in must not be signed in afterwards"
    answer = site.get("/desk/login")
    told = answer.headers["Set-Cookie"].lower()
    for part in ("httponly", "samesite=lax", "path=/desk"):
        assert part in told.split("; ")
    assert "secure" not in told
    with reading(site.engine) as opened:
        kept = str(opened.execute(text("SELECT hash FROM desk_session")).scalar_one())
    assert kept not in first.cookie


def test_a_cookie_that_is_not_ours_is_nobodys(site: Site) -> None:
    known = Browser(site).sign_in("Vic").cookie
    name, _, value = known.partition("=")
    for forged in (value[:-1] + "x", value[1:], "d" + value, "m" + value[1:], "", "x" * 5000, '"', "dkey.mac"):
        browser = Browser(site)
        browser.cookie = f"{name}={forged}"
        browser.get()
        assert (browser.status, browser.at) == (200, "/desk/login"), forged[:20]


@pytest.mark.parametrize("how", ["sign-out", "account/sign-out"])
def test_one_signs_out_here_or_everywhere(site: Site, how: str) -> None:
    here, there = Browser(site).sign_in("Vic"), Browser(site).sign_in("Vic")
    here.get("account")
    here.post(how)
    for browser, stays in ((here, False), (there, how == "sign-out")):
        browser.get("account")
        assert (browser.at == "/desk/account") is stays


def user(site: Site, name: str) -> DeskUser:
    with reading(site.engine) as opened:
        return users.user(opened, name)


def test_an_admin_ends_sessions_of_others(site: Site) -> None:
    eve, ada = Browser(site).sign_in("Eve"), Browser(site).sign_in("Ada")
    assert "1 browser" in ada.get("users")
    ada.post(f"users/{user(site, 'Eve').id}/sign-out")
    eve.get("account")
    assert eve.at.startswith("/desk/login")


def test_an_admin_adds_users_changes_roles_and_removes_users(site: Site) -> None:
    ada = Browser(site).sign_in("Ada")
    ada.get("users")
    new = {"name": " Ida ", "role": "editor", "password": "another horse", "again": "another horse"}
    for wrong, says in (
        ({"again": "another house"}, "not the same both times"),
        ({"password": "short", "again": "short"}, "a password has 10 to"),
        ({"role": "boss"}, "there is no role"),
        ({"name": "EVE"}, "there is a user EVE already"),
        ({"name": "--"}, "a name is one line"),
        ({"name": "", "role": "", "password": ""}, "there is no role"),
    ):
        assert says.lower() in ada.post("users/add", **new | wrong).lower(), wrong
        assert ada.status == 400
        html5lib.HTMLParser(strict=True).parse(ada.page)
    assert "<bdi>Ida</bdi></b>, editor" in ada.post("users/add", **new)
    assert Browser(site).sign_in("ida", "another horse").at == "/desk/"
    key = user(site, "Ida").id
    assert "<bdi>Ida</bdi></b>, viewer" in ada.post(f"users/{key}/role", role="viewer")
    ada.post(f"users/{key}/remove")
    assert (ada.status, "tick that they are to be removed" in ada.page.lower()) == (400, True)
    assert "<bdi>Ida</bdi>" not in ada.post(f"users/{key}/remove", sure="yes")
    for what, fields in (("remove", {"sure": "yes"}), ("role", {"role": "admin"}), ("sign-out", {})):
        assert "there is no user" in ada.post(f"users/{key}/{what}", **fields).lower(), what


def test_the_only_admin_stays_one(site: Site) -> None:
    ada, key = Browser(site).sign_in("Ada"), user(site, "Ada").id
    ada.get("users")
    for what, fields in (("remove", {"sure": "yes"}), ("role", {"role": "editor"})):
        assert "is the only admin" in ada.post(f"users/{key}/{what}", **fields), what
        assert ada.status == 400
    ada.post(f"users/{user(site, 'Eve').id}/role", role="admin")
    ada.post(f"users/{key}/role", role="editor")
    assert (ada.status, ada.at, user(site, "Ada").role) == (200, "/desk/", Role.EDITOR)


def test_another_password_ends_all_sessions_but_the_one_that_set_it(site: Site) -> None:
    here, there = Browser(site).sign_in("Vic"), Browser(site).sign_in("Vic")
    here.get("account")
    for fields, says in (
        ({"old": "wrong", "new": "another horse", "again": "another horse"}, "The old password is not right"),
        ({"old": PASSWORD, "new": "another horse", "again": "another house"}, "not the same both times"),
        ({"old": PASSWORD, "new": "short", "again": "short"}, "a password has 10 to 1,000 characters"),
    ):
        assert says.lower() in here.post("account/password", **fields).lower()
        assert here.status == 400
    here.post("account/password", old=PASSWORD, new="another horse", again="another horse")
    assert "Your password is changed" in here.page
    there.get("account")
    assert there.at.startswith("/desk/login")
    assert Browser(site).sign_in("Vic").status == 403
    assert Browser(site).sign_in("Vic", "another horse").at == "/desk/"


def test_a_session_ends_by_itself(site: Site) -> None:
    browser = Browser(site).sign_in("Vic")
    now = datetime.now(UTC)
    for seen, began, stays in (
        (timedelta(hours=11), timedelta(days=13), True),
        (timedelta(hours=13), timedelta(days=1), False),
        (timedelta(0), timedelta(days=15), False),
    ):
        with session(site.engine) as opened:
            told = {"seen": now - seen, "began": now - began}
            opened.execute(text("UPDATE desk_session SET seen_at = :seen, began_at = :began"), told)
        browser.get("account")
        assert (browser.at == "/desk/account") is stays, (seen, began)


def test_who_is_removed_or_gets_another_role_feels_it_at_once(site: Site) -> None:
    browser = Browser(site).sign_in("Vic")
    with session(site.engine) as opened:
        users.set_role(opened, users.user(opened, "vic").id, USERS["Ada"])
    assert browser.get("users")
    assert browser.status == 200
    with session(site.engine) as opened:
        users.remove(opened, users.user(opened, "VIC").id)
    browser.get("users")
    assert browser.at.startswith("/desk/login")


def test_a_form_from_elsewhere_is_not_taken(site: Site) -> None:
    browser, other = Browser(site).sign_in("Vic"), Browser(site).sign_in("Eve")
    browser.get("account")
    stolen = other.get("account").partition('name="form" value="')[2].partition('"')[0]
    for form in ("", "x", stolen, "é", "\0"):
        assert "Not taken" in browser.post("account/sign-out", form=form)
        assert browser.status == 403
        browser.get("account")
        assert browser.at == "/desk/account"
    strange = Browser(site, ("Sec-Fetch-Site", "cross-site"))
    strange.cookie = browser.cookie
    strange.get("account")
    strange.post("account/sign-out")
    assert strange.status == 403
    assert site.post("/desk/login", FORM, b"name=Vic&password=x").status == 403, "also of the form to sign in"


def tries(browser: Browser, name: Callable[[int], str]) -> int:
    """Wrong passwords until no more are taken (a slow machine gives time for some more): how many were."""
    for number in range(3 * limits.OF_A_CLIENT):
        browser.post("login", name=name(number), password="wrong")
        if browser.status == 429:
            return number
        assert browser.status == 403
    raise AssertionError("no limit")


def test_nobody_is_locked_out_by_who_tries_their_name(site: Site) -> None:
    lou = Browser(site).sign_in("Lou")
    elsewhere, beside = Browser(site), Browser(site, address=lou.address)
    for stranger in (elsewhere, beside):
        stranger.get("login")
        tries(stranger, lambda _: "Lou")
    assert Browser(site).sign_in("Lou").at == "/desk/", "from an address where nobody tried"
    lou.post("sign-out")
    assert lou.sign_in("Lou").at == "/desk/", "in a browser where they signed in before"
    for known in ("", lou.known[:-1], Browser(site).sign_in("Vic").known):
        beside.known = known
        assert beside.sign_in("Lou").status == 429, "but in no other browser there"


def test_so_many_passwords_may_be_tried_for_one_name(site: Site) -> None:
    browser = Browser(site)
    browser.get("login")
    assert tries(browser, lambda _: "Lou") >= limits.TRIES
    assert browser.answer is not None
    assert 1 <= int(browser.answer.headers["Retry-After"]) <= limits.TRY_AGAIN_S
    assert "Please try again in" in browser.page
    browser.post("login", name=" LOU ", password=PASSWORD)
    assert browser.status == 429, "the right one is not looked at either"
    browser.post("login", name="Eve", password=PASSWORD)
    assert browser.at == "/desk/"


def test_so_many_passwords_may_be_tried_from_one_address(site: Site) -> None:
    browser = Browser(site)
    browser.get("login")
    assert tries(browser, "user {}".format) >= limits.OF_A_CLIENT


def test_a_page_leads_to_no_other_host(site: Site) -> None:
    for wanted in (
        "//evil.example/",
        "https://evil.example/",
        "/etc",
        "../../x",
        "\\evil",
        "javascript:alert(1)",
        "x\ny",
    ):
        browser = Browser(site)
        browser.get("login")
        browser.post("login", name="Vic", password=PASSWORD, next=wanted)
        assert browser.at.startswith("/desk/"), wanted
        assert "evil" not in browser.at, wanted


def test_behind_a_web_server_everything_stays_under_its_path(site: Site, tmp_path: Path) -> None:
    given = PROXY | {"web_url": "https://news.example/tracker/", "desk": True}
    with running_site(site.engine, tmp_path, structlog.get_logger(), **given) as behind:
        told = behind.get("/tracker/desk/login").headers["Set-Cookie"].lower().split("; ")
        assert "path=/tracker/desk" in told
        assert "secure" in told
        assert behind.get("/tracker/desk").headers["Location"] == "./desk/"
        for prefix in ("", "/tracker"):
            browser = Browser(behind, prefix=prefix).sign_in("Vic")
            assert (browser.status, browser.at) == (200, "/desk/")
            browser.get("account")
            browser.post("sign-out")
            assert browser.at == "/desk/login"
        lost = Browser(behind)
        lost.get("login")
        lost.cookie = ""
        assert "https://news.example/tracker/desk/" in lost.post("login", name="Vic", password=PASSWORD)


def test_every_answer_is_for_one_person_and_no_script_but_ours(site: Site) -> None:
    browser = Browser(site).sign_in("Ada")
    for line in PAGES:
        if line.startswith("GET ") and "{" not in line:
            browser.get(line.removeprefix("GET /"))
            assert browser.answer is not None
            headers = browser.answer.headers
            assert (browser.status, headers["Cache-Control"]) == (200, "no-store"), line
            assert "script-src 'self'" in headers["Content-Security-Policy"], line
            assert "unsafe" not in headers["Content-Security-Policy"], line
            html5lib.HTMLParser(strict=True).parse(browser.page)
    for name in ("report.css", "desk.css", "keys.js", "htmx.min.js"):
        answer = site.get(f"/desk/static/{name}")
        assert answer.status == 200
        assert site.get(f"/desk/static/{name}", ("If-None-Match", answer.headers["ETag"])).status == 304
    for path in ("static/../app.py", "static/x.css", "nothing", "entry", "entry/x/y"):
        browser.get(path)
        assert (browser.status, "There is no such page" in browser.page) == (404, True), path


@pytest.mark.parametrize("name", ["", "  ", "tracker", "Tracker ", "a\nb", "\u202eada", "x" * 61, "--"])
def test_a_name_that_no_history_can_bear_is_refused(site: Site, name: str) -> None:
    with pytest.raises(BadInput):
        passwords.add(site.engine, name, USERS["Vic"], PASSWORD, datetime.now(UTC))


def test_a_name_is_one_persons_whatever_its_capitals(site: Site) -> None:
    with pytest.raises(BadInput, match="there is a user ADA already"):
        passwords.add(site.engine, "ADA", USERS["Vic"], PASSWORD, datetime.now(UTC))
    with reading(site.engine) as opened, pytest.raises(BadInput, match="did you mean Eve"):
        users.user(opened, "Evee")
