"""What looks like a date and is none: bill numbers, addresses, counts, names, "may" and "march".

The words are in `data/dates.toml`, under `not_dates`.
"""

import re
from collections.abc import Callable

from tracker.read.dates.mention import Grain
from tracker.read.dates.sense import DateContext
from tracker.read.dates.words import holidays, not_dates, plain

Guard = Callable[[re.Match[str], DateContext], bool]


def _any_of(name: str) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in not_dates()[name])


NUMBERED = re.compile(
    rf"(?:\b(?:{_any_of('numbered')}|[HS]\.?\s?[BRJF]\.?(?:\s?R\.?)?)\s*(?:No\.?\s*|#\s*)?"
    r"|[/.,:#$€£]|\b[A-Z]{1,3}-?|\d\s)$"
)
"""What stands right before a number that is no year. Lone capitals too: a bill or a road, "HB 2017", "US 2015"."""
_NAME = r"[A-Z][\w.'’-]+"
COUNTED = re.compile(
    rf"\s*%|\s+(?:(?:{_any_of('counted')}|{_any_of('makes')})\b"
    rf"|(?:[NSEW]\.?\s+)?(?:{_NAME}\s+){{0,3}}(?:{_any_of('streets')})\b|[NSEW]\.\s|(?:North|South|East|West)\s+[A-Z])"
)
"""What follows a number that counts, is a house number or a model year."""
EXPECTS_OLD_YEAR = re.compile(
    r"\b(?:in|since|from|until|before|after|during|between|circa|year|of|by|back\s+to|dating\s+to)[\s(]+$", re.I
)
EXPECTS_YEAR = re.compile(rf"\b(?:{_any_of('before_year')})[\s(-]+$", re.IGNORECASE)
MODERN = range(1900, 2101)
"""Years that stand by themselves; older and later ones need a word that years follow."""
ROUND = 2000
""" "2000" is more often a count than a year, so it needs such a word too."""
AFTER_REACH = 60
"""Characters after a number that can show it to be an address."""
MAX_SHORT_SPAN, MAX_SPAN = 5, 150
"""Years. "2013-14", "2013-18": a longer short form is more likely a bill's number ("2019-44")."""
_AT_CLAUSE = re.compile(r"(?:^|[.;:(—\n]\s*|\b(?:in|by|until|since|and|during|early|late)\s+)$", re.IGNORECASE)
_PLURAL = re.compile(r"\s+(?!(?:says|has|does|was)\b)[a-z]+[^us]s\b")
""" "1850 residents" is a count; "a law of 1887 says" is not."""
_LISTED = re.compile(r",?\s+(?:and|or|to)\s+|,\s+|[-–—]")
_COMPOUND = re.compile(r"\b(?:mid|pre|post|early|late|since)[-–]$|\d{4}\s?[-–]$", re.IGNORECASE)
_AFTER_MAY = re.compile(rf"\s+(?:{_any_of('after_may_verb')})\b|['’]s\s+[a-z]")
_EACH = re.compile(r"\b(?:each|every)\s+$", re.IGNORECASE)
_WALK = re.compile(r"\s+(?:(?:of|for|on|against)\s+[A-Z]|Madness\b)")
_TITLE = re.compile(rf"\b(?:{_any_of('titles')})\s+$")
_BEFORE_MONTH = re.compile(rf"(?:\b(?:{_any_of('before_month')})[\s,-]+|[\d(,–—-]\s*|^|[\n.;:]\s*)$", re.IGNORECASE)
_SURE_MONTH = re.compile(r"\b(?:in|since|until|by|last|next|this|early|late|during|through)[\s-]+$", re.IGNORECASE)
_STREET = re.compile(rf"\s+(?:{_any_of('streets')}|Park)\b")
_SURNAME = re.compile(r"\s+(?:[A-Z]\.\s+)?[A-Z][a-z]+")
_FIRST_NAME = re.compile(
    r"\b(?!(?i:in|since|until|by|last|next|this|early|late|from|and|through|mid|during)\b)[A-Z][a-z]+\s+$"
)
_PLURAL_PART = re.compile(r"\s(?:morning|afternoon|evening|night)s$", re.IGNORECASE)
""" "on Sunday mornings" recurs."""
_NAMED_DAY = re.compile(rf"\b(?i:{_any_of('named_weekday')})\s+$")
_DAY_NAME = re.compile(rf"\s+(?:{_any_of('weekday_name')})\b")
_BESIDE_HOLIDAY = re.compile(
    rf"\s+(?:after|before|following)\s+(?:the\s+(?:first|second)\b|(?i:{'|'.join(holidays())})\b)"
)
_TO = r"\s*(?:[-–—]|through|thru|to)\s*"
_SCHEDULE = re.compile(rf"{_TO}(?:Fri|Sat|Sun|Thurs)", re.IGNORECASE)
_IN_SCHEDULE = re.compile(rf"\b(?:Mon|Tues|Sun)(?:day|\.)?{_TO}$", re.IGNORECASE)
_OPENING_HOURS = re.compile(rf"\bMon(?:day|\.)?{_TO}(?:Fri|Thu|Wed)[^.]*?\d(?:[^.]|[ap]\.m\.)*$")
HOURS_REACH = 90
"""Characters: "Monday through Friday from 9 a.m. to 5 p.m., noon to 4 p.m. Saturday"."""
_PART_OF_NUMBER = re.compile(
    r"[\w./-]$|\b(?:Section|Sec\.|Ordinance|Order|Chapter|Policy|version|Code)\s*$", re.IGNORECASE
)

