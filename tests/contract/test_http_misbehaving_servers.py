"""The client against servers that do everything wrong: real sockets on loopback, answers given byte by byte."""

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import brotli
import pytest

from support.servers.raw import Answer, sends
from tracker.errors import (
    AddressRefused,
    FetchError,
    HttpStatusError,
    NetworkError,
    TooLarge,
    TooManyRedirects,
    Unheard,
)
from tracker.gather.http.client import Client

LIMIT = 100_000
OK = b"HTTP/1.1 200 OK\r\nConnection: close\r\n"


def body(data: bytes, *headers: bytes) -> Answer:
    head = b"".join(header + b"\r\n" for header in (*headers, b"Content-Length: %d" % len(data)))
    return sends(OK + head + b"\r\n" + data)


async def hangs(writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(30)


async def drips(writer: asyncio.StreamWriter) -> None:
    writer.write(OK + b"Content-Length: 1000\r\n\r\n")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.02)


async def endless_headers(writer: asyncio.StreamWriter) -> None:
    writer.write(OK)
    while True:
        writer.write(b"X-More: and more\r\n" * 100)
        await writer.drain()


async def endless_body(writer: asyncio.StreamWriter) -> None:
    writer.write(OK + b"\r\n")
    while True:
        writer.write(b"x" * 10_000)
        await writer.drain()


async def endless_empty_gzip_members(writer: asyncio.StreamWriter) -> None:
    writer.write(OK + b"Content-Encoding: gzip\r\n\r\n")
    while True:
        writer.write(gzip.compress(b"") * 100)
        await writer.drain()


