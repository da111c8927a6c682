"""The shapes of time expressions, as regular expressions: which stretch of text may be one, and its parts.

One scan finds the stretches (`SCAN`, the group name is the shape); the shape's own expression then gives the parts.
Order is priority where two shapes start at the same character: the longer expression first.
"""

import re

from tracker.read.dates.words import DECADE_WORDS, NUMBERS, alternation, holidays

_FULL = "January February March April May June July August September October November December".split()
_SHORT = "Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec".split()
_NAMES = [*_FULL, *(name.upper() for name in _FULL)]
_ABBREVIATIONS = [*_SHORT, *(name.upper() for name in _SHORT)]
M = rf"(?P<month>(?:{'|'.join(_NAMES)})\b(?!\.\w)|(?:{'|'.join(_ABBREVIATIONS)})(?:\.|(?=\s\d))|{'|'.join(_SHORT)}(?=\s['’\d]))"
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_DAYS_SHORT = "Mon Tues Tue Wed Thurs Thur Thu Fri Sat Sun".split()
W = rf"(?P<weekday>(?:{'|'.join([*_DAYS, *(name.upper() for name in _DAYS)])})\b|(?:{'|'.join(_DAYS_SHORT)})(?:\.|(?=,\s)))"
DAY = r"(?P<day>(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?)(?![\w%]|[.,:]\d|/\d)"
Y = r"(?P<year>(?:1[0-9]|20)\d\d)(?![\w%]|[.,]\d)"
PART = r"(?:\s+(?:early\s+|late\s+)?(?:morning|afternoon|evening|night|overnight)s?\b)?"
SEASON = r"(?P<season>spring|summer|fall|autumn|winter)"
NUM = (
    r"(?P<n>\d{1,3}(?:,\d{3})*|half\s+a\s+dozen|a\s+(?:few|couple(?:\s+of)?|dozen)|several|many|some|"
    + alternation(tuple(word for word in NUMBERS if word not in {"a", "an"}))
    + r"(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|an?|the)"
)
UNIT = r"(?P<unit>business\s+day|working\s+day|calendar\s+day|day|week|month|quarter|year|decade)"
_ORDINAL = r"(?P<nth>first|second|third|fourth|fifth|last|1st|2nd|3rd|4th)"
_QUARTER = r"(?:first|second|third|fourth|final|1st|2nd|3rd|4th)"
_WHICH = r"(?P<which>last|this\s+past|this\s+coming|this|next|past|previous|prior|coming|current|upcoming|following|that\s+same|that|same)"

