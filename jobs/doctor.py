"""`tracker doctor`: checks everything that a run needs and names the remedy for what is wrong."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, requires, version
from typing import TYPE_CHECKING, Annotated

import typer

from jobs.console import State, one_line, state
from tracker.errors import SettingsError, TrackerError

if TYPE_CHECKING:
    from jobs.settings import Settings

PACKAGE = "procedure-tracker"
OLDEST_PYTHON = (3, 11)
LITTLE_SPACE = 1_000_000_000
"""Bytes. Below it: a warning. A busy year of a few hundred feeds takes about this much."""
NO_SPACE = 50_000_000
"""Bytes. Below it: a problem. SQLite needs room for its write-ahead log beside the data."""
BUILT = datetime(2025, 1, 1, tzinfo=UTC)
"""Older than this program: a clock that shows less is wrong, and every relative date with it."""


class Level(StrEnum):
    """How a check ended."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Check:
    """One line of the doctor: what was looked at and what is to be said about it, with the remedy."""

    level: Level
    name: str
    says: str

    def __str__(self) -> str:
        return f"{self.level:<8} {self.name:<10} {one_line(self.says)}"


def command(
    ctx: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, for programs.")] = False,
) -> None:
    """Check everything a run needs, and say what to do about what is wrong.

    Looks at Python, packages, the clock, the settings, the language model, the gazetteer, the data folder, the
    database, the feeds and, where one is set, the mail server. The exit status is 1 if there is a problem. A warning
    is none.

    Example: tracker doctor
    """
    from jobs.wire import to_json

    problems = 0
    for check in checks(state(ctx)):
        problems += check.level is Level.PROBLEM
        print(to_json(vars(check)) if as_json else check, flush=True)
    if problems:
        raise typer.Exit(1)


def checks(given: State) -> Iterator[Check]:
    """All checks, in an order in which the first problem explains the later ones."""
    yield _python()
    yield _packages()
    yield _clock(datetime.now(UTC))
    try:
        settings = given.settings
    except SettingsError as error:
        yield Check(Level.PROBLEM, "settings", str(error))
        return
    yield from _settings(settings, given)
    looks: tuple[tuple[str, Callable[[Settings], Iterator[Check]]], ...] = (
        ("model", _model),
        ("gazetteer", _gazetteer),
        ("data", _data_dir),
        ("database", _database),
        ("mail", _mail),
    )
    for name, look in looks:
        yield from _guarded(name, look, settings)


def _guarded(name: str, look: Callable[["Settings"], Iterator[Check]], settings: "Settings") -> Iterator[Check]:
    try:
        yield from look(settings)
    except (TrackerError, OSError) as error:
        yield Check(Level.PROBLEM, name, str(error))


def _python() -> Check:
    if sys.version_info < OLDEST_PYTHON:
        return Check(Level.PROBLEM, "python", f"{sys.version.split()[0]} is too old; install Python 3.11 or newer")
    return Check(Level.OK, "python", sys.version.split()[0])


def _packages() -> Check:
    from packaging.requirements import Requirement

    needed = [Requirement(text) for text in requires(PACKAGE) or []]
    wrong = [
        r for r in needed if (r.marker is None or r.marker.evaluate({"extra": ""})) and not _fits(r.name, r.specifier)
    ]
    if wrong:
        names = ", ".join(str(requirement) for requirement in wrong)
        return Check(Level.PROBLEM, "packages", f"missing or of another version: {names}; run `uv sync`")
    return Check(Level.OK, "packages", f"{PACKAGE} {version(PACKAGE)} and the {len(needed)} it needs")


def _fits(name: str, wanted: object) -> bool:
    try:
        return version(name) in wanted  # type: ignore[operator]
    except PackageNotFoundError:
        return False


def _clock(now: datetime) -> Check:
    if now < BUILT:
        return Check(Level.PROBLEM, "clock", f"it shows {now:%Y-%m-%d}, which is past; set the system's clock")
    return Check(Level.OK, "clock", f"{now:%Y-%m-%d %H:%M} UTC")


