"""Texts that grow without end, each in the way that costs a careless matcher most."""

from collections.abc import Callable

from tracker.model import Article

CHANGE = "The Dayton City Commission voted 5-2 Tuesday to adopt an ordinance that bans tents in city parks"
OPENING = f"{CHANGE}. " * 20
"""So many words that the look at the first ones finds news, and what comes behind is read to the bottom."""
ENDLESS = {
    "one sentence": "and the council adopted the ordinance ",
    "acts and dates in one sentence": "the council adopted the ordinance June 1, and ",
    "acts, places and dates": "the Salem council adopted a ban on Tuesday, June 1, in Dayton, Ohio, and ",
    "starts": "it takes effect June 1, takes effect June 2, ",
    "dates in a row": "June 1, June 2, ",
    "years in a row": "2015, 2016, ",
    "places in a row": "Springfield, Dayton, Salem, ",
    "towns with years": "Springfield in 2017 and Dayton in 2018 and ",
    "counties": "Benton, Washington, Carroll and Madison counties, ",
    "people": "Mayor Ann Smith, Sheriff Bob Jones, Chief Carl Day, ",
    "names in capitals": "SMITH JONES ",
    "datelines": "SPRINGFIELD, Ill. (AP) — ",
    "brackets": "(",
    "brackets with spaces": "( ",
    "brackets within brackets": "(the council (adopted) ",
    "closing brackets": ")",
    "commas": ",",
    "commas with spaces": ", ",
    "stops": ".",
    "stops with spaces": ". ",
    "quotation marks": "“",
    "quotation marks with spaces": "” ",
    "stops and quotation marks": "No. “.” said ",
    "dashes": "— ",
    "digits": "1",
    "numbers": "1,000 ",
    "one number": "1,000,",
    "numbers of ordinances": "Ordinance 2019-44, General Order 3.21, ",
    "one word": "council",
    "one word with hyphens": "long-term-",
    "a rule that says when": "bring the second vote on the full full ",
    "in the next": "in the next ",
    "verbs": "voted to agree to ",
    "whose": "of the city's council's board's ",
    "sentences": "The council adopted the ordinance. ",
    "paragraphs": "The council adopted the ordinance on June 1.\n\n",
    "lines": "the council\nadopted it\n",
    "hyphens at line ends": "ordi\u00ad\nnance ",
    "marks nobody sees": "\u200b\u00ad",
    "blanks": " \u00a0\t",
    "emoji": "🎪",
    "right to left": "\u202eصوت المجلس\u202c ",
}


def repeated(piece: str, characters: int) -> str:
    """News, with a piece again and again in its last sentence but one."""
    return f"{OPENING}{CHANGE}, {(piece * (characters // len(piece) + 1))[:characters]} and so on. {CHANGE}."


def in_text(article: Callable[..., Article], piece: str, characters: int) -> Article:
    return article(repeated(piece, characters))


def in_title(article: Callable[..., Article], piece: str, characters: int) -> Article:
    return article(OPENING, title=f"{CHANGE}, {(piece * (characters // len(piece) + 1))[:characters]}")