def redirect(to: bytes, status: bytes = b"302 Found") -> Answer:
    return sends(b"HTTP/1.1 " + status + b"\r\nLocation: " + to + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


BOMB = b"\x00" * (LIMIT * 100)
CASES: list[tuple[str, Answer, type[FetchError], str]] = [
    ("says nothing at all", hangs, Unheard, "within"),
    ("drips a byte at a time", drips, NetworkError, "within"),
    ("closes without an answer", sends(b""), Unheard, ""),
    ("is no HTTP server", sends(b"SSH-2.0-OpenSSH_9.2\r\n"), NetworkError, ""),
    ("sends headers without end", endless_headers, NetworkError, ""),
    ("sends one huge header", sends(OK + b"X-A: " + b"a" * 100_000 + b"\r\n\r\n"), NetworkError, ""),
    ("sends a broken header", sends(OK + b"no colon here\r\n\r\nbody"), NetworkError, ""),
    ("sends a bad status line", sends(b"HTTP/1.1 abc OK\r\n\r\n"), NetworkError, ""),
    ("announces more than it sends", sends(OK + b"Content-Length: 100\r\n\r\nshort"), NetworkError, ""),
    ("sends more than it announces", sends(OK + b"Content-Length: 4\r\n\r\nnewsEXTRA"), NetworkError, ""),
    ("sends a bad content length", sends(OK + b"Content-Length: -5\r\n\r\nbody"), NetworkError, ""),
    ("breaks off a chunk", sends(OK + b"Transfer-Encoding: chunked\r\n\r\nff\r\nshort"), NetworkError, ""),
    ("sends a bad chunk size", sends(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n"), NetworkError, ""),
    ("sends a body without end", endless_body, TooLarge, "larger"),
    ("announces a huge body", sends(OK + b"Content-Length: 99999999999\r\n\r\n"), TooLarge, "announces"),
    ("sends a gzip bomb", body(gzip.compress(BOMB), b"Content-Encoding: gzip"), TooLarge, "unpacks"),
    ("sends a deflate bomb", body(zlib.compress(BOMB), b"Content-Encoding: deflate"), TooLarge, "unpacks"),
    ("sends a brotli bomb", body(brotli.compress(BOMB), b"Content-Encoding: br"), TooLarge, "unpacks"),
    (
        "hides a bomb in gzip in gzip",
        body(gzip.compress(gzip.compress(BOMB)), b"Content-Encoding: gzip, gzip"),
        TooLarge,
        "unpacks",
    ),
    (
        "packs five times",
        body(b"x", b"Content-Encoding: gzip, gzip", b"Content-Encoding: gzip, gzip, gzip"),
        NetworkError,
        "packed 5 times",
    ),
    ("sends gzip members without end", endless_empty_gzip_members, NetworkError, "damaged"),
    ("breaks off gzip", body(gzip.compress(b"news " * 100)[:-20], b"Content-Encoding: gzip"), NetworkError, "early"),
    ("breaks off brotli", body(brotli.compress(b"news " * 100)[:-3], b"Content-Encoding: br"), NetworkError, "early"),
    ("calls plain text gzip", body(b"plain", b"Content-Encoding: gzip"), NetworkError, "damaged"),
    ("packs in an unknown way", body(b"x", b"Content-Encoding: rot13"), NetworkError, "rot13"),
    ("redirects in a loop", redirect(b"/again"), TooManyRedirects, "redirects"),
    ("redirects to a metadata service", redirect(b"http://169.254.169.254/latest/"), AddressRefused, "metadata"),
    ("redirects to a mapped address", redirect(b"http://[::ffff:169.254.169.254]/"), AddressRefused, "metadata"),
    ("redirects to a file", redirect(b"file:///etc/passwd"), AddressRefused, "only http"),
    ("redirects with a password", redirect(b"http://u:secret@127.0.0.1/"), AddressRefused, "password"),
    ("redirects to no host", redirect(b"http://"), TooManyRedirects, ""),
    ("redirects to a bad port", redirect(b"http://127.0.0.1:99999/"), NetworkError, ""),
    ("redirects to bytes that are no text", redirect(b"http://\xff\xfe/"), NetworkError, ""),
    ("redirects to a numeric trick", redirect(b"http://0x7f.1/"), NetworkError, ""),
    ("redirects to an endless address", redirect(b"/" + b"a" * 8100), NetworkError, ""),
]


@asynccontextmanager
async def server(answer: Answer) -> AsyncIterator[str]:
    """Answers every connection in the same way; gives the address of a page on it."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            await answer(writer)
        except (ConnectionError, asyncio.CancelledError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/feed"
    finally:
        listening.close()


def client(**options: object) -> Client:
    settings = {"allow_private": True, "gap_s": 0, "total_s": 2.0, "max_bytes": LIMIT} | options
    return Client(**settings)  # type: ignore[arg-type]


@pytest.mark.parametrize(("answer", "error", "words"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
async def test_a_server_that_misbehaves_gives_one_clear_error(
    answer: Answer, error: type[FetchError], words: str
) -> None:
    async with server(answer) as url, client() as fetcher:
        with pytest.raises(error) as caught:
            await asyncio.wait_for(fetcher.get(url), 5)
    assert caught.type is error
    assert words in str(caught.value)
    assert caught.value.url == url
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


GOOD: list[tuple[str, Answer, bytes]] = [
    ("gzip", body(gzip.compress(b"news"), b"Content-Encoding: gzip"), b"news"),
    ("gzip of two members", body(gzip.compress(b"ne") + gzip.compress(b"ws"), b"Content-Encoding: x-gzip"), b"news"),
    ("gzip with padding", body(gzip.compress(b"news") + b"\0" * 512, b"Content-Encoding: gzip"), b"news"),
    ("deflate", body(zlib.compress(b"news"), b"Content-Encoding: deflate"), b"news"),
    ("bare deflate", body(zlib.compress(b"news")[2:-4], b"Content-Encoding: deflate"), b"news"),
    ("brotli", body(brotli.compress(b"news"), b"Content-Encoding: br"), b"news"),
    ("deflate in gzip", body(gzip.compress(zlib.compress(b"news")), b"Content-Encoding: deflate, gzip"), b"news"),
    ("identity", body(b"news", b"Content-Encoding: identity"), b"news"),
    ("empty though gzip", body(b"", b"Content-Encoding: gzip"), b""),
    ("no length, closed at the end", sends(OK + b"\r\nnews"), b"news"),
    ("chunks", sends(OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\nne\r\n2\r\nws\r\n0\r\n\r\n"), b"news"),
    ("just under the limit", body(b"x" * LIMIT), b"x" * LIMIT),
    (
        "gzip just under the limit",
        body(gzip.compress(b"x" * LIMIT), b"Content-Encoding: gzip"),
        b"x" * LIMIT,
    ),
]


@pytest.mark.parametrize(("answer", "expected"), [case[1:] for case in GOOD], ids=[case[0] for case in GOOD])
async def test_every_honest_packing_is_undone(answer: Answer, expected: bytes) -> None:
    async with server(answer) as url, client() as fetcher:
        response = await fetcher.get(url)
    assert response.body == expected


async def test_header_bytes_that_are_not_utf8_become_harmless_text() -> None:
    async with server(body(b"news", b'ETag: "\xff\xe9"')) as url, client() as fetcher:
        response = await fetcher.get(url)
    assert response.headers["etag"].encode() == '"\ufffd\ufffd"'.encode()


async def test_a_header_of_ours_that_no_server_may_get_is_an_error_and_not_a_second_request() -> None:
    async with server(body(b"news")) as url, client() as fetcher:
        with pytest.raises(NetworkError):
            await fetcher.get(url, headers={"If-None-Match": "x\r\nEvil: 1"})


@pytest.mark.parametrize(
    "url", ["", "feed", "/feed", "ftp://example.org/", "http://", "http://[::1", "http://a b/", "\x00"]
)
async def test_what_is_no_web_address_is_refused_without_a_connection(url: str) -> None:
    async with client() as fetcher:
        with pytest.raises(FetchError):
            await fetcher.get(url)


async def test_nobody_listening_and_no_such_name_are_passing_failures() -> None:
    async with client() as fetcher:
        for url in ("http://127.0.0.1:9/", "http://name.invalid/", "https://127.0.0.1:9/"):
            with pytest.raises(NetworkError, match="no connection"):
                await fetcher.get(url)


async def test_a_plain_server_asked_for_tls_is_a_network_error() -> None:
    async with server(body(b"news")) as url, client() as fetcher:
        with pytest.raises(NetworkError):
            await fetcher.get(url.replace("http:", "https:"))


async def test_a_status_that_asks_for_quiet_closes_the_host_for_a_while() -> None:
    busy = sends(b"HTTP/1.1 429 Too Many\r\nRetry-After: 120\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    async with server(busy) as url, client() as fetcher:
        with pytest.raises(HttpStatusError) as first:
            await fetcher.get(url)
        with pytest.raises(HttpStatusError) as second:
            await fetcher.get(url + "/another")
    assert first.value.retry_after == 120
    assert 118 < (second.value.retry_after or 0) < 120
