"""What a record's article says, held against the row as it was fetched and against today's table."""

import json
from collections.abc import Collection, Iterator, Sequence

from tracker.gather.sources import legistar
from tracker.gather.sources.legistar import Action
from tracker.model import Stage
from tracker.read.records.actions import ActionLine, Unknown, deciding_line, words_of
from tracker.read.records.findings import row_head
from tracker.read.records.steps import stage_of

NOT_IN_ROW = "the row as it was fetched does not say what its article quotes; restore a backup"
READ_ANEW = "its matter is read anew once it changes there; until then `tracker review` puts the entry right"


def kept_action(row: str) -> Action | None:
    """The action of a council that a kept row holds; None for a row of another kind."""
    try:
        found = json.loads(row)
    except ValueError:
        return None
    return next(iter(legistar.actions([found])), None) if isinstance(found, dict) else None


def discrepancy(text: str, row: str, stages: Collection[Stage], own: Sequence[ActionLine] = ()) -> str:
    """What of an article's text, or of the stages that it tells, does not follow from its kept row; empty where all
    does. `own` are what people said of this council's actions."""
    action = kept_action(row)
    if action is None:
        return "" if _is_quoted(text, row) else NOT_IN_ROW
    if not _plain(text).startswith(_plain(row_head(action))):
        return NOT_IN_ROW
    # What a matter's first action is, the whole history decides: it is told as proposed whatever it is called.
    today, told = stage_of(action, own), {stage for stage in stages if stage is not Stage.PROPOSED}
    if told <= {today}:
        return ""
    name = today.value if isinstance(today, Stage | Unknown) else "no step"
    return f"its action {action.name!r} is {name} by today's table, not {', '.join(sorted(told))}; {READ_ANEW}"


def explained(row: str, own: Sequence[ActionLine] = ()) -> Iterator[str]:
    """Why a kept row is the step that it is, line by line; nothing for one that no table of actions reads."""
    action = kept_action(row)
    if action is None:
        return
    vote = {True: ", the vote carried", False: ", the vote did not carry", None: ""}[action.passed]
    yield f"row as fetched: “{action.name}”, {action.at:%Y-%m-%d}, {action.body}{vote}"
    line = deciding_line(action.name, action.body, own) if words_of(action.name) else None
    if line is None:
        yield "table: no line is about this action; `tracker review actions` lists those that wait for a person"
        return
    by = "what a person said of it" if line in own else "actions.toml"
    what = line.meaning if line.stage else "no step of its own"
    yield f"table: “{' '.join(line.words)}” by {line.by.value} is {what} ({by})"


def _is_quoted(text: str, row: str) -> bool:
    """Whether the row says what an article says of its own: in a sheet the agency, in a text its last paragraph."""
    try:
        cells = json.loads(row)
    except ValueError:
        cells = None
    if isinstance(cells, list):
        return _plain(text.partition(", ")[0]) in _plain(" ".join(map(str, cells)))
    return _plain(text.rpartition("\n\n")[2]) in _plain(row)


def _plain(text: str) -> str:
    return " ".join(text.split())
