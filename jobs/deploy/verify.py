"""`tracker verify`: is every entry still proven by the texts that it quotes?"""

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from jobs.terminal.console import one_line, progress, say

if TYPE_CHECKING:
    from rich.progress import Progress
    from sqlalchemy import Engine

    from db.ops.audit import Mismatch


def command(
    ctx: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a problem, for programs.")] = False,
) -> None:
    """Check all evidence: each quote against the stored text, by offsets and hash; each field against its evidence;
    each kept page against its hash; each official record against its row as it was fetched, and against today's table
    of actions.

    Says what no longer matches, and what to do about it; then the exit status is 1. Changes nothing.

    Example: tracker verify
    """
    from jobs.json_lines import to_json
    from jobs.store import stored
    from tracker.publish.words import count

    with stored(ctx) as engine, progress(beside_output=True) as bar:
        checked, problems = run(engine, bar)
    for problem in problems:
        told = {"problem": problem.fault.value, "where": problem.where, "words": problem.words}
        print(to_json(told) if as_json else one_line(f"{problem.fault}: {problem.where}: {problem.words}"))
    counted = ", ".join(f"{times} {name}" for name, times in Counter(p.fault.value for p in problems).items())
    words = (("finding", "findings"), ("entry", "entries"), ("page", "pages"), ("record", "records"))
    there = [(number, word) for number, word in zip(checked, words, strict=True) if number or word[0] != "record"]
    *first, last = (count(number, *word) for number, word in there)
    say(f"{', '.join(first)} and {last} checked: {counted or 'all of them match'}.")
    if problems:
        raise typer.Exit(1)


def run(engine: "Engine", bar: "Progress") -> "tuple[tuple[int, ...], list[Mismatch]]":
    """((findings, entries, pages, records) that were checked, what is wrong) of one state of the database."""
    from db.articles import fetched_pages
    from db.engine import reading
    from db.ops import audit, record_audit

    checked, problems = [0, 0, 0, 0], []
    with reading(engine) as session:
        names = ("evidence", "entries", "pages", "records")
        counts = (*audit.count(session), fetched_pages.count(session), record_audit.count(session))
        tasks = [bar.add_task(name, total=count) for name, count in zip(names, counts, strict=True)]
        checks = (
            audit.check_findings(session),
            audit.check_entries(session),
            audit.check_pages(session),
            record_audit.check_records(session),
        )
        for kind, batches in enumerate(checks):
            for count, found in batches:
                checked[kind] += count
                problems += found
                bar.advance(tasks[kind], count)
    return tuple(checked), problems