def _settings(settings: "Settings", given: State) -> Iterator[Check]:
    from jobs.settings import config_path, unknown_variables

    path = config_path(given.config)
    if path.exists():
        yield Check(Level.OK, "settings", str(path))
    else:
        yield Check(Level.WARNING, "settings", f"there is no {path}, so defaults are used; `tracker init` writes one")
    if not settings.contact:
        yield Check(
            Level.WARNING, "settings", "`contact` is empty; set a mail address, so that site owners can reach you"
        )
    for name in unknown_variables():
        yield Check(
            Level.WARNING, "settings", f"environment variable {name} is no setting; correct its name or unset it"
        )


def _model(settings: "Settings") -> Iterator[Check]:
    import spacy

    try:
        spacy.load(settings.model, exclude=["ner"])
    except (OSError, ValueError, ImportError) as error:
        remedy = "run `uv sync`, or correct the setting `model`"
        yield Check(Level.PROBLEM, "model", f"{settings.model} cannot be loaded ({error}); {remedy}")
        return
    yield Check(Level.OK, "model", settings.model)


def _gazetteer(_settings: "Settings") -> Iterator[Check]:
    from tracker.read.gazetteer import load

    yield Check(Level.OK, "gazetteer", f"{len(load().states())} states")


def _data_dir(settings: "Settings") -> Iterator[Check]:
    from jobs.store import make_data_dir

    folder = settings.data_dir
    make_data_dir(settings)
    try:
        with tempfile.NamedTemporaryFile(dir=folder) as file:
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        yield Check(
            Level.PROBLEM, "data", f"{folder}: cannot be written ({error.strerror}); check its permissions and space"
        )
        return
    yield _space(shutil.disk_usage(folder).free, str(folder))


def _space(free: int, folder: str) -> Check:
    says = f"{folder}: {free / 1e9:.1f} GB free"
    if free < NO_SPACE:
        return Check(Level.PROBLEM, "data", f"{says}; make room, or name another folder with TRACKER_DATA_DIR")
    if free < LITTLE_SPACE:
        return Check(Level.WARNING, "data", f"{says}; make room soon")
    return Check(Level.OK, "data", says)


def _database(settings: "Settings") -> Iterator[Check]:
    from db import feeds
    from db.engine import reading
    from jobs.store import open_store

    with open_store(settings) as engine:
        with reading(engine) as session:
            known = feeds.all_feeds(session)
        yield Check(Level.OK, "database", engine.url.render_as_string())
    yield _feeds([(feed.state, feed.url) for feed in known])


def _feeds(known: Sequence[tuple[str, str]]) -> Check:
    """`known` holds the state and the address of each feed."""
    failing = [url for state, url in known if state == "failing"]
    if not known:
        return Check(
            Level.WARNING, "feeds", "none; `tracker feeds import --starter --state WI` subscribes to a state's"
        )
    if failing:
        says = f"{len(failing)} of {len(known)} fail, {failing[0]} among them; `tracker feeds list` shows why"
        return Check(Level.WARNING, "feeds", says)
    return Check(Level.OK, "feeds", f"{len(known)}")


def _mail(settings: "Settings") -> Iterator[Check]:
    if not settings.smtp_host:
        yield Check(Level.OK, "mail", "no mail server is set; the digest can be previewed, not sent")
        return
    from jobs.mail_check import greet

    greet(settings)
    yield Check(Level.OK, "mail", f"{settings.smtp_host}:{settings.smtp_port} answers")
    if not settings.mail_from:
        yield Check(Level.PROBLEM, "mail", "`mail_from` is empty; set it to the From address of the digest")
    if not (settings.web_url or settings.public_url).startswith("https://"):
        says = "no https address in `web_url`; set one, or readers can unsubscribe by mail only"
        yield Check(Level.WARNING, "mail", says)
