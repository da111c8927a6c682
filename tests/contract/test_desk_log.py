"""Who came to the desk, and what they did there that others want to know of later, is in the daemon's log."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from structlog.testing import CapturingLogger

from jobs.web.desk import passwords
from support.mail.news import MONDAY, add_entry
from support.web.desk import PASSWORD, Browser, add_users
from support.web.site import Site, running_site

SECRETS = (PASSWORD, "wrong horse", "another horse", "Jane Roe")


@pytest.fixture
def log() -> CapturingLogger:
    return CapturingLogger()


@pytest.fixture
def site(engine: Engine, tmp_path: Path, log: CapturingLogger) -> Iterator[Site]:
    with running_site(engine, tmp_path, log, desk=True, ada=False, trusted_proxies="127.0.0.1") as running:
        add_users(engine)
        yield running


def lines(log: CapturingLogger, event: str) -> list[tuple[str, dict[str, Any]]]:
    """(level, what is told) of each line of an event; none has a secret."""
    assert not [secret for secret in SECRETS if secret in repr(log.calls)]
    return [(call.method_name, dict(call.kwargs)) for call in log.calls if call.args == (event,)]


def test_who_signs_in_and_who_is_refused(site: Site, log: CapturingLogger) -> None:
    Browser(site).sign_in("vic ")
    ((level, told),) = lines(log, "signed in")
    assert (level, told["user"], told["client"][:10]) == ("info", "Vic", "203.0.113.")
    Browser(site).sign_in("Vic" + "x" * 500, "wrong horse")
    ((level, told),) = lines(log, "sign-in refused")
    assert (level, len(told["name"]), told["client"][:10]) == ("warning", passwords.LONGEST_NAME, "203.0.113.")


def test_tries_that_are_blocked_are_told_once_a_minute(site: Site, log: CapturingLogger) -> None:
    browser = Browser(site)
    for _ in range(passwords.TRIES + 3):
        browser.sign_in("Vic", "wrong horse")
    assert browser.status == 429
    ((level, told),) = lines(log, "sign-in blocked")
    assert (level, told["name"]) == ("info", "Vic")
    assert len(lines(log, "sign-in refused")) == passwords.TRIES


def test_passwords_users_and_what_is_withheld(site: Site, log: CapturingLogger) -> None:
    add_entry(site.engine, "one", MONDAY)
    ada = Browser(site).sign_in("Ada")
    ada.get("account")
    ada.post("account/password", old=PASSWORD, new="another horse", again="another horse")
    assert [told["user"] for _, told in lines(log, "password changed")] == ["Ada"]
    ada.get("users")
    ada.post("users/add", name="Ida", role="editor", password="another horse", again="another horse")
    assert [(told["of"], told["what"]) for _, told in lines(log, "desk user changed")] == [("Ida", "added")]
    ada.get("withheld")
    ada.post("withheld/name", name="Jane Roe", reason="asked for it", sure="yes")
    ((_, told),) = lines(log, "name withheld")
    ada.get("withheld")
    ada.post(f"withheld/{told['withholding']}/release", reason="a mistake", sure="yes")
    assert [again["withholding"] for _, again in lines(log, "published again")] == [told["withholding"]]
    ada.get("entry/one")
    ada.post("entry/one/withhold", number=1, reason="a private person")
    assert [(told["user"], told["entry"]) for _, told in lines(log, "quotes withheld")] == [("Ada", "one")]
