"""What looks like a date and is none: bill numbers, addresses, counts, names, "may" and "march"."""

import re
from collections.abc import Callable

from tracker.read.dates.ground import Ground

NUMBERED = re.compile(
    r"(?:\b(?:[HS]\.?\s?[BRJ]\.?(?:\s?R\.?)?|A\.?B\.?|L\.?B\.?|H\.?F\.?|S\.?F\.?|Bill|Act|Ordinance|Ord\.|Resolution|Res\.|Order|Section|Sec\.|Sect\.|Chapter|Article|Title|Rule|Policy"
    r"|SOP|Directive|Regulation|Code|No\.|Nos\.|Number|Route|Highway|Hwy\.?|Interstate|Room|Suite|Unit|Apt\.|Box|Channel|Flight|Page|Case|Docket|Item|Measure|Proposition|Prop\.|Form|Lot|Bylaw"
    r"|Windows|Office|Vision|Agenda|Area|Model|Boeing|Airbus|Local|Precinct|Catch|extension|ext\.|phase|PO|P\.O\.)\s*(?:No\.?\s*|#\s*)?|[-–/.,:#$€£]|\b[A-Z]{1,3}-?|\d\s)$"
)
"""What stands before a number that is no year, right before it. A lone state or bill code in capitals too: "HB 2017"."""
COUNTED = re.compile(
    r"\s*(?:%|percent\b|per\s+cent\b|GMT|UTC|hours\b|hrs\b|people\b|persons\b|residents\b|workers\b|employees\b|jobs\b|homes\b|houses\b|households\b|students\b|officers\b|troops\b|soldiers\b|members\b"
    r"|acres\b|feet\b|foot\b|ft\b|miles\b|mile\b|square\b|sq\b|pounds\b|tons\b|tonnes\b|meters\b|metres\b|kilomet|km\b|kg\b|gallons\b|units\b|votes\b|voters\b|points\b|cases\b|calls\b|signatures\b"
    r"|block\b|dollars\b|euros\b|yen\b|shares\b|barrels\b|copies\b|vehicles\b|cars\b|trees\b|deaths\b|children\b|women\b|men\b|families\b|seats\b|passengers\b|beds\b|years\b|days\b|megawatts\b|calories\b"
    r"|[NSEW]\.\s|(?:North|South|East|West)\s+[A-Z]|(?:[NSEW]\.?\s+)?(?:[A-Z][\w.'’-]+\s+){1,3}(?:St\b|Street\b|Ave\b|Avenue\b|Blvd\b|Boulevard\b|Road\b|Rd\b|Drive\b|Dr\b|Lane\b|Ln\b|Way\b|Court\b|Ct\b|Place\b|Pl\b|Highway\b|Hwy\b|Parkway\b|Pkwy\b|Terrace\b|Circle\b))"
)
"""What follows a number that counts or is a house number."""
EXPECTS_YEAR = re.compile(
    r"\b(?:in|since|from|of|by|until|till|before|after|during|between|circa|through|to|and|or|for|the|early|late|mid|year|than|around|about|back|than|dating|fall|spring|summer|winter|autumn|again|as|throughout|over|on)[\s(-]+$",
    re.IGNORECASE,
)
MODERN = range(1900, 2101)
"""Years that stand by themselves; older and later ones need a word that years follow."""
ROUND = 2000
""" "2000" is more often a count than a year, so it needs such a word too."""
CAPITAL = re.compile(r"\s+[A-Z][a-z]+")
_AS_SURNAME = re.compile(
    r"(?:\b(?:Theresa|Elaine|Brian|Ms\.|Mr\.|Mrs\.|Dr\.|Rep\.|Sen\.|Gov\.|Mayor|Chief|Prime Minister|Minister|Councilman|Councilwoman|President|Fredric|Imelda)\s+)$"
)
_SAID = re.compile(
    r"\s+(?:said|says|told|added|also|argued|resigned|wrote|who|has|was|is|and\s+her|did|will|had)\b|['’]s\s+[a-z]"
)
_MAY_VERB = re.compile(r"\s+(?:be|have|not|also|vote|seem|well|I|we|you|he|she|it|they|still|or\s+may)\b")
_BEFORE_MONTH = re.compile(
    r"(?:\b(?:in|since|until|till|by|through|of|from|to|and|between|last|next|this|early|late|mid|during|for|before|after|on|or|than|each|every|every|that|as|again|is|was|around|starting|beginning|effective|throughout|into|come|ending|ended|the)[\s,-]+|[\d(,–—-]\s*|^|[\n.;:]\s*)$",
    re.IGNORECASE,
)
_NAMED_DAY = re.compile(
    r"\b(?:Black|Bloody|Super|Ruby|Cyber|Giving|Freaky|Holy|Stormy|Casual|Red|Easter|Joe|Billy|Meatless|Sgt\.|Every|every|each|Each|any|most|on\s+alternate|Alternate|Taco|Palm|Ash|Maundy)\s+$"
)
_SCHEDULE = re.compile(
    r"\s*(?:[-–—]|through|thru|to)\s*(?:Friday|Fri|Saturday|Sat|Sunday|Sun|Thursday|Thurs)\b|s\b", re.IGNORECASE
)


