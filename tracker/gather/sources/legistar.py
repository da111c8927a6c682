"""The Legistar Web API of a council (webapi.legistar.com/Help): its addresses, and its rows as values.

A row may lack whatever it likes but its id: a field that cannot be read is empty, a row without id or day is left out.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import quote, urlsplit

from tracker.characters import taken_in
from tracker.errors import BadValue, RecordError

HOST = "webapi.legistar.com"
API_IS = (
    "a council's API is at https://webapi.legistar.com/v1/CLIENT, where CLIENT is what stands before .legistar.com in "
    "the address of its site"
)
PAGE = 1000
"""Rows that the API gives at most."""
LONGEST_TEXT = 8_000
"""Characters of a field that are kept: the longest titles of laws have some 4,000, and each is shown whole."""
LONGEST_NAME = 300
"""Characters of a field that names something (a file, a body, an action, a status): such are keys of tables."""
MOST_NUMBER = 2**63 - 1
"""The largest id that a database can hold."""
YEARS = range(1800, 2200)
"""Years of what a council does; others, as 0001 and 9999, stand for a day that nobody knows."""
DEEPEST = 20
"""Levels of a row's values; a row of the API has one."""
SHORTEST_SUMMARY = 40
"""Characters of a field that may be a summary: shorter ones are names and numbers."""
_CLIENT = re.compile(r"^[a-z0-9-]+$", re.I)
_API = re.compile(r"^(https?://[^/]+/v1/[A-Za-z0-9-]+)", re.I)
_SITE = re.compile(r"^(?:https?://)?([a-z0-9-]+)\.legistar\.com\b", re.I)
_LINKED = re.compile(rb"https?://([a-z0-9-]+)\.legistar\.com\b", re.I)
_NO_SITE = frozenset({"webapi", "www", "help", "support"})
_TEXT_FIELDS = re.compile(r"^Matter(?:EX)?Text\d+$")
_OFF = re.compile(r"\b(?:cancel|defer|postpone|reschedule)", re.I)
_HALF = re.compile(r"[\ud800-\udfff]")
_NUMBER = re.compile(r"[/=](\d+)$")
_HOUR = re.compile(r"^\s*(\d{1,2})(?::(\d\d))?\s*([ap])\.?m", re.I)


@dataclass(frozen=True, slots=True)
class Matter:
    """A file of a council. `changed`: the council's own mark of the last change (UTC, naive as it comes); `name` is a
    short title, `summary` the longest of its free fields; `enacted`: the day on which it became law."""

    id: int
    file: str
    kind: str
    title: str
    name: str
    summary: str
    body: str
    status: str
    changed: datetime | None
    introduced: date | None
    enacted: date | None
    enactment: str


@dataclass(frozen=True, slots=True)
class Action:
    """A row of a matter's history: what a body did with it, when (the body's own time). `passed`: whether the vote
    carried it, None where there was none; `row`: the whole row as fetched, in JSON."""

    id: int
    name: str
    body: str
    at: datetime
    passed: bool | None = None
    text: str = ""
    row: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of a body. `hour` None: it is not told. `is_off`: its row says that it will not be held; councils write
    "Deferred" where the hour stands, or "Cancelled" as the status. `published`: when its agenda was published last."""

    id: int
    body: str
    day: date
    hour: time | None
    location: str
    changed: datetime | None
    status: str
    address: str
    is_off: bool = False
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A line of a meeting's agenda that is about a matter."""

    id: int
    meeting: int
    matter: int
    file: str
    title: str
    action: str


def api_address(text: str) -> str | None:
    """The base of a client's API (`https://webapi.legistar.com/v1/milwaukee`) of what a person writes:
    `legistar:milwaukee`, an address of the API, or one of the council's site; None where it is none of these. Raises
    BadValue for `legistar:` and no name."""
    text = text.strip()
    if text.lower().startswith("legistar:"):
        name = text.partition(":")[2].strip()
        if not _CLIENT.match(name):
            raise BadValue(f"{name[:100]!r} is no name of a Legistar client; it is the part before .legistar.com")
        return f"https://{HOST}/v1/{name.lower()}"
    if found := _API.match(text):
        return found[1]
    site = _SITE.match(text)
    return f"https://{HOST}/v1/{site[1].lower()}" if site and site[1].lower() not in _NO_SITE else None


