"""A site on loopback, and the command in a folder of its own that may poll it without waiting."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from command_shell import Shell
from feed_site import Site, site


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
