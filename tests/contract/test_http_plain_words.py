"""What is said about a server is said in plain words, over real sockets: no object of a library, no number of an
operating system, and nothing of what the server sent that could steer a terminal."""

import asyncio
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import trustme

from support.servers.raw import Answer, resets_after
from tracker.errors import FetchError, HttpStatusError, NetworkError, Unheard
from tracker.gather.http.client import Client
from tracker.gather.http.robots import Robots
from tracker.gather.schedule import FailureKind, kind_of

OK = b"HTTP/1.1 200 OK\r\nConnection: close\r\n"
NOT_PLAIN = re.compile(r"Errno|\b[A-Z]\w+(?:Error|Message|Proxy)\b|<\w|b'|\b_\w|\(\'|[\x00-\x1f\x7f-\x9f]")
"""What only programmers understand, and what no terminal should be sent."""
PATIENCE_S = 2.0
"""A loaded machine needs part of a second for the first line of an answer."""


def closes_after(data: bytes) -> Answer:
    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()

    return answer


async def hangs(writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(30)


async def hangs_in_the_body(writer: asyncio.StreamWriter) -> None:
    writer.write(OK + b"Content-Length: 10\r\n\r\nabc")
    await writer.drain()
    await asyncio.sleep(30)


@asynccontextmanager
async def server(answer: Answer, tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            await answer(writer)
        except (OSError, asyncio.CancelledError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    try:
        yield f"{'https' if tls else 'http'}://127.0.0.1:{listening.sockets[0].getsockname()[1]}/feed"
    finally:
        listening.close()


def client() -> Client:
    return Client(allow_private=True, gap_s=0, total_s=PATIENCE_S, max_bytes=100_000)


async def failure_of(url: str) -> FetchError:
    async with client() as fetcher:
        with pytest.raises(FetchError) as caught:
            await asyncio.wait_for(fetcher.get(url), 5)
    return caught.value


SERVERS: list[tuple[str, Answer, type[FetchError], str]] = [
    ("says nothing", hangs, Unheard, "no answer within 2 seconds"),
    ("stops in its text", hangs_in_the_body, NetworkError, "no whole answer within 2 seconds"),
    ("closes at once", closes_after(b""), Unheard, "the connection was closed before an answer came"),
    ("closes in the status line", closes_after(b"HTTP/1.1 20"), NetworkError, "the answer breaks off at its beginning"),
    ("closes in a header", closes_after(OK + b"X-"), NetworkError, "the answer breaks off at its beginning"),
    ("resets at once", resets_after(b""), Unheard, "the connection was broken off before an answer came"),
    (
        "resets in the status line",
        resets_after(b"HTTP/1.1 20"),
        Unheard,
        "the connection was broken off before an answer came",
    ),
    ("resets in its text", resets_after(OK + b"Content-Length: 9\r\n\r\nabc"), NetworkError, "the answer breaks off"),
    ("is no web server", closes_after(b"SSH-2.0-OpenSSH_9.2\r\n"), NetworkError, "the answer breaks the rules of HTTP"),
    (
        "sends a broken header",
        closes_after(OK + b"no colon\r\n\r\n"),
        NetworkError,
        "the answer breaks the rules of HTTP",
    ),
    (
        "calls plain text gzip",
        closes_after(OK + b"Content-Encoding: gzip\r\n\r\nplain"),
        NetworkError,
        "the packed answer is damaged",
    ),
    (
        "packs by a name that steers terminals",
        closes_after(OK + b"Content-Encoding: \xc2\x9b31m\x1b[2J\r\n\r\nx"),
        NetworkError,
        "packed in a way",
    ),
]


@pytest.mark.parametrize(("answer", "error", "words"), [one[1:] for one in SERVERS], ids=[one[0] for one in SERVERS])
async def test_what_a_server_does_wrong_is_said_in_plain_words(
    answer: Answer, error: type[FetchError], words: str
) -> None:
    async with server(answer) as url:
        found = await failure_of(url)
    assert words in str(found)
    assert not NOT_PLAIN.search(str(found)), str(found)
    assert type(found) is error
    assert kind_of(found) is FailureKind.PASSING


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://127.0.0.1:9/", "no connection to 127.0.0.1: it refuses connections"),
        ("http://name.invalid/", "no connection to name.invalid: its name cannot be looked up"),
        ("http://255.255.255.255/", "no connection to 255.255.255.255: there is no way to its network"),
    ],
)
async def test_why_there_is_no_connection_is_said_in_plain_words(url: str, words: str) -> None:
    found = await failure_of(url)
    assert (type(found), str(found)) == (Unheard, words)


@pytest.mark.parametrize("host", ["a" * 70 + ".example", "news..example"])
async def test_a_name_that_can_be_no_name_is_said_to_be_none(host: str) -> None:
    found = await failure_of(f"http://{host}/")
    assert "is not a host name" in str(found)
    assert not NOT_PLAIN.search(str(found)), str(found)
    assert not isinstance(found, Unheard), "nobody was asked"


async def test_a_certificate_that_is_not_trusted_says_why() -> None:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(tls)
    async with server(hangs, tls) as url:
        found = await failure_of(url)
        plain = await failure_of(url.replace("https:", "http:"))
    assert "its certificate is not trusted: " in str(found)
    assert not NOT_PLAIN.search(str(found)), str(found)
    assert not NOT_PLAIN.search(str(plain)), str(plain)


async def test_a_server_that_speaks_no_tls_is_said_to() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as listening:
        found = await failure_of(f"https://127.0.0.1:{listening.sockets[0].getsockname()[1]}/")
    assert "no secure connection to 127.0.0.1" in str(found)
    assert not NOT_PLAIN.search(str(found)), str(found)


async def test_headers_come_without_what_steers_a_terminal() -> None:
    head = b"Content-Type: text/\xc2\x9b31mhtml\r\nX-A: a\x1b[31mb\r\n\r\n"
    async with server(closes_after(OK + head + b"news")) as url, client() as fetcher:
        response = await fetcher.get(url)
    assert response.headers["content-type"] == "text/31mhtml"
    assert response.headers["x-a"] == "a[31mb"


NOTHING_NEW = closes_after(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n")


@pytest.mark.parametrize("condition", ["If-None-Match", "if-modified-since"])
async def test_304_is_an_answer_to_a_condition_only(condition: str) -> None:
    async with server(NOTHING_NEW) as url, client() as fetcher:
        assert (await fetcher.get(url, headers={condition: "x"})).status == 304
        with pytest.raises(HttpStatusError, match="HTTP 304, nothing new, to a request for the whole") as caught:
            await fetcher.get(url, headers={"Accept": "*/*"})
    assert kind_of(caught.value) is FailureKind.SOFT, "a cache in between may be mended; the address is right"


async def test_a_robots_txt_that_answers_304_gives_no_leave() -> None:
    async with server(NOTHING_NEW) as url, client() as fetcher:
        assert not await Robots(fetcher).allowed(url)
