"""Lists of counties: "Benton and Washington counties", "the counties of Ada, Boise and Canyon"."""

import re

_NAME = r"[A-Z][\w'’-]*\.?(?: [A-Z][\w'’-]*\.?){0,2}"
_LIST = rf"{_NAME}(?:, {_NAME}){{0,12}},? and {_NAME}"
_COUNTIES = re.compile(r"\b(?:[Cc]ounties|[Pp]arishes)\b")
_BEFORE = re.compile(rf"(?:\b{_LIST}|{_NAME}) $")
_BEHIND = re.compile(rf"(?:,| of|:| like| such as|, including)? (?P<list>{_LIST})")
_ONE = re.compile(_NAME)
REACH = 250
"""Characters before "counties" in which a list may stand."""


def county_lists(text: str) -> dict[int, str]:
    """Where each name of a list of counties begins → the name."""
    found: dict[int, str] = {}
    for word in _COUNTIES.finditer(text):
        before = _BEFORE.search(text, max(0, word.start() - REACH), word.start())
        behind = _BEHIND.match(text, word.end())
        spans = [match.span(group) for match, group in ((before, 0), (behind, "list")) if match]
        found |= {name.start(): name.group() for span in spans for name in _ONE.finditer(text, *span)}
    return found
