"""Templates to bytes. Everything that comes from outside is cleaned and escaped on its way."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment

from tracker.model import Entry
from tracker.publish import addresses, safe, search_query, words
from tracker.publish.hearings import phrases
from tracker.publish.proof import proof_elsewhere, quote_parts
from tracker.publish.report.coverage import record_facts, record_name
from tracker.publish.report.site_pages import PAGES
from tracker.publish.templating import environment

File = tuple[str, bytes]
"""A file of the site: its path from the root, and what it holds."""


@cache
def templates() -> Environment:
    """The report's templates; compiled once."""
    env = environment("tracker.publish.report")
    env.globals |= {"stands": words.STANDS, "menu": [item for item in PAGES if item.menu]}
    env.globals |= {"quote_parts": quote_parts, "proof_elsewhere": proof_elsewhere}
    env.globals |= {"record_name": record_name, "record_facts": record_facts}
    env.globals["hearing_words"] = phrases
    env.globals["spellings"] = [[" ".join(name) for name in names] for names in search_query.spelling_groups()]
    return env


@dataclass(frozen=True)
class Site:
    """What is the same on every page of one build. `contact` is an e-mail or web address, or empty; `licence`
    that of the dataset (`tracker.publish.licences`). `remark_url` and `sign_up_url` are forms, or empty: one to report
    an error in an entry, one to ask for the mails. `serves_documents`: kept files of
    documents stand beside their pages."""

    today: date
    built: datetime
    public_url: str = ""
    contact: str = ""
    licence: str = ""
    remark_url: str = ""
    sign_up_url: str = ""
    serves_documents: bool = False
    name: str = "Procedure tracker"

    def report_error(self, entry: Entry | None = None) -> str:
        """Where to write about an error: the form, which without an entry says how one comes to it, else a mail with
        its subject filled in, a web address, or nothing."""
        if self.remark_url:
            return f"{self.remark_url}?entry={quote(entry.id, safe='')}" if entry else self.remark_url
        return safe.reach(self.contact, f"Error in entry {safe.plain(entry.id)}" if entry else self.name)

    def sign_up(self, place: str = "", topic: str = "") -> str:
        """Where to ask for the mails, about a place or a topic; empty where nobody can."""
        asked = urlencode({name: value for name, value in (("place", place), ("topic", topic)) if value})
        return f"{self.sign_up_url}{'?' if asked else ''}{asked}" if self.sign_up_url else ""


def context(site: Site, path: str) -> dict[str, Any]:
    """The names that every template knows: `link` leads from this page to a folder or file of the site."""
    return {
        "site": site,
        "path": path,
        "link": partial(addresses.relative, start=path),
        "stage_words": partial(words.stage, today=site.today),
        "canonical": f"{site.public_url.rstrip('/')}/{path}" if site.public_url else "",
    }


def page(site: Site, template: str, path: str, **values: Any) -> bytes:
    """The page for folder `path` as UTF-8."""
    text = templates().get_template(template).render(**context(site, path), **values)
    return text.encode("utf-8", "replace")