def client_of(base: str) -> str:
    """`milwaukee`"""
    return urlsplit(base).path.rstrip("/").rsplit("/", 1)[-1]


def linked_clients(page: bytes) -> tuple[str, ...]:
    """The clients that a city's page links to, the most often linked first."""
    found: dict[str, int] = {}
    for name in _LINKED.findall(page):
        key = name.decode("ascii").lower()
        found[key] = found.get(key, 0) + (key not in _NO_SITE)
    return tuple(sorted((key for key, count in found.items() if count), key=lambda key: -found[key]))


def matter_page(base: str, matter: int) -> str:
    """Where people read of a matter; for an API that is not Legistar's own host, the row itself."""
    if urlsplit(base).hostname == HOST:
        return f"https://{client_of(base)}.legistar.com/gateway.aspx?m=l&id={matter}"
    return f"{base}/Matters/{matter}"


def matter_number(address: str) -> int:
    """The number of the matter whose page, with a part of it, an address is; 0 where it has none."""
    found = _NUMBER.search(address.partition("#")[0])
    return int(found[1]) if found else 0


def query_address(base: str, path: str, token: str = "", **options: str | int) -> str:
    """An address of the API, its OData options (`filter`, `orderby`, `top`, `skip`) encoded once."""
    words = [f"${name}={quote(str(value), safe='')}" for name, value in options.items()]
    words += [f"token={quote(token, safe='')}"] if token else []
    return f"{base}/{path}" + (f"?{'&'.join(words)}" if words else "")


def filter_moment(at: datetime) -> str:
    """A moment as filters write it."""
    return f"datetime'{at.replace(tzinfo=None, microsecond=0).isoformat()}'"


def rows(body: bytes, url: str) -> list[Mapping[str, Any]]:
    """The rows of an answer. Raises RecordError for what is no list of rows."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise RecordError(url, f"the answer is no JSON, so this is no Legistar Web API; {API_IS}") from error
    if not isinstance(found, list):
        raise RecordError(url, f"the answer is no list of rows, so this is no Legistar Web API; {API_IS}")
    return [row for row in found if isinstance(row, dict)]


def text_of(body: bytes) -> str:
    """The words of an answer about one version of a matter's text; empty where it has none that can be read."""
    try:
        row = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    plain = row.get("MatterTextPlain") if isinstance(row, dict) else None
    return taken_in(plain) if isinstance(plain, str) else ""


def matters(found: Iterable[Mapping[str, Any]]) -> tuple[Matter, ...]:
    return tuple(matter for row in found if (matter := _matter(row)))


def actions(found: Iterable[Mapping[str, Any]]) -> tuple[Action, ...]:
    """Of two rows with one id the last."""
    return tuple({action.id: action for row in found if (action := _action(row))}.values())


def meetings(found: Iterable[Mapping[str, Any]]) -> tuple[Meeting, ...]:
    return tuple(meeting for row in found if (meeting := _meeting(row)))


def agenda_items(found: Iterable[Mapping[str, Any]]) -> tuple[AgendaItem, ...]:
    return tuple(item for row in found if (item := _item(row)))


def _matter(row: Mapping[str, Any]) -> Matter | None:
    number = _number(row, "MatterId")
    if number is None:
        return None
    title, name, file = _text(row, "MatterTitle"), _text(row, "MatterName"), _name(row, "MatterFile")
    name = "" if name == file else name  # as some councils fill it
    free = [_text(row, field) for field in row if _TEXT_FIELDS.match(field)]
    summary = max(
        (text for text in free if len(text) >= SHORTEST_SUMMARY and text not in (title, name)), key=len, default=""
    )
    return Matter(
        number, file, _name(row, "MatterTypeName"), title, name, summary,
        _name(row, "MatterBodyName"), _name(row, "MatterStatusName"), _at(row, "MatterLastModifiedUtc"),
        _day(row, "MatterIntroDate"), _day(row, "MatterEnactmentDate"), _name(row, "MatterEnactmentNumber"),
    )  # fmt: skip


