"""What a person says in `tracker review`: who they are, and new values for fields."""

import getpass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from jobs.terminal.options import date, known_direction, known_effect, known_stage, known_topic
from tracker.errors import BadInput

if TYPE_CHECKING:
    from tracker.timeline.decisions.acts import Act

OPTIONS = {
    "date": "date",
    "stage": "stage",
    "place": "jurisdiction",
    "body": "body",
    "instrument": "instrument",
    "number": "identifier",
    "topic": "topic",
    "subject": "subject",
    "title": "title",
    "effect": "effect",
    "direction": "direction",
    "policy": "policy",
}
"""What people call a field → what it is called in the code."""
FILLED = frozenset({"stage", "place", "topic", "policy"})
"""What cannot be left empty; without a title an entry has its own again."""


def act(by: str, reason: str, answers: tuple[int, ...] = ()) -> "Act":
    """An act of now, which answers these remarks. Without a name it is that of the login. Raises BadInput."""
    from tracker.timeline.decisions.acts import Act

    return Act(by or _login(), datetime.now(UTC), " ".join(reason.split()), answers)


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def values(said: dict[str, str | None]) -> dict[str, object]:
    """The fields to set, from options by name; None was not said, empty is to be emptied. Raises BadInput."""
    given = {name: text.strip() for name, text in said.items() if text is not None}
    for name in sorted(FILLED & given.keys()):
        if not given[name]:
            raise BadInput(f"the {name} of an entry cannot be empty")
    fields: dict[str, object] = {}
    for name, text in given.items():
        fields |= _value(name, " ".join(text.split()))
    return fields


def _value(name: str, text: str) -> dict[str, object]:
    if name == "place":
        from tracker.read.places import gazetteer

        place = gazetteer.load().parse_home(text)
        return {"jurisdiction": place.id, "jurisdiction_name": place.name}
    readers = {
        "date": lambda: date(text, "the date") if text else None,
        "stage": lambda: known_stage(text),
        "topic": lambda: known_topic(text),
        "effect": lambda: known_effect(text) if text else None,
        "direction": lambda: known_direction(text) if text else None,
        "number": text.lower,
        "subject": text.lower,
    }
    return {OPTIONS[name]: readers[name]() if name in readers else text}
