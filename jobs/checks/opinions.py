"""The second opinion: whether the model is asked and listened to, and what waits to be asked about."""

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlmodel import Session

from db.opinions import usage
from jobs.checks.check import Problem, Result, Well
from jobs.checks.facts import Facts
from jobs.opinions.due import day_of
from jobs.settings import Settings
from jobs.store import open_session
from tracker.publish.counts import count

NAME = "opinions"
SET_A_KEY = "set TRACKER_SECOND_OPINION_KEY in the environment of the daemon, and here"
NOT_CHECKED = "was not checked, so that what its server answers decides nothing yet"
NAME_ANOTHER = "nothing more is asked. Name another model in second_opinion_model, and run `tracker opinions check`"


def not_asked(facts: Facts, _now: datetime) -> Iterator[Problem]:
    """Not grave: the encoder reads everything. What it says has its remedy."""
    if facts.no_opinion:
        what = f"no second opinion is asked for: {facts.no_opinion}"
        remedy = "until then articles wait, and stand as the encoder reads them"
        yield Problem("second-opinion", what, remedy, subject=NAME)


def opinions(settings: Settings) -> Iterator[Result]:
    """Nothing where no model is named."""
    if not settings.second_opinion_address:
        return
    if settings.second_opinion_url.startswith("https:") and not settings.second_opinion_key.get_secret_value():
        yield Problem(NAME, "no key is set, which a server on the internet mostly wants", SET_A_KEY)
    with open_session(settings) as session:
        yield _model(session, settings.second_opinion_model)
        yield _waiting(session, settings)


def _model(session: Session, model: str) -> Result:
    """Whether it is listened to, by its check. Its package is imported here, since the daemon reads this file too."""
    from tracker.read.opinions.labelled import rules_version
    from tracker.read.opinions.quality import verdict
    from tracker.read.opinions.trust import Trust

    check = usage.valid_check(session, model, rules_version())
    if check is None:
        return Problem(NAME, f"{model} {NOT_CHECKED}", "`tracker opinions check` does it")
    told = f"{model}, checked on {check.at:%Y-%m-%d}: {verdict(check.figures)}"
    return Problem(NAME, told, NAME_ANOTHER) if Trust.of_check(check.figures).weights is None else Well(NAME, told)


def _waiting(session: Session, settings: Settings) -> Result:
    per_day = settings.second_opinion_per_day
    found = usage.load_figures(session, day_of(datetime.now(UTC), settings))
    tokens, steps = found.day.input_tokens + found.day.output_tokens, sum(found.witnesses.values())
    told = f"{found.day.asked:,} of today's {per_day:,} asked about, {found.day.refused:,} answers refused"
    told += f", {tokens:,} tokens" if tokens else ""
    told += f"; of {steps:,} steps so far {found.alike:,} are read alike" if steps else ""
    waits = f"{count(found.waiting, 'article waits', 'articles wait')}: {told}"
    if beyond := found.beyond(per_day):
        more = f"{beyond:,} of them beyond the number of the day, the newest first"
        return Problem(NAME, f"{waits}; {more}", "raise second_opinion_per_day")
    return Well(NAME, waits)
