"""A small web on loopback for one test: pages by path, and hosts by name that all lead to it."""

import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

Page = Callable[[web.Request], web.StreamResponse] | str
"""A handler, or a text that is served as HTML."""


class Web:
    """`origin` has no closing slash; `asked` lists what was asked for, as "host path"."""

    def __init__(self, origin: str) -> None:
        self.origin, self.asked = origin, list[str]()
        self.port = origin.rpartition(":")[2]

    def at(self, host: str) -> str:
        """The origin under another host's name."""
        return f"http://{host}:{self.port}"


@asynccontextmanager
async def served(pages: dict[str, Page]) -> AsyncIterator[Web]:
    """Serves each page under "/path" or, before that, under "host/path"."""

    async def answer(request: web.Request) -> web.StreamResponse:
        host = (request.host or "").partition(":")[0]
        site.asked.append(f"{host}{request.path_qs}")
        page = pages.get(host + request.path, pages.get(request.path))
        if page is None:
            return web.Response(status=404)
        return web.Response(text=page, content_type="text/html") if isinstance(page, str) else page(request)

    app = web.Application()
    app.router.add_get("/{rest:.*}", answer)
    async with TestServer(app) as server:
        site = Web(str(server.make_url("/")).rstrip("/"))
        yield site


def lead_here(monkeypatch: pytest.MonkeyPatch, *hosts: str) -> None:
    """These names are looked up as this machine's own address, as in a hosts file."""
    really = socket.getaddrinfo

    def look_up(host: Any, *others: Any, **further: Any) -> Any:
        return really("127.0.0.1" if host in hosts else host, *others, **further)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


def status(code: int, **headers: str) -> Page:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda request: web.Response(status=code, headers=named)


def gives(text: str, kind: str = "application/rss+xml", **headers: str) -> Page:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda request: web.Response(text=text, headers=named, content_type=kind)
