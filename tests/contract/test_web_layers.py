"""What every answer goes through: headers, packing, tags, web servers in front, and how many forms one may send."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import structlog

from db.engine import migrate, open_database
from jobs.web.middleware.clients import AT_ONCE, MOST_CLIENTS, Rate, household, is_near, neighbourhood
from support.web.site import FORM, HOME, Site, running_site

WEB = "https://news.example/tracker/"
PAGES = ("/", "/wi/milwaukee/index.html", "/nothing", "/healthz", "/readyz", "/metrics", "/api/v1/", "/api/v1/entries")


@contextmanager
def site_of(folder: Path, **settings: Any) -> Iterator[Site]:
    # SQLite only: answers are tested, not what is stored
    engine = open_database(f"sqlite:///{folder / 'tracker.db'}")
    migrate(engine)
    with running_site(engine, folder, structlog.get_logger(), **settings) as running:
        yield running
    engine.dispose()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site_of(tmp_path_factory.mktemp("plain")) as running:
        yield running


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Behind a web server on this machine, which serves it under a path of its own."""
    with site_of(tmp_path_factory.mktemp("behind"), web_url=WEB, trusted_proxies="127.0.0.1") as running:
        yield running


def test_every_answer_says_what_browsers_may_do_with_it(site: Site) -> None:
    for path in (*PAGES, site.link("preferences"), site.link("unsubscribe")):
        headers = site.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none';"), path
        assert "frame-ancestors 'none'" in policy, path
        assert "unsafe" not in policy, path
        assert (headers["X-Content-Type-Options"], headers["X-Frame-Options"]) == ("nosniff", "DENY"), path
        assert headers["Referrer-Policy"], path
        assert "camera=()" in headers["Permissions-Policy"], path
        assert headers["Date"].endswith("GMT"), path
        assert "Server" not in headers, path


def test_https_is_insisted_on_where_it_is_there(site: Site, behind: Site) -> None:
    assert "Strict-Transport-Security" not in site.get("/").headers
    assert behind.get("/").headers["Strict-Transport-Security"] == "max-age=31536000"


def test_a_page_that_a_browser_has_is_not_sent_again(site: Site) -> None:
    first = site.get("/")
    for known in (("If-None-Match", first.headers["ETag"]), ("If-Modified-Since", first.headers["Last-Modified"])):
        answer = site.get("/", known)
        assert (answer.status, answer.body, answer.headers["ETag"]) == (304, b"", first.headers["ETag"])
    both = ("If-None-Match", '"other"'), ("If-Modified-Since", first.headers["Last-Modified"])
    assert site.get("/", *both).status == 200  # tags go before days
    assert site.get("/", ("If-Modified-Since", "Mon, 01 Jan 2001 00:00:00 GMT")).status == 200


def test_parts_of_a_file_are_sent(site: Site) -> None:
    answer = site.get("/", ("Range", "bytes=4-6"))
    assert (answer.status, answer.text, answer.headers["Content-Range"]) == (206, HOME[4:7], f"bytes 4-6/{len(HOME)}")
    tag = site.get("/").headers["ETag"]
    assert site.get("/", ("Range", "bytes=4-6"), ("If-Range", tag)).status == 206
    assert site.get("/", ("Range", "bytes=4-6"), ("If-Range", '"other"')).text == HOME
    assert site.get("/", ("Range", "bytes=999-")).status == 416


def test_what_is_large_is_packed_for_those_who_can_unpack_it(site: Site) -> None:
    text = "<p>The council adopted it.</p>\n" * 10_000
    (site.report / "large.html").write_text(text)
    plain, packed = site.get("/large.html"), site.get("/large.html", ("Accept-Encoding", "gzip"))
    assert plain.text == gzip.decompress(packed.body).decode() == text
    assert len(packed.body) < len(plain.body) / 10
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert packed.headers["ETag"] == f"W/{plain.headers['ETag']}"
    for tag in (packed.headers["ETag"], plain.headers["ETag"]):
        assert site.get("/large.html", ("Accept-Encoding", "gzip"), ("If-None-Match", tag)).status == 304
    part = site.get("/large.html", ("Accept-Encoding", "gzip"), ("Range", "bytes=0-4999"))
    assert (part.status, part.body) == (206, text[:5000].encode())
    small = site.get("/", ("Accept-Encoding", "gzip"))
    assert "Content-Encoding" not in small.headers


KINDS = {
    "entries.csv.gz": "application/gzip",
    "entries.csv": "text/csv",
    "entries.json": "application/json",
    "entries.atom": "application/atom+xml",
    "entries.timeline.json": "application/json",
    "entries.ics": "text/calendar",
    "search.js": "text/javascript",
    "style.css": "text/css",
}


