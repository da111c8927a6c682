"""Before the vote: what stands on the agendas of meetings to come, of all places and of each topic."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from tracker.hearings import Agendas, Hearing, in_order
from tracker.model import OcdId
from tracker.publish import words
from tracker.publish.hearings.files import FILES
from tracker.publish.hearings.phrases import by_day, taken_off
from tracker.publish.report.pages.place import hearing_files
from tracker.publish.report.render import File, Site, page
from tracker.read.topics import topics

FOLDER, TEMPLATE = "coming/", "coming.html.j2"
TITLE = "Hearings before local governments"
LISTED = 500
"""Hearings on one page; the pages of places and topics, and the files, have all of theirs."""


def values(agendas: Mapping[OcdId, Agendas], topic: str = "") -> dict[str, Any]:
    """What the page of all hearings, or of those on a topic, is made of."""
    every = _hearings(agendas)
    shown = [one for one in every if topic in ("", one.topic)]
    return {
        "days": by_day(shown[:LISTED]),
        "off": taken_off(shown),
        "unlisted": max(0, len(shown) - LISTED),
        "records": len(agendas),
        "until": _until(agendas.values()),
        "topic": topic,
        "on_topics": sorted(
            Counter(one.topic for one in every if one.topic).items(), key=lambda pair: words.topic(pair[0])
        ),
        "downloads": FILES,
    }


def pages(site: Site, agendas: Mapping[OcdId, Agendas]) -> Iterator[File]:
    """The files beside the index and the page of all; where a record is followed a page with files for each topic, also
    while nothing on it comes up, so that their addresses stay."""
    every = _hearings(agendas)
    yield from hearing_files(site, "", every, TITLE)
    yield from hearing_files(site, FOLDER, every, TITLE)
    for topic in topics() if agendas else ():
        folder = f"{FOLDER}{topic}/"
        yield from hearing_files(site, folder, _on(topic, every), f"{TITLE}: {words.topic(topic)}")
        yield f"{folder}index.html", page(site, TEMPLATE, folder, **values(agendas, topic))


def _hearings(agendas: Mapping[OcdId, Agendas]) -> Sequence[Hearing]:
    return in_order(one for its in agendas.values() for one in its.hearings)


def _on(topic: str, hearings: Iterable[Hearing]) -> list[Hearing]:
    return [one for one in hearings if one.topic == topic]


def _until(agendas: Iterable[Agendas]) -> date | None:
    """The last day of a meeting that is announced anywhere."""
    return max((its.until for its in agendas if its.until), default=None)
