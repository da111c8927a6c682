"""`tracker review`: what needs a person, and what people decide; the program never overrules it."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from jobs.clock import local, now
from jobs.review import actions, withholding
from jobs.review.input import act, values
from jobs.store import read_store, stored, write_store
from jobs.terminal.console import fail, on_terminal, one_line, show_help_alone, state
from jobs.terminal.options import ADirection, AnEffect, AsJson, AStage, ATopic, Places, Topics, entry_filter
from tracker.errors import BadInput, BadValue

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.model import Entry, Policy
    from tracker.timeline.decisions.remarks import Remark

app = typer.Typer(
    help="What needs a person, and what people decide. The program never overrules it.", rich_markup_mode="rich"
)
EntryId = Annotated[str, typer.Argument(metavar="ENTRY", help="The id of an entry, as in `tracker review list`.")]
EntryIds = Annotated[list[str], typer.Argument(metavar="ENTRY...", help="Ids of entries.")]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides. Without it: the name of your login.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; kept in the history.")]
Remarks = Annotated[
    list[str] | None,
    typer.Option("--remark", metavar="R1", help="A reader's remark that this answers. Repeatable."),
]
Text = str | None
LIMIT = 50
"""Entries that a list shows unless told otherwise: an hour's work."""


app.callback(invoke_without_command=True)(show_help_alone)


@app.command(
    "queue",
    hidden=True,
    add_help_option=False,
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
)
def queue() -> None:
    """What earlier versions had: whoever types it is told where the queue is now, whatever options stand behind it."""
    desk = "work through the queue at the desk, `/desk/` of the daemon (`desk = true`, `tracker desk user add NAME`)"
    raise BadValue(f"there is no `review queue` any more; {desk}, or with `tracker review list`, `show` and `confirm`")


@app.command("list")
def list_entries(
    ctx: typer.Context,
    place: Places = None,
    topic: Topics = None,
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = LIMIT,
    as_json: AsJson = False,
) -> None:
    """Show the entries that need a person, the neediest first, and why.

    An entry needs one where the reader is not sure, the place could be another, reports disagree about the date, only
    one tells of it, or a later one contradicts a person. Those that readers wrote about come first, then those that a
    language model reads otherwise, then those on which a policy's standing rests, or which the next mails tell.

    Example: tracker review list --place Wisconsin --limit 20
    """
    from db.people import remarks, review_queue
    from jobs.review.show import show_list
    from jobs.terminal.no_entries import say_gaps

    wanted, settings = entry_filter(place, topic, ""), state(ctx).settings
    with read_store(ctx) as session:
        today, said = local(now(), settings).date(), remarks.open_by_entry(session)
        found = review_queue.queued(session, wanted, limit, today, (), settings.publish, settings.mailed)
        show_list(found, today, said, as_json=as_json)
        if not as_json:
            pending, needy = review_queue.count_waiting(session)
            print(f"{len(found)} shown of {needy} that need a person; {pending} entries are pending.")
        say_gaps(session, wanted)


app.command("actions")(actions.show_actions)
app.command("action")(actions.explain_action)
app.command("pairs")(actions.write_pairs)


@app.command("show")
def show(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="The id of an entry or of a policy.")],
    as_json: AsJson = False,
) -> None:
    """Show an entry: what each field rests on, the quoted sentences in their paragraphs, and its history.

    Of a policy: how it stands today, its entries, and what people did to it.

    Example: tracker review show 3f2a9c0b71de
    """
    from db.people import decisions, remarks, review_queue
    from db.people.withholding import withholdings_of as withheld_of
    from jobs.review.show import show_entry, show_policy

    settings = state(ctx).settings
    today = local(now(), settings).date()
    with read_store(ctx) as session:
        if decisions.is_policy(session, name):
            policy, told = decisions.policy(session, name), decisions.policy_revisions(session, name)
            show_policy(policy, told, today, as_json=as_json)
            return
        found = decisions.entry(session, name)
        one = review_queue.queued_entry(session, found, today, settings.publish, settings.mailed)
        told = decisions.policy_revisions(session, found.policy)
        kept_out, said = withheld_of(session, found), remarks.of_entry(session, name)
        show_entry(one, told, decisions.texts(session, found), kept_out, said, as_json=as_json)