def test_files_have_their_kind_and_packed_ones_arrive_as_they_are(site: Site) -> None:
    content = gzip.compress(b"id,title\n" * 1000)
    for name, kind in KINDS.items():
        (site.report / name).write_bytes(content)
        answer = site.get(f"/{name}", ("Accept-Encoding", "gzip"))
        assert answer.kind == kind, name
        assert (answer.body == content) == ("Content-Encoding" not in answer.headers), name
    assert site.get("/entries.csv.gz", ("Accept-Encoding", "gzip")).body == content


def test_it_stands_under_a_path_whether_that_is_passed_on_or_not(behind: Site) -> None:
    for base in ("", "/tracker", "http://127.0.0.1:8321", "http://news.example/tracker"):
        assert behind.get(f"{base}/").text == HOME, base
        assert behind.get(f"{base}/wi/milwaukee/index.html").text == HOME, base
        assert behind.get(f"{base}/wi/milwaukee").headers["Location"] == "../wi/milwaukee/index.html", base
        assert behind.get(f"{base}/api/v1/entries").status == 200, base
        assert behind.post(f"{base}{behind.link('unsubscribe')}", FORM, b"").status == 200, base
        assert '<a href="../">' in behind.get(f"{base}/wi/nothing").text, base


def send_forms(site: Site, count: int, *headers: tuple[str, str]) -> list[int]:
    form = urlencode(site.form()).encode()
    return [site.post(site.link("preferences"), FORM, form, *headers).status for _ in range(count)]


def test_so_many_forms_are_taken_and_then_it_is_said_when_to_come_again(site: Site) -> None:
    statuses = send_forms(site, AT_ONCE + 3)
    assert statuses[:AT_ONCE] == [200] * AT_ONCE
    assert statuses[-1] == 429
    answer = site.post(site.link("preferences"), FORM, b"")
    assert (answer.status, answer.kind) == (429, "text/html")
    assert "Too many forms came from your address. Nothing was changed. Please try again in " in answer.text
    assert 1 <= int(answer.headers["Retry-After"]) <= 4
    assert site.post("/unsubscribe/nobody", FORM, b"").status == 429
    assert site.post(site.link("unsubscribe"), FORM, b"").status == 200  # mail services click for all their readers
    assert site.get(site.link("preferences")).status == 200
    claimed = ("X-Forwarded-For", "198.51.100.7")
    assert 429 in send_forms(site, 3, claimed), "whoever says so is not believed"


def test_behind_a_web_server_each_client_counts_for_itself(behind: Site) -> None:
    for client in ("198.51.100.7", "2001:db8::7"):
        assert send_forms(behind, AT_ONCE + 2, ("X-Forwarded-For", f"203.0.113.1, {client}"))[-1] == 429
    assert 429 in send_forms(behind, 3, ("X-Forwarded-For", "2001:db8::8")), "of the same household"
    assert send_forms(behind, 1, ("X-Forwarded-For", "203.0.113.1")) == [200]  # was only claimed before
    assert behind.get("/metrics", ("X-Forwarded-For", "9.9.9.9")).status == 403
    assert behind.get("/metrics", ("X-Forwarded-For", "10.1.2.3")).status == 200


def test_a_bucket_fills_again_and_the_longest_quiet_are_forgotten() -> None:
    now = [0.0]
    rate = Rate(lambda: now[0])
    late = [rate.late("a") for _ in range(AT_ONCE + 1)]
    assert [one > 0 for one in late] == [False] * AT_ONCE + [True]
    now[0] += 2.1
    assert [rate.late("a") > 0 for _ in range(2)] == [False, True]
    for number in range(MOST_CLIENTS + 5):
        rate.late(str(number))
    assert len(rate._full_at) == MOST_CLIENTS


def test_near_is_this_machine_and_private_networks_and_no_tunnel() -> None:
    near = ("127.0.0.1", "::1", "10.2.3.4", "192.168.0.9", "::ffff:10.0.0.1", "fd00::1", "fe80::1%eth0")
    far = ("192.0.2.1", "100.64.0.1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1", "not an address")
    assert ([name for name in near if not is_near(name)], [name for name in far if is_near(name)]) == ([], [])


def test_a_household_is_an_address_or_a_network() -> None:
    assert household("192.0.2.1") == household("::ffff:192.0.2.1") == "192.0.2.1"
    assert household("2001:db8:1:2::3") == household("2001:db8:1:2:ffff::") == "2001:db8:1:2::/64"
    assert household("not an address") == "not an address"
    assert neighbourhood("192.0.2.1") == neighbourhood("::ffff:192.0.2.200") == "192.0.2.0/24"
    assert neighbourhood("2001:db8:1:2::3") == neighbourhood("2001:db8:1:ffff::") == "2001:db8:1::/48"
