"""The shapes of time expressions, as regular expressions: which stretch of text may be one, and its parts.

One scan finds the stretches (`SCAN`, the group name is the shape); the shape's own expression then gives the parts.
Order is priority where two shapes start at the same character: the longer expression first.
"""

import calendar
import re
from collections.abc import Iterator

from tracker.read.dates.words import DECADE_WORDS, MONTHS, NUMBERS, ORDINALS, WEEKDAYS, alternation, holidays


def _nameless(shape: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(?:", shape)


_FULL = "|".join([*calendar.month_name[1:], *(name.upper() for name in calendar.month_name[1:])])
_LOWER = "|".join(name.lower() for name in calendar.month_name[1:] if name != "May")
_SHORT = "|".join(["Sept", *calendar.month_abbr[1:], "SEPT", *(name.upper() for name in calendar.month_abbr[1:])])
_IN = r"(?:(?<=\bin )|(?<=\bsince )|(?<=\bin early )|(?<=\bin late ))"
M = (
    rf"(?P<month>(?:{_FULL})\b|(?:{_LOWER})(?=\s+\d{{1,2}}\b)|{_IN}(?:{_LOWER})\b"
    rf"|(?:{_SHORT})(?:\.|(?=\s+['’\d])))"
)
_DAYS = "|".join(form for name in calendar.day_name for form in (name, name.upper(), name.lower()))
W = rf"(?P<weekday>(?:{_DAYS})\b|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)(?:\.|(?=,\s)))"
_DAY_NUMBER = r"(?P<day>(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?)"
DAY = rf"{_DAY_NUMBER}(?![\w%]|[.,:]\d|/\d)"
Y = r"(?P<year>(?:1[0-9]|20)\d\d)(?![\w%]|[.,]\d)"
PART = r"(?:\s+(?:early\s+|late\s+)?(?:morning|afternoon|evening|night|overnight)s?\b)?"
SEASON = r"(?P<season>spring|summer|fall|autumn|winter)"
_TENS = r"(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?"
_WORDS = alternation(tuple(word for word in NUMBERS if word not in {"a", "an"}))
_HUNDREDS = r"(?:an?|one|two|three|four|five|six|seven|eight|nine)\s+hundred"
_VAGUE_NUMBERS = rf"{_HUNDREDS}|half\s+a\s+dozen|a\s+(?:few|couple(?:\s+of)?|dozen)|several|many|some"
NUM = rf"(?P<n>\d{{1,3}}(?:,\d{{3}}){{0,4}}|{_VAGUE_NUMBERS}|{_WORDS}{_TENS}|an?)"
NUM_OR_THE = NUM.replace("|an?)", "|an?|the)")
UNIT = r"(?P<unit>(?:business\s+|working\s+|calendar\s+)?day|week|month|quarter|year|decade)"
_ORDINAL = r"(?P<nth>first|second|third|fourth|fifth|last|1st|2nd|3rd|4th)"
_QUARTER = r"(?:first|second|third|fourth|final|1st|2nd|3rd|4th)"
_THIS = r"this\s+past|this\s+coming|this"
_WHICH = (
    rf"(?P<which>last|{_THIS}|next|past|previous|prior|preceding|coming|current|upcoming|following|that\s+same"
    r"|that|same)"
)
_REFERRED = r"the\s+following|the\s+previous"
_YEAR_OF = r"(?P<which>last|this|next)\s+year\b"
_OF_YEAR = rf"(?:,\s*|\s+(?:of\s+)?){Y}|,?\s+(?:of\s+)?(?P<which>last|this|next|that|the\s+same)\s+year\b"
_MONTH_WEEK = r"(?P<which>last|this|next)\s+(?P<held>month|week)\b"
_FROM_EVENT = r"from(?=\s+(?:the|its|their|adoption|passage|enactment|publication|approval|signing)\b)"
_PART_OF = r"(?:\s+of|\s+in|,)?\s+(?:the\s+)?(?:fiscal\s+)?"
_SOME_YEAR = rf"(?:(?:year\s+)?{Y}|(?P<which>last|this|next|previous|current|prior)\s+(?:fiscal\s+)?year\b)"

SHAPES: dict[str, str] = {
    "nine_eleven": r"9/11(?![\w/-])",
    "compact": r"(?P<year>(?:19|20)\d\d)(?P<monthnum>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?![\w/-]|[.,:]\d)",
    "iso": r"(?P<year>\d{4})(?P<sep>[-/])(?P<monthnum>\d{1,2})[-/](?P<day>\d{1,2})(?![\w-]|/\d)",
    "numeric": r"(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})[/.-](?P<year>\d{4}|\d\d)(?![\w-]|[/.]\d)",
    "slash": r"(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\w/-]|\.\d)",
    "fiscal": r"(?i:fiscal\s+year|fiscal|FY)[\s-]?['’]?(?P<year>(?:19|20)?\d\d)(?:[-–/](?:20)?\d\d)?(?![\w]|[.,]\d)",
    "year_span": r"(?P<year>(?:19|20)\d\d)(?P<sep>[-–—/]|\s[-–—]\s)(?P<last>(?:19|20)\d\d|\d\d)(?![\w-]|[.,]\d)",
    "weekday_week": rf"{W}{PART}\s+(?:(?:of\s+)?(?P<which>last|next|this)\s+week|(?P<back>a\s+week\s+ago))\b",
    "week_from": r"(?P<n>a|one|two|three|\d)\s+weeks?\s+(?:from|after)\s+(?:next\s+)?"
    rf"(?:{W}|(?P<today>today|tomorrow))",
    "days_from": rf"{NUM}[\s-]+{UNIT}s?\s+(?:from|after)\s+(?:next\s+)?(?:{W}|(?P<today>today|tomorrow|yesterday)\b)",
    "month_day": rf"(?:(?P<lead>(?i:last|next|{_THIS}))\s+)?(?:{W}{PART}(?:,?\s+\(?|\s?\())?"
    rf"{M}\s+{DAY}(?:{_OF_YEAR})?",
    "first_day": rf"{_DAY_NUMBER}(?=(?:\s?[-–—]\s?|\s+(?:and|to|or|until)\s+(?:the\s+)?)"
    rf"(?P<last>\d\d?)(?:st|nd|rd|th)?\s+(?:of\s+)?{M}(?:(?:,\s*|\s+){Y})?)",
    "day_month": rf"(?:{W}{PART},?\s+)?(?:the\s+)?(?:{DAY}(?:(?<=[a-z])\s+(?:day\s+)?of)?|(?P<first>first)\s+of)"
    rf"\s+{M}(?:{_OF_YEAR})?",
    "month_relative_year": rf"{M}\s+(?:of\s+)?(?P<which>last|this|next|the\s+same|{_REFERRED}|that)\s+year\b",
    "month_year": rf"{M}(?:\s+of|,)?\s+(?:{Y}|['’](?P<short>\d\d)(?!\w))",
    "relative_month": rf"(?P<which>last|{_THIS}|next|that|{_REFERRED})\s+{M}",
    "month": M,
    "nth_weekday": rf"(?i:the\s+)?(?i:{_ORDINAL})\s+{W}\s+(?:of|in)\s+(?:{M}(?:,?\s+{Y})?"
    r"|(?P<which>each|every|last|this|next|the|that)\s+(?P<unit>month|year)\b)",
    "relative_weekday": rf"(?P<which>(?i:last|{_THIS}|next|{_REFERRED}))\s+{W}{PART}",
    "weekday": rf"(?:(?:midnight|noon)\s+)?{W}(?!\s+(?:School|Night\s+(?:Live|Lights|Football))){PART}",
    "holiday": rf"(?:(?P<lead>(?i:last|next|{_THIS}))\s+)?(?P<holiday>(?i:{alternation(tuple(holidays()))}))(?!\w)"
    rf"(?:,?\s+(?:of\s+)?{_YEAR_OF}|,?\s+(?:(?:of|in)\s+)?{Y})?",
    "quarter": r"(?i:the\s+(?:latest\s+)?quarter\b"
    rf"|(?:the\s+)?(?:{_QUARTER}[\s-]+(?:fiscal[\s-]+)?quarter\b|Q[1-4]\b|[1-4]Q)"
    rf"(?:{_PART_OF}{_SOME_YEAR})?)",
    "half": rf"(?i:(?:the\s+)?(?:first|second|latter)\s+half\s+of\s+(?:{Y}|(?P<which>last|this|next|the)\s+year\b))",
    "decade": r"(?i:the\s+)?(?:(?i:early|mid|late)[\s-]+)?"
    r"(?:(?P<decade>(?:1[5-9]|20)\d0)['’]?s\b|['’](?P<short>\d0)['’]?s\b)"
    rf"|the\s+(?:(?:early|mid|late)[\s-]+)?(?P<named>(?i:{'|'.join(DECADE_WORDS)}))\b",
    "season_year": rf"(?i:(?:the\s+)?(?:(?P<which>last|{_THIS}|next|past|previous|coming|following)\s+)?{SEASON})\b"
    rf"(?:(?:\s+of|,)?\s+(?:{Y}|(?P<relyear>last|this|next)\s+year\b))?",
    "bare_day": r"the\s+(?P<day>\d{1,2})(?:st|nd|rd|th)(?P<that>\s+of\s+(?:that|the\s+same)\s+month)?(?![\w-])",
    "day_word": r"(?i:the\s+day\s+(?:before\s+yesterday|after\s+tomorrow)|today|tonight|yesterday|tomorrow|overnight"
    r"|at\s+midnight(?!\s+(?:on|to|until|and|through|\w+day)\b)"
    r"|last\s+night|(?:earlier\s+)?this\s+(?:morning|afternoon|evening))\b(?:\s+(?:morning|afternoon|evening|night)\b)?",
    "ago": rf"(?i:(?:{NUM_OR_THE}[\s-]+)?(?:and\s+a\s+half\s+)?{UNIT}(?P<unit_s>s?)[\s-]+"
    rf"(?P<dir>ago|earlier|before|later|after|afterward|from\s+now|hence|prior|since|until|{_FROM_EVENT})\b)(?P<to>\s+{W}|\s+today|\s+{_MONTH_WEEK})?",
    "end_of": r"(?i:(?P<edge>end|start|beginning|rest|remainder|first|middle|course)\s+of\s+(?:the|this)"
    r"\s+(?P<unit>year|month|week)|(?P<edge2>later|earlier|late|early)\s+in\s+the\s+(?P<unit2>year|month|week)"
    r"|year['’]s\s+end|year-end|mid-?year)\b",
    "relative_unit": rf"(?i:(?P<the>the\s+)?{_WHICH}\s+(?:calendar\s+|fiscal\s+)?"
    r"(?P<unit>day|weekend|week|month|year|quarter|decade|century))\b(?!-)",
    "weekend": r"(?i:the\s+weekend)\b",
    "week_of": rf"(?i:the\s+)?week\s+of\s+{M}\s+{DAY}",
    "first_units": _nameless(
        rf"(?i:(?:(?:in|during|over|for|within)\s+)?(?:the\s+)?(?:first|last|final|opening)\s+{NUM}[\s-]+(?:month|week|day|quarter)s?\s+of"
        rf"\s+(?:{M}(?:\s+{Y})?|{Y}|(?:this|last|next|the|that)\s+(?:fiscal\s+)?(?:year|month)\b))"
    ),
    "offset": r"(?i:(?P<within>within|in|for|over|during)\s+)"
    rf"(?:(?:the\s+)?(?:next|coming|past|last|first|about|another)\s+){{0,4}}{NUM}[\s-]+{UNIT}s?\b"
    r"(?!\s+(?i:ago|earlier|before|later|after|from\s+now)\b)",
    "year": Y,
    "short_year": r"(?<=\s)['’](?P<short>\d\d)(?!\w)",
    "vague": r"(?i:right\s+now|now|currently|recently|soon|lately|nowadays|presently|at\s+present|at\s+the\s+moment"
    r"|these\s+days|in\s+(?:recent|the\s+coming)\s+(?:days|weeks|months|years)|the\s+(?:near\s+)?future"
    r"|the\s+past(?!\s+\w+\s+(?:days|years|months|weeks)))\b",
}
COMPILED = {name: re.compile(shape) for name, shape in SHAPES.items()}


_ALL = "|".join(f"(?P<{name}>{_nameless(shape)})" for name, shape in SHAPES.items())
SCAN = re.compile(_ALL)
_OPENING_WORDS = (
    "the a an last this next past previous prior coming current upcoming following that same today tonight yesterday"
    " tomorrow overnight end start beginning rest remainder middle course later earlier late early year week within in"
    " for over during spring summer fall autumn winter business working calendar day days weeks month months quarter"
    " quarters years decade decades fiscal fy q half several many some midnight noon right now currently recently soon"
    " lately nowadays presently at these final opening mid midyear mon tues tue wed thu thur thurs fri sat sun"
)
OPENING = frozenset(_OPENING_WORDS.split()) | frozenset(
    {*MONTHS, *WEEKDAYS, *NUMBERS, *ORDINALS, *(re.split(r"\W", name)[0] for name in holidays())}
)
"""The first words that a shape can have, in lower case. Looking these up first makes the scan four times as fast."""
_WORD = re.compile(r"(?<![\w$#€£])(?:[A-Za-z]+|\d|['’](?=\d))")


def stretches(text: str) -> Iterator[re.Match[str]]:
    """Every stretch that has the shape of a time expression, from left to right; they may overlap."""
    for word in _WORD.finditer(text):
        first = word.group()
        if not first.isalpha() or first.lower() in OPENING:
            found = SCAN.match(text, word.start())
            if found:
                yield found


_FOLLOWS_DATE = (
    "in|at|on|for|from|to|and|or|by|with|when|as|of|but|the|that|who|were|was|is|are|will|after|before|there"
)
MORE_DAYS = re.compile(
    r"(?:\s?[-–—]\s?|\s+(?:to|through|thru|and|until|or)\s+|,\s+(?=\d{1,2}(?:,|\s+and\s)))"
    rf"(?P<more>{DAY})(?=$|[\s.,;:)\"”'’—–-])(?!\s+(?!(?:{_FOLLOWS_DATE})\b)[a-z])(?:,\s*{Y})?"
)
"""Further days of the month just read: "July 15-19", "Nov. 3, 4 and 5"; not "June 3 and 15 residents"."""
