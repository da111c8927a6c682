"""How to cite an entry: in words, and as BibTeX, RIS and CSL-JSON for reference managers."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.model import Entry
from tracker.publish import addresses, words
from tracker.publish.geography import NamedPlace
from tracker.publish.report.render import Site
from tracker.publish.safe import plain, shorten

TITLE_LENGTH = 240
_SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_SPECIAL |= {mark: f"\\{mark}" for mark in "{}%&$#_"}
"""What TeX would take for something else (Lamport, LaTeX, 2.1)."""
_NOT_IN_KEYS = re.compile("[^A-Za-z0-9-]+")


@dataclass(frozen=True)
class Citation:
    """One entry as it is cited. `day` is that of its last revision, `url` its permalink, empty where the site has no
    address."""

    key: str
    title: str
    note: str
    version: str
    day: date | None
    url: str
    site: str

    @property
    def formats(self) -> list[tuple[str, str]]:
        """(name, text) of each form for programs."""
        return [("BibTeX", self.bibtex), ("RIS", self.ris), ("CSL-JSON", self.csl)]

    @property
    def bibtex(self) -> str:
        """A `@misc` record, as BibTeX and biber read it."""
        told = {"author": f"{{{_tex(self.site)}}}", "title": f"{{{_tex(self.title)}}}"}
        if self.day:
            told |= {"year": str(self.day.year), "date": self.day.isoformat()}
        told |= {"version": self.version, "note": _tex(self.note)}
        told |= {"url": self.url} if self.url else {}
        lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in told.items())
        return f"@misc{{{self.key},\n{lines}\n}}"

    @property
    def ris(self) -> str:
        """A record of the type ELEC (RIS format, 2001)."""
        return "\n".join(
            f"{tag}  - {value}".rstrip() if tag == "ER" else f"{tag}  - {value}" for tag, value in self._ris()
        )

    def _ris(self) -> Iterator[tuple[str, str]]:
        yield from (("TY", "ELEC"), ("AU", self.site), ("TI", self.title))
        if self.day:
            yield from (("PY", str(self.day.year)), ("DA", f"{self.day:%Y/%m/%d}"))
        yield from (("ET", self.version), ("N1", self.note))
        if self.url:
            yield "UR", self.url
        yield "ER", ""

    @property
    def csl(self) -> str:
        """An item of CSL-JSON (Citation Style Language 1.0.2)."""
        told: dict[str, Any] = {"id": self.key, "type": "webpage", "title": self.title, "container-title": self.site}
        told |= {"author": [{"literal": self.site}], "version": self.version, "note": self.note}
        if self.day:
            told["issued"] = {"date-parts": [[self.day.year, self.day.month, self.day.day]]}
        told |= {"URL": self.url} if self.url else {}
        lines = (f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in told.items())
        return "[{\n  " + ",\n  ".join(lines) + "\n}]"


def citation(site: Site, place: NamedPlace, entry: Entry) -> Citation:
    """The entry as it stands."""
    folder = addresses.entry(entry.id)
    last = entry.revisions[-1].at.date() if entry.revisions else None
    return Citation(
        key=f"tracker-{_NOT_IN_KEYS.sub('-', addresses.segment(entry.id)).strip('-')}-r{entry.revision}",
        title=shorten(plain(f"{place.label}: {entry.title}"), TITLE_LENGTH),
        note=plain(f"{words.stage(entry, site.today)}, {words.when(entry)}. Entry {entry.id}"),
        version=f"revision {entry.revision}",
        day=last,
        url=f"{site.public_url}/{folder}" if site.public_url else "",
        site=site.name,
    )


def _tex(text: str) -> str:
    return "".join(_SPECIAL.get(mark, mark) for mark in text)
