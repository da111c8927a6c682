"""Servers that do everything wrong, each on a loopback address of its own, beside some that do everything right."""

import asyncio
import gzip
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import brotli

from support.servers.raw import Answer, resets_after, sends

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nConnection: close\r\n"
ZEROS = 64 * 1024 * 1024
"""Several times as large as any answer may be."""
ITEM = "<item><title>{title}</title><link>http://news.invalid/{n}</link><guid>{n}</guid>{more}</item>"


def rss(*items: str, head: str = '<?xml version="1.0" encoding="utf-8"?>') -> bytes:
    """A feed of these items."""
    told = "".join(items)
    return f'{head}<rss version="2.0"><channel><title>News</title>{told}</channel></rss>'.encode(
        "utf-8", "surrogatepass"
    )


def item(title: str = "A story", n: int = 1, more: str = "") -> str:
    return ITEM.format(title=title, n=n, more=more)


def body(data: bytes | Callable[[], bytes], *headers: bytes) -> Answer:
    """What is large is made when it is asked for, not wherever tests are collected."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        made = data if isinstance(data, bytes) else data()
        head = b"".join(header + b"\r\n" for header in (*headers, b"Content-Length: %d" % len(made)))
        await sends(OK + head + b"\r\n" + made)(writer)

    return answer


def for_ever(start: bytes, piece: bytes, pause_s: float = 0.0) -> Answer:
    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause_s)

    return answer


def redirects(to: bytes) -> Answer:
    return sends(b"HTTP/1.1 302 Found\r\nLocation: " + to + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


async def says_nothing(writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(120)


ENTITIES = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)
FEEDS_OF_SORTS: dict[str, Answer] = {
    "entities within entities": body(rss(item("&j;"), head=ENTITIES + "]>")),
    "an entity of a file": body(rss(item("&x;"), head='<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>')),
    "100,000 items": body(lambda: rss(*(item(n=n) for n in range(100_000)))),
    "a title of 5 MB": body(lambda: rss(item("word " * 1_000_000))),
    "UTF-16 declared, UTF-8 sent": body(rss(item("Café"), head='<?xml version="1.0" encoding="utf-16"?>')),
    "UTF-8 declared, Latin-1 sent": body(rss(item("Caf\xe9")).decode().encode("latin-1")),
    "an encoding that is none": body(rss(item(), head='<?xml version="1.0" encoding="no-such"?>')),
    "NUL bytes": body(rss(item("A\x00 story\x00", more="<description>\x00</description>"))),
    "the year 0": body(rss(item(more="<pubDate>Sat, 01 Jan 0000 00:00:00 GMT</pubDate>"))),
    "the year 9999": body(rss(item(more="<pubDate>Fri, 31 Dec 9999 23:59:59 -1200</pubDate>"))),
    "a million tags within one another": body(lambda: rss("<a>" * 1_000_000)),
    "surrogates": body(rss(item("\ud800"))),
    "a thousand cookies": body(rss(item()), *(b"Set-Cookie: c%d=%s" % (n, b"x" * 20) for n in range(200))),
}
"""What is a feed and hurts. Whether it can be read does not matter, as long as nothing ends by it."""
NO_FEEDS: dict[str, Answer] = {
    "silence": says_nothing,
    "a byte at a time": for_ever(OK + b"Content-Length: 100000\r\n\r\n", b" ", 0.2),
    "headers without end": for_ever(OK, b"X-More: and more\r\n" * 100),
    "a flood of headers": sends(OK + b"X-A: b\r\n" * 50_000 + b"\r\n"),
    "a body without end": for_ever(OK + b"\r\n", b"x" * 65_536),
    "a gzip bomb": body(lambda: gzip.compress(bytes(ZEROS)), b"Content-Encoding: gzip"),
    "a gzip bomb in gzip": body(lambda: gzip.compress(gzip.compress(bytes(ZEROS))), b"Content-Encoding: gzip, gzip"),
    "a deflate bomb": body(lambda: zlib.compress(bytes(ZEROS)), b"Content-Encoding: deflate"),
    "a brotli bomb": body(lambda: brotli.compress(bytes(ZEROS), quality=1), b"Content-Encoding: br"),
    "gzip that is none": body(b"plain", b"Content-Encoding: gzip"),
    "a loop of redirects": redirects(b"/feed"),
    "a redirect to the metadata": redirects(b"http://169.254.169.254/latest/"),
    "a redirect to it, mapped": redirects(b"http://[::ffff:a9fe:a9fe]/"),
    "a redirect to it, in decimal": redirects(b"http://2852039166/"),
    "a redirect to it, in hexadecimal": redirects(b"http://0xa9fea9fe/"),
    "a redirect to it, in octal": redirects(b"http://0251.0376.0251.0376/"),
    "a redirect to it, through NAT64": redirects(b"http://[64:ff9b::a9fe:a9fe]/"),
    "a redirect to a file": redirects(b"file:///etc/passwd"),
    "a reset at once": resets_after(),
    "a reset in the status": resets_after(b"HTTP/1.1 2"),
    "a reset in the headers": resets_after(OK + b"X-A: b"),
    "a reset before the body": resets_after(OK + b"Content-Length: 100\r\n\r\n"),
    "a reset in the body": resets_after(OK + b"Content-Length: 100\r\n\r\n<rss"),
    "a reset in a chunk": resets_after(OK + b"Transfer-Encoding: chunked\r\n\r\nff\r\n<rss"),
    "an early end": sends(OK + b"Content-Length: 1000\r\n\r\n<rss>"),
    "no HTTP": sends(b"SSH-2.0-OpenSSH_9.2\r\n"),
    "a web page": body(b"<html><body>We have moved.</body></html>"),
    "garbage": body(b"\x00\xff\x13" * 50_000),
    "nothing": body(b""),
}
"""What is no feed in the end."""


class Hosts:
    """The servers that run: the address of the feed of each by name, and what was sent to them."""

    def __init__(self) -> None:
        self.feeds: dict[str, str] = {}
        self.requests: list[bytes] = []
        self._servers: list[asyncio.Server] = []

    async def start(self, name: str, answer: Answer) -> None:
        number = len(self.feeds) + 1
        server = await asyncio.start_server(
            lambda r, w: self._serve(answer, r, w), f"127.77.{number // 250}.{number % 250}", 0
        )
        self._servers.append(server)
        host, port = server.sockets[0].getsockname()
        self.feeds[name] = f"http://{host}:{port}/feed"

    async def stop(self) -> None:
        """Ends every answer that is still being given."""
        for server in self._servers:
            server.close()
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    async def _serve(self, answer: Answer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            self.requests.append(await reader.readuntil(b"\r\n\r\n"))
            await answer(writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()


@contextmanager
def running(answers: dict[str, Answer]) -> Iterator[Hosts]:
    """All of them, in a thread of their own, so that a command may be waited for beside it."""
    hosts, loop = Hosts(), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    for name, answer in answers.items():
        asyncio.run_coroutine_threadsafe(hosts.start(name, answer), loop).result(10)
    try:
        yield hosts
    finally:
        asyncio.run_coroutine_threadsafe(hosts.stop(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
