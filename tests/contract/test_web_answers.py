"""What the daemon's web server answers to what it was not made for: 4xx, in words, and nothing has changed."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlsplit

import html5lib
import pytest
import structlog
from sqlalchemy import Engine, text

from db.mail import subscribers
from db.sessions import session
from jobs.web.report_files import find
from support.mail.news import MONDAY
from support.web.site import FORM, HOME, Site, running_site


@pytest.fixture
def site(engine: Engine, tmp_path: Path) -> Iterator[Site]:
    with running_site(engine, tmp_path, structlog.get_logger()) as running:
        yield running


NOWHERE = {
    "a page that is not there": "/wi/nowhere/index.html",
    "a file of a kind that nobody knows": "/nothing.xyz",
    "a file without a kind": "/nothing",
    "a folder without a page": "/wi",
    "the same with a slash": "/wi/",
    "a page taken for a folder": "/index.html/x",
    "a name too long for a file": "/" + "a" * 5000,
    "a path too long for a file": "/" + "a/" * 3000,
    "a NUL": "/%00",
    "a NUL behind a page": "/index.html%00.png",
    "a line break": "/a%0Ab",
    "bytes that are no UTF-8": "/%ff%fe%c0%ae",
    "half a character": "/%ed%a0%80",
    "a percent sign that encodes nothing": "/%zz%",
    "up": "/../tracker.db",
    "up, encoded": "/%2e%2e/tracker.db",
    "up, encoded whole": "/..%2f..%2fetc%2fpasswd",
    "up, the other way": "/..\\..\\tracker.db",
    "up from below": "/wi/milwaukee/../../../mail.secret",
    "a path of the machine": "//etc/passwd",
    "another host": "//example.org/index.html",
    "a link that leads out": "/out/tracker.db",
    "a link to a file outside": "/secret",
    "a link in a circle": "/circle",
    "a pipe": "/pipe",
    "a link cut short": "/preferences/",
}


def odd_things(site: Site) -> None:
    (site.report / "out").symlink_to(site.data)
    (site.report / "secret").symlink_to(site.data / "mail.secret")
    (site.report / "circle").symlink_to(site.report / "circle")
    os.mkfifo(site.report / "pipe")


def test_an_address_that_does_not_exist_is_a_page_that_says_so(site: Site) -> None:
    odd_things(site)
    for what, target in NOWHERE.items():
        answer = site.get(target)
        assert (answer.status, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8"), what
        html5lib.HTMLParser(strict=True).parse(answer.text)
        assert "There is no such page" in answer.text, what
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_that_may_not_be_read_is_not_there(unprivileged: None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("open.html", "closed.html"):
            (Path(folder) / name).write_text(HOME)
        (Path(folder) / "closed.html").chmod(0)
        assert find(Path(folder), "open.html") is not None
        assert find(Path(folder), "closed.html") is None


def test_what_the_folder_keeps_for_itself_is_not_there(tmp_path: Path) -> None:
    for name in (".manifest.json", ".building-x/order", ".well-known/security.txt", "wi/index.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(HOME)
    assert find(tmp_path, ".manifest.json") is None
    assert find(tmp_path, "wi/../.building-x/order") is None
    assert find(tmp_path, ".well-known/security.txt") is not None


def test_it_leads_home_also_where_the_site_stands_in_a_folder_of_another(site: Site) -> None:
    for target, home in (("/x", "./"), ("/wi/x", "../"), ("/a/b/c.html?q=/", "../../"), ("//x", "../")):
        assert f'<a href="{home}">' in site.get(target).text, target


def test_without_a_report_the_first_page_says_that_it_comes(site: Site) -> None:
    (site.report / "index.html").unlink()
    answer = site.get("/")
    assert (answer.status, answer.kind) == (404, "text/html")
    assert "There is no report yet" in answer.text
    assert "<a" not in answer.text


def test_what_is_there_is_served_under_one_address(site: Site) -> None:
    odd = site.report / "wi" / "milwaukee" / "a b%2F?#é.xyz"
    odd.write_text("odd")
    assert site.get("/").text == site.get("/index.html").text == HOME
    assert site.get("/wi/milwaukee/a%20b%252F%3F%23%C3%A9.xyz").text == "odd"
    for target in ("/wi/milwaukee", "/wi/milwaukee/", "//wi//milwaukee/", "/x/../wi/milwaukee/"):
        answer = site.get(target)
        location = answer.headers["Location"]
        assert (answer.status, location[0]) == (302, "."), target  # relative: the site may stand in a folder of another
        led = urlsplit(urljoin(f"http://news.example{target}", location)).path
        assert led == "/wi/milwaukee/index.html", (target, location)


def test_head_is_answered_as_get_without_the_page(site: Site) -> None:
    for target, status in (("/", 200), ("/nothing", 404), (site.link("preferences"), 200), ("/healthz", 200)):
        answer = site.ask("HEAD", target)
        assert answer is not None
        assert (answer.status, answer.body) == (status, b""), target
        if status == 404:
            assert answer.kind == "text/html"


def test_another_method_is_refused_in_one_line(site: Site) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
        for target in ("/", "/nothing", "/healthz"):
            answer = site.ask(method, target, body=b"")
            assert answer is not None
            assert (answer.status, answer.kind, answer.text.count("\n")) == (405, "text/plain", 0), method


WILD = "Mon, 01 Jan 99999999999999999999 00:00:00 GMT"
HEADERS = {
    "a day that no calendar has": ("If-Modified-Since", WILD),
    "the same for another question": ("If-Unmodified-Since", WILD),
    "the same for a part": ("If-Range", WILD),
    "a year that no integer takes": ("If-Modified-Since", f"Mon, 01 Jan {'9' * 5000} 00:00:00 GMT"),
    "a part that begins nowhere": ("Range", f"bytes={'9' * 5000}-"),
    "a part in digits that are none": ("Range", "bytes=٧-"),
    "a tag that does not end": ("If-None-Match", '"'),
    "a wish that nobody can fulfil": ("Expect", "miracles"),
    "a host that is none": ("Host", "[[["),
}


def test_a_header_that_makes_no_sense_is_answered(site: Site) -> None:
    for what, header in HEADERS.items():
        answer = site.ask("GET", "/index.html", [header, ("Range", "bytes=0-0")])
        assert answer is not None, what
        assert answer.status < 500, what


WHOLE = (("keep", b"1"), ("frequency", b"daily"), ("weekday", b"friday"), ("timezone", b"UTC"))
"""A form that is taken, once it has an hour too."""


def fields(hour: bytes, *before: bytes) -> bytes:
    """A whole form in one line."""
    return b"&".join((*before, *(name.encode() + b"=" + said for name, said in WHOLE), b"hour=" + hour))


PARTS = b'--B\r\nContent-Disposition: form-data; name="hour"\r\n\r\n7\r\n--B--\r\n'
FORMS: dict[str, dict[str, tuple[str, bytes]]] = {
    "400 This form cannot be read": {
        "an unknown charset": (f"{FORM}; charset=klingon", fields(b"7")),
        "a charset that is none of text": (f"{FORM}; charset=hex", fields(b"7")),
        "a charset of bytes": (f"{FORM}; charset=\udcff", fields(b"7")),
        "a charset that gives half characters": (f"{FORM}; charset=unicode_escape", fields(rb"\ud800")),
        "no UTF-8": (FORM, fields(b"\xff")),
        "no UTF-8, encoded": (FORM, fields(b"%ff")),
        "half a character": (FORM, fields(b"%ed%a0%80")),
    },
    "400 This form is not whole": {
        "nothing": (FORM, b""),
        "a form cut short": (FORM, fields(b"7")[:-8]),
        "no form": (FORM, b"\x00"),
    },
    "413 This form has too many fields": {"thousands of fields": (FORM, fields(b"7", *[b"hour=7"] * 5000))},
    "413 This form is too large": {"more than a form may have": (FORM, fields(b"7" * 200_000))},
    "415 This is not a form": {
        "JSON": ("application/json", b'{"hour": 7}'),
        "plain text": ("text/plain", fields(b"7")),
        "parts, which are for files": ("multipart/form-data; boundary=B", PARTS),
        "another kind of parts": ("multipart/mixed; boundary=B", PARTS),
        "a kind that is none": ("\udcff/;;=", fields(b"7")),
        "no kind": ("", fields(b"7")),
    },
}


def test_a_form_that_cannot_be_read_is_said_in_one_line_and_changes_nothing(site: Site) -> None:
    before, link = site.reader(), site.link("preferences")
    for said, forms in FORMS.items():
        for what, (kind, body) in forms.items():
            answer = site.post(link, kind, body)
            assert f"{answer.status} {answer.text}".startswith(said), what
            assert (answer.kind, answer.text.count("\n")) == ("text/plain", 0), what
            assert site.reader() == before, what


def test_a_whole_form_is_taken_however_its_kind_is_written(site: Site) -> None:
    for kind, hour in ((FORM, b"9"), (f"{FORM.upper()}; Charset=UTF-8", b"8"), (f'{FORM};charset="utf-8"', b"%31%30")):
        assert site.post(site.link("preferences"), kind, fields(hour)).status == 200
        assert site.reader().rhythm.hour == int(hour.replace(b"%31%30", b"10"))
        assert [item.id for item in site.reader().subscriptions] == [1]


def test_a_form_that_cannot_be_unpacked_changes_nothing(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    before, link = site.reader(), site.link("preferences")
    for encoding in ("gzip", "deflate", "br", "nope"):
        answer = site.post(link, FORM, b"not packed", ("Content-Encoding", encoding))
        assert 400 <= answer.status < 500, encoding
        assert site.reader() == before, encoding
        assert caplog.records == [], encoding


WRONG = [
    *(("hour", value) for value in ("9" * 5000, "-1", "24", "007", "٧", "²", "7.0", "1e1", "\0", "7\n")),
    *(("timezone", value) for value in ("a" * 5000, "America", "../../etc/passwd", "/etc/passwd", "\0", "UTC\n/x")),
    *(("weekday", value) for value in ("9" * 5000, "\0")),
    *(("frequency", value) for value in ("9" * 5000, "\0", "\ufffd")),
]


def test_a_value_that_makes_no_sense_is_said_on_the_page(site: Site) -> None:
    before, link = site.reader(), site.link("preferences")
    for field, value in WRONG:
        answer = site.post(link, FORM, urlencode(site.form(**{field: value})).encode())
        assert (answer.status, answer.kind) == (400, "text/html"), (field, value[:10])
        html5lib.HTMLParser(strict=True).parse(answer.text)
        said = answer.text.partition('role="alert">')[2].partition("</p>")[0]
        assert 10 < len(said) < 150, (field, value[:10])
        assert site.reader() == before, (field, value[:10])


def test_an_empty_hour_leaves_the_hour_as_it_is(site: Site) -> None:
    answer = site.post(site.link("preferences"), FORM, urlencode(site.form(hour="")).encode())
    assert answer.status == 200
    assert (site.reader().rhythm.hour, site.reader().rhythm.timezone) == (7, "UTC")


def test_whatever_a_mail_program_sends_with_its_one_click_it_unsubscribes(site: Site) -> None:
    reader, link = site.reader(), site.link("unsubscribe")
    for what, (kind, body) in (case for forms in FORMS.values() for case in forms.items()):
        with session(site.engine) as opened:
            subscribers.confirm(opened, reader.id, MONDAY)
        assert site.post(link, kind, body).status == 200, what
        assert site.reader().state == "unsubscribed", what


def test_a_bug_is_a_plain_page_and_one_line_in_the_log(site: Site) -> None:
    link = site.link("preferences")
    with site.engine.begin() as connection:  # what nothing of ours ever writes
        connection.execute(text("UPDATE subscriber SET timezone = 'Nowhere/Atlantis'"))
    with structlog.testing.capture_logs() as lines:
        answer = site.get(link)
    assert (answer.status, answer.headers["Content-Type"]) == (500, "text/html; charset=utf-8")
    assert "Traceback" not in answer.text
    assert "Atlantis" not in answer.text
    html5lib.HTMLParser(strict=True).parse(answer.text)
    (line,) = lines
    assert (line["log_level"], line["event"], line["exc_info"]) == ("error", "failed", True)
    assert link not in str(line), "the address is a secret"
    assert site.get("/healthz").status == 200


NO_HTTP = [
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    b"GET / HTTP/1.1\r\nHo st: x\r\n\r\n",
    b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /a b HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET http://[/ HTTP/1.1\r\nHost: x\r\n\r\n",
    b"BREW / HTCPCP/1.0\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n",
    b"GET /" + b"a" * 10_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 30_000 + b"\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
]


def test_what_is_no_request_is_refused_and_fills_no_log(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    for data in NO_HTTP:
        answer = site.send(data)
        assert answer is None or 400 <= answer.status < 500, data[:40]
        assert caplog.records == [], data[:40]
        assert site.get("/healthz").status == 200, data[:40]