@app.command("confirm")
def confirm(ctx: typer.Context, entries: EntryIds, by: By = "", reason: Reason = "", remark: Remarks = None) -> None:
    """Say that entries are right. What they show is kept from then on; later reports only support them.

    Example: tracker review confirm 3f2a9c0b71de --reason "seen the minutes"
    """
    from db.people import decisions

    by, answers = act(by, reason).by, _numbers(remark or ())
    _each(ctx, entries, lambda session, name: decisions.confirm(session, name, act(by, reason, answers)), "Confirmed")


@app.command("reject")
def reject(ctx: typer.Context, entries: EntryIds, by: By = "", reason: Reason = "", remark: Remarks = None) -> None:
    """Say that entries are wrong. They and their later copies stay out of the timeline.

    Example: tracker review reject 3f2a9c0b71de --reason "a study, not a rule"
    """
    from db.people import decisions

    by, answers = act(by, reason).by, _numbers(remark or ())
    _each(ctx, entries, lambda session, name: decisions.reject(session, name, act(by, reason, answers)), "Rejected")


@app.command("edit")
def edit(
    ctx: typer.Context,
    entry: EntryId,
    date: Annotated[Text, typer.Option(metavar="DATE", help='2017, 2017-06, 2017-07-06, DAY/DAY or "".')] = None,
    stage: AStage = None,
    place: Annotated[Text, typer.Option(metavar="PLACE", help='"Milwaukee, WI" or an OCD id.')] = None,
    body: Annotated[Text, typer.Option(metavar="BODY", help='For example "Common Council".')] = None,
    instrument: Annotated[Text, typer.Option(metavar="TEXT", help="For example ordinance.")] = None,
    number: Annotated[Text, typer.Option(metavar="TEXT", help='For example "SOP 130".')] = None,
    topic: ATopic = None,
    subject: Annotated[
        Text, typer.Option(metavar="WORDS", help="What it is about, the most telling word first.")
    ] = None,
    effect: AnEffect = None,
    direction: ADirection = None,
    policy: Annotated[Text, typer.Option(metavar="POLICY", help="The id of the policy that it belongs to.")] = None,
    title: Annotated[Text, typer.Option(metavar="TEXT", help='"" gives it its own back.')] = None,
    by: By = "",
    reason: Reason = "",
    remark: Remarks = None,
) -> None:
    """Set fields of an entry. The program never changes them again.

    --policy moves it to another policy of its place; `tracker review split` starts a new one.

    Example: tracker review edit 3f2a9c0b71de --date 2017-07-06 --reason "the order itself"
    """
    from db.people import decisions

    said = {"date": date, "stage": stage, "place": place, "body": body, "instrument": instrument, "number": number}
    said |= {"topic": topic, "subject": subject, "effect": effect, "direction": direction}
    fields = values(said | {"policy": policy, "title": title})
    if not fields:
        raise typer.BadParameter("name a field to set, for example --date 2017-07-06")
    done = act(by, reason, _numbers(remark or ()))
    _one_shown(ctx, "Edited", entry, lambda session: decisions.edit(session, entry, fields, done))


@app.command("undo")
def undo(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="The id of an entry, of a policy, or of what is withheld.")],
    by: By = "",
    reason: Reason = "",
) -> None:
    """Take back the last decision on an entry or a policy. Again: the one before it. Or publish again what is withheld.

    A merge or a split is taken back on everything that it touched, also after later reports came in.

    Example: tracker review undo 3f2a9c0b71de
    """
    from db.people import decisions

    done = act(by, reason)
    if withholding.take_back(ctx, name, done):
        return
    take_back = decisions.undo_policy if _is_policy(ctx, name) else decisions.undo
    _one(ctx, lambda session: take_back(session, name, done), "Taken back:")


