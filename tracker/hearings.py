"""Before the vote: a matter on the agenda of a meeting to come, and what became of it."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from tracker.model import OcdId, Stage, Value

MOVED_WITHIN = timedelta(days=7)
"""A matter that leaves an agenda and stands on another one of the same body, listed at most so long before or after,
was moved: councils renotice within the week. Later, or before another body, it is another hearing."""
SHOWN_FOR = timedelta(days=7)
"""How long what was moved or taken off is shown as such: until everybody who looks once a week has seen it."""


class Hearing(Value):
    """A matter on the agenda of a meeting: `day` and `hour` (None: not told) of the body's own time, `address` of the
    meeting, `file` number, `title` and, where there is one, a short `name`. `followed`: the matter is about a standing
    rule; else it only stands on the agenda. `policy`: the id of the matter's policy, where it has entries.

    `revision` grows with every move, removal and return; `former_day` and `former_hour`: from when it was moved, and
    `before`, where that was another meeting, how it stood there; `gone_at`: since when the agenda lacks it.
    `joint`: the ids that it has in the records of other bodies that hear it in the same meeting. `changed_at`: when it
    was listed, moved or removed last."""

    id: str
    jurisdiction: OcdId
    body: str
    day: date
    hour: time | None = None
    location: str = ""
    address: str = ""
    file: str = ""
    title: str = ""
    name: str = ""
    topic: str = ""
    followed: bool = True
    policy: str = ""
    listed_at: datetime
    changed_at: datetime
    revision: int = 0
    former_day: date | None = None
    former_hour: time | None = None
    before: "Hearing | None" = None
    gone_at: datetime | None = None
    joint: tuple[str, ...] = ()

    @property
    def stage(self) -> Stage:
        """A hearing is a step towards a decision."""
        return Stage.PROPOSED

    @property
    def label(self) -> str:
        """`Int 0401-2026: Requiring lamps on carts`."""
        return ": ".join(part for part in (self.file, self.name or self.title) if part)


class Agendas(Value):
    """What stands on the agendas of one government whose record is followed; `until`: the last day of a meeting that is
    announced, None where none is."""

    hearings: tuple[Hearing, ...] = ()
    until: date | None = None


def hearing_id(record: str, meeting: int, matter: int) -> str:
    """The same for ever, in whatever database: by the record's address and its own numbers."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{record}/Events/{meeting}/Matters/{matter}"))


def order(hearing: Hearing) -> tuple[date, bool, time, tuple[str, ...]]:
    """By day and hour, those without an hour first, as all-day lines of a calendar are."""
    rest = (hearing.jurisdiction, hearing.body, hearing.file, hearing.id)
    return hearing.day, hearing.hour is not None, hearing.hour or time(), rest


def in_order(hearings: Iterable[Hearing]) -> tuple[Hearing, ...]:
    """Soonest first."""
    return tuple(sorted(hearings, key=order))


def is_coming(hearing: Hearing, today: date) -> bool:
    """True where it is listed for the day or later."""
    return hearing.gone_at is None and hearing.day >= today


def is_correction(hearing: Hearing, today: date, within: timedelta = SHOWN_FOR) -> bool:
    """True where it was moved or taken off, before its day, within the last week or another time."""
    return hearing.changed_at.date() > today - within and (
        _was_taken_off(hearing) or (hearing.gone_at is None and hearing.former_day is not None)
    )


def shown(hearings: Iterable[Hearing], today: date, within: timedelta = SHOWN_FOR) -> tuple[Hearing, ...]:
    """What readers are shown on a day: what comes, and what was taken off of late; what was moved longer ago is shown
    as any other."""
    found = (_settled(one, today, within) for one in with_moves(as_one(hearings)))
    return in_order(
        one for one in found if is_coming(one, today) or (one.gone_at and is_correction(one, today, within))
    )


def _settled(hearing: Hearing, today: date, within: timedelta) -> Hearing:
    if is_correction(hearing, today, within) or hearing.former_day is None:
        return hearing
    return hearing.model_copy(update={"former_day": None, "former_hour": None, "before": None})


def as_one(hearings: Iterable[Hearing]) -> list[Hearing]:
    """One that several bodies hear in one meeting stands in the record of each: the same matter, place and hour. It is
    one hearing, of all of them; one that has left it takes nothing off."""
    groups: dict[object, list[Hearing]] = {}
    for one in sorted(hearings, key=lambda one: (one.listed_at, one.id)):
        what = (one.jurisdiction, one.file or one.title, one.day, one.hour, one.location)
        groups.setdefault(what if one.hour else one.id, []).append(one)
    return [_joined(group) for group in groups.values()]


def _joined(group: list[Hearing]) -> Hearing:
    its = [one for one in group if one.gone_at is None] or group
    if len(group) == 1:
        return its[0]
    bodies = dict.fromkeys(one.body for one in its)
    rest = {"joint": tuple(one.id for one in group if one is not its[0]), "body": "; ".join(bodies)}
    return its[0].model_copy(update=rest)


def with_moves(hearings: Iterable[Hearing]) -> list[Hearing]:
    """One that left an agenda, and stands on another of the same body that was listed about then, is that one, moved:
    the first is left out, and the second tells from when."""
    found = list(hearings)
    gone = sorted((one for one in found if _was_taken_off(one)), key=order)
    moved: dict[str, Hearing] = {}
    for one in sorted((one for one in found if one.gone_at is None), key=order):
        before = next((other for other in gone if _replaces(one, other) and other.id not in moved), None)
        if before:
            since = max(one.changed_at, before.changed_at)
            former = {"former_day": before.day, "former_hour": before.hour, "before": before}
            moved[before.id] = one.model_copy(update=former | {"changed_at": since})
    instead = {one.id: one for one in moved.values()}
    return [instead.get(one.id, one) for one in found if one.id not in moved]


def _was_taken_off(hearing: Hearing) -> bool:
    """What leaves an agenda after its day was not called off."""
    return hearing.gone_at is not None and hearing.gone_at.date() <= hearing.day


def _replaces(new: Hearing, old: Hearing) -> bool:
    def key(one: Hearing) -> tuple[str, str, str]:
        return one.jurisdiction, one.body.casefold(), one.file or one.title

    near = old.gone_at is not None and abs(new.listed_at - old.gone_at) <= MOVED_WITHIN
    return near and key(new) == key(old) and new.id != old.id
