"""`tracker review actions` and `action`: what councils do that the table of actions does not know."""

from typing import TYPE_CHECKING, Annotated

import typer

from jobs.clock import now
from jobs.review.input import act
from jobs.store import read_store, write_store
from jobs.terminal.console import one_line
from jobs.terminal.options import AsJson, Out
from jobs.terminal.output import written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.sources.action_meanings import UnknownAction


def show_actions(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Also those that somebody has explained.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show the actions of councils that no table explains, each with a matter that has it.

    An action that nobody has explained makes no step of the timeline: it is not guessed.

    Example: tracker review actions
    """
    from db.sources.action_meanings import actions

    with read_store(ctx) as session:
        _show(actions(session, decided=everything), as_json=as_json)


def explain_action(
    ctx: typer.Context,
    source: Annotated[int, typer.Argument(metavar="SOURCE", help="The council's number in `tracker sources list`.")],
    name: Annotated[str, typer.Argument(metavar="ACTION", help="The action, as the council writes it.")],
    meaning: Annotated[
        str, typer.Argument(metavar="MEANING", help="proposed, adopted, withdrawn, …, or none: it is no step.")
    ],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides. Without it: your login.")] = "",
) -> None:
    """Say what an action of a council is. It holds for that council only, and the next polls read its matters anew.

    Example: tracker review action 7 "Placed on consent calendar" none
    """
    from db.sources.action_meanings import decide

    with write_store(ctx) as session:
        told = decide(session, source, name, meaning.lower(), act(by, "").by, now())
    print(
        one_line(f"“{told}” is {meaning.lower()} from now on; the next polls read the matters of source {source} anew")
    )


def write_pairs(
    ctx: typer.Context,
    out: Out = "-",
) -> None:
    """Write the changed sentences of policies that people looked at, as labelled pairs: one JSON object a line.

    They have the form of the pairs that the tracker learns from: the sentence before and now, and whether that is a
    change of rule or of form.

    Example: tracker review pairs --out pairs.jsonl
    """
    from db.people.policy_edits import pairs
    from jobs.json_lines import to_json

    with read_store(ctx) as session, written(out) as file:
        for pair in pairs(session):
            file.write(f"{to_json(pair)}\n".encode())


def _show(found: "Sequence[UnknownAction]", *, as_json: bool) -> None:
    from dataclasses import asdict

    from jobs.json_lines import to_json
    from jobs.terminal.table import Column, show

    if as_json:
        for one in found:
            print(to_json(asdict(one) | {"first_seen": one.first_seen.isoformat()}))
        return
    columns = (Column("Source"), Column("Action", ratio=1), Column("Body"), Column("Matter"), Column("Is"))
    rows = [(str(one.source), one.name, one.body, one.example, one.meaning or "?") for one in found]
    show(columns, rows)
    if not found:
        print("No action of a council waits for an explanation.")
