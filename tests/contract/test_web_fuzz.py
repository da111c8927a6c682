"""No request whatever is answered 5xx, none is left without an answer, and the web server goes on answering."""

from collections.abc import Iterator
from urllib.parse import quote_from_bytes

import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from db.engine import migrate, open_database
from support.web.site import FORM, Site, ada_follows_something, running_site

BOUNDED = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
KNOWN = (
    *("", ".", "..", "index.html", "wi", "milwaukee", "healthz", "readyz", "metrics", "api", "v1", "entries"),
    *("confirm", "unsubscribe", "preferences"),
)
RAW = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in "#? ")
ENCODINGS = ("gzip", "deflate", "br", "zstd", "identity", "x", "")
CHARSETS = ("utf-8", "latin-1", "utf-16", "utf-7", "hex", "idna", "punycode", "unicode_escape", "undefined", "x", "")
NUMBERS = st.integers() | st.sampled_from([0, -1, 10**20, 10**400])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    # SQLite only: what is sent is tested, not what is stored
    folder = tmp_path_factory.mktemp("site")
    engine: Engine = open_database(f"sqlite:///{folder / 'tracker.db'}")
    migrate(engine)
    with running_site(engine, folder, structlog.get_logger()) as running:
        yield running
    engine.dispose()


def segments() -> st.SearchStrategy[str]:
    """Parts of a path: what there is, what could be, and what no file can be called."""
    encoded = st.binary(max_size=12).map(quote_from_bytes)
    raw = st.text(RAW, max_size=12)
    long = st.integers(1, 4000).map(lambda length: "a" * length)
    return st.sampled_from(KNOWN) | encoded | raw | long


def targets() -> st.SearchStrategy[str]:
    """Addresses; LINK- stands for a link of one of Ada's mails."""
    path = st.lists(segments(), max_size=6).map(lambda parts: "/" + "/".join(parts))
    links = st.sampled_from(("LINK-confirm", "LINK-unsubscribe", "LINK-preferences"))
    return st.tuples(path | links, st.sampled_from(("", "?", "?a=%ff&&=", "?x"))).map("".join)


def values() -> st.SearchStrategy[str]:
    """Of headers: any bytes but those that would end the line or are refused in all of them."""
    text = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=30)
    days = NUMBERS.map(lambda year: f"Mon, 01 Jan {year} 00:00:00 GMT")
    spans = st.tuples(NUMBERS, NUMBERS).map(lambda ends: f"bytes={ends[0]}-{ends[1]}")
    tags = st.sampled_from(('"', '""', "*", 'W/"x", y', ",,,"))
    return text | days | spans | tags


NAMES = (
    *("Range", "If-Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "Accept"),
    *("Accept-Encoding", "Cookie", "Host", "Expect", "X-Forwarded-For", "Authorization", "Upgrade", "Referer"),
)
HEADERS = st.lists(st.tuples(st.sampled_from(NAMES), values()), max_size=4, unique_by=lambda header: header[0])


def kinds() -> st.SearchStrategy[str]:
    """Content types, with and without a charset or a boundary."""
    known = st.sampled_from((FORM, "multipart/form-data", "multipart/form-data; boundary=B", "text/plain", ""))
    charsets = st.sampled_from(CHARSETS).map(lambda name: f"{FORM}; charset={name}")
    return known | charsets | values()


FIELDS = st.sampled_from(("keep", "frequency", "weekday", "hour", "timezone", "_charset_"))
SAID = st.binary(max_size=20) | st.sampled_from((b"1", b"weekly", b"monday", b"7", b"UTC", b"9" * 5000))


def lines() -> st.SearchStrategy[bytes]:
    """Forms in one line, encoded or raw."""
    field = st.tuples(FIELDS, SAID, st.booleans()).map(
        lambda field: field[0].encode() + b"=" + (quote_from_bytes(field[1]).encode() if field[2] else field[1])
    )
    return st.lists(field, max_size=8).map(b"&".join)


def multiparts() -> st.SearchStrategy[bytes]:
    """Forms in parts, most of them broken somewhere."""
    extra = st.sampled_from(
        (
            *("", 'filename="x"', "\r\nContent-Length: 9999", "\r\nContent-Length: x", "\r\nx"),
            *(f"\r\nContent-Type: text/plain; charset={name}" for name in CHARSETS),
            *(f"\r\nContent-Encoding: {name}" for name in ENCODINGS),
            *(f"\r\nContent-Transfer-Encoding: {name}" for name in ("base64", "quoted-printable", "binary", "x")),
            "\r\nContent-Type: multipart/mixed; boundary=C",
        )
    )
    part = st.tuples(FIELDS, extra, SAID).map(
        lambda part: f'Content-Disposition: form-data; name="{part[0]}"; {part[1]}\r\n\r\n'.encode() + part[2]
    )
    ends = st.sampled_from((b"--B--\r\n", b"--B", b"", b"--C--\r\n"))
    return st.tuples(st.lists(part, max_size=8), ends).map(
        lambda form: b"".join(b"--B\r\n" + one + b"\r\n" for one in form[0]) + form[1]
    )


BODIES = st.binary(max_size=200) | lines() | multiparts() | st.integers(0, 300_000).map(lambda size: b"a" * size)


def assert_well(site: Site) -> None:
    answer = site.get("/healthz")
    assert (answer.status, answer.text) == (200, '{"status":"ok"}')


@BOUNDED
@given(st.sampled_from(METHODS), targets(), HEADERS, st.none() | BODIES)
def test_no_request_is_answered_5xx_or_not_at_all(
    site: Site, method: str, target: str, headers: list[tuple[str, str]], body: bytes | None
) -> None:
    if target.startswith("LINK-"):
        target = site.link(target.removeprefix("LINK-"))
    answer = site.ask(method, target, headers, body)
    assert answer is not None
    assert 200 <= answer.status < 500
    if answer.status == 404 and method == "GET":
        assert (answer.kind, answer.text.count("<h1>")) == ("text/html", 1)
    assert_well(site)


@BOUNDED
@given(HEADERS, st.sampled_from(("/", "/index.html", "/wi/milwaukee/", "/nothing")))
def test_no_header_of_a_request_for_a_page_is_answered_5xx(
    site: Site, headers: list[tuple[str, str]], target: str
) -> None:
    answer = site.ask("GET", target, headers)
    assert answer is not None
    assert 200 <= answer.status < 500
    assert_well(site)


@BOUNDED
@given(kinds(), st.sampled_from(ENCODINGS), lines() | multiparts() | BODIES)
def test_a_form_is_taken_or_refused_and_refused_it_changes_nothing(
    site: Site, kind: str, encoding: str, body: bytes
) -> None:
    ada_follows_something(site.engine)
    before = site.reader()
    packed = [("Content-Encoding", encoding)] if encoding else []
    answer = site.ask("POST", site.link("preferences"), [("Content-Type", kind), *packed], body)
    assert answer is not None
    assert answer.status == 200 or 400 <= answer.status < 500
    assert answer.status == 200 or site.reader() == before
    assert_well(site)


def garbled(request: tuple[str, bytes]) -> bytes:
    """Begins as a request does."""
    return f"{request[0]} / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n".encode() + request[1]


@BOUNDED
@given(st.binary(max_size=300) | st.tuples(st.sampled_from(METHODS), st.binary(max_size=300)).map(garbled))
def test_bytes_that_are_no_request_end_no_server(site: Site, data: bytes) -> None:
    answer = site.send(data + b"\r\n\r\n", patience=0.5)  # it may well wait for more
    assert answer is None or answer.status < 500
    assert_well(site)
