"""What the tests of the daemon's pages share: the web server as the daemon runs it, and requests that no client would
send. Nothing here knows which framework answers."""

import asyncio
import contextlib
import http.client
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from db.engine import reading
from db.mail import subscribers
from jobs.mail.link_tokens import Purpose, Tokens
from jobs.settings import Settings
from jobs.web.metrics import Meter
from jobs.web.middleware.connection_limits import ConnectionLimits
from jobs.web.server import serving
from support.mail.news import MADISON, MILWAUKEE, MONDAY, add_reader
from tracker.publish.mail.subscribers import Subscriber, Subscription

ADA = "ada@example.org"
PATIENCE_S = 10.0
FORM = "application/x-www-form-urlencoded"
HOME = "<h1>The report</h1>"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def kind(self) -> str:
        """The content type without its parameters."""
        return self.headers.get_content_type()

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


@dataclass(frozen=True)
class Site:
    """The running server, its database with one subscriber, and the folder of its report."""

    port: int
    engine: Engine
    data: Path
    report: Path
    meter: Meter

    def reader(self) -> Subscriber:
        with reading(self.engine) as opened:
            found = subscribers.by_address(opened, ADA)
        assert found is not None
        return found

    def link(self, what: str, purpose: Purpose = Purpose.MANAGE) -> str:
        """The path of a link in Ada's mails."""
        return f"/{what}/{Tokens.of(self.data).make(purpose, self.reader().key)}"

    def form(self, **other: str) -> dict[str, str]:
        """What a browser sends of Ada's preferences: all stays as it is, but for what is said otherwise."""
        kept = {"keep": str(self.reader().subscriptions[0].id)}
        return kept | {"frequency": "weekly", "weekday": "friday", "hour": "7", "timezone": "UTC"} | other

    def ask(self, method: str, target: str | bytes, headers: Any = (), body: bytes | None = None) -> Answer | None:
        """The answer to one request, sent as it is given; its length is added where there is a body."""
        lines = [("Host", "127.0.0.1"), ("Connection", "close"), *headers]
        if body is not None:
            lines.append(("Content-Length", str(len(body))))
        path = target if isinstance(target, bytes) else target.encode("utf-8", "surrogateescape")
        head = b"".join(f"{name}: {value}\r\n".encode("utf-8", "surrogateescape") for name, value in lines)
        return self.send(method.encode() + b" " + path + b" HTTP/1.1\r\n" + head + b"\r\n" + (body or b""), method)

    def get(self, target: str | bytes, *headers: tuple[str, str]) -> Answer:
        answer = self.ask("GET", target, headers)
        assert answer is not None
        return answer

    def post(self, target: str, kind: str, body: bytes, *headers: tuple[str, str]) -> Answer:
        answer = self.ask("POST", target, [("Content-Type", kind), *headers], body)
        assert answer is not None
        return answer

    def send(self, data: bytes, method: str = "GET", patience: float = PATIENCE_S) -> Answer | None:
        """The answer to these bytes; None where the server hangs up, or waits for more, without a word."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=patience) as connection:
            with contextlib.suppress(ConnectionError):  # it may answer and hang up before it has read all
                connection.sendall(data)
            answer = http.client.HTTPResponse(connection, method=method)
            try:
                answer.begin()
                return Answer(answer.status, answer.headers, answer.read())
            except (http.client.HTTPException, OSError):
                return None


@contextmanager
def running_site(
    engine: Engine,
    folder: Path,
    log: Any,
    limits: ConnectionLimits | None = None,
    meter: Meter | None = None,
    ada: bool = True,
    **given: Any,
) -> Iterator[Site]:
    """The daemon's web server in a thread, over a folder with a small report and, with `ada`, one subscriber; with
    other limits of its connections and other settings, where they are given."""
    report = folder / "report"
    (report / "wi" / "milwaukee").mkdir(parents=True)
    for page in (report / "index.html", report / "wi" / "milwaukee" / "index.html"):
        page.write_text(HOME)
    if ada:
        ada_follows_something(engine)
    settings = Settings(data_dir=folder, web_port=free_port(), **given)
    started: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def serve() -> None:
        stop = asyncio.Event()
        async with serving(engine, settings, log, meter, limits):
            started.set_result((asyncio.get_running_loop(), stop))
            await stop.wait()

    meter = Meter()
    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    loop, stop = started.result(timeout=PATIENCE_S)
    try:
        yield Site(settings.web_port, engine, folder, report, meter)
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()


def ada_follows_something(engine: Engine) -> None:
    """Makes Ada an active subscriber of two places, whatever she was before."""
    follows = Subscription(place=MILWAUKEE), Subscription(place=MADISON)
    add_reader(engine, ADA, MONDAY - timedelta(days=3), *follows, weekday=4)


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
