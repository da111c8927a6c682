"""Tokens in links: ours alone, for one purpose each, with a secret that only we can read."""

import stat
from pathlib import Path

import pytest

from jobs.mail.link_tokens import Purpose, Tokens
from jobs.settings import SECRET_FILE
from tracker.errors import StorageError

TOKENS = Tokens(b"s" * 32)
KEY = "aB3_-xyz"


def test_a_token_names_its_subscriber_for_its_purpose_only():
    token = TOKENS.make(Purpose.MANAGE, KEY)
    assert TOKENS.read(token, Purpose.MANAGE) == KEY
    assert TOKENS.read(token, Purpose.CONFIRM) is None


def test_a_token_goes_into_an_address_as_it_is():
    assert set(TOKENS.make(Purpose.CONFIRM, KEY)) <= set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-."
    )


def test_no_other_character_and_no_other_secret_gives_the_same():
    token = TOKENS.make(Purpose.MANAGE, KEY)
    for place in range(len(token)):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        assert TOKENS.read(changed, Purpose.MANAGE) is None
    assert Tokens(b"t" * 32).read(token, Purpose.MANAGE) is None


@pytest.mark.parametrize("text", ["", ".", "m", "m.", "mä.ü", f"m{KEY}", "m" * 10_000])
def test_what_is_no_token_is_nobodys(text):
    assert TOKENS.read(text, Purpose.MANAGE) is None


def test_the_secret_is_made_once_and_readable_by_its_owner_only(tmp_path: Path):
    first, second = Tokens.of(tmp_path), Tokens.of(tmp_path)
    assert first.make(Purpose.MANAGE, KEY) == second.make(Purpose.MANAGE, KEY)
    assert stat.S_IMODE((tmp_path / SECRET_FILE).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [SECRET_FILE]


def test_a_damaged_secret_is_said(tmp_path: Path):
    (tmp_path / SECRET_FILE).write_bytes(b"short")
    with pytest.raises(StorageError, match="damaged"):
        Tokens.of(tmp_path)
