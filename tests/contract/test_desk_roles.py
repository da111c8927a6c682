"""Who may do what at the desk: every address with every role."""

import re
from collections.abc import Iterator

import pytest
import structlog

from db.engine import migrate, open_database
from db.values import Role
from jobs.settings import Settings
from jobs.web.desk.app import make_desk
from jobs.web.desk.pages import PAGES
from support.web.desk import USERS, Browser, add_users
from support.web.site import Site, running_site

NOTHING = "0123456789ab"
"""What no entry, policy or file is called."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    # SQLite only: addresses are tested, not what is stored
    folder = tmp_path_factory.mktemp("desk")
    engine = open_database(f"sqlite:///{folder / 'tracker.db'}")
    migrate(engine)
    add_users(engine)
    with running_site(
        engine, folder, structlog.get_logger(), desk=True, ada=False, trusted_proxies="127.0.0.1"
    ) as site:
        yield site
    engine.dispose()


@pytest.mark.parametrize("name", [*USERS, "nobody"])
def test_every_address_is_open_to_its_role_and_those_above(site: Site, name: str) -> None:
    role = USERS.get(name)
    for line, (needed, _page) in PAGES.items():
        method, path = re.sub(r"\{\w+:int\}", "999", re.sub(r"\{\w+\}", NOTHING, line)).split(" /")
        browser = Browser(site)
        if role:
            browser.sign_in(name)
        browser.get("account")  # a page with a form
        ask = browser.get if method == "GET" else browser.post
        page = ask(path)
        denied = (browser.status, "Not for your role" in page) == (403, True)
        led = method == "GET" and path != "login" and browser.at.startswith("/desk/login")
        signed_out = led or (browser.status, "Signed out" in page) == (401, True)
        is_open = needed is None or (role is not None and role.includes(needed))
        assert (denied, signed_out) == (not is_open and role is not None, not is_open and role is None), (line, name)
        assert browser.status < 500, line


def test_nothing_is_served_that_the_table_does_not_name(site: Site) -> None:
    desk = make_desk(site.engine, Settings(data_dir=site.data), structlog.get_logger())
    served = {f"{method} {route.path}" for route in desk.routes for method in route.methods}  # type: ignore[attr-defined]
    assert served == set(PAGES)


def test_each_role_may_what_the_one_before_it_may() -> None:
    viewer, editor, admin = Role
    assert [viewer.includes(editor), editor.includes(viewer), admin.includes(editor), admin.includes(admin)] == [
        False,
        True,
        True,
        True,
    ]
