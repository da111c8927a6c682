"""Articles: the list, and one with what was found in it marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from fastapi import Response

from db.desk import browsing
from db.desk.browsing import HeldFinding
from db.engine import reading
from db.opinions import opinions
from db.sources import records
from jobs.web.desk.desk_request import DeskRequest
from tracker.errors import BadInput
from tracker.model import Finding, Readings
from tracker.timeline.provenance import alike

AT_ONCE = 50
"""Lines of a page."""


@dataclass(frozen=True, slots=True)
class Side:
    """A step as one of two witnesses reads it, and whether the other reads it alike."""

    finding: Finding
    alike: bool


def show_list(request: DeskRequest) -> Response:
    """The articles that came last, or those with the words that were asked for."""
    words, only, page = request.query("q"), request.http.query_params.getlist("only"), request.page_number()
    which = {"changes_only": "changes" in only, "differ_only": "differ" in only}
    with reading(request.engine) as opened:
        found = browsing.article_lines(opened, words, AT_ONCE + 1, (page - 1) * AT_ONCE, **which)
        differ = browsing.some_differ(opened)
    more = len(found) > AT_ONCE
    return request.page("articles", articles=found[:AT_ONCE], more=more, page=page, only=only, differ=differ)


def show(request: DeskRequest) -> Response:
    """One article: its text with the quotes marked, and what the reader made of it."""
    with reading(request.engine) as opened:
        found, opinion = browsing.article(opened, request.path("key")), opinions.of_article(opened, request.path("key"))
        alone = opinions.readings(opened, [request.path("key")]).get(request.path("key"))
        held = records.held_record(opened, request.path("key"))
    if found is None:
        raise BadInput(f"there is no article {request.path('key')}")
    article, line, findings = found
    pieces, both = list(marked(article.text, findings)), sides(alone) if alone else ()
    return request.page(
        "article", article=article, line=line, told=findings, pieces=pieces, opinion=opinion, sides=both, held=held
    )


def sides(alone: Readings) -> tuple[list[Side], list[Side]]:
    """The steps that the encoder reads, and those of the model."""
    return _side(alone.encoder, alone.model), _side(alone.model, alone.encoder)


def _side(own: Sequence[Finding], others: Sequence[Finding]) -> list[Side]:
    return [Side(one, any(alike(one, other) for other in others)) for one in own]


def marked(text: str, findings: Sequence[HeldFinding]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The text in pieces, each with the numbers (from 1) of the findings that quote it; none for plain text."""
    spans = [
        (one.finding.start, one.finding.end, number)
        for number, one in enumerate(findings, 1)
        if text[one.finding.start : one.finding.end] == one.finding.quote
    ]
    borders = sorted({0, len(text), *(start for start, _, _ in spans), *(end for _, end, _ in spans)})
    for start, end in pairwise(borders):
        yield text[start:end], tuple(number for first, last, number in spans if first <= start and end <= last)