def plausible_year(match: re.Match[str], ground: Ground) -> bool:
    """A bare number of four digits is a year where nothing makes it a bill, an address or a count."""
    before, after = ground.before(match.start()), ground.text[match.end() : match.end() + 60]
    if (
        NUMBERED.search(before)
        and not re.search(r"(?:\w\s?[-–/]|\()$", before)
        or COUNTED.match(after)
        or re.match(r"[-–]\d", after)
    ):
        return False
    year = int(match["year"])
    if re.search(r"\w[-–]$", before) and not re.search(
        r"\b(?:mid|pre|post|early|late|since)[-–]$|\d{4}\s?[-–]$", before, re.IGNORECASE
    ):
        return False
    if year in MODERN and year != ROUND:
        return True
    return bool(EXPECTS_YEAR.search(before)) and not re.match(r"\s+[a-z]+s\b", after)


def plausible_month(match: re.Match[str], ground: Ground) -> bool:
    """ "May said", "April Smith", "The march": a month's name that is a verb or a person's."""
    before, after, name = ground.before(match.start()), ground.after(match.end()), match["month"]
    if name in {"May", "MAY"} and (_MAY_VERB.match(after) or _AS_SURNAME.search(before) or _SAID.match(after)):
        return False
    if name in {"May", "March"} and not _BEFORE_MONTH.search(before):
        return False
    if name in {"April", "August", "June", "May", "Jan", "March"}:
        if CAPITAL.match(after) and not re.search(
            r"\b(?:in|since|until|by|last|next|this|early|late|of)[\s-]+$", before, re.IGNORECASE
        ):
            return False
        return not re.search(r"\b[A-Z][a-z]+\s+$", before) or bool(
            re.search(
                r"\b(?:In|Since|Until|By|Last|Next|This|Early|Late|From|And|Through|Mid|During|For|Before|After)\s+$",
                before,
            )
        )
    return True


def plausible_weekday(match: re.Match[str], ground: Ground) -> bool:
    """ "every Monday", "Monday through Friday", "Black Friday" have no single day."""
    before = ground.before(match.start())
    if _NAMED_DAY.search(before) or re.search(
        r"\b(?:Monday|Mon\.?|Sunday|Tuesday)\s*(?:[-–—]|through|thru)\s*$", before, re.IGNORECASE
    ):
        return False
    return not (_SCHEDULE.match(ground.after(match.end())) and match.group().lower().startswith(("mon", "sun", "tue")))


def plausible_day(match: re.Match[str], ground: Ground) -> bool:
    """ "voted in October 12-6" has a month and a count of votes; "March 20 percent" has no day."""
    votes = re.match(r"[-–](\d+)", ground.after(match.end()))
    if votes and not match["year"] and int(votes[1]) <= int(re.sub(r"\D", "", match["day"])):
        return False
    return not (COUNTED.match(ground.text, match.end()) and not match["year"])


def plausible_span(match: re.Match[str], ground: Ground) -> bool:
    """ "2013-14", "2013-2014" are years; "Ordinance 2019-44" and "2019-44" are not."""
    before, first = ground.before(match.start()), int(match["year"])
    last = int(match["last"])
    last = last if last > 100 else first - first % 100 + last
    return not NUMBERED.search(before.rstrip("(")) and 0 < last - first <= (
        MAX_SPAN if len(match["last"]) == 2 else MAX_LONG_SPAN
    )


MAX_SPAN = 5
""" "2013-14", "2013-18": a longer short form is more likely a bill's number."""
MAX_LONG_SPAN = 150


def plausible_numeric(match: re.Match[str], ground: Ground) -> bool:
    """Not part of a telephone number, a bill number or a version."""
    return not re.search(
        r"[\w.-]$|\b(?:Section|Sec\.|Ordinance|Order|Chapter|Policy|version|Code)\s*$", ground.before(match.start())
    )


GUARDS: dict[str, Callable[[re.Match[str], Ground], bool]] = {
    "year": plausible_year,
    "month": plausible_month,
    "month_day": plausible_day,
    "weekday": plausible_weekday,
    "year_span": plausible_span,
    "numeric": plausible_numeric,
    "iso": plausible_numeric,
}
