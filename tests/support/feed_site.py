"""A site on loopback for commands that run in this thread: pages by path, or by "host/path" before that."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

FILLER = "Neighbors spoke for an hour before the vote, and most of them asked the board for a clear rule. " * 4
STORY = (
    "The Dane County Board voted 28-6 Thursday to forbid the sheriff's office to charge for phone calls from the jail. "
    "The ordinance takes effect on March 1, 2020."
)
TITLE = "Dane County bans jail phone fees"
DAY = "Fri, 07 Feb 2020 12:00:00 -0600"


class Site:
    """`pages` may be changed at any time: a text is an answer, a number a status, (status, headers) an answer without a
    body."""

    def __init__(self, port: int) -> None:
        self.port, self.pages, self.asked = port, dict[str, str | int | tuple[int, dict[str, str]]](), list[str]()

    def at(self, host: str = "127.0.0.1") -> str:
        """The origin, without a closing slash."""
        return f"http://{host}:{self.port}"


@contextmanager
def site() -> Iterator[Site]:
    """Serves until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host, path = (self.headers["Host"] or "").partition(":")[0], self.path.partition("?")[0]
            found.asked.append(f"{host}{self.path}")
            page = found.pages.get(host + path, found.pages.get(path, 404))
            status, headers = (200, {}) if isinstance(page, str) else (page, {}) if isinstance(page, int) else page
            body = page.encode() if isinstance(page, str) else b""
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        found = Site(server.server_port)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield found
        server.shutdown()


def feed(*items: str, title: str = "Four Lakes Gazette") -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{"".join(items)}</channel></rss>'


def item(link: str, title: str = TITLE, day: str = DAY, further: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link><pubDate>{day}</pubDate>{further}</item>"


def story(head: str = "") -> str:
    text = "".join(f"<p>{part}</p>" for part in (STORY, FILLER, FILLER, FILLER))
    return (
        f"<html><head><title>{TITLE}</title>{head}</head><body><article><h1>{TITLE}</h1>{text}</article></body></html>"
    )


def page(*feeds: str) -> str:
    """A page that names feeds, each as "title=address"."""
    links = "".join(
        '<link rel="alternate" type="application/rss+xml" title="{}" href="{}">'.format(*named.split("=", 1))
        for named in feeds
    )
    return f"<!DOCTYPE html><html><head>{links}</head><body>News</body></html>"