@app.command("merge")
def merge(
    ctx: typer.Context,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The entry, or the policy, that stays.")],
    others: Annotated[list[str], typer.Argument(metavar="OTHER...", help="What becomes part of it.")],
    across_stages: Annotated[
        bool, typer.Option("--across-stages", help="Merge entries of other stages too, without asking.")
    ] = False,
    by: By = "",
    reason: Reason = "",
) -> None:
    """Say that several entries are one act, or that several policies are one.

    Ids of entries merge entries of one place and stage: the first takes over the reports of the others, which stay as
    rejected and empty. Where one is of another stage, it asks; without a terminal it refuses unless told
    --across-stages. Ids of policies merge policies: their entries, and what is reported of them later, belong to
    the first.

    Example: tracker review merge 3f2a9c0b71de 88d01c6fe2a4
    """
    from db.people import decisions

    done = act(by, reason)
    if _is_policy(ctx, into):
        _one(ctx, lambda session: decisions.merge_policies(session, into, others, done), "Merged into policy")
        return
    options = {"across_stages": across_stages or _stages_agreed(ctx, into, others)}
    _one_shown(
        ctx, "Merged into", into, lambda session: decisions.merge_entries(session, into, others, done, **options)
    )


@app.command("split")
def split(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar="ID", help="The entry, or the policy, to split.")],
    evidence: Annotated[
        list[int] | None, typer.Option(metavar="NUMBER", help="Of an entry: evidence that moves. Repeatable.")
    ] = None,
    entries: Annotated[
        list[str] | None, typer.Option("--entry", metavar="ENTRY", help="Of a policy: an entry that moves. Repeatable.")
    ] = None,
    by: By = "",
    reason: Reason = "",
) -> None:
    """Say that an entry mixes two acts, or that a policy mixes two.

    What is named moves into a new entry, or a new policy. `tracker review show` numbers the evidence.

    Example: tracker review split 3f2a9c0b71de --evidence 2 --evidence 3
    """
    from db.people import decisions

    if bool(evidence) == bool(entries):
        raise typer.BadParameter("say what moves: --evidence NUMBER of an entry, or --entry ENTRY of a policy")
    done = act(by, reason)
    if evidence:
        _one(ctx, lambda session: decisions.split_entry(session, what, evidence, done), "New entry")
    elif entries:
        _one(ctx, lambda session: decisions.split_policy(session, what, entries, done), "New policy")


@app.command("rename")
def rename(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar="ID", help="The id of an entry or of a policy.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="The title of the entry, the name of the policy.")],
    by: By = "",
    reason: Reason = "",
) -> None:
    """Give an entry a title, or a policy a name, that readers see everywhere and the program leaves as it is.

    Example: tracker review rename 1c9d77aa0e35 "Milwaukee Police SOP 130: immigration enforcement"
    """
    from db.people import decisions

    _one(ctx, lambda session: decisions.rename(session, what, name, act(by, reason)), "Renamed")


@app.command("remarks")
def list_remarks(
    ctx: typer.Context,
    as_json: AsJson = False,
) -> None:
    """Show what readers wrote about entries and nobody has answered yet, the oldest first.

    `tracker review show ENTRY` shows them beside the entry. An edit, a rejection or a confirmation with --remark R12
    answers one, and so does `tracker review close R12`. Who left an address gets one mail about what came of it.

    Example: tracker review remarks
    """
    from db.people import remarks

    with read_store(ctx) as opened:
        found = remarks.open_by_entry(opened)
    if as_json:
        _print_json(found)
    elif found:
        _print_table(found)
    else:
        print("No reader waits for an answer.")


@app.command("close")
def close(
    ctx: typer.Context,
    names: Annotated[list[str], typer.Argument(metavar="R1...", help="Remarks that change nothing.")],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides. Without it: your login.")] = "",
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why; the reader is told.")] = "",
) -> None:
    """Say that what readers wrote was looked at, and that the entries stand as they are.

    Example: tracker review close R12 --reason "the minutes say June 20 as well"
    """
    from db.people import remarks

    done = act(by, reason)
    with write_store(ctx) as opened:
        closed = [remarks.close(opened, number, done) for number in _numbers(names)]
    for item in closed:
        print(one_line(f"Closed {item.name}: entry {item.entry} stands as it is"))


