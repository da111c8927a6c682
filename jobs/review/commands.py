"""`tracker review`: what needs a person, and what people decide; the program never overrules it."""

from typing import Annotated

import typer

from jobs.choice import ADirection, AnEffect, AsJson, AStage, ATopic, Places, Topics, entry_filter
from jobs.clock import local, now
from jobs.console import show_help_alone, state
from jobs.review import remarks, withholding
from jobs.review.remarks import Remarks, numbers
from jobs.review.work import each, is_policy, one, shown_after, stages_agreed, store
from tracker.errors import BadValue

app = typer.Typer(
    help="What needs a person, and what people decide. The program never overrules it.", rich_markup_mode="rich"
)
EntryId = Annotated[str, typer.Argument(metavar="ENTRY", help="The id of an entry, as in `tracker review list`.")]
EntryIds = Annotated[list[str], typer.Argument(metavar="ENTRY...", help="Ids of entries.")]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides. Without it: the name of your login.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; kept in the history.")]
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
    from db.engine import reading
    from db.people import remarks, review_queue
    from jobs.gaps import say_gaps
    from jobs.review.show import show_list

    wanted, settings = entry_filter(place, topic, ""), state(ctx).settings
    with store(ctx) as engine, reading(engine) as session:
        today, said = local(now(), settings).date(), remarks.waiting(session)
        found = review_queue.waiting(session, wanted, limit, today, (), settings.publish, settings.mailed)
        show_list(found, today, said, as_json=as_json)
        if not as_json:
            pending, needy = review_queue.count_waiting(session)
            print(f"{len(found)} shown of {needy} that need a person; {pending} entries are pending.")
        say_gaps(session, wanted)


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
    from db.engine import reading
    from db.people import decisions, remarks, review_queue
    from db.people.withholding import of_entry as withheld_of
    from jobs.review.show import show_entry, show_policy

    settings = state(ctx).settings
    today = local(now(), settings).date()
    with store(ctx) as engine, reading(engine) as session:
        if decisions.is_policy(session, name):
            policy, told = decisions.policy(session, name), decisions.policy_revisions(session, name)
            show_policy(policy, told, today, as_json=as_json)
            return
        found = decisions.entry(session, name)
        one = review_queue.one(session, found, today, settings.publish, settings.mailed)
        told = decisions.policy_revisions(session, found.policy)
        kept_out, said = withheld_of(session, found), remarks.of_entry(session, name)
        show_entry(one, told, decisions.texts(session, found), kept_out, said, as_json=as_json)


@app.command("confirm")
def confirm(ctx: typer.Context, entries: EntryIds, by: By = "", reason: Reason = "", remark: Remarks = None) -> None:
    """Say that entries are right. What they show is kept from then on; later reports only support them.

    Example: tracker review confirm 3f2a9c0b71de --reason "seen the minutes"
    """
    from db.people import decisions
    from jobs.review.input import act

    by, said = act(by, reason).by, numbers(remark or ())
    each(ctx, entries, lambda session, name: decisions.confirm(session, name, act(by, reason, said)), "Confirmed")


@app.command("reject")
def reject(ctx: typer.Context, entries: EntryIds, by: By = "", reason: Reason = "", remark: Remarks = None) -> None:
    """Say that entries are wrong. They and their later copies stay out of the timeline.

    Example: tracker review reject 3f2a9c0b71de --reason "a study, not a rule"
    """
    from db.people import decisions
    from jobs.review.input import act

    by, said = act(by, reason).by, numbers(remark or ())
    each(ctx, entries, lambda session, name: decisions.reject(session, name, act(by, reason, said)), "Rejected")


@app.command("edit")
def edit(
    ctx: typer.Context,
    entry: EntryId,
    date: Annotated[Text, typer.Option(metavar="DATE", help='2017, 2017-06, 2017-07-06 or "".')] = None,
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
    from jobs.review.input import act, values

    said = {"date": date, "stage": stage, "place": place, "body": body, "instrument": instrument, "number": number}
    said |= {"topic": topic, "subject": subject, "effect": effect, "direction": direction}
    fields = values(said | {"policy": policy, "title": title})
    if not fields:
        raise typer.BadParameter("name a field to set, for example --date 2017-07-06")
    done = act(by, reason, numbers(remark or ()))
    shown_after(ctx, "Edited", entry, lambda session: decisions.edit(session, entry, fields, done))


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
    from jobs.review.input import act

    done = act(by, reason)
    if withholding.take_back(ctx, name, done):
        return
    take_back = decisions.undo_policy if is_policy(ctx, name) else decisions.undo
    one(ctx, lambda session: take_back(session, name, done), "Taken back:")


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
    from jobs.review.input import act

    done = act(by, reason)
    if is_policy(ctx, into):
        one(ctx, lambda session: decisions.merge_policies(session, into, others, done), "Merged into policy")
        return
    options = {"across_stages": across_stages or stages_agreed(ctx, into, others)}
    shown_after(
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
    from jobs.review.input import act

    if bool(evidence) == bool(entries):
        raise typer.BadParameter("say what moves: --evidence NUMBER of an entry, or --entry ENTRY of a policy")
    done = act(by, reason)
    if evidence:
        one(ctx, lambda session: decisions.split_entry(session, what, evidence, done), "New entry")
    elif entries:
        one(ctx, lambda session: decisions.split_policy(session, what, entries, done), "New policy")


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
    from jobs.review.input import act

    one(ctx, lambda session: decisions.rename(session, what, name, act(by, reason)), "Renamed")


app.command("remarks")(remarks.remarks)
app.command("close")(remarks.close)
app.command("withhold")(withholding.withhold)
app.command("withheld")(withholding.withheld)