LONGEST_MONTH = 31
_ON_DAY = re.compile(r"\b(?:on|until|till|by|since|from|through|for|of)\s+$", re.IGNORECASE)
_NO_NOUN = re.compile(
    r"\s*(?:$|[.,;:)—–]|\s(?:and|or|to|at|with|for|when|that|it|they|he|she|the|a|an|after|before|in|is|was|as|but)\b)"
)
_YEAR_OPENS = re.compile(r"(?:^|[.;:(\n]\s*|[\"“]\s*)In\s+$")
_THEY = re.compile(r"\s+(?:people|residents|voters|members|officers|workers|students)\b")


def plausible_year(match: re.Match[str], ground: DateContext) -> bool:
    """A bare number of four digits is a year where nothing makes it a bill, an address or a count."""
    before, after = ground.before(match.start()), ground.text[match.end() : match.end() + AFTER_REACH]
    opens = _YEAR_OPENS.search(before) is not None and _THEY.match(after) is not None
    if NUMBERED.search(before) or (COUNTED.match(after) and not opens) or re.match(r"[-–]\d", after):
        return False
    if re.search(r"\w[-–]$", before) and not _COMPOUND.search(before):
        return False
    year = int(match["year"])
    if (year in MODERN and year != ROUND) or _lists_years(match, ground):
        return True
    expected = EXPECTS_YEAR if year in MODERN else EXPECTS_OLD_YEAR
    return bool(expected.search(before)) and not _PLURAL.match(after)


def _lists_years(match: re.Match[str], ground: DateContext) -> bool:
    """ "in 1777, 1779 and 1780"."""
    last = ground.mentions[-1] if ground.mentions else None
    between = ground.text[last.end : match.start()] if last else ""
    return last is not None and last.kind is Grain.YEAR and bool(_LISTED.fullmatch(between))


def plausible_month(match: re.Match[str], ground: DateContext) -> bool:
    """ "May said", "April Smith", "the March": a month's name that is a verb or a person's."""
    if _EACH.search(ground.before(match.start())):
        return False
    name = match["month"].capitalize()
    if name not in not_dates()["given_names"]:
        return True
    before, after = ground.before(match.start()), ground.after(match.end())
    if name == "May" and (_AFTER_MAY.match(after) or _TITLE.search(before)):
        return False
    if name == "March" and _WALK.match(after):
        return False
    if name in {"May", "March"} and not _BEFORE_MONTH.search(before):
        return False
    if _STREET.match(after):
        return False
    if _SURNAME.match(after) and not _SURE_MONTH.search(before):
        return False
    return bool(_BEFORE_MONTH.search(before)) or not _FIRST_NAME.search(before)


