"""The head of an order that was printed as a table, whose cells came apart into lines: each name of a field with its
value again, whether names stand in the row above, or each below its value."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import takewhile

from tracker.read.documents.printed_labels import date_labels, field, grammar

LONGEST_NAME = 40
"""Characters of a cell that holds the name of a field."""
Test = Callable[[str], bool]


def field_lines(lines: Sequence[str], is_value: Test) -> Iterator[str]:
    """The lines, those that are cells as "Name: value"; `is_value` tells a date or a number that stands alone."""
    at = 0
    while at < len(lines):
        pairs = _row_above(lines[at:], is_value) or _below_values(lines[at:], is_value) or _beside(lines[at:])
        yield from (f"{name.rstrip(' :')}: {value}" for name, value in pairs)
        if not pairs:
            yield lines[at]
        at += 2 * len(pairs) or 1


def _row_above(lines: Sequence[str], is_value: Test) -> list[tuple[str, str]]:
    """Names of several fields, and then as many values: a date among them where one is named."""
    names = list(takewhile(_is_name, lines))
    values = lines[len(names) : 2 * len(names)]
    pairs = list(zip(names, values, strict=False))
    dated = any(_is_date_name(name) and is_value(value) for name, value in pairs)
    return pairs if 1 < len(names) == len(values) and dated and not any(map(_is_name, values)) else []


def _below_values(lines: Sequence[str], is_value: Test) -> list[tuple[str, str]]:
    """Values that each have their name below."""
    pairs = list(
        takewhile(lambda pair: is_value(pair[0]) and _is_name(pair[1]), zip(lines[::2], lines[1::2], strict=False))
    )
    ends = len(lines) == 2 * len(pairs) or not is_value(lines[2 * len(pairs)])
    return [(name, value) for value, name in pairs] if pairs and ends else []


def _beside(lines: Sequence[str]) -> list[tuple[str, str]]:
    """The name of a title alone, and its value."""
    alone = len(lines) > 1 and lines[0].lower() in grammar()["order"]["title_labels"] and len(lines[0]) > len("re")
    return (
        [] if not alone or _is_name(lines[1]) or field(("subject", "title")).match(lines[1]) else [(lines[0], lines[1])]
    )


def _is_name(line: str) -> bool:
    bare = line.lower().rstrip(" :.#")
    return len(line) <= LONGEST_NAME and (_is_date_name(line) or bare in _names())


def _is_date_name(line: str) -> bool:
    return any(label.start == 0 and label.end == len(line) for label in date_labels(line))


@cache
def _names() -> frozenset[str]:
    order = grammar()["order"]
    lists = (order["number_labels"], order["title_labels"], order["other_labels"], grammar()["replaces"]["labels"])
    return frozenset().union(*lists)
