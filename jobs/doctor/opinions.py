"""The second opinion: whether the model is listened to, and what waits to be asked about."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from jobs.doctor.check import Check, Level

if TYPE_CHECKING:
    from sqlmodel import Session

    from jobs.settings import Settings

NAME = "opinions"
NO_KEY = (
    "no key is set, which a server on the internet mostly wants; set TRACKER_SECOND_OPINION_KEY in the environment of "
    "the daemon, and here"
)
NOT_CHECKED = "was not checked, so that what its server answers decides nothing yet; `tracker opinions check` does it"
NOT_HEARD = "nothing more is asked. Name another model in second_opinion_model, and run `tracker opinions check`"


def opinions(settings: "Settings") -> Iterator[Check]:
    """Nothing where no model is named."""
    from db.engine import reading
    from jobs.store import open_store

    if not settings.second_opinion_address:
        return
    if settings.second_opinion_url.startswith("https:") and not settings.second_opinion_key.get_secret_value():
        yield Check(Level.WARNING, NAME, NO_KEY)
    with open_store(settings) as engine, reading(engine) as session:
        yield _model(session, settings.second_opinion_model)
        yield _waiting(session, settings)


def _model(session: "Session", model: str) -> Check:
    """Whether it is listened to, by its check."""
    from db import opinion_days
    from tracker.read.opinions.goodness import verdict
    from tracker.read.opinions.labelled import rules_version
    from tracker.read.opinions.trust import Trust

    check = opinion_days.holding_check(session, model, rules_version())
    if check is None:
        return Check(Level.WARNING, NAME, f"{model} {NOT_CHECKED}")
    told = f"{model}, checked on {check.at:%Y-%m-%d}: {verdict(check.figures)}"
    if Trust.of_check(check.figures).weights is None:
        return Check(Level.WARNING, NAME, f"{told}; {NOT_HEARD}")
    return Check(Level.OK, NAME, told)


def _waiting(session: "Session", settings: "Settings") -> Check:
    from db.opinion_figures import load
    from jobs.opinions.rounds import day_of
    from tracker.publish.counts import count

    per_day = settings.second_opinion_per_day
    found = load(session, day_of(datetime.now(UTC), settings))
    tokens, steps = found.day.input_tokens + found.day.output_tokens, sum(found.witnesses.values())
    told = f"{found.day.asked:,} of today's {per_day:,} asked about, {found.day.refused:,} answers refused"
    told += f", {tokens:,} tokens" if tokens else ""
    told += f"; of {steps:,} steps so far {found.alike:,} are read alike" if steps else ""
    waits = f"{count(found.waiting, 'article waits', 'articles wait')}: {told}"
    if beyond := found.beyond(per_day):
        more = f"{beyond:,} of them beyond the number of the day, the newest first; raise second_opinion_per_day"
        return Check(Level.WARNING, NAME, f"{waits}; {more}")
    return Check(Level.OK, NAME, waits)
