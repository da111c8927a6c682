"""The daemon's log: one event a line on stderr, JSON for machines, plain words on a terminal."""

import logging
import sys
from typing import Any

import structlog


def start() -> Any:
    """Sets the log up and returns its logger. APScheduler's own lines are left out: our jobs say what they did."""
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *_rendering(sys.stderr.isatty()),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    return structlog.get_logger()


def _rendering(terminal: bool) -> list[Any]:
    if terminal:
        return [structlog.dev.ConsoleRenderer()]
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
