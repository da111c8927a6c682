"""Decisions on an entry: each calls what the command of its name calls, in one transaction, and leads back to where it
was made. Where it cannot be done, or somebody else was faster, the page says so with all that was typed."""

from collections.abc import Callable
from urllib.parse import parse_qsl

from fastapi import Response
from sqlmodel import Session

from db.engine import reading, session
from db.people import decisions, remarks, withholding
from db.timeline.entries import load_entry
from db.timeline.filters import ALL
from jobs.desk.asked import Asked
from jobs.desk.pages import review as queue
from jobs.desk.show import FIELDS, sheet, two_of
from jobs.review.input import act, values
from jobs.review.show import now_says
from tracker.errors import BadInput
from tracker.model import Entry, EntryStatus, Witness
from tracker.timeline.provenance import judged
from tracker.timeline.remarks import answered_by_edit

Decide = Callable[[Session, int], Entry]
"""Does the act in a session, on the entry at the revision that the form showed."""
WAS = "was-"
"""Begins the name of the field that says what a form showed."""
QUEUE = "queue"
"""The field of a form on the page of the queue that says where in it somebody is."""

WHO = {Witness.ENCODER.value: "the encoder", Witness.MODEL.value: "the language model"}


def confirm(asked: Asked) -> Response:
    """The entry is right."""
    act = asked.act(tuple(asked.numbers("remark")))
    return _decided(asked, lambda opened, seen: decisions.confirm(opened, asked.path("name"), act, seen), "confirmed")


def reject(asked: Asked) -> Response:
    """The entry is wrong."""
    act = asked.act(tuple(asked.numbers("remark")))
    return _decided(asked, lambda opened, seen: decisions.reject(opened, asked.path("name"), act, seen), "rejected")


def edit(asked: Asked) -> Response:
    """Sets the fields that the form says otherwise than the entry does."""

    def decide(opened: Session, seen: int) -> Entry:
        entry = decisions.entry(opened, asked.path("name"), seen)
        fields = values({name: text for name, text in typed(asked).items() if text != now_says(entry, name)})
        if not fields:
            raise BadInput("no field says anything else than before; nothing was changed")
        shown = [item for item in remarks.of_entry(opened, entry.id) if item.id in asked.numbers("remark")]
        act = asked.act(answered_by_edit(shown, fields.keys()))
        return decisions.edit(opened, entry.id, fields, act, seen)

    return _decided(asked, decide, "edited")


def typed(asked: Asked) -> dict[str, str]:
    """What the form says of fields of an entry otherwise than it showed them: what somebody else set meanwhile is not
    set back by a form that only repeats what it showed."""
    told = {name: " ".join(asked.said(name).split()) for name in FIELDS if name in asked.form}
    return {name: text for name, text in told.items() if f"{WAS}{name}" not in asked.form or text != _was(asked, name)}


def _was(asked: Asked, name: str) -> str:
    return " ".join(asked.said(f"{WAS}{name}").split())


def take(asked: Asked) -> Response:
    """One of two witnesses is right: its stage, date and place are set; where it reads no such step, there is none."""
    number, witness = next(iter(asked.numbers("number")), 0), asked.said("witness")

    def decide(opened: Session, seen: int) -> Entry:
        entry = decisions.entry(opened, asked.path("name"), seen)
        two = two_of(opened, *decisions.evidence(opened, entry.id, [number]))
        if two is None or witness not in WHO:
            raise BadInput("what two witnesses read there is not kept any more; open the page again")
        told = two.encoder if witness == Witness.ENCODER else two.model
        done = act(asked.user.name, asked.said("reason") or f"as {WHO[witness]} reads it")
        if told is None:
            return decisions.reject(opened, entry.id, done, seen)
        return decisions.edit(opened, entry.id, judged(told), done, seen)

    return _decided(asked, decide, "taken")


def undo(asked: Asked) -> Response:
    """Takes the last decision on the entry back."""
    act = asked.act()
    return _decided(asked, lambda opened, seen: decisions.undo(opened, asked.path("name"), act, seen), "undone")


