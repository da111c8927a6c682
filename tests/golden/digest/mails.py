"""The mails of this folder, made of the timelines in ../publish/samples.py: each as its three twins, `NAME.headers`,
`NAME.txt` and `NAME.html`. Written anew by  python tests/golden/digest/mails.py  — then read what changed.
"""

import runpy
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from tracker.coverage import Coverage
from tracker.hearings import Hearing
from tracker.model import Change, EntryStatus, Revision
from tracker.publish.mail import confirmation, digest
from tracker.publish.mail.confirmation import ConfirmationRequest
from tracker.publish.mail.digest import Digest, Letter
from tracker.publish.mail.envelope import PLACEHOLDER, Edition, Recipient, Sender, message_id
from tracker.publish.mail.sections import Sections, SentRevision, for_reader

HERE = Path(__file__).parent
SAMPLES = runpy.run_path(str(HERE.parent / "publish" / "samples.py"))
AT = datetime(2017, 7, 3, 12, 0, tzinfo=UTC)
TODAY = date(2017, 7, 3)
SUBSCRIBED = datetime(2017, 1, 1, tzinfo=UTC)
SENDER = Sender("Procedure tracker <digest@tracker.example>", "https://tracker.example", "desk@tracker.example")
HEARD = (
    Coverage(feed="https://news.example/feed", title="Milwaukee Ledger", last_heard=AT),
    Coverage(feed="https://radio.example/rss", title="WXYZ Radio", state="failing",
             error="the server answered HTTP 503", last_heard=datetime(2017, 6, 2, tzinfo=UTC)),
    Coverage(feed="https://basin.example/feed", title="Basin Bugle", state="retired", last_heard=AT),
)  # fmt: skip


def entries(*places):
    return [entry for place in places for policy in SAMPLES[place]().policies for entry in policy.entries]


def sections(found, told=None, today=TODAY):
    return for_reader(found, told or {}, {entry.id: entry for entry in found}, today=today, since=SUBSCRIBED)


def policies(names):
    every = (policy for place in ("milwaukee", "pasco", "dane", "springfield") for policy in SAMPLES[place]().policies)
    return {policy.id: policy for policy in every if policy.id in names}


def letter(today=TODAY, **more):
    links = {"unsubscribe_url": SENDER.link("unsubscribe"), "preferences_url": SENDER.link("preferences")}
    follows = ("Milwaukee, Wisconsin: Immigration", "Wisconsin and all places in it")
    values = {"coverage": HEARD, "contact": "desk@tracker.example", "follows": follows, **links, **more}
    return Letter(today=today, **values)


def week():
    """The first mail about the seed story, the Monday before the order takes effect, and an archive found late."""
    return digest.write(sections(entries("milwaukee", "pasco")), letter(public_url="https://tracker.example"), policies)


def corrections():
    """A date that was told wrong, and an entry that a person took back; nothing new."""
    found = entries("dane", "springfield")
    told = {entry.id: SentRevision(1) for entry in found}
    changed = [_withdrawn(entry) if entry.id == "e-fair" else entry for entry in found]
    return digest.write(sections(changed, told, date(2017, 3, 10)), letter(date(2017, 3, 10)), policies)


def _withdrawn(entry):
    change = Change(field="status", old="pending", new="rejected")
    revision = Revision(number=2, at=AT, actor="dana", reason="this is about the state fair", changes=(change,))
    return entry.model_copy(update={"status": EntryStatus.REJECTED, "revisions": (entry.revisions[0], revision)})


def quiet():
    """A week in which nothing was found, sent from a tracker without a web address."""
    plain = letter(
        unserved=("Racine, Wisconsin", "Wake County, North Carolina"),
        unsubscribe_url="",
        preferences_url="",
        unsubscribe_mail=SENDER.mail("unsubscribe"),
    )
    return digest.write(Sections(), plain)


def hostile():
    """Every field that a feed can fill holds something nasty, scripts of both directions among it."""
    place = SAMPLES["hostile"]()
    return digest.write(sections(entries("hostile")), letter(coverage=place.coverage, follows=(SAMPLES["HOSTILE"],)))


HELD = Hearing(
    id="0b7f1f7e-3a7e-5e0a-9a53-4f0d0a7c2a11",
    jurisdiction=SAMPLES["MILWAUKEE"].id,
    body="Public Safety Committee",
    day=date(2017, 7, 11),
    hour=time(13, 30),
    location="City Hall, Room 301-B",
    address="https://oakford.example/meeting?id=7",
    file="170401",
    title="An ordinance relating to lamps on carts",
    topic="streets",
    listed_at=AT,
    changed_at=AT,
)
MOVED = HELD.model_copy(
    update={"file": "170388", "name": "Parade permits <b>&</b> fees", "hour": None, "former_day": date(2017, 7, 6)}
)
OFF = HELD.model_copy(update={"file": "170215", "gone_at": AT, "address": "javascript:alert(1)"})


def before_the_vote():
    """A digest that begins with hearings: one that comes, one that was moved, one that was taken off."""
    found = replace(sections(entries("milwaukee")), hearings=(MOVED, HELD, OFF))
    return digest.write(found, letter(public_url="https://tracker.example"), policies)


def agenda():
    """The mail to somebody who watches agendas."""
    return digest.agenda((HELD, MOVED, OFF), letter(follows=("On agendas of Milwaukee, Wisconsin: “lamps”",)))


def question():
    """The mail that asks whether somebody wants the others."""
    rhythm = "Mondays at 7:00 (America/Chicago)"
    follows = ("Milwaukee, Wisconsin: Immigration",)
    link, mail = SENDER.link("confirm"), SENDER.mail("confirm")
    return confirmation.confirmation_mail(ConfirmationRequest(rhythm, follows, link, mail, "desk@tracker.example"))


MAILS = {make.__name__: make for make in (week, corrections, quiet, hostile, before_the_vote, agenda, question)}


def sent(name: str, made: Digest) -> EmailMessage:
    """The mail as a reader's program sees it."""
    sender = Sender(SENDER.mail_from) if name == "quiet" else SENDER
    reader = Recipient("ada@example.org", "mAda.token", message_id(name, sender), AT)
    data = Edition(made, sender, bulk=name != "question").message(reader)
    return message_from_bytes(data, policy=default)


def twins(name: str) -> dict[str, str]:
    """File name → what stands in it."""
    mail = sent(name, MAILS[name]())
    parts = {suffix: mail.get_body((kind,)).get_content() for suffix, kind in (("txt", "plain"), ("html", "html"))}
    headers = "".join(f"{key}: {value}\n" for key, value in mail.items() if key != "Content-Type")
    texts = {suffix: text.replace("\r\n", "\n").rstrip("\n") + "\n" for suffix, text in parts.items()}
    return {f"{name}.headers": headers} | {f"{name}.{suffix}": text for suffix, text in texts.items()}


def main() -> None:
    """Writes all twins; says which changed."""
    assert PLACEHOLDER not in "".join("".join(twins(name).values()) for name in MAILS)
    for name in MAILS:
        for file, text in twins(name).items():
            path = HERE / file
            if not path.exists() or path.read_text("utf-8") != text:
                path.write_text(text, "utf-8")
                sys.stdout.write(f"{file}\n")


if __name__ == "__main__":
    main()
