"""Sources that are no feeds: whether they can be polled, whose they are, tokens, how far they were read."""

from collections.abc import Iterator, Sequence

from db.feeds import feeds as subscribed
from db.values import Feed
from jobs.checks.check import Passed, Problem, Result
from jobs.settings import Settings
from jobs.store import open_session
from tracker.gather.sources.legistar import client_of
from tracker.gather.sources.legistar_poll import CLOSED, REFUSED, is_cursor, token_line
from tracker.kinds import SourceKind
from tracker.publish.counts import count

NAME = "sources"


def sources(settings: Settings) -> Iterator[Result]:
    with open_session(settings) as session:
        known = [one for one in subscribed.all_feeds(session) if one.kind is not SourceKind.FEED and not one.retired_at]
    yield from judge(known, frozenset(settings.legistar_tokens))


def judge(known: Sequence[Feed], clients: frozenset[str]) -> Iterator[Result]:
    """What is wrong with each source that is no feed, with its remedy. `clients`: those whose tokens are set."""
    problems = [problem for one in known if (problem := _problem(one, clients))]
    yield from problems
    if known and not problems:
        yield Passed(NAME, f"{count(len(known), 'source')} of other kinds than feeds")


def _problem(source: Feed, clients: frozenset[str]) -> Problem | None:
    of_council = _of_council(source, clients) if source.kind is SourceKind.LEGISTAR else None
    if of_council or source.state != "failing":
        return of_council
    return Problem(NAME, f"{source.url} fails: {source.error}", f"`tracker sources check {source.id}` tries it now")


def _of_council(source: Feed, clients: frozenset[str]) -> Problem | None:
    client = client_of(source.url)
    if not source.home:
        what = f"nobody said whose council {source.url} is, so that it is not polled"
        return Problem(NAME, what, f'`tracker sources add {source.url} --kind legistar --home "City, ST"` says it')
    if not is_cursor(source.cursor):
        what = f"how far {source.url} was read cannot be read, so that its next poll looks a month back only"
        return Problem(NAME, what, f"`tracker sources backfill {source.id} --since DATE` brings in what was missed")
    if source.error.startswith(CLOSED) and client in clients:
        return Problem(NAME, f"{source.url} asked for a token, which is set now", "`tracker poll --all` tries it")
    if source.error.startswith((CLOSED, REFUSED)):
        what = (
            f"{source.url} asks for a token" if source.error.startswith(CLOSED) else f"{source.url} refuses its token"
        )
        return Problem(NAME, what, f"ask the council for one, and write into tracker.toml: {token_line(client)}")
    return None
