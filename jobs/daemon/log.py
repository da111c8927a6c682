"""The daemon's log: one event a line on stderr, JSON for machines, plain words on a terminal."""

import logging
import sys
from typing import Any

import structlog

from jobs.console import one_line


def start() -> Any:
    """Sets the log up and returns its logger. APScheduler's own lines are left out: our jobs say what they did."""
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _one_line,
            *_rendering(sys.stderr.isatty()),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    return structlog.get_logger()


def _one_line(_logger: Any, _name: str, event: Any) -> Any:
    """What a server or a page is quoted with cannot steer the terminal that shows the log."""
    return {name: one_line(value) if isinstance(value, str) else value for name, value in event.items()}


def _rendering(terminal: bool) -> list[Any]:
    if terminal:
        return [structlog.dev.ConsoleRenderer()]
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
