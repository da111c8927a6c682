"""A site on loopback, the command in a folder of its own that may poll it without waiting, and a browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.commands.shared import done_once
from support.commands.shell import Shell
from support.servers.feed_site import Site, site
from support.web.chromium import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module", autouse=True)
def _once() -> Iterator[None]:
    """For commands that run in this process."""
    with done_once():
        yield


@pytest.fixture
def polling_shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Shell:
    shell = Shell(tmp_path, monkeypatch, capfd)
    monkeypatch.setenv("TRACKER_ALLOW_PRIVATE_ADDRESSES", "true")
    monkeypatch.setenv("TRACKER_SECONDS_BETWEEN_REQUESTS", "0")
    return shell


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    with chromium() as found:
        yield found
