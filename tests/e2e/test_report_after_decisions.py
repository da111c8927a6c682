"""After anything that people decide, the report that is there is the one that a fresh build would be.

The report is built into one folder after each step, so that only what a step touches is written anew. In the end every
link inside the site leads to a file, and a build of the same database into an empty folder gives the same files.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session

from db.engine import migrate, open_database
from db.people import decisions
from db.sessions import session
from jobs.publish import report
from jobs.settings import Settings
from support.databases.recording import NOW, arrive, live, recorded, says
from support.timeline.cases import CARDS, MILWAUKEE, any_evidence, evidence
from tracker.errors import BadInput
from tracker.model import Direction, Effect, Entry, Evidence, Stage
from tracker.partial_date import PartialDate
from tracker.timeline.decisions.acts import Act

WI = "ocd-division/country:us/state:wi"
MADISON = MILWAUKEE.replace("milwaukee", "madison")
ITEMS = (
    evidence(outlet="Journal"),
    evidence(outlet="Post", published="2017-06-24"),
    evidence("effective", "2017-07-06", outlet="Radio"),
    evidence("effective", "2017-07-20", outlet="News", published="2017-08-01", topic="jail-and-bail"),
    evidence("proposed", "2017-05-02", outlet="Herald", published="2017-05-03", **CARDS),
    evidence("adopted", "2017-05-30", outlet="Courier", published="2017-05-31", place=MADISON, name="Madison"),
)
LINK = re.compile(r'(?:href|src|data-names)="([^"]*)"')
Decide = Callable[[Session, list[Entry], Act], object]


def edit(number: int, **fields: Any) -> Decide:
    """An edit of the entry of this number."""
    return lambda opened, entries, act: decisions.edit(opened, entries[number % len(entries)].id, fields, act)


EDITS: dict[str, dict[str, Any]] = {
    "the topic to one that nothing else has": {"topic": "labor"},
    "the topic to another": {"topic": "immigration"},
    "the place to another state": {"jurisdiction": MILWAUKEE.replace("wi", "mn"), "jurisdiction_name": "Milwaukee"},
    "the place to another city": {"jurisdiction": MADISON, "jurisdiction_name": "Madison"},
    "the place to the state itself": {"jurisdiction": WI, "jurisdiction_name": "Wisconsin"},
    "the stage": {"stage": Stage.RESCINDED},
    "the date": {"date": PartialDate(2018, 1)},
    "no date": {"date": None},
    "the title": {"title": "A title"},
    "the subject": {"subject": "dogs in parks"},
    "the effect": {"effect": Effect.BANS},
    "the direction": {"direction": Direction.STRICTER},
}


def of(entries: list[Entry], number: int) -> Entry:
    return entries[number % len(entries)]


OTHERS: dict[str, Callable[[Session, list[Entry], int, Act], object]] = {
    "confirm": lambda s, e, n, act: decisions.confirm(s, of(e, n).id, act),
    "reject": lambda s, e, n, act: decisions.reject(s, of(e, n).id, act),
    "merge": lambda s, e, n, act: decisions.merge_entries(s, of(e, n).id, [of(e, n // 3).id], act),
    "merge across stages": lambda s, e, n, act: decisions.merge_entries(
        s, of(e, n).id, [of(e, n // 3).id], act, across_stages=True
    ),
    "move to another policy": lambda s, e, n, act: decisions.edit(
        s, of(e, n).id, {"policy": of(e, n // 3).policy}, act
    ),
    "split": lambda s, e, n, act: decisions.split_entry(s, of(e, n).id, [1 + n % 2], act),
    "rename": lambda s, e, n, act: decisions.rename_policy(s, of(e, n).policy, "Another name", act),
    "merge policies": lambda s, e, n, act: decisions.merge_policies(s, of(e, n).policy, [of(e, n // 3).policy], act),
    "split a policy": lambda s, e, n, act: decisions.split_policy(s, of(e, n).policy, [of(e, n).id], act),
    "undo": lambda s, e, n, act: decisions.undo(s, of(e, n).id, act),
}


def decide(engine: Engine, what: str, number: int, moment: int) -> None:
    """One act on one of the entries; what cannot be done is left."""
    act = Act("Ada", NOW + timedelta(minutes=moment))
    entries = live(engine)
    try:
        with session(engine) as opened:
            if what in EDITS and entries:
                decisions.edit(opened, of(entries, number).id, EDITS[what], act)
            elif entries:
                OTHERS[what](opened, entries, number, act)
    except BadInput:
        return


class World:
    """A database and the folder of its report."""

    def __init__(self, folder: Path, engine: Engine) -> None:
        self.folder, self.engine, self.site = folder, engine, folder / "site"

    def build(self, out: Path | None = None) -> Path:
        site = out or self.site
        report.write(self.engine, Settings.model_construct(), site, NOW)
        return site

    def check(self) -> None:
        """The report that is there is a fresh one, and its links lead somewhere."""
        with TemporaryDirectory(dir=self.folder) as empty:
            there, fresh = contents(self.build()), contents(self.build(Path(empty) / "site"))
        assert sorted(there) == sorted(fresh)
        assert [name for name in there if there[name] != fresh[name]] == []
        assert list(broken_links(self.site)) == []


def contents(site: Path) -> dict[str, bytes]:
    """Every file but the hidden ones."""
    files = (path for path in site.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}


def broken_links(site: Path) -> Iterator[str]:
    """The links inside the site that lead to no file."""
    for page in sorted(site.rglob("*.html")):
        for address in LINK.findall(page.read_text("utf-8")):
            parts = urlsplit(unescape(address))
            if not parts.scheme and parts.path and not (page.parent / unquote(parts.path)).is_file():
                yield f"{page.relative_to(site)}: {address}"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database of a few entries and its report, to be copied."""
    folder = tmp_path_factory.mktemp("begun")
    engine = open_database(f"sqlite:///{folder}/tracker.db")
    migrate(engine)
    arrive(engine, *ITEMS)
    World(folder, engine).build()
    engine.dispose()
    return folder


