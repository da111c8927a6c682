"""`tracker review withhold` and `withheld`: what is kept out of everything published, and why."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from jobs.review.input import act
from jobs.store import read_store, write_store
from jobs.terminal.console import one_line
from jobs.terminal.options import AsJson

if TYPE_CHECKING:
    from db.people.withholding import NameUses
    from tracker.publish.withholding import Withholding
    from tracker.timeline.decisions.acts import Act

SOON = "The daemon's report shows it within a minute; without a daemon, run `tracker report`."
STAYS = "What went out before stays where it is: mails, downloads, copies in archives and search engines."


def withhold(
    ctx: typer.Context,
    entry: Annotated[str, typer.Argument(metavar="[ENTRY]", help="The id of an entry, for --quote.")] = "",
    quote: Annotated[
        list[int] | None, typer.Option(metavar="NUMBER", help="Of its evidence, by `review show`. Repeatable.")
    ] = None,
    name: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help='A name as it is printed: "Jane Roe". Repeatable.')
    ] = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides. Without it: your login.")] = "",
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why; of a quote it is published in its place.")] = "",
) -> None:
    """Keep a quoted sentence, or a person's name, out of everything published: report, exports, mails, answers.

    A quote gives way to the day and the reason; its link stays. A name gives way to "[name withheld]" wherever it
    stands whole, in any case and typography, also as "Roe, Jane" or "Jane A. Roe", in quotes, titles, histories and the
    names of outlets, also of what is recorded later; the command says what else is near it. Addresses of articles and
    feeds are not changed, though they may hold a name. What is stored stays, so that quotes can still be proven.

    `tracker review undo W1` takes it back; the log keeps both.

    Example: tracker review withhold 3f2a9c0b71de --quote 2 --reason "names a child"
    """
    from db.people import decisions, withholding

    if bool(quote) == bool(name) or bool(quote) != bool(entry):
        raise typer.BadParameter("say what: ENTRY --quote NUMBER, or --name NAME without an entry")
    if not reason.strip():
        raise typer.BadParameter("say why with --reason; readers and colleagues will ask")
    done = act(by, reason)
    with write_store(ctx) as opened:
        if quote:
            items = decisions.evidence(opened, entry, quote)
            told = [withholding.withhold_quote(opened, item, done) for item in items]
            counts = [""] * len(told)
        else:
            counts = [held(one, withholding.name_uses(opened, one)) for one in name or ()]
            told = [withholding.withhold_name(opened, one, done) for one in name or ()]
    for (item, is_new), count in zip(told, counts, strict=True):
        print(one_line(f"{'Withheld' if is_new else 'Withheld already'} as {item.id}: {what(item)}{count}"))
    print(f"{SOON} {STAYS}")


def withheld(
    ctx: typer.Context,
    as_json: AsJson = False,
) -> None:
    """Show what is withheld, and what was: what, who decided, when, why.

    Example: tracker review withheld
    """
    from db.withholdings import withholdings
    from jobs.json_lines import to_json

    with read_store(ctx) as opened:
        found = withholdings(opened)
    if as_json:
        for item in found:
            print(to_json(item.model_dump(mode="json")))
    elif found:
        _table(found)
    else:
        print("Nothing is withheld.")


def take_back(ctx: typer.Context, name: str, done: "Act") -> bool:
    """Takes a withholding back; False where the id is none of one. Raises BadInput."""
    from db.people import withholding

    with write_store(ctx) as opened:
        if not withholding.is_withholding(opened, name):
            return False
        item, is_new = withholding.release(opened, name, done)
    print(one_line(f"{'Published again' if is_new else 'Published already'}: {what(item)} ({item.id})"))
    return True


def _table(found: Iterable["Withholding"]) -> None:
    from jobs.terminal.table import Column, show

    columns = (Column("Id"), Column("State"), Column("What", ratio=3), Column("Why", ratio=2))
    show(columns, [(item.id, _state(item), what(item), log(item)) for item in found])


def _state(item: "Withholding") -> str:
    return "published again" if item.released_at else "withheld"


def what(item: "Withholding") -> str:
    """`the name Jane Roe`, or the quote with its address."""
    return f"the name {item.text}" if item.is_name else f"“{item.text}” ({item.url})"


def log(item: "Withholding") -> str:
    """`2026-11-23 Ada: names a child; taken back 2026-12-01 Bob`."""
    told = f"{item.at:%Y-%m-%d} {item.actor}: {item.reason}"
    if not item.released_at:
        return told
    why = f": {item.released_why}" if item.released_why else ""
    return f"{told}; taken back {item.released_at:%Y-%m-%d} {item.released_by}{why}"


def held(name: str, found: "NameUses") -> str:
    """` (3 entries hold it now; also found and withheld: “Roe, Jane”)`. A name that nothing holds is most likely
    misspelt; where its last word stands alone, people are often called so from the second time on."""
    from tracker.publish.counts import count

    holds = count(found.entries, "entry holds", "entries hold")
    parts = [f"{holds} it now" if found.entries else "nothing holds it now, check how it is spelt"]
    if found.spellings:
        parts.append(f"also found and withheld: {_listed(found.spellings)}")
    if found.near:
        parts.append(f"near it and still published: {_listed(found.near)}")
    if found.alone:
        holds = count(found.alone, "entry holds", "entries hold")
        parts.append(f"{holds} “{name.split()[-1]}” alone, withhold that too if it is the same person")
    return f" ({'; '.join(parts)})"


def _listed(names: "Iterable[str]") -> str:
    return ", ".join(f"“{name}”" for name in names)
