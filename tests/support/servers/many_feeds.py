"""A static server of very many feeds on loopback, as fast as Python gets: `python tests/support/servers/many_feeds.py`.

Prints its port. Every feed has a host address of its own, 127.x.y.z (`feed_url`), and ITEMS items as a news site writes
them; it answers a conditional request with 304. It ends when its standard input does.
"""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from os import _exit

ITEMS = 20
TEASER = (
    "<p>The commission heard neighbors for an hour on Tuesday before it put the matter off to its next meeting, as it "
    "had done twice in the spring. &ldquo;We want to get this right,&rdquo; the chair said; nobody spoke against the "
    'plan, and two members were absent.</p> <p><a href="http://@@/story/%d?utm_source=rss">Read more</a></p>'
)
ITEM = (
    "<item><title>Commission puts off item %d of its agenda</title><link>http://@@/story/%d?utm_source=rss</link>"
    '<guid isPermaLink="false">http://@@/?p=%d</guid><pubDate>Tue, 04 Jul 2017 %02d:15:00 -0500</pubDate>'
    "<dc:creator><![CDATA[Staff writer]]></dc:creator><category><![CDATA[Local news]]></category>"
    f"<description><![CDATA[{TEASER}]]></description></item>"
)
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<channel><title>Gazette of @@</title><link>http://@@/</link><description>News</description>"
)
DOCUMENT = (
    HEAD + "".join(ITEM % (number, number, number, number, number) for number in range(ITEMS)) + "</channel></rss>"
).encode()
UNCHANGED = b"HTTP/1.1 304 Not Modified\r\nETag: %s\r\n\r\n"
WHOLE = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: %s\r\nContent-Length: %d\r\n\r\n"


def host(number: int) -> str:
    """The host address of a feed, of 0 to 4 million."""
    return f"127.{1 + (number >> 16)}.{number >> 8 & 255}.{number & 255}"


def feed_url(number: int, port: int) -> str:
    """Where it is served."""
    return f"http://{host(number)}:{port}/feed"


@contextmanager
def serving() -> Iterator[int]:
    """The port of the feeds, served by a process of its own meanwhile."""
    with subprocess.Popen(
        [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        yield int(process.stdout.readline())
        process.communicate("")


def etag(number: int) -> str:
    """The validator that it is served with."""
    return f'"{host(number)}"'


class Answering(asyncio.Protocol):
    """One connection; requests are small, so one arrives as one piece."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        name = str(transport.get_extra_info("sockname")[0])
        self.name, self.etag = name.encode(), f'"{name}"'.encode()

    def data_received(self, data: bytes) -> None:
        transport = self.transport
        assert isinstance(transport, asyncio.WriteTransport)
        if b"\r\nif-none-match: " + self.etag in data.lower():
            transport.write(UNCHANGED % self.etag)
            return
        body = DOCUMENT.replace(b"@@", self.name)
        transport.write(WHOLE % (self.etag, len(body)) + body)


async def serve() -> None:
    """Serves until standard input ends."""
    server = await asyncio.get_running_loop().create_server(Answering, "0.0.0.0", 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    threading.Thread(target=lambda: (sys.stdin.read(), _exit(0)), daemon=True).start()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve())
