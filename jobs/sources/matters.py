"""`tracker sources matters`: a council's matters on the terminal, a table for people, JSON lines for programs."""

from dataclasses import asdict

from sqlmodel import Session

from db.sources import action_meanings, matters
from db.sources.matters import ListedMatter
from db.values import Feed
from jobs.json_lines import to_json
from jobs.terminal.console import say
from jobs.terminal.table import Column
from jobs.terminal.table import show as show_table
from tracker.errors import BadInput
from tracker.kinds import SourceKind
from tracker.publish.counts import count

COLUMNS = (
    *(Column(name) for name in ("Topic", "File", "Status", "Changed (UTC)")),
    Column("Matter", ratio=1),
)
UNKNOWN = (Column("Action", ratio=1), Column("Body"), Column("A matter that has it"), Column("First seen"))
NO_RULE = "no rule"
"""The topic of a matter that changes no standing rule."""


def of_council(source: Feed) -> Feed:
    """The source. Raises BadInput for one that is no council's record."""
    if source.kind is not SourceKind.LEGISTAR:
        raise BadInput(f"{source.url} is of the kind {source.kind}: only a council's record (legistar) has matters")
    return source


def show(session: Session, source: Feed, *, followed: bool, as_json: bool) -> None:
    """Prints the matters that are followed, or those that were put aside."""
    found = matters.listed(session, source.id, followed=followed)
    if as_json:
        for one in found:
            print(to_json(_record(one)))
        return
    rows = list(map(_cells, found))
    if rows:
        show_table(COLUMNS, rows)
    what = "followed" if followed else "put aside"
    say(f"{count(len(rows), 'matter')} {what}." if rows else f"No matter is {what} yet.")


def show_unknown(session: Session, source: Feed, *, as_json: bool) -> None:
    """Prints the actions that nobody has explained."""
    found = sorted(action_meanings.actions(session, source.id), key=lambda one: one.name)
    if as_json:
        for one in found:
            told = {name: getattr(one, name) for name in ("name", "body", "example")}
            print(to_json(told | {"first_seen": one.first_seen.isoformat()}))
        return
    if found:
        show_table(UNKNOWN, [(one.name, one.body, one.example, f"{one.first_seen:%Y-%m-%d}") for one in found])
    say(f"{count(len(found), 'action')} that no table explains." if found else "Every action is explained.")


def _record(one: ListedMatter) -> dict[str, object]:
    introduced = one.introduced.isoformat() if one.introduced else None
    return asdict(one) | {"introduced": introduced, "changed": one.changed.isoformat() if one.changed else None}


def _cells(one: ListedMatter) -> tuple[str, ...]:
    topic = one.topic if one.counts else NO_RULE
    changed = f"{one.changed:%Y-%m-%d}" if one.changed else ""
    return topic, one.file, one.status, changed, one.title
