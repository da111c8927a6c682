"""Atom (RFC 4287): one entry an entry, its updates told by the time of the last revision."""

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from xml.sax.saxutils import escape, quoteattr

from tracker.model import Entry
from tracker.publish import geography, words
from tracker.publish.exports.format import Export
from tracker.publish.safe import plain, web_address

NAMESPACE = "http://www.w3.org/2005/Atom"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries was updated: the same at every build, so that the file does not change."""


def urn(kind: str, name: str) -> str:
    """An id that stays the same wherever the feed is published (RFC 4122, version 5)."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"procedure-tracker:{kind}:{plain(name)}").urn


def updated(entry: Entry) -> datetime:
    """The time of the last revision, else the day of the last report."""
    if entry.revisions:
        moment = max(
            revision.at if revision.at.tzinfo else revision.at.replace(tzinfo=UTC) for revision in entry.revisions
        )
        return moment.astimezone(UTC)
    last = max((item.published for item in entry.evidence), default=NEVER.date())
    return datetime.combine(last, time(), UTC)


def stamp(moment: datetime) -> str:
    """RFC 3339 in UTC, whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def headline(entry: Entry, today: date) -> str:
    """`Milwaukee: Took effect, July 6, 2017: …`."""
    return plain(f"{geography.label(entry)}: {words.stage(entry, today)}, {words.when(entry)}: {entry.title}")


def facts(entry: Entry) -> dict[str, str]:
    """What readers may sort by, by its name; only what is known."""
    told = {
        "stage": entry.stage.value,
        "effect": entry.effect or "",
        "direction": entry.direction or "",
        "standing": entry.standing,
        "policy": entry.policy,
    }
    return {name: term for name, term in told.items() if term}


def account(entry: Entry) -> list[str]:
    """The lines of a text about an entry: its direction, date and basis, its policy, what was reported."""
    firsts = (first for first, _ in words.reports(entry))
    quotes = (f"{words.in_quotes(plain(item.finding.said))} ({plain(words.outlet(item))})" for item in firsts)
    policy = f"{entry.policy_name}: {entry.standing_line}" if entry.policy_name else ""
    lines = [words.direction(entry), f"{words.when(entry)} ({words.basis(entry)})", policy]
    return [*(plain(line) for line in lines if line), *quotes]


def element(name: str, text: str = "", **attributes: str) -> str:
    """An element, escaped by the standard library."""
    told = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name}{told}>{escape(text)}</{name}>" if text else f"<{name}{told}/>"


def feed_head(name: str, title: str, page: str) -> str:
    """What begins a feed; `name` is its URN, `page` the address of the page that it is of, empty where it has none."""
    feed = element("id", name) + element("title", plain(title))
    feed += f"<author>{element('name', 'Procedure tracker')}</author>"
    feed += element("link", rel="alternate", type="text/html", href=page) if page else ""
    return f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="{NAMESPACE}" xml:lang="en">\n{feed}'


class AtomExport(Export):
    """A feed; `updated` stands at its end, since it is known only then (RFC 4287 leaves the order free)."""

    latest = NEVER

    def head(self) -> str:
        name = urn("feed", f"{self.public_url} {self.title}")
        return feed_head(name, self.title, f"{self.public_url}/" if self.public_url else "") + "\n"

    def item(self, entry: Entry) -> str:
        moment = updated(entry)
        self.latest = max(self.latest, moment)
        parts = [
            element("id", urn("entry", entry.id)),
            element("title", headline(entry, self.today)),
            element("updated", stamp(moment)),
            *self._links(entry),
            element("category", term=plain(entry.topic)),
            *(
                element("category", term=plain(term), scheme=f"urn:procedure-tracker:{kind}")
                for kind, term in facts(entry).items()
            ),
            element("content", "\n".join(account(entry)), type="text"),
        ]
        return f"<entry>{''.join(parts)}</entry>\n"

    def tail(self) -> str:
        return f"<updated>{stamp(self.latest)}</updated>\n</feed>\n"

    def _links(self, entry: Entry) -> Iterator[str]:
        sources = [address for item in entry.evidence if (address := web_address(item.url))]
        if page := self.permalink(entry) or next(iter(sources), ""):
            yield element("link", rel="alternate", href=page)
        yield from (element("link", rel="via", href=address) for address in dict.fromkeys(sources))
