"""Every link of a site, followed over HTTP from its first page: what leads nowhere.

`crawl("http://127.0.0.1:8321/").broken` is empty where every address that a page of the site names (links, style
sheets, scripts, pictures, frames) is answered with a page or a file, and every `#part` is there. Other hosts are never
asked. A desk is crawled as somebody: `headers={"Cookie": ...}`; `leave_out` keeps links from being followed that do
something, or of which there are endlessly many.
"""

import threading
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

from lxml import html

from support.servers.files import QuietFiles

PATIENCE_S = 20
MOST = 50_000
"""Addresses; a site that has more has a link that makes new ones for ever."""
LEADS = ("href", "src", "action", "data", "poster", "{http://www.w3.org/1999/xlink}href", "xlink:href")
"""Attributes that hold an address. A form that is sent by POST is not followed."""
TOP = frozenset({"", "top"})
"""Fragments that every page has (HTML Living Standard, 7.4.6.4)."""


@dataclass
class Crawl:
    """What was found: `pages` are the addresses of HTML pages with the ids that they hold, `files` all others that were
    answered, `broken` lines like `wi/ -> ../nowhere/: 404`. Addresses stand as they follow the base."""

    pages: dict[str, frozenset[str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Answer:
    status: int
    url: str
    kind: str
    body: bytes


def crawl(
    base: str,
    starts: Iterable[str] = ("",),
    *,
    headers: Mapping[str, str] | None = None,
    leave_out: Callable[[str], bool] = lambda address: False,
) -> Crawl:
    """Follows every link from the pages `starts`; addresses are told as they follow `base`, which ends with a slash."""
    found, aliases, wanted = Crawl(), dict[str, str](), list[tuple[str, str, str]]()
    waiting = deque((urljoin(base, start), "the start", start) for start in starts)
    while waiting:
        url, page, link = waiting.popleft()
        plain, fragment = urldefrag(url)
        if plain not in aliases:
            if len(aliases) >= MOST:
                found.broken.append(f"{page} -> {link}: more than {MOST} addresses")
                return found
            answer = _ask(plain, headers or {})
            aliases[plain] = told = urldefrag(answer.url)[0].removeprefix(base)
            if answer.status != 200:
                found.broken.append(f"{page} -> {link}: {answer.status}")
                continue
            if answer.kind != "text/html":
                found.files.add(told)
            elif told not in found.pages:
                ids, links = _read(answer)
                found.pages[told] = ids
                inside = ((urljoin(answer.url, each), told, each) for each in links)
                waiting.extend(lead for lead in inside if lead[0].startswith(base) and not leave_out(lead[0]))
        if fragment not in TOP:
            wanted.append((aliases[plain], unquote(fragment), f"{page} -> {link}"))
    found.broken += [f"{said}: no such part" for page, part, said in wanted if _lacks(found, page, part)]
    return found


def _lacks(found: Crawl, page: str, part: str) -> bool:
    return page in found.pages and part not in found.pages[page]


def _ask(url: str, headers: Mapping[str, str]) -> _Answer:
    """What the server answers in the end; status 0 where it says nothing."""
    try:
        asked = urllib.request.Request(quote(url, safe="%/:=&?~#+!$,;'@()*[]"), headers=dict(headers))
        with urllib.request.urlopen(asked, timeout=PATIENCE_S) as answer:
            return _Answer(answer.status, answer.url, answer.headers.get_content_type(), answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return _Answer(error.code, url, "", b"")
    except (OSError, ValueError):
        return _Answer(0, url, "", b"")


def _read(answer: _Answer) -> tuple[frozenset[str], list[str]]:
    """The parts that a page has, and the addresses that it names."""
    document = html.fromstring(answer.body.replace(b"\0", b"") or b"<html></html>")
    ids = {value for element in document.iter() for name in ("id", "name") if (value := element.get(name))}
    return frozenset(ids), list(_links(document))


def _links(document: Any) -> Iterator[str]:
    for element in document.iter():
        if element.tag == "link" and element.get("rel") in ("canonical", "preconnect"):
            continue
        if element.tag == "form" and (element.get("method") or "get").lower() != "get":
            continue
        found = (element.get(name) for name in LEADS)
        yield from (each for each in found if each and urlsplit(each).scheme in ("", "http", "https"))


class _Files(QuietFiles):
    """The files of a folder, and no list of what is in one: that would answer a link that leads nowhere."""

    extensions_map: ClassVar[dict[str, str]] = {
        **SimpleHTTPRequestHandler.extensions_map,
        ".html": "text/html; charset=utf-8",
    }

    def list_directory(self, path: Any) -> None:
        self.send_error(404)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder, with a closing slash, as a plain web server shows it until the end of the block."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