@pytest.fixture
def world(begun: Path, tmp_path: Path) -> Iterator[World]:
    with a_copy(begun, tmp_path) as found:
        yield found


class a_copy:  # noqa: N801 - used like a function
    """The world once more, in a folder of its own."""

    def __init__(self, begun: Path, parent: Path) -> None:
        self._folder = shutil.copytree(begun, parent / "world")

    def __enter__(self) -> World:
        self._engine = open_database(f"sqlite:///{self._folder}/tracker.db")
        return World(self._folder, self._engine)

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()


@pytest.mark.parametrize("what", [*EDITS, *OTHERS])
@pytest.mark.parametrize("number", range(2))
def test_one_decision(world: World, what: str, number: int) -> None:
    decide(world.engine, what, number, 1)
    world.check()


def entry_of(world: World, outlet: str) -> Entry:
    return next(entry for entry in live(world.engine) if outlet in {item.publisher for item in entry.evidence})


def test_what_stood_beside_a_page_goes_with_what_it_held(world: World) -> None:
    """The page of a state lists its places; while the state itself has entries, it is a timeline with files beside."""
    before = contents(world.site)
    for what in ("the place to the state itself", "undo"):
        decide(world.engine, what, 0, 1)
        world.check()
    assert sorted(contents(world.site)) == sorted(before)


def test_the_topic_that_a_person_sets_is_that_of_the_policy(world: World) -> None:
    entry = entry_of(world, "Radio")
    with session(world.engine) as opened:
        decisions.edit(opened, entry.id, {"topic": "labor"}, Act("Ada", NOW))
    world.check()
    listed = (world.site / "topic/labor/entries.json").read_text("utf-8")
    assert entry.id in listed
    assert "topic/labor/index.html" in (world.site / "index.html").read_text("utf-8")
    assert ">Labor</a>" in (world.site / f"policy/{entry.policy}/index.html").read_text("utf-8")


def test_what_follows_from_an_edit_is_there_at_once(world: World) -> None:
    entry = entry_of(world, "Herald")
    with session(world.engine) as opened:
        decisions.edit(opened, entry.id, {"subject": "dogs in parks"}, Act("Ada", NOW))
    world.check()
    assert "dogs in parks" in (world.site / f"policy/{entry.policy}/index.html").read_text("utf-8")


def test_the_address_of_an_entry_that_is_no_longer_shown_says_what_became_of_it(world: World) -> None:
    first, second = entry_of(world, "Journal"), entry_of(world, "Courier")
    with session(world.engine) as opened:
        decisions.split_entry(opened, first.id, [2], Act("Ada", NOW))
    apart = entry_of(world, "Post")
    with session(world.engine) as opened:
        decisions.merge_entries(opened, first.id, [apart.id], Act("Ada", NOW + timedelta(minutes=1), "one vote"))
        decisions.reject(opened, second.id, Act("Ada", NOW, "a study"))
    says(world.engine, ITEMS[4].url)
    world.check()
    page = {name: (world.site / f"entry/{name}/index.html").read_text("utf-8") for name in (apart.id, second.id)}
    assert f'entry/{first.id}/index.html"' in page[apart.id]
    assert "A person checked it" in page[second.id]
    assert "a study" in page[second.id]
    (lost,) = [entry for entry in recorded(world.engine) if not entry.evidence and entry.id != apart.id]
    page[lost.id] = (world.site / f"entry/{lost.id}/index.html").read_text("utf-8")
    assert "No report says it any longer" in page[lost.id]
    assert "A person checked it" not in page[lost.id] + page[apart.id]


def test_what_is_gone_altogether(world: World) -> None:
    for item in ITEMS[2:]:
        says(world.engine, item.url)
    world.check()
    for number, entry in enumerate(live(world.engine)):
        with session(world.engine) as opened:
            decisions.reject(opened, entry.id, Act("Ada", NOW + timedelta(minutes=number)))
    world.check()


STEPS = st.lists(
    st.tuples(st.sampled_from(["arrive", "lose", *EDITS, *OTHERS, "undo"]), st.integers(0, 30), any_evidence()),
    max_size=6,
)


def step(world: World, what: str, number: int, item: Evidence, moment: int) -> None:
    urls = sorted({item.url for entry in recorded(world.engine) for item in entry.evidence})
    if what == "arrive" and item.url not in urls:
        arrive(world.engine, item)
    elif what == "lose" and urls:
        says(world.engine, urls[number % len(urls)])
    elif what in EDITS or what in OTHERS:
        decide(world.engine, what, number, moment)


@pytest.mark.long
@settings(max_examples=30)
@given(STEPS)
def test_any_decisions(begun: Path, steps: list[tuple[str, int, Evidence]]) -> None:
    with TemporaryDirectory(dir=begun.parent) as folder, a_copy(begun, Path(folder)) as world:
        for moment, (what, number, item) in enumerate(steps):
            step(world, what, number, item, moment)
            world.build()
        world.check()
