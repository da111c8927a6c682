"""Which reader this is. By itself, since whoever only asks whether something waits for it need not load it."""

from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

VERSION_LENGTH = 12
"""Hexadecimal digits of the version: two readers that differ have different ones."""
_RULES = (".py", ".toml", ".csv", ".gz")
"""Files whose change may change a reading; the model's graphs are named by their hashes in its card."""


def version(here: Traversable) -> str:
    """The hash of what decides a reading, in a folder like this one."""
    model = [
        here.joinpath("model", name) for name in ("card.json", "thresholds.json", "tokenizer.json", "witnesses.json")
    ]
    found = sha256()
    for file in [*sorted(_rules(here), key=str), *model]:
        found.update(file.name.encode())
        found.update(file.read_bytes() if file.is_file() else b"")
    return found.hexdigest()[:VERSION_LENGTH]


def _rules(folder: Traversable) -> Iterator[Traversable]:
    for each in folder.iterdir():
        if each.is_dir() and each.name not in ("training", "model", "__pycache__"):
            yield from _rules(each)
        elif each.name.endswith(_RULES):
            yield each


READER_VERSION = version(files("tracker.read"))
"""The hash of rules, data, thresholds and model: `tracker reread` takes what another one read."""
