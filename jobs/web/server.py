"""Starts and ends the web server within the daemon's event loop."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from aiohttp import web
from aiohttp.http import HttpProcessingError

from jobs.settings import Settings
from jobs.web.app import make_app

if TYPE_CHECKING:
    from sqlalchemy import Engine

PATIENCE_S = 5.0
"""How long a request in hand may take when the daemon ends."""


def _is_ours(record: logging.LogRecord) -> bool:
    """False for what aiohttp logs, with its traceback, about bytes that are no HTTP: anybody can send those."""
    return not (record.exc_info and isinstance(record.exc_info[1], (HttpProcessingError, web.RequestPayloadError)))


@asynccontextmanager
async def serving(engine: "Engine", settings: Settings, log: Any) -> AsyncIterator[None]:
    """The web server runs meanwhile. A port that is taken is said; the daemon does its other work without it."""
    logging.getLogger("aiohttp.server").addFilter(_is_ours)
    runner = web.AppRunner(make_app(engine, settings), access_log=None, shutdown_timeout=PATIENCE_S)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.web_host, settings.web_port).start()
        log.info("serving", url=f"http://{settings.web_host}:{settings.web_port}/")
    except OSError as error:
        where = f"{settings.web_host}:{settings.web_port}"
        log.error("not serving", what=f"{where}: {error.strerror or error}; set web_host or web_port")
    try:
        yield
    finally:
        await runner.cleanup()
