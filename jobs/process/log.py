"""The daemon's log: one event a line on stderr, JSON for machines, plain words on a terminal (setting `log_format`)."""

import logging
import sys
from contextlib import suppress
from typing import Any, TextIO

import structlog

from jobs.terminal.console import one_line


class Lines:
    """Writes lines to a stream. One that takes nothing more (a full disk, a reader that went) loses lines, and never
    stops the work that they tell of: what matters is in the database as well."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def msg(self, line: str) -> None:
        with suppress(OSError, ValueError):
            self._stream.write(line + "\n")
            self._stream.flush()

    debug = info = warning = error = critical = exception = fatal = log = msg


def start(form: str = "auto") -> Any:
    """Sets the log up and returns its logger. `form` is "console", "json", or "auto": console on a terminal, else JSON.
    The lines of the libraries below us are left out: our jobs say what they did, and what they could not do."""
    for library in ("apscheduler", "procrastinate", "psycopg"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _one_line,
            *_rendering(console=form == "console" or (form == "auto" and sys.stderr.isatty())),
        ],
        logger_factory=lambda *_: Lines(sys.stderr),
    )
    return structlog.get_logger()


def _one_line(_logger: Any, _name: str, event: Any) -> Any:
    """What a server or a page is quoted with cannot steer the terminal that shows the log."""
    return {name: one_line(value) if isinstance(value, str) else value for name, value in event.items()}


def _rendering(*, console: bool) -> list[Any]:
    if console:
        # The other way of showing a bug shows the values of variables: passwords, and the links of mails.
        plain = structlog.dev.plain_traceback
        return [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
