"""Heads as departments of many kinds lay them out (order_heads.txt), through the page of each: what is told of them."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from html import escape
from itertools import groupby
from pathlib import Path

import pytest

from tracker.gather.documents.reading import read_document
from tracker.read.documents.order_head import OrderHead, order_head
from tracker.read.documents.printed_labels import DateKind

TODAY = date(2026, 11, 30)
DATES = ("issued", "effective", "revised", "reviewed", "next_review")
RULES = ("I. PURPOSE", "This order tells what members shall do with a badge.", "A. Members shall wear the badge.")
FLOORS = {"dates": 0.945, "number": 0.94, "title": 0.9, "department": 0.89, "replaces": 0.99}
"""Of what the heads print; all were looked at. At first sight, before anything was mended for them, 31 of 37 dates of
the twenty before the last twelve were right, and 21 of 24 of the last twelve."""
MOST_FALSE = 1
"""Dates that no head prints."""


def heads() -> Iterator[tuple[list[str], dict[str, str]]]:
    """The lines of each head, and what it tells."""
    text = Path(__file__).with_name("order_heads.txt").read_text("utf-8").partition("\n\n")[2]
    for block in text.strip().split("\n\n"):
        *lines, told = block.splitlines()
        yield lines, dict(item.split(" ", 1) for item in told.removeprefix("= ").split("; "))  # type: ignore[misc]


def page(lines: list[str]) -> bytes:
    """The page of an order with that head."""
    parts = []
    for table, rows in groupby(lines, key=lambda line: " | " in line):
        cells = [[escape(cell) for cell in row.split(" | ")] for row in rows]
        row = "<tr><td>{}</td></tr>" if table else "<p>{}</p>"
        body = "".join(row.format("</td><td>".join(each)) for each in cells)
        parts.append(f"<table>{body}</table>" if table else body)
    rules = "".join(f"<p>{rule}</p>" for rule in RULES)
    return f"<!DOCTYPE html><html><body><main>{''.join(parts)}{rules}</main></body></html>".encode()


def told(head: OrderHead) -> dict[str, str]:
    dates = {kind.value: str(day) for kind in DateKind if kind.value in DATES and (day := head.date(kind))}
    replaced = ", ".join(f"{each.number or '-'} {each.date or ''}".strip() for each in head.replaced)
    return dates | {
        "number": head.number,
        "title": head.title,
        "department": head.department,
        "replaces": replaced,
    }


@pytest.fixture(scope="module")
def counts() -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Of each field: how often it is printed, is told right, and is told where none is printed."""
    printed, right, false = Counter[str](), Counter[str](), Counter[str]()
    for lines, expected in heads():
        found = told(order_head(read_document(page(lines), "https://elm.example/order"), TODAY))
        for field in {*expected, *found}:
            name = "dates" if field in DATES else field
            printed[name] += field in expected
            right[name] += field in expected and found.get(field) == expected[field]
            false[name] += field not in expected and bool(found[field])
    return printed, right, false


def test_there_are_heads_of_many_kinds(counts: tuple[Counter[str], ...]) -> None:
    assert len(list(heads())) >= 70
    assert counts[0]["dates"] >= 140


@pytest.mark.parametrize("name", FLOORS)
def test_what_is_printed_is_told(name: str, counts: tuple[Counter[str], ...]) -> None:
    printed, right, _ = counts
    assert right[name] / printed[name] >= FLOORS[name], f"{right[name]} of {printed[name]}"


def test_hardly_a_date_is_told_that_is_none(counts: tuple[Counter[str], ...]) -> None:
    assert counts[2]["dates"] <= MOST_FALSE
