"""Listings of the directory that users added: they win over those that ship."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from db.mapping import insert_or_replace
from db.tables.sources import ListingRow
from db.values import storable
from tracker.gather.sources.directory import Listing, same_listing
from tracker.kinds import ListingKind


def own_listings(session: Session) -> list[Listing]:
    """All that were added, by place."""
    rows = session.exec(select(ListingRow).order_by(col(ListingRow.home), col(ListingRow.kind), col(ListingRow.form)))
    return [Listing(row.home, row.kind, row.url, row.title, row.found_in, row.answered) for row in rows]


def save(session: Session, listings: Iterable[Listing], now: datetime) -> None:
    """Adds listings; one of the same place, kind and address, or of the same place's council, takes its new form."""
    rows = {same_listing(one): _row(one, now) for one in listings}
    insert_or_replace(session, ListingRow, rows.values(), ["home", "kind", "form"])


def _row(one: Listing, now: datetime) -> dict[str, object]:
    home, kind, form = same_listing(one)
    texts = {"form": form, "url": one.url, "title": one.title, "found_in": one.found_in}
    values = {name: storable(text) for name, text in texts.items()}
    return {"home": home, "kind": ListingKind(kind), "answered": one.answered, "added_at": now, **values}
