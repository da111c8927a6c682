"""The full-text index of a report's folder, `search/index/`: one Pagefind index a state, made again where a state shows
something else. The daemon's own search needs none.

`states.json` says which folders count. A folder's name holds the hash of all that its index is made of, it takes its
place whole, and the list is replaced in one step: killed at any moment, the folder has the old index or the new one. An
index that no longer fits goes first of all, so that nothing is found that was withheld since.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from fnmatch import fnmatch
from pathlib import Path

from tracker.errors import SettingsError, StorageError
from tracker.publish import geography
from tracker.publish.report.catalogue import Catalogue
from tracker.publish.report.output.folder import storage
from tracker.publish.report.output.manifest import alone
from tracker.publish.report.output.staging import PREFIX
from tracker.publish.report.pages import search_records
from tracker.publish.report.pages.search_records import (
    MOST,
    Labels,
    add_labels,
    count_of,
    entries_of,
    facets,
    record,
    vocabulary,
)

FOLDER = "search/index"
LIST = "states.json"
LABELS = "labels.json"
WORDS = "words.json"
"""The words of a state, of which the page offers the nearest for one that is none of them."""
FOLDER_NAME = re.compile(r"[a-z]{2}-[0-9a-f]{16}")
KEPT = ("pagefind.js", "pagefind-entry.json", "wasm.en.pagefind", "*.pf_meta", "index", "filter", "fragment")
"""What the page needs of Pagefind's bundle; the rest are its own pages' parts (420 KB)."""
PATIENCE_S = 1800
"""How long Pagefind may take for one state; 25,000 entries are a matter of a minute or two."""


@dataclass(frozen=True)
class StateIndex:
    """The index of one state. `mark` is that of what its places showed, `folder` empty where there is none that fits;
    `left_out` are older entries that it has no room for, besides its `entries`."""

    code: str
    name: str
    mark: str = ""
    folder: str = ""
    entries: int = 0
    left_out: int = 0


def program() -> str:
    """Pagefind's program. Raises SettingsError where it is not installed."""
    try:
        from pagefind.service import get_executable
    except ModuleNotFoundError:
        found = None
    else:
        found = get_executable()
    if found is None:
        raise SettingsError("--search-index needs Pagefind: pip install 'procedure-tracker[search-index]'")
    return str(found)


def keep(out: Path, catalogue: Catalogue, *, wanted: bool, whole: bool = False) -> int:
    """Brings the index of a report into line with its pages, right after they were written; gives how many states were
    made again. Where it is not `wanted`, only what no longer fits is taken away; else with `whole` every state is made
    again. Raises StorageError, and SettingsError (`program`)."""
    home = out / FOLDER
    if not wanted and not home.is_dir():
        return 0
    with storage(home), alone(out):
        before = {} if whole and wanted else _read(home)
        marks = search_records.marks(catalogue)
        states = {code: _known(catalogue, home, before.get(code), code, mark) for code, mark in marks.items()}
        _tell(home, states, wanted=wanted)
        todo = [code for code, state in states.items() if wanted and not state.folder]
        for code in todo:
            states[code] = _make(out, catalogue, code, marks[code])
            _tell(home, states, wanted=wanted)
        return len(todo)


def _read(home: Path) -> dict[str, StateIndex]:
    """By code; nothing where the list is not there, or cannot be read."""
    try:
        told = json.loads((home / LIST).read_text("utf-8"))
        return {row["code"]: StateIndex(**row) for row in told["states"]}
    except (OSError, ValueError, TypeError, KeyError):
        return {}


def _known(catalogue: Catalogue, home: Path, known: StateIndex | None, code: str, mark: str) -> StateIndex:
    """What is known of a state where that still fits: its places show the same, or at least their entries do."""
    if known and FOLDER_NAME.fullmatch(known.folder) and (home / known.folder).is_dir():
        if known.mark == mark:
            return known
        if known.folder == _name(code, (content for _, content in map(record, entries_of(catalogue, code)))):
            return replace(known, mark=mark)
    return StateIndex(code, geography.state_name(code))


def _name(code: str, contents: Iterable[bytes]) -> str:
    """The folder of an index that is made of these pages."""
    digest = hashlib.blake2b(digest_size=8)
    for content in contents:
        digest.update(len(content).to_bytes(8, "big") + content)
    return f"{code}-{digest.hexdigest()}"


def _tell(home: Path, states: Mapping[str, StateIndex], *, wanted: bool) -> None:
    """From now on these count; what does not goes."""
    home.mkdir(parents=True, exist_ok=True)
    listed, waiting = home / LIST, home / f".{LIST}"
    if wanted or any(state.folder for state in states.values()):
        listing = sorted(states.values(), key=lambda state: state.name)
        waiting.write_text(json.dumps({"states": [asdict(state) for state in listing]}), "utf-8")
        os.replace(waiting, listed)
    else:
        listed.unlink(missing_ok=True)
    kept = {state.folder for state in states.values()}
    for folder in home.iterdir():
        if FOLDER_NAME.fullmatch(folder.name) and folder.name not in kept:
            shutil.rmtree(folder)
    if not listed.exists():
        with contextlib.suppress(OSError):
            home.rmdir()


def _make(out: Path, catalogue: Catalogue, code: str, mark: str) -> StateIndex:
    """The index of one state, made beside the site, then put in its place."""
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=out) as temporary:
        pages, made = Path(temporary) / "pages", Path(temporary) / "made"
        labels: Labels = {}
        words = set[str]()
        folder = _name(code, _written(catalogue, code, pages, labels, words))
        _run(pages, made)
        (made / LABELS).write_text(json.dumps(labels), "utf-8")
        (made / WORDS).write_text(json.dumps(sorted(words), ensure_ascii=False), "utf-8")
        shutil.rmtree(out / FOLDER / folder, ignore_errors=True)
        os.replace(made, out / FOLDER / folder)
    total = count_of(catalogue, code)
    return StateIndex(code, geography.state_name(code), mark, folder, min(total, MOST), max(0, total - MOST))


def _written(catalogue: Catalogue, code: str, pages: Path, labels: Labels, words: set[str]) -> Iterator[bytes]:
    """Writes the pages that Pagefind shall read, and notes their words and how values of their facets are called."""
    for entry in entries_of(catalogue, code):
        path, content = record(entry)
        (pages / path).parent.mkdir(parents=True)
        (pages / path).write_bytes(content)
        add_labels(labels, facets(entry))
        words |= vocabulary(entry)
        yield content


def _run(pages: Path, made: Path) -> None:
    """Has Pagefind make the bundle; what the page does not need of it goes. It works in an empty folder: settings of
    others do not lie there."""
    options = ("--force-language", "en", "--keep-index-url", "--quiet")
    order = [program(), "--site", str(pages.resolve()), "--output-path", str(made.resolve()), *options]
    empty = pages.parent / "empty"
    empty.mkdir()
    try:
        done = subprocess.run(  # noqa: S603 - a program of a package that was asked for, without a shell
            order, cwd=empty, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise StorageError(f"Pagefind did not make the search index: {error}") from error
    if done.returncode or not (made / "pagefind.js").is_file():
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = said[-1] if said else f"status {done.returncode}"
        raise StorageError(f"Pagefind did not make the search index: {reason}; try again, or without --search-index")
    for item in list(made.iterdir()):
        if not any(fnmatch(item.name, pattern) for pattern in KEPT):
            item.unlink()
