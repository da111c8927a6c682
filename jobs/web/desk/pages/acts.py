"""Decisions on an entry, a policy and what is withheld: each calls what the command of its name calls, in one
transaction, and leads back to where it was made. Where it cannot be done, or somebody else was faster, the page says so
with all that was typed."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from fastapi import Response
from sqlmodel import Session

from db.engine import reading
from db.people import decisions, remarks, withholding
from db.sessions import session
from db.timeline.entries import load_entry
from db.timeline.filters import ALL
from db.values import Role
from db.withholdings import withholdings
from jobs.review.input import act, values
from jobs.review.show import now_says
from jobs.review.withholding import STAYS, held, what
from jobs.web.desk.desk_request import DeskRequest
from jobs.web.desk.pages import review as queue
from jobs.web.desk.sheet import FIELDS, sheet, two_of
from tracker.errors import BadInput
from tracker.model import Entry, EntryStatus, Policy, Witness
from tracker.timeline.decisions.remarks import answered_by_edit
from tracker.timeline.decisions.undo import standing_acts
from tracker.timeline.provenance import judged
from tracker.timeline.standing.standing import standing

Handler = Callable[[DeskRequest], Response]
DecideEntry = Callable[[DeskRequest, Session, int], Entry]
"""Does the act in a session, on the entry at the revision that the form showed."""
DecidePolicy = Callable[[DeskRequest, Session], Policy]
WAS = "was-"
"""Begins the name of the field that says what a form showed."""
QUEUE = "queue"
"""The field of a form on the page of the queue that says where in it somebody is."""

WHO = {Witness.ENCODER.value: "the encoder", Witness.MODEL.value: "the language model"}
WITHHELD_DONE = {
    "withheld": f"It is withheld, in the report within a minute. {STAYS}",
    "known": "It was withheld already",
    "released": "It is published again, in the report within a minute",
}
"""What the page of what is withheld says after an act."""
WITHHELD_WHY = "say why; colleagues will ask"
NAME_UNSURE = "tick that the name is to be published again"


def entry_act(what: str, note: str = "") -> Callable[[DecideEntry], Handler]:
    """Makes a page of an act on an entry: it says `what` came of it where the act was asked for; `note` is a line in
    the log when it is done."""

    def page(decide: DecideEntry) -> Handler:
        def take(request: DeskRequest) -> Response:
            try:
                with session(request.engine) as opened:
                    after = decide(request, opened, next(iter(request.numbers("seen")), 0))
            except BadInput as error:
                return _refused(request, str(error))
            if note:
                request.log(note, entry=after.id, number=len(request.numbers("number")))
            at, done = _position(request), what
            if what == "taken" and after.status is EntryStatus.REJECTED:
                done = "rejected"
            if at is None or done in ("split", "merged", "withheld"):
                return request.go(f"entry/{after.id}", done=done)
            return queue.go_on(request, at.without(after.id) if done == "undone" else at, after, done)

        return take

    return page


@entry_act("confirmed")
def confirm(request: DeskRequest, opened: Session, seen: int) -> Entry:
    """The entry is right."""
    return decisions.confirm(opened, request.path("name"), request.act(tuple(request.numbers("remark"))), seen)


@entry_act("rejected")
def reject(request: DeskRequest, opened: Session, seen: int) -> Entry:
    """The entry is wrong."""
    return decisions.reject(opened, request.path("name"), request.act(tuple(request.numbers("remark"))), seen)


@entry_act("edited")
def edit(request: DeskRequest, opened: Session, seen: int) -> Entry:
    """Sets the fields that the form says otherwise than the entry does."""
    entry = decisions.entry(opened, request.path("name"), seen)
    fields = values({name: text for name, text in typed(request).items() if text != now_says(entry, name)})
    if not fields:
        raise BadInput("no field says anything else than before; nothing was changed")
    shown = [item for item in remarks.of_entry(opened, entry.id) if item.id in request.numbers("remark")]
    return decisions.edit(opened, entry.id, fields, request.act(answered_by_edit(shown, fields.keys())), seen)


def typed(request: DeskRequest) -> dict[str, str]:
    """What the form says of fields of an entry otherwise than it showed them: what somebody else set meanwhile is not
    set back by a form that only repeats what it showed."""
    texts = {name: " ".join(request.field(name).split()) for name in FIELDS if name in request.form}
    return {
        name: text
        for name, text in texts.items()
        if f"{WAS}{name}" not in request.form or text != " ".join(request.field(f"{WAS}{name}").split())
    }


@entry_act("taken")
def take(request: DeskRequest, opened: Session, seen: int) -> Entry:
    """One of two witnesses is right: its stage, date and place are set; where it reads no such step, there is none."""
    number, witness = next(iter(request.numbers("number")), 0), request.field("witness")
    entry = decisions.entry(opened, request.path("name"), seen)
    two = two_of(opened, *decisions.evidence(opened, entry.id, [number]))
    if two is None or witness not in WHO:
        raise BadInput("what two witnesses read there is not kept any more; open the page again")
    finding = two.encoder if witness == Witness.ENCODER else two.model
    done = act(request.user.name, request.field("reason") or f"as {WHO[witness]} reads it")
    if finding is None:
        return decisions.reject(opened, entry.id, done, seen)
    return decisions.edit(opened, entry.id, judged(finding), done, seen)


@entry_act("undone")
def undo(request: DeskRequest, opened: Session, seen: int) -> Entry:
    """Takes the last decision on the entry back."""
    return decisions.undo(opened, request.path("name"), request.act(), seen)


@entry_act("merged")
def merge(request: DeskRequest, opened: Session, seen: int) -> Entry:
    """Other entries are the same act."""
    others = [*request.fields("other"), *request.field("others").replace(",", " ").split()]
    if not others:
        raise BadInput("name the entries that are the same step")
    across = bool(request.field("across"))
    return decisions.merge_entries(opened, request.path("name"), others, request.act(), across_stages=across, seen=seen)


@entry_act("split")
def split(request: DeskRequest, opened: Session, seen: int) -> Entry:
    """Some of the evidence is of another act: the page of the new entry follows."""
    return decisions.split_entry(opened, request.path("name"), request.numbers("number"), request.act(), seen)


@entry_act("moved")
def move(request: DeskRequest, opened: Session, seen: int) -> Entry:
    """The entry belongs to another policy of its place."""
    return decisions.edit(
        opened, request.path("name"), values({"policy": request.field("policy")}), request.act(), seen
    )


@entry_act("withheld", "quotes withheld")
def withhold(request: DeskRequest, opened: Session, seen: int) -> Entry:
    """Keeps quotes out of everything published."""
    act, numbers = request.act(), request.numbers("number")
    entry = decisions.entry(opened, request.path("name"), seen)
    if not numbers or not act.reason:
        raise BadInput("say which quotes, and why; readers are told the reason in their place")
    for item in decisions.evidence(opened, entry.id, numbers):
        withholding.withhold_quote(opened, item, act)
    return entry


def close_remark(request: DeskRequest) -> Response:
    """What a reader wrote was looked at: the entry stands. Raises BadInput where it was answered already."""
    with session(request.engine) as opened:
        closed = remarks.close(opened, request.path("key"), request.act())
    return request.go(f"entry/{closed.entry}", done="answered")


def _position(request: DeskRequest) -> queue.QueuePosition | None:
    """Where in the queue the form was sent; None: not from there."""
    return queue.position(dict(parse_qsl(request.field(QUEUE)))) if QUEUE in request.form else None


def _refused(request: DeskRequest, problem: str) -> Response:
    """The entry as it is now, with what was typed: 409 where it is no longer what the form showed (RFC 9110, 15.5.10).
    Raises BadInput where there is no such entry."""
    name, at = request.path("name"), _position(request)
    with reading(request.engine) as opened:
        entry = load_entry(opened, name)
    status = 409 if entry and str(entry.revision) != request.field("seen") else 400
    texts = typed(request) | {"reason": request.field("reason")}
    if at is not None and entry:
        return queue.show_entry(request, at, ALL, name, problem=problem, typed=texts, status=status)
    with reading(request.engine) as opened:
        found = sheet(opened, name, request.today, request.desk.settings)
    return request.page("entry", status, sheet=found, queue=None, problem=problem, typed=texts, done="")


def show_policy(request: DeskRequest, problem: str = "") -> Response:
    """One policy with its entries and its history. Raises BadInput where there is none."""
    with reading(request.engine) as opened:
        policy = decisions.policy(opened, request.path("name"))
        history = decisions.policy_revisions(opened, policy.id)
    shown: dict[str, Any] = {"policy": policy, "history": history, "standing": standing(policy.entries, request.today)}
    shown |= {"done": request.query("done"), "is_decided": bool(standing_acts(history))}
    return request.page("policy", problem=problem, **shown)


def policy_act(what: str) -> Callable[[DecidePolicy], Handler]:
    """Makes a page of an act on a policy, which leads back to the policy."""

    def page(decide: DecidePolicy) -> Handler:
        def take(request: DeskRequest) -> Response:
            try:
                with session(request.engine) as opened:
                    after = decide(request, opened)
            except BadInput as error:
                return show_policy(request, str(error))
            return request.go(f"policy/{after.id}", done=what)

        return take

    return page


@policy_act("renamed")
def rename_policy(request: DeskRequest, opened: Session) -> Policy:
    """Another name, which the program leaves as it is."""
    return decisions.rename_policy(opened, request.path("name"), request.field("title"), request.act())


@policy_act("merged")
def merge_policies(request: DeskRequest, opened: Session) -> Policy:
    """Other policies are the same one."""
    others = request.field("others").replace(",", " ").split()
    return decisions.merge_policies(opened, request.path("name"), others, request.act())


@policy_act("split")
def split_policy(request: DeskRequest, opened: Session) -> Policy:
    """Some of the entries are of another one: the page of the new policy follows."""
    return decisions.split_policy(opened, request.path("name"), request.fields("entry"), request.act())


@policy_act("undone")
def undo_policy(request: DeskRequest, opened: Session) -> Policy:
    """Takes the last decision on the policy back."""
    return decisions.undo_policy(opened, request.path("name"), request.act())


def show_withheld(request: DeskRequest, problem: str = "") -> Response:
    """All decisions about names and quotes, those that stand first and the latest before the others."""
    with reading(request.engine) as opened:
        found = withholdings(opened)
    ordered = sorted(found, key=lambda item: (item.released_at is None, item.at), reverse=True)
    done = WITHHELD_DONE.get(request.query("done"), "")
    return request.page("withheld", problem=problem, decisions=ordered, what=what, done=done)


def withhold_name(request: DeskRequest) -> Response:
    """Withholds a name, once it was said what that does and somebody is sure."""
    act = request.act()
    try:
        name = withholding.checked_name(request.field("name"))
        if not act.reason:
            raise BadInput(WITHHELD_WHY)
    except BadInput as error:
        return show_withheld(request, str(error))
    if not request.field("sure"):
        with reading(request.engine) as opened:
            counts = held(name, withholding.name_uses(opened, name))
        return request.page("withhold", name=name, counts=counts, reason=act.reason, stays=STAYS)
    with session(request.engine) as opened:
        item, is_new = withholding.withhold_name(opened, name, act)
    if is_new:
        request.log("name withheld", withholding=item.id)
    return request.go("withheld", done="withheld" if is_new else "known")


def release(request: DeskRequest) -> Response:
    """Publishes again what was withheld; a name, only an admin who is sure. Raises BadInput where there is nothing of
    this id."""
    with session(request.engine) as opened:
        item = withholding.get(opened, request.path("name"))
        if item.is_name:
            request.need(Role.ADMIN)
        if item.is_name and not request.field("sure"):
            return show_withheld(request, NAME_UNSURE)
        withholding.release(opened, item.id, request.act())
    request.log("published again", withholding=item.id)
    entry = request.field("entry")
    return request.go(f"entry/{entry}" if queue.ID.fullmatch(entry) else "withheld", done="released")