SHAPES: dict[str, str] = {
    "nine_eleven": r"9/11(?![\w/-])",
    "iso": r"(?P<year>\d{4})(?P<sep>[-/])(?P<monthnum>\d{1,2})[-/](?P<day>\d{1,2})(?![\w-]|/\d)",
    "numeric": r"(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})[/.-](?P<year>\d{4}|\d\d)(?![\w-]|[/.]\d)",
    "slash": r"(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\w/-]|\.\d)",
    "fiscal": r"(?i:fiscal\s+year|fiscal|FY)[\s-]?['’]?(?P<year>(?:19|20)?\d\d)(?:[-–/](?:20)?\d\d)?(?![\w]|[.,]\d)",
    "year_span": r"(?P<year>(?:19|20)\d\d)(?P<sep>[-–—/]|\s[-–—]\s)(?P<last>(?:19|20)\d\d|\d\d)(?![\w-]|[.,]\d)",
    "weekday_week": rf"{W}{PART}\s+(?:(?:of\s+)?(?P<which>last|next|this)\s+week|(?P<back>a\s+week\s+ago))\b",
    "week_from": rf"(?P<n>a|one|two|three|\d)\s+weeks?\s+(?:from|after)\s+(?:next\s+)?(?:{W}|(?P<today>today|tomorrow))",
    "month_day": rf"(?:{W}{PART}(?:,?\s+\(?|\s?\())?{M}\s+{DAY}(?:(?:,\s*|\s+){Y})?",
    "day_month": rf"(?:the\s+)?(?:{DAY}(?:\s+(?:day\s+)?of)?|(?P<first>first)\s+of)\s+{M}(?:(?:,\s*|\s+){Y})?",
    "month_relative_year": rf"{M}\s+(?:of\s+)?(?P<which>last|this|next|the\s+same|the\s+following|the\s+previous|that)\s+year\b",
    "month_year": rf"{M}(?:\s+of|,)?\s+(?:{Y}|['’](?P<short>\d\d)(?!\w))",
    "relative_month": rf"(?P<which>last|this\s+past|this\s+coming|this|next|the\s+following|the\s+previous)\s+{M}",
    "month": M,
    "nth_weekday": rf"(?i:the\s+)?(?i:{_ORDINAL})\s+{W}\s+(?:of|in)\s+(?:{M}(?:,?\s+{Y})?"
    r"|(?P<which>each|every|last|this|next|the|that)\s+(?P<unit>month|year)\b)",
    "relative_weekday": rf"(?P<which>(?i:last|this\s+past|this\s+coming|this|next|the\s+following|the\s+previous))\s+{W}{PART}",
    "weekday": rf"(?:(?:midnight|noon)\s+)?{W}(?!\s+(?:School|Night\s+(?:Live|Lights|Football)))(?:\s+at)?{PART}",
    "holiday": rf"(?P<holiday>{alternation(tuple(holidays()))})(?!\w)(?:,?\s+(?:of\s+)?(?P<which>last|this|next)\s+year\b|,?\s+{Y})?",
    "quarter": rf"(?i:(?:the\s+)?(?:{_QUARTER}[\s-]+(?:fiscal[\s-]+)?quarter\b|Q[1-4]\b|[1-4]Q)"
    rf"(?:(?:\s+of|\s+in|,)?\s+(?:the\s+)?(?:fiscal\s+)?(?:(?:year\s+)?{Y}|(?P<which>last|this|next|previous|current|prior)\s+(?:fiscal\s+)?year\b))?)",
    "half": rf"(?i:(?:the\s+)?(?:first|second|latter)\s+half\s+of\s+(?:{Y}|(?P<which>last|this|next|the)\s+year\b))",
    "decade": r"(?i:the\s+)?(?:(?i:early|mid|late)[\s-]+)?(?:(?P<decade>(?:1[5-9]|20)\d0)['’]?s\b|['’](?P<short>\d0)['’]?s\b)"
    rf"|the\s+(?:(?:early|mid|late)[\s-]+)?(?P<named>(?i:{'|'.join(DECADE_WORDS)}))\b",
    "season_year": rf"(?i:(?:the\s+)?(?:(?P<which>last|this\s+past|this\s+coming|this|next|past|previous|coming|following)\s+)?{SEASON})\b"
    rf"(?:(?:\s+of|,)?\s+(?:{Y}|(?P<relyear>last|this|next)\s+year\b))?",
    "ago": rf"(?i:(?:{NUM}[\s-]+)?(?:and\s+a\s+half\s+)?{UNIT}s?[\s-]+"
    rf"(?P<dir>ago|earlier|before|later|after|afterward|from\s+now|hence|prior)\b)(?P<to>\s+{W}|\s+today)?",
    "day_word": r"(?i:the\s+day\s+(?:before\s+yesterday|after\s+tomorrow)|today|tonight|yesterday|tomorrow|overnight|last\s+night|"
    r"(?:earlier\s+)?this\s+(?:morning|afternoon|evening))\b(?:\s+(?:morning|afternoon|evening|night)\b)?",
    "end_of": r"(?i:(?P<edge>end|start|beginning|rest|remainder|first|middle|course)\s+of\s+(?:the|this)\s+(?P<unit>year|month|week)"
    r"|(?P<edge2>later|earlier|late|early)\s+in\s+the\s+(?P<unit2>year|month|week)|year['’]s\s+end|year-end)\b",
    "relative_unit": rf"(?i:(?P<the>the\s+)?{_WHICH}\s+(?:calendar\s+|fiscal\s+)?"
    r"(?P<unit>day|weekend|week|month|year|quarter|decade|century))\b(?!-)",
    "weekend": r"(?i:the\s+weekend)\b",
    "week_of": rf"(?i:the\s+)?week\s+of\s+{M}\s+{DAY}",
    "offset": rf"(?i:(?P<within>within|in|for|over|during)\s+)(?:(?:the\s+)?(?:next|coming|past|last|first|about|another)\s+)*{NUM}[\s-]+{UNIT}s?\b",
    "year": Y,
    "short_year": r"(?<=\s)['’](?P<short>\d\d)(?!\w)",
    "vague": r"(?i:right\s+now|now|currently|recently|soon|lately|nowadays|presently|at\s+present|at\s+the\s+moment|these\s+days|"
    r"in\s+(?:recent|the\s+coming)\s+(?:days|weeks|months|years)|the\s+(?:near\s+)?future|the\s+past(?!\s+\w+\s+(?:days|years|months|weeks)))\b",
}
COMPILED = {name: re.compile(shape) for name, shape in SHAPES.items()}


def _nameless(shape: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(?:", shape)


SCAN = re.compile(
    r"(?<![\w$#€£])(?:" + "|".join(f"(?P<{name}>{_nameless(shape)})" for name, shape in SHAPES.items()) + ")"
)
MORE_DAYS = re.compile(
    rf"(?:\s?[-–—]\s?|\s+(?:to|through|thru|and|until|or)\s+|,\s+(?=\d{{1,2}}(?:,|\s+and\s)))(?P<more>{DAY})(?=$|[\s.,;:)\"”'’—–-])"
    rf"(?!\s+(?!(?:in|at|on|for|from|to|and|or|by|with|when|as|of|but|the|that|who|were|was|is|are|will|the|after|before|there)\b)[a-z])(?:,\s*{Y})?"
)
"""Further days of the month just read: "July 15-19", "Nov. 3, 4 and 5"; not "June 3 and 15 residents"."""
