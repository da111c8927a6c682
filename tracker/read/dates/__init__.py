"""Time expressions of an English news text, normalised against its publication day.

`find_dates(text, published)` gives `DateMention`s. The expression's shape comes from `grammar`, its possible values
from the rules in `calendar_words`, `relative_words` and `distance_words`; what looks like a date and is none is turned
away by `guards`; `tense` chooses between the last and the coming one where the words alone do not.
"""

from tracker.read.dates.finder import find_dates
from tracker.read.dates.mention import DateMention, Grain, Tense

__all__ = ["DateMention", "Grain", "Tense", "find_dates"]
