"""Small pages of a place or a policy that other sites show in a frame, and the lines that put them there."""

from collections.abc import Sequence
from itertools import chain

from markupsafe import escape

from tracker.model import Entry
from tracker.publish import addresses
from tracker.publish.geography import NamedPlace
from tracker.publish.report.render import File, Site, page
from tracker.publish.report.threads import Thread, moment
from tracker.publish.safe import plain, shorten

STEPS = 6
"""Entries that a frame shows: what is 420 pixels high, and a little to scroll."""
HEIGHT = 420
TITLE_LENGTH = 120


def of_place(site: Site, place: NamedPlace, shown: Sequence[Thread]) -> File:
    """The latest steps of a place."""
    entries = chain.from_iterable(item.entries for item in shown)
    latest = sorted(entries, key=moment, reverse=True)
    return _page(site, place.folder, place.label, "", latest)


def of_policy(site: Site, place: NamedPlace, item: Thread) -> File:
    """The latest steps of a policy, under how it stands."""
    name = f"{item.policy.name} ({place.label})"
    return _page(site, addresses.policy(item.policy.id), name, item.words, item.entries)


def _page(site: Site, folder: str, heading: str, standing: str, entries: Sequence[Entry]) -> File:
    path = addresses.embed(folder)
    values = {"heading": heading, "standing": standing, "entries": entries[:STEPS], "more": len(entries) > STEPS}
    return path + "index.html", page(site, "embed.html.j2", path, whole=folder, **values)


def snippet(site: Site, folder: str, title: str) -> str:
    """HTML that shows the small page of the page in `folder` on any site; empty where this one has no address."""
    if not site.public_url:
        return ""
    address = escape(f"{site.public_url}/{addresses.embed(folder)}index.html")
    return (
        f'<iframe src="{address}" title="{escape(shorten(plain(title), TITLE_LENGTH))}" width="100%" height="{HEIGHT}" '
        'loading="lazy" style="border:1px solid #ccc"></iframe>'
    )
