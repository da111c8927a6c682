"""`tracker explain`: why an article did or did not become an entry."""

from typing import Annotated

import typer

from jobs.terminal.console import one_line, state


def command(
    ctx: typer.Context,
    url: Annotated[str, typer.Argument(metavar="[URL]", help="The address of an article in the database.")] = "",
    file: Annotated[str, typer.Option("--file", metavar="FILE.jsonl", help="Articles from a file instead.")] = "",
) -> None:
    """Show why an article did or did not become an entry: what spoke for it and against it, and what came close.

    Tells which words let it pass the first look; which sentences raised and lowered the chance of being a change, each
    by reading the article once more without it; for each step the likeliest stages, dates and places with their
    chances; and which steps were left out. Where entries rest on a language model's answer too, that is weighed with
    it; nobody is asked. Then what its page, where it is kept, marks as standing around the article, which is not read;
    and the entries that it supports, with where the body and the subject of each title come from. Of what a feed
    brought and no article was made of, why: put aside by its headline and summary, with the words that decided, or a
    page that could not be had.

    Of an official record: its row as it was fetched, the line of the table that says which step its action is, and
    that step; of the page of a council's matter, its records, or why it has none. Of a followed document: its versions,
    what each changed, why an edit is of rule or of form, and the entries.

    Example: tracker explain https://www.example.org/2017/07/04/police-rules
    """
    from jobs.reader import open_reader
    from jobs.reading import explanation

    if bool(url) == bool(file):
        raise typer.BadParameter("give either the URL of a stored article or --file FILE.jsonl")
    settings = state(ctx).settings
    reader = open_reader(settings)
    for line in explanation.of_file(reader, file) if file else explanation.of_address(settings, reader, url):
        print(f"{' ' * (len(line) - len(line.lstrip()))}{one_line(line)}")
