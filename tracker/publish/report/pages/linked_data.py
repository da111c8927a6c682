"""JSON-LD (schema.org) for machines that read pages: the act, and the articles that prove it."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup

from tracker.characters import escaped
from tracker.model import Entry, Policy, Stage
from tracker.publish import words
from tracker.publish.safe import web_address

_ACTS = ("ordinance", "resolution", "order", "code", "charter", "law", "act", "agreement", "procedure", "directive")
"""Words of instruments that schema.org's Legislation covers: rules that a public body lays down."""


def _script(value: dict[str, Any]) -> Markup:
    """JSON that cannot end its script element (HTML Living Standard, 4.12.1.3)."""
    text = json.dumps({"@context": "https://schema.org", **value}, ensure_ascii=False)
    for mark, code in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(mark, code)
    return Markup(escaped(text))  # noqa: S704 - escaped above


def _citations(entries: Iterable[Entry]) -> list[dict[str, str]]:
    found = {}
    for entry in entries:
        for item in entry.evidence:
            address = web_address(item.url)
            if address:
                found[address] = {
                    "@type": "NewsArticle",
                    "url": address,
                    "headline": item.title,
                    "publisher": words.outlet(item),
                }
                if item.published_basis is not words.SEEN:
                    found[address]["datePublished"] = item.published.isoformat()
    return list(found.values())


def _act(entries: Sequence[Entry], name: str, place: str) -> dict[str, Any]:
    latest = entries[0]
    fits = any(word in latest.instrument.lower() for word in _ACTS)
    value: dict[str, Any] = {"@type": "Legislation" if fits else "CreativeWork", "name": name}
    value["spatialCoverage"] = {"@type": "AdministrativeArea", "name": place, "identifier": latest.jurisdiction}
    if fits:
        value |= {"legislationType": latest.instrument, "legislationJurisdiction": place}
        adopted = next((entry.date for entry in entries if entry.stage is Stage.ADOPTED and entry.date), None)
        value |= {"legislationDate": str(adopted)} if adopted and adopted.precision != "interval" else {}
        value |= {"legislationIdentifier": latest.identifier} if latest.identifier else {}
    return value | {"citation": _citations(entries)}


def entry(item: Entry, place: str) -> Markup:
    """One entry as a schema.org value."""
    return _script(_act([item], item.title, place))


def policy(item: Policy, entries: Sequence[Entry], place: str) -> Markup:
    """A policy with the reports of all its entries, newest entry first."""
    return _script(_act(entries, item.name, place))