def merge(asked: Asked) -> Response:
    """Other entries are the same act."""
    others = [*asked.texts("other"), *asked.said("others").replace(",", " ").split()]
    act, across = asked.act(), bool(asked.said("across"))

    def decide(opened: Session, seen: int) -> Entry:
        if not others:
            raise BadInput("name the entries that are the same step")
        name = asked.path("name")
        return decisions.merge_entries(opened, name, others, act, across_stages=across, seen=seen)

    return _decided(asked, decide, "merged")


def split(asked: Asked) -> Response:
    """Some of the evidence is of another act: the page of the new entry follows."""
    act, numbers = asked.act(), asked.numbers("number")
    return _decided(
        asked, lambda opened, seen: decisions.split_entry(opened, asked.path("name"), numbers, act, seen), "split"
    )


def move(asked: Asked) -> Response:
    """The entry belongs to another policy of its place."""
    act = asked.act()

    def decide(opened: Session, seen: int) -> Entry:
        return decisions.edit(opened, asked.path("name"), values({"policy": asked.said("policy")}), act, seen)

    return _decided(asked, decide, "moved")


def withhold(asked: Asked) -> Response:
    """Keeps quotes out of everything published."""
    act, numbers = asked.act(), asked.numbers("number")

    def decide(opened: Session, seen: int) -> Entry:
        entry = decisions.entry(opened, asked.path("name"), seen)
        if not numbers or not act.reason:
            raise BadInput("say which quotes, and why; readers are told the reason in their place")
        for item in decisions.evidence(opened, entry.id, numbers):
            withholding.quote(opened, item, act)
        return entry

    def note(entry: Entry) -> None:
        asked.note("quotes withheld", entry=entry.id, number=len(numbers))

    return _decided(asked, decide, "withheld", note)


def close_remark(asked: Asked) -> Response:
    """What a reader wrote was looked at: the entry stands. Raises BadInput where it was answered already."""
    with session(asked.engine) as opened:
        told = remarks.close(opened, asked.path("key"), asked.act())
    return asked.go(f"entry/{told.entry}", done="answered")


def _decided(asked: Asked, decide: Decide, what: str, note: Callable[[Entry], None] = lambda _entry: None) -> Response:
    """Carries an act out, and says what came of it where it was asked for; `note` is told when it is done."""
    try:
        seen = next(iter(asked.numbers("seen")), 0)
        with session(asked.engine) as opened:
            after = decide(opened, seen)
    except BadInput as error:
        return _refused(asked, str(error))
    note(after)
    if what == "taken" and after.status is EntryStatus.REJECTED:
        what = "rejected"
    at = _place(asked)
    if at is None or what in ("split", "merged", "withheld"):
        return asked.go(f"entry/{after.id}", done=what)
    return queue.after(asked, at.without(after.id) if what == "undone" else at, after, what)


def _place(asked: Asked) -> queue.Place | None:
    """Where in the queue the form was sent; None: not from there."""
    if QUEUE not in asked.form:
        return None
    return queue.place_of(dict(parse_qsl(asked.said(QUEUE))))


def _refused(asked: Asked, problem: str) -> Response:
    """The entry as it is now, with what was typed: 409 where it is no longer what the form showed (RFC 9110, 15.5.10).
    Raises BadInput where there is no such entry."""
    name, at = asked.path("name"), _place(asked)
    with reading(asked.engine) as opened:
        entry = load_entry(opened, name)
    status = 409 if entry and str(entry.revision) != asked.said("seen") else 400
    told = typed(asked) | {"reason": asked.said("reason")}
    if at is not None and entry:
        return queue.front(asked, at, ALL, name, problem=problem, typed=told, status=status)
    with reading(asked.engine) as opened:
        found = sheet(opened, name, asked.today, asked.desk.settings)
    return asked.page("entry", status, sheet=found, queue=None, problem=problem, typed=told, done="")
