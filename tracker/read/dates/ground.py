"""What a rule may look at: the text, the publication day and the dates read so far."""

from dataclasses import dataclass, field
from datetime import date

from tracker.partial_date import PartialDate
from tracker.read.dates.mention import DateMention

REACH_BACK = 30
"""Characters before a match that a guard looks at: the words that tell a year from a bill's number."""
REFERENCE_REACH = 800
"""Characters back to a date that "the next day" can be reckoned from: a paragraph or two."""


@dataclass(slots=True)
class Ground:
    """The text, its publication day, and the mentions found so far, in text order."""

    text: str
    published: date
    mentions: list[DateMention] = field(default_factory=list)
    position: int = 0

    def before(self, position: int) -> str:
        """The few characters up to the position."""
        return self.text[max(0, position - REACH_BACK) : position]

    def after(self, position: int) -> str:
        """The few characters from the position."""
        return self.text[position : position + REACH_BACK]

    def reference(self, precision: tuple[str, ...] = ("day", "month", "year")) -> PartialDate | None:
        """The last date of one of the precisions that was named shortly before."""
        for mention in reversed(self.mentions):
            if self.position - mention.end > REFERENCE_REACH:
                return None
            if mention.date and mention.date.precision in precision:
                return mention.date
        return None

    def reference_year(self, shift: int) -> int | None:
        """The year of the last date, moved by `shift` years."""
        known = self.reference()
        return known.year + shift if known else None

    def reference_month(self) -> int:
        """The month of the last date; 0 where it has none."""
        known = self.reference()
        return known.month or 0 if known else 0
