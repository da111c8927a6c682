"""The bytes that are sent: headers that inboxes want, both forms, and nothing that anybody could smuggle in."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest

from tracker.errors import BadInput
from tracker.publish.mail.digest import Digest
from tracker.publish.mail.envelope import PLACEHOLDER, Edition, Recipient, Sender, message_id, personal
from tracker.publish.mail.subscribers import checked_address, weekday

AT = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
SENDER = Sender("Tracker <digest@tracker.example>", "https://tracker.example/", "desk@tracker.example")
DIGEST = Digest(
    "2 changes in Cañon City",
    f"<p>“Quoted”, ünïcode = fine</p>\n.a line that begins with a dot\n<a href='x/{PLACEHOLDER}'>y</a>\n"
    + "long " * 400,
    f"From here it begins\n\n.\n{PLACEHOLDER}\nspace at the end \nمرحبا\n",
)


def sent(digest=DIGEST, sender=SENDER, bulk=True, to="ada@example.org"):
    data = Edition(digest, sender, bulk=bulk).message(Recipient(to, "mKey.Mac", message_id("abc", sender), AT))
    return data, message_from_bytes(data, policy=default)


def test_it_has_the_headers_that_inboxes_want():
    _, mail = sent()
    assert {name: str(value) for name, value in mail.items() if not name.startswith("Content")} == {
        "From": "Tracker <digest@tracker.example>",
        "To": "ada@example.org",
        "Reply-To": "desk@tracker.example",
        "Subject": "2 changes in Cañon City",
        "Date": "Mon, 23 Nov 2026 13:00:00 +0000",
        "Message-ID": "<abc@tracker.example>",
        "MIME-Version": "1.0",
        "List-Id": "Changes to local procedures <digest.tracker.example>",
        "List-Unsubscribe": "<https://tracker.example/unsubscribe/mKey.Mac>, "
        "<mailto:digest@tracker.example?subject=unsubscribe%20mKey.Mac>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "Precedence": "bulk",
    }


def test_both_forms_arrive_as_they_were_written_with_the_readers_own_token():
    _, mail = sent()
    mine = personal(DIGEST, "mKey.Mac")
    parts = {kind: mail.get_body((kind,)).get_content().replace("\r\n", "\n") for kind in ("plain", "html")}
    assert (parts["plain"].rstrip("\n"), parts["html"].rstrip("\n")) == (mine.text.rstrip("\n"), mine.html)
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert not mail.defects


def test_every_line_is_short_ascii_and_ends_as_smtp_wants():
    data, _ = sent()
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    body = data.partition(b"\r\n\r\n")[2]
    assert max(map(len, body.split(b"\r\n"))) <= 78


def test_without_a_web_address_one_unsubscribes_by_mail():
    _, mail = sent(sender=Sender("digest@tracker.example"))
    assert mail["List-Unsubscribe"] == "<mailto:digest@tracker.example?subject=unsubscribe%20mKey.Mac>"
    assert mail["List-Unsubscribe-Post"] is None


def test_a_mail_that_was_asked_for_has_no_list_to_leave():
    _, mail = sent(bulk=False)
    assert not {"List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "Precedence"} & set(mail.keys())


INJECTIONS = ["a\r\nBcc: eve@example.org", "a\nBcc: eve@example.org", "a\rBcc: eve@example.org", "a\x00b\r\n\r\nbody"]


@pytest.mark.parametrize("evil", INJECTIONS, ids=repr)
def test_nobody_begins_another_header(evil):
    for act in (
        lambda: sent(Digest(evil, "", "")),
        lambda: sent(sender=Sender(f"{evil} <digest@tracker.example>")),
        lambda: sent(sender=Sender("digest@tracker.example", reply_to=evil)),
        lambda: sent(to=evil),
    ):
        try:
            data, mail = act()
        except (ValueError, BadInput):
            continue
        assert mail["Bcc"] is None
        assert b"\nBcc" not in data.partition(b"\r\n\r\n")[0]


ADDRESSES = [
    ("ada@example.org", "ada@example.org"),
    ("  Ada.Lovelace+news@Example.ORG ", "Ada.Lovelace+news@example.org"),
    ("ada@bücher.example", "ada@xn--bcher-kva.example"),
    ("slack://token/channel", "slack://token/channel"),
]


@pytest.mark.parametrize(("text", "address"), ADDRESSES, ids=[text for text, _ in ADDRESSES])
def test_an_address_is_put_into_the_form_in_which_it_is_sent(text, address):
    assert checked_address(text) == address


BAD = [
    *("", "ada", "@example.org", "ada@", "ada@localhost", "a b@example.org", "ada@example.org, eve@example.org"),
    *("ada@example.org\nBcc: eve@example.org", "<ada@example.org>", ".ada@example.org", "a..b@example.org"),
    *("ädä@example.org", f"{'a' * 65}@example.org", f"ada@{'a' * 64}.org", f"ada@{'a.' * 140}org", "slack://a b"),
]


@pytest.mark.parametrize("text", BAD, ids=[text[:30] for text in BAD])
def test_what_is_no_address_is_refused_in_one_line(text):
    with pytest.raises(BadInput) as caught:
        checked_address(text)
    assert "\n" not in str(caught.value)


def test_weekdays_are_known_by_their_first_letters():
    assert [weekday(text) for text in ("Monday", "tue", "THURS", "sun")] == [0, 1, 3, 6]
    for text in ("", "t", "su nday", "montag"):
        with pytest.raises(BadInput, match="there is no weekday"):
            weekday(text)
