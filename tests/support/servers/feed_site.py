"""A site on loopback for commands that run in this thread: pages by path, or by "host/path" before that."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SYNDICATION = "http://purl.org/rss/1.0/modules/syndication/"
FILLER = "Neighbors spoke for an hour before the vote, and most of them asked the board for a clear rule. " * 4
STORY = (
    "The Dane County Board voted 28-6 Thursday to forbid the sheriff's office to charge for phone calls from the jail. "
    "The ordinance takes effect on March 1, 2020."
)
TITLE = "Dane County bans jail phone fees"
DAY = "Fri, 07 Feb 2020 12:00:00 -0600"


Answer = str | int | tuple[int, dict[str, str]] | tuple[int, dict[str, str], str]


class Site:
    """`pages` may be changed at any time: a text is an answer, a number a status, (status, headers) one without a body.
    `asked` lists what was asked for, as "host/path"."""

    def __init__(self, port: int) -> None:
        self.port, self.pages, self.asked = port, dict[str, Answer](), list[str]()

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
            status, headers, text = _parts(page)
            if headers.get("ETag") and headers["ETag"] == self.headers["If-None-Match"]:
                status, text = 304, ""
            body = text.encode()
            self.send_response_only(status)  # with no Date but the answer's own
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


def _parts(page: Answer) -> tuple[int, dict[str, str], str]:
    if isinstance(page, str):
        return 200, {}, page
    if isinstance(page, int):
        return page, {}, ""
    return page[0], page[1], page[2] if len(page) == 3 else ""


def feed(*items: str, title: str = "Four Lakes Gazette", head: str = "") -> str:
    told = f"<channel><title>{title}</title>{head}{''.join(items)}</channel>"
    return f'<?xml version="1.0"?><rss version="2.0" xmlns:sy="{SYNDICATION}">{told}</rss>'


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