def _print_json(found: dict[str, list["Remark"]]) -> None:
    from jobs.json_lines import to_json
    from jobs.review.show import remark_record

    for name, said in found.items():
        for item in said:
            print(to_json(remark_record(item) | {"shown_with": name}))


def _print_table(found: dict[str, list["Remark"]]) -> None:
    from jobs.terminal.table import Column, show

    columns = (
        Column("Id"),
        Column("Entry"),
        Column("Since"),
        Column("What is wrong", ratio=1),
        Column("Words", ratio=3),
    )
    rows = [(item, name) for name, said in found.items() for item in said]
    show(columns, [(i.name, name, f"{i.at:%Y-%m-%d}", i.about.words, i.text) for i, name in rows])


app.command("withhold")(withholding.withhold)
app.command("withheld")(withholding.withheld)


def _numbers(names: Iterable[str]) -> tuple[int, ...]:
    """`R12` and `12` as numbers. Raises BadInput."""
    found = []
    for name in names:
        digits = name.strip().upper().removeprefix("R")
        if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
            raise BadInput(f"{one_line(name)!r} is no remark; `tracker review remarks` gives their names, like R12")
        found.append(int(digits))
    return tuple(found)


def _one(ctx: typer.Context, decide: "Callable[[Session], Entry | Policy]", what: str) -> None:
    """One act; says what it was done to. Raises BadInput."""
    with write_store(ctx) as opened:
        after = decide(opened)
    _say(what, after)


def _one_shown(ctx: typer.Context, what: str, name: str, decide: "Callable[[Session], Entry]") -> None:
    """One act on an entry; says in a line of its own what this shows otherwise from now on. Raises BadInput."""
    from db.people import decisions
    from tracker.publish import words
    from tracker.timeline.decisions.acts import EDITABLE
    from tracker.timeline.merging.intents import changes_between

    with write_store(ctx) as opened:
        before = decisions.entry(opened, name)
        after = decide(opened)
    _say(what, after)
    changed = [words.change(item) for item in changes_between(before, after) if item.field in EDITABLE]
    if changed:
        print(one_line(f"It shows now: {'; '.join(f'{field}: {old} → {new}' for field, old, new in changed)}"))


def _each(ctx: typer.Context, names: Iterable[str], decide: "Callable[[Session, str], Entry]", what: str) -> None:
    """The same act for each of these entries, each at a moment of its own, so that it can be taken back alone: what
    cannot be done is said, stops no other, and gives status 1."""
    from db.sessions import session
    from db.timeline.entries import load_entry

    failed = False
    with stored(ctx) as engine:
        for name in names:
            try:
                with session(engine) as opened:
                    before = load_entry(opened, name)
                    after = decide(opened, name)
                same = before is not None and before.revision == after.revision
                _say(f"{what} already, nothing changed:" if same else what, after)
            except BadInput as error:
                fail(error)
                failed = True
    if failed:
        raise typer.Exit(1)


def _is_policy(ctx: typer.Context, name: str) -> bool:
    """True where the id is that of a policy."""
    from db.people import decisions

    with read_store(ctx) as session:
        return decisions.is_policy(session, name)


def _stages_agreed(ctx: typer.Context, into: str, others: "Sequence[str]") -> bool:
    """True where a person at a terminal agrees that entries of other stages are the same step; nobody is asked where
    there are none, and without a terminal. Ends the command where the person does not agree."""
    from db.people import decisions

    if not on_terminal():
        return False
    with read_store(ctx) as session:
        strange = decisions.of_other_stages(session, into, others)
        stage = decisions.entry(session, into).stage
    for other in strange:
        print(one_line(f"{other.id} is {other.stage}, {into} is {stage}: {other.title}"))
    if strange and not typer.confirm(f"Are they one step, which is {stage}?"):
        raise BadInput("nothing was merged")
    return bool(strange)


def _say(what: str, after: "Entry | Policy") -> None:
    from tracker.model import Policy

    print(one_line(f"{what} {after.id}: {after.name if isinstance(after, Policy) else after.title}"))