def _action(row: Mapping[str, Any]) -> Action | None:
    number, at = _number(row, "MatterHistoryId"), _at(row, "MatterHistoryActionDate")
    if number is None or at is None:
        return None
    name = "MatterHistory"
    passed = {"pass": True, "passed": True, "fail": False, "failed": False}.get(
        _text(row, f"{name}PassedFlagName").lower()
    )
    return Action(
        number,
        _name(row, f"{name}ActionName"),
        _name(row, f"{name}ActionBodyName"),
        at,
        passed,
        _text(row, f"{name}ActionText"),
        _as_fetched(row),
    )


def _meeting(row: Mapping[str, Any]) -> Meeting | None:
    number, day = _number(row, "EventId"), _day(row, "EventDate")
    if number is None or day is None:
        return None
    at, status = _text(row, "EventTime"), _name(row, "EventAgendaStatusName")
    return Meeting(
        number, _name(row, "EventBodyName"), day, _hour(at), _text(row, "EventLocation"),
        _at(row, "EventLastModifiedUtc"), status, _text(row, "EventInSiteURL"), bool(_OFF.search(f"{at} {status}")),
        _at(row, "EventAgendaLastPublishedUTC"),
    )  # fmt: skip


def _item(row: Mapping[str, Any]) -> AgendaItem | None:
    number, meeting, matter = (_number(row, f"EventItem{field}") for field in ("Id", "EventId", "MatterId"))
    if number is None or meeting is None or matter is None:
        return None
    return AgendaItem(
        number,
        meeting,
        matter,
        _name(row, "EventItemMatterFile"),
        _text(row, "EventItemTitle"),
        _name(row, "EventItemActionName"),
    )


def _number(row: Mapping[str, Any], field: str) -> int | None:
    """An id, be it written as text; None for what can be none."""
    value = row.get(field)
    if isinstance(value, str) and len(value) < len(str(MOST_NUMBER)) and value.isascii() and value.isdigit():
        value = int(value)
    return value if type(value) is int and 0 <= value <= MOST_NUMBER else None


def _text(row: Mapping[str, Any], field: str, longest: int = LONGEST_TEXT) -> str:
    """As it is taken in from outside, spaces put right; what was written as RTF is none of ours to show."""
    value = row.get(field)
    text = " ".join(taken_in(value[: 2 * longest]).split()) if isinstance(value, str) else ""
    return "" if text.startswith("{\\rtf") else text[:longest]


def _name(row: Mapping[str, Any], field: str) -> str:
    return _text(row, field, LONGEST_NAME)


def _as_fetched(row: Mapping[str, Any]) -> str:
    """The whole row in JSON: halves of surrogate pairs stay escaped, what is nested too deep is left out."""
    plain = {name: value for name, value in row.items() if _depth(value) <= DEEPEST}
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True)
    return text if not _HALF.search(text) else json.dumps(plain, sort_keys=True)


def _depth(value: Any) -> int:
    """How many lists and objects stand in one another, DEEPEST + 1 at most."""
    inner, depth = [value], 0
    while depth <= DEEPEST and (inner := [one for one in inner if isinstance(one, dict | list)]):
        inner = [part for one in inner for part in (one.values() if isinstance(one, dict) else one)]
        depth += 1
    return depth


def _at(row: Mapping[str, Any], field: str) -> datetime | None:
    """A moment without its zone; one that tells its zone is put in UTC."""
    try:
        at = datetime.fromisoformat(str(row.get(field)))
    except ValueError:
        return None
    if at.year not in YEARS:
        return None
    return (at.astimezone(UTC) if at.tzinfo else at).replace(tzinfo=None)


def _day(row: Mapping[str, Any], field: str) -> date | None:
    at = _at(row, field)
    return at.date() if at else None


def _hour(text: str) -> time | None:
    """Of "1:30 PM"; None for "Deferred" and the like."""
    found = _HOUR.match(text)
    if not found or not 1 <= int(found[1]) <= 12 or int(found[2] or 0) > 59:
        return None
    return time(int(found[1]) % 12 + 12 * (found[3].lower() == "p"), int(found[2] or 0))
