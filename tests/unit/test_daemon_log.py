"""The daemon's log: one line an event, in the form that was asked for, and never a reason to stop."""

import io
import json
import sys

import pytest

from jobs.process import log


class Full(io.StringIO):
    """Takes nothing, as a file on a full disk."""

    def write(self, _text: str) -> int:
        raise OSError(28, "No space left on device")


@pytest.mark.parametrize("form", ["auto", "json"])
def test_without_a_terminal_an_event_is_a_line_of_json(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    log.start(form).info("polled", feeds=3, what="two\nlines \x1b[31m")
    line = json.loads(stream.getvalue())
    assert (line["event"], line["feeds"], line["level"]) == ("polled", 3, "info")
    assert "\n" not in line["what"]
    assert "\x1b" not in line["what"]


def test_console_is_for_people_whatever_it_is_written_to(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    log.start("console").error("failed", what="the disk is full")
    assert "failed" in stream.getvalue()
    assert "what=the disk is full" in stream.getvalue().replace("'", "")
    assert "{" not in stream.getvalue()


def test_a_log_that_takes_nothing_more_stops_no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Full())
    log.start("json").error("failed", what="anything")
