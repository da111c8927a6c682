"""Makes the demo's feeds and pages from the articles, and what governments publish there (`published.py`).

`python tests/support/demo_site/build.py` writes them into `jobs/demo/site`; `--gold` prints the articles with their
labels instead.

Source of truth: articles/*.toml (one file a story) and jobs/demo/site/manifest.toml (the feeds). What is written is
deterministic and is kept in version control, to be inspected and served as it is; tests/unit/test_demo_site.py compares
the two.
"""

import email.utils
import json
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jinja2
from pydantic import Field, model_validator

sys.path.insert(0, str(Path(__file__).parents[2]))

from jobs.demo.server import BASE, SITE, Manifest, Sample, SampleFeed, load_manifest
from support.demo_site.published import published
from tracker.model import OcdId, Stage
from tracker.partial_date import PartialDate

HERE = Path(__file__).parent
SUMMARY_CHARS = 180
"""About two lines in a feed reader, as outlets cut them."""
RELATED = 4
"""Headlines of other stories beside an article, as on real pages."""


class Expectation(Sample):
    """An entry that an article should give. `date_alt` holds dates that are as right."""

    jurisdiction: OcdId
    stage: Stage
    date: PartialDate | None = None
    date_alt: tuple[PartialDate, ...] = ()
    primary: bool = False


class Story(Sample):
    """One article with the entries that it should give, or the reason for none."""

    slug: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}-[a-z0-9-]+$")
    outlet: str
    feeds: tuple[str, ...] = Field(min_length=1)
    title: str
    published: datetime
    byline: str = "Staff report"
    text: str
    topic: str = "other"
    topic_alt: tuple[str, ...] = ()
    expect: tuple[Expectation, ...] = ()
    why_none: str = ""
    copy_of: str = ""

    @model_validator(mode="after")
    def _expects_something(self) -> "Story":
        if bool(self.expect) == bool(self.why_none):
            raise ValueError(f"{self.slug}: give either expected entries or why there are none")
        if self.expect and sum(entry.primary for entry in self.expect) != 1:
            raise ValueError(f"{self.slug}: exactly one expected entry is primary")
        return self

    @property
    def path(self) -> str:
        """Where its page stands, below the site and on disk."""
        return f"pages/{self.outlet}/{self.slug}.html"

    @property
    def paragraphs(self) -> list[str]:
        """The text's paragraphs, each on one line."""
        return [" ".join(part.split()) for part in self.text.strip().split("\n\n")]

    @property
    def plain(self) -> str:
        """Paragraphs separated by a blank line, as an article's text is kept."""
        return "\n\n".join(self.paragraphs)

    @property
    def summary(self) -> str:
        """The first paragraph, cut at a word."""
        first = self.paragraphs[0]
        return first if len(first) <= SUMMARY_CHARS else first[:SUMMARY_CHARS].rsplit(" ", 1)[0] + " …"


def load_stories() -> tuple[Story, ...]:
    """Every article, oldest first."""
    files = sorted((HERE / "articles").glob("*.toml"))
    found = [Story.model_validate(raw) for file in files for raw in _articles(file)]
    return tuple(sorted(found, key=lambda story: (story.published, story.slug)))


def _articles(file: Path) -> Iterator[dict[str, Any]]:
    yield from tomllib.loads(file.read_text("utf-8"))["article"]


def gold(stories: Iterable[Story], manifest: Manifest) -> Iterator[dict[str, Any]]:
    """The articles with their labels, in the form that `tracker read` takes and evaluation compares with."""
    for story in stories:
        outlet = manifest.outlets[story.outlet]
        labels = [entry.model_dump(mode="json", exclude={"date_alt"}) for entry in story.expect]
        yield {
            "id": story.slug,
            "url": f"{BASE}/{story.path}",
            "title": story.title,
            "text": story.plain,
            "published": story.published.isoformat(),
            "publisher": outlet.name,
            "source_home": outlet.home or None,
            "is_change": bool(labels),
            "topic": story.topic,
            "topic_alt": list(story.topic_alt),
            "entries": labels,
        }


def _environment() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(HERE / "templates")
    jinja = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    jinja.filters["rfc822"] = email.utils.format_datetime
    jinja.filters["utc"] = lambda moment: moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    jinja.filters["long"] = lambda moment: f"{moment:%B} {moment.day}, {moment.year}"
    return jinja


def _related(story: Story, stories: Sequence[Story]) -> list[Story]:
    others = [other for other in stories if other.outlet == story.outlet and other.slug != story.slug]
    return others[:RELATED]


def pages(stories: Sequence[Story], manifest: Manifest) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every article's page."""
    jinja = _environment()
    for story in stories:
        outlet = manifest.outlets[story.outlet]
        template = jinja.get_template(f"{outlet.layout}.html.j2")
        html = template.render(story=story, outlet=outlet, related=_related(story, stories), base=BASE)
        yield story.path, html.encode()


def feeds(stories: Sequence[Story], manifest: Manifest) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every feed that has a file; newest article first, as feeds are."""
    jinja = _environment()
    for name, feed in manifest.feeds.items():
        items = [story for story in reversed(stories) if name in story.feeds]
        if feed.format != "missing":
            yield feed.path, _feed_bytes(jinja, feed, items, manifest)


def _feed_bytes(jinja: jinja2.Environment, feed: SampleFeed, items: Sequence[Story], manifest: Manifest) -> bytes:
    if feed.format == "garbage":
        return b'<?xml version="1.0"?>\n<rss version="2.0"><chan' + bytes(range(256)) * 4
    kind = {"atom": "atom.xml.j2", "html": "notice.html.j2"}.get(feed.format, "rss.xml.j2")
    built = max((story.published for story in items), default=manifest.now)
    text = jinja.get_template(kind).render(feed=feed, items=items, manifest=manifest, base=BASE, built=built)
    body = text.encode(feed.encoding, "xmlcharrefreplace")
    return body[: body.rindex(b"<item>") + 200] if feed.format == "truncated" else body


def site(stories: Sequence[Story], manifest: Manifest) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of all that is made: feeds, pages, and what governments publish."""
    yield from feeds(stories, manifest)
    yield from pages(stories, manifest)
    yield from published()


def build(out: Path = SITE) -> int:
    """Writes all of it below `out`; returns how many files."""
    written = list(site(load_stories(), load_manifest()))
    for path, body in written:
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
    return len(written)


if __name__ == "__main__":
    if "--gold" in sys.argv:
        for record in gold(load_stories(), load_manifest()):
            sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(f"{build()} files written\n")
