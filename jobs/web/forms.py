"""What a form says, or one line about why nobody can tell."""

import asyncio
import re
from collections.abc import Mapping
from functools import cache
from typing import Annotated
from urllib.parse import parse_qsl
from zoneinfo import available_timezones

from fastapi import Depends, HTTPException, Request
from starlette.requests import ClientDisconnect

from tracker.errors import BadInput
from tracker.publish.mail.subscribers import DAYS, Frequency, Rhythm

FORM = "application/x-www-form-urlencoded"
"""What browsers send of a form that takes no files. A form of another kind has no fields that we would see, and no
fields would read as "nothing ticked"."""
CHARSETS = ("utf-8", "utf8", "us-ascii")
"""Browsers use that of the page."""
MAX_FORM = 100_000
"""Bytes; a form of a thousand subscriptions takes a tenth of it."""
MAX_FIELDS = 2_000
MAX_S = 30.0
"""For all of the form to arrive."""
RHYTHM = ("frequency", "weekday", "hour", "timezone")
"""The fields that say when somebody is written to; the form of preferences always has them."""
TRAP = "website"
"""A field that no person sees. Programs fill in all there is; whoever fills in this one gets a friendly answer, and
nothing is done."""
MILES = (10, 25, 50, 100)
"""Around a place, as forms offer them; commands take any number."""
HOUR = re.compile("[0-9]{1,2}")
"""As a form has it: `int` would also take the digits of other scripts, and raises on thousands of them."""
AGAIN = "Nothing was changed. Please open the link again and send the form once more."


Fields = dict[str, list[str]]
"""What a form says: the values of each field, in their order."""


async def read_form(request: Request) -> Fields:
    """What the form of preferences says; the fields of RHYTHM are among them, or it is not whole. Raises as
    `read_fields`."""
    form = await read_fields(request)
    if not form.keys() >= set(RHYTHM):
        raise HTTPException(400, f"This form is not whole. {AGAIN}")
    return form


async def read_fields(request: Request) -> Fields:
    """What each field says.

    Raises HTTPException with one plain line: 408 too slow, 413 too large, 415 no form, 400 anything else.
    """
    kind, *parameters = request.headers.get("content-type", "").lower().replace(" ", "").split(";")
    if kind != FORM or request.headers.get("content-encoding", "identity").lower() not in ("identity", ""):
        raise HTTPException(415, f"This is not a form that a browser sends. {AGAIN}")
    charsets = {one.removeprefix("charset=").strip('"') for one in parameters if one.startswith("charset=")}
    body = await _body(request)
    try:
        if not charsets <= set(CHARSETS):
            raise ValueError("not in UTF-8")
        return _fields(body.decode("utf-8"))
    except ValueError as error:
        raise HTTPException(400, f"This form cannot be read. {AGAIN}") from error


Form = Annotated[Fields, Depends(read_fields)]


def one(form: Fields, name: str) -> str:
    """What a field says, without blanks around it; empty where it is not there."""
    return form.get(name, [""])[0].strip()


def trapped(form: Fields) -> bool:
    """True where a program filled the form in."""
    return any(form.get(TRAP, ()))


def hour(text: str) -> int | None:
    """Of the clock; None where nothing is said. Raises BadInput."""
    if text and not HOUR.fullmatch(text):
        raise BadInput("The hour is a number from 0 to 23.")
    return int(text) if text else None


def within(form: Fields) -> int:
    """The miles around the places that are named; 0 where none are chosen, or what no form of ours sends."""
    return next((miles for miles in MILES if str(miles) == one(form, "within")), 0)


async def _body(request: Request) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(MAX_S):
            async for piece in request.stream():
                body += piece
                if len(body) > MAX_FORM:
                    raise HTTPException(413, f"This form is too large. {AGAIN}")
    except TimeoutError:
        raise HTTPException(408, f"This form took too long to arrive. {AGAIN}") from None
    except ClientDisconnect:
        raise HTTPException(400, f"This form is not whole. {AGAIN}") from None
    if body.count(b"&") >= MAX_FIELDS:
        raise HTTPException(413, f"This form has too many fields. {AGAIN}")
    return bytes(body)


def _fields(text: str) -> Fields:
    """ValueError where something is no UTF-8."""
    fields: Fields = {}
    for name, value in parse_qsl(text, keep_blank_values=True, errors="strict"):
        fields.setdefault(name, []).append(value)
    return fields


ZONES = {
    "America/New_York": "Eastern",
    "America/Chicago": "Central",
    "America/Denver": "Mountain",
    "America/Phoenix": "Arizona",
    "America/Los_Angeles": "Pacific",
    "America/Anchorage": "Alaska",
    "Pacific/Honolulu": "Hawaii",
    "America/Puerto_Rico": "Puerto Rico",
}
"""The zones of the governments that are read about, by the names that people there use."""
AREAS = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
"""Of the other zones those that are named by their city, as the IANA database wants it; the rest are older names."""
OFTEN = {Frequency.WEEKLY: "Once a week", Frequency.DAILY: "Daily", Frequency.AT_ONCE: "At once"}
Options = Mapping[str, str]
"""What a form sends, and how it is called."""


def when_fields(chosen: Mapping[str, str], *zones: str) -> dict[str, Options]:
    """The lists to choose from, and what is `chosen` by the name of its field; `zones` are offered first, and so is the
    chosen one, if it is one."""
    named = dict.fromkeys((*zones, chosen["timezone"]))
    first = {name: _zone_label(name) for name in named if name in available_timezones() - ZONES.keys()} | ZONES
    return {
        "often": {often.value: label for often, label in OFTEN.items()},
        "days": {day: day.capitalize() for day in DAYS},
        "hours": {str(hour): f"{hour}:00" for hour in range(24)},
        "zones": first,
        "elsewhere": {name: _zone_label(name) for name in _elsewhere() if name not in first},
        "chosen": chosen,
    }


def of_rhythm(rhythm: Rhythm) -> dict[str, str]:
    """What is chosen now."""
    return {
        "frequency": rhythm.frequency.value,
        "weekday": DAYS[rhythm.weekday],
        "hour": str(rhythm.hour),
        "timezone": rhythm.timezone,
    }


@cache
def _elsewhere() -> tuple[str, ...]:
    return tuple(sorted(name for name in available_timezones() if name.startswith(AREAS)))


def _zone_label(zone: str) -> str:
    return zone.replace("_", " ")