def plausible_weekday(match: re.Match[str], ground: DateContext) -> bool:
    """ "every Monday", "Monday through Friday", "Black Friday" have no single day."""
    before, after = ground.before(match.start()), ground.after(match.end())
    if _NAMED_DAY.search(before) or _DAY_NAME.match(after) or _IN_SCHEDULE.search(before):
        return False
    if _BESIDE_HOLIDAY.match(after) or _PLURAL_PART.search(match.group()):
        return False
    if _OPENING_HOURS.search(ground.text, max(0, match.start() - HOURS_REACH), match.start()):
        return False
    return not (_SCHEDULE.match(after) and match["weekday"].lower().startswith(("mon", "sun", "tue")))


def plausible_day(match: re.Match[str], ground: DateContext) -> bool:
    """ "voted in October 12-6" has a month and a count of votes; "March 20 percent" has no day."""
    if match["year"]:
        return True
    votes = re.match(r"[-–](\d+)", ground.after(match.end()))
    if votes and int(votes[1]) <= int(re.sub(r"\D", "", match["day"])):
        return False
    return not COUNTED.match(ground.text, match.end())


def plausible_span(match: re.Match[str], ground: DateContext) -> bool:
    """ "2013-14", "2013-2014" are years; "Ordinance 2019-44" and "2019-44" are not."""
    first, last, short = int(match["year"]), int(match["last"]), len(match["last"]) == 2
    length = (first // 100 * 100 + last if short else last) - first
    limit = MAX_SHORT_SPAN if short else MAX_SPAN
    return not NUMBERED.search(ground.before(match.start()).rstrip("(")) and 0 < length <= limit


def plausible_day_word(match: re.Match[str], ground: DateContext) -> bool:
    """ "USA Today" is a newspaper."""
    return not re.search(r"\b(?:USA|Psychology)\s+$", ground.before(match.start()))


def plausible_numeric(match: re.Match[str], ground: DateContext) -> bool:
    """Not part of a telephone number, a bill number or a version."""
    return not _PART_OF_NUMBER.search(ground.before(match.start()))


def plausible_relative_month(match: re.Match[str], ground: DateContext) -> bool:
    """ "In 1997; that August, ..." is a month of that year; "said that August sales rose" is not."""
    return plain(match["which"]) != "that" or bool(_AT_CLAUSE.search(ground.before(match.start())))


def plausible_compact(match: re.Match[str], ground: DateContext) -> bool:
    """Eight digits are a day where nothing before them makes them another number."""
    return plausible_numeric(match, ground) and not NUMBERED.search(ground.before(match.start()))


def plausible_day_month(match: re.Match[str], ground: DateContext) -> bool:
    """The "7" of "5-7 April" ends a range; the "7" of "12-7 April" may be part of a number."""
    last = ground.mentions[-1] if ground.mentions else None
    if last and _LISTED.fullmatch(ground.text[last.end : match.start()]):
        return True
    return plausible_numeric(match, ground)


def plausible_bare_day(match: re.Match[str], ground: DateContext) -> bool:
    """ "on the 13th" is a day; "on the 9th Circuit", "by the 3rd vote" and "the 60th" are none."""
    if not 1 <= int(match["day"]) <= LONGEST_MONTH or not _ON_DAY.search(ground.before(match.start())):
        return False
    return bool(match["that"] or _NO_NOUN.match(ground.after(match.end())))


GUARDS: dict[str, Guard] = {
    "year": plausible_year,
    "month": plausible_month,
    "weekday": plausible_weekday,
    "month_day": plausible_day,
    "year_span": plausible_span,
    "numeric": plausible_numeric,
    "iso": plausible_numeric,
    "relative_month": plausible_relative_month,
    "compact": plausible_compact,
    "day_month": plausible_day_month,
    "day_word": plausible_day_word,
    "bare_day": plausible_bare_day,
}
