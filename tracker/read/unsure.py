"""What an article still tells of which nobody knows on which day it ran, only when it was first seen.

A day that is reckoned from a wrong one is wrong, and a wrong day on a timeline is worse than none. So "Tuesday", "last
month" and "July 6" give no date, nor does the month of publication stand in; only a date that the text gives with its
year holds whenever the article ran. A step without a date says that it had happened by then: one that lay ahead of the
article may not have, so it is left out.
"""

from collections.abc import Iterable

from tracker.model import Basis, Finding, Stage
from tracker.read.dates import Direction
from tracker.read.decode import Event


def without_days(told: Iterable[tuple[Event, Finding]]) -> tuple[Finding, ...]:
    """The findings, best first, without dates that are reckoned from the article's own day, and without those that say
    nothing then; the first is the news. Steps of one place and stage that only such dates told apart are one."""
    found: dict[object, Finding] = {}
    for number, (event, finding) in enumerate(told):
        if _with_its_year(event):
            found[number] = finding
        elif finding.stage is not Stage.PROPOSED and not _ahead(event):
            proof = tuple(mark for mark in finding.marks if mark.field != "date")
            undated = finding.model_copy(update={"date": None, "basis": Basis.REPORTED, "marks": proof})
            found.setdefault((finding.jurisdiction, finding.stage), undated)
    return tuple(one.model_copy(update={"primary": number == 0}) for number, one in enumerate(found.values()))


def _ahead(event: Event) -> bool:
    """Told as still to come, by its verb or by the value that was chosen; a start without a day of its own may be."""
    if event.chosen is None or event.chosen.value is None:
        return event.stage is Stage.EFFECTIVE
    mention = event.chosen.mention
    return mention.direction is Direction.FUTURE or mention.past != mention.future == event.chosen.value


def _with_its_year(event: Event) -> bool:
    """Whether the text itself gives the date, year and all."""
    mention, when = event.chosen.mention if event.chosen else None, event.date
    return bool(mention and when and when == mention.past == mention.future and str(when.year) in mention.text)
