"""Which reader this is. By itself, since whoever only asks whether something waits for it need not load it."""

from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

VERSION_LENGTH = 12
"""Hexadecimal digits of the version: two readers that differ have different ones."""
_RULES = (".py", ".toml", ".csv", ".gz")
"""Files whose change may change a reading; the model's graphs are named by their hashes in its card."""
_MODEL = ("card.json", "thresholds.json", "tokenizer.json", "witnesses.json")
_BIG = ("card.json", "thresholds.json")
_MODEL_AFTER = "+"
"""Between the reader's own version and the language model whose opinion was heard."""
LONGEST_MODEL = 80
"""Characters of a model's name in a version."""


def version(here: Traversable) -> str:
    """The hash of what decides a reading, in a folder like this one."""
    return _joined(_hash(sorted(_rules(here), key=str)), both_looks_version(here.joinpath("model")))


def model_version(folder: Traversable) -> str:
    """The hash of what decides the encoder's scores and the decisions among them."""
    return _hash([folder.joinpath(name) for name in _MODEL])


def both_looks_version(folder: Traversable) -> str:
    """The hash of what decides the scores of the small look and the big one together."""
    return _hash([folder.joinpath(name) for name in _MODEL] + [folder.joinpath("big", name) for name in _BIG])


def version_with(scorer: str) -> str:
    """The version of a reader whose scorer is of this version."""
    return _joined(_OWN_RULES, scorer)


def without_model(version: str) -> str:
    """The reader that read an article, whether a language model's opinion was heard or not: the part before the "+"."""
    return version.partition(_MODEL_AFTER)[0]


def with_model(version: str, model: str) -> str:
    """The version that is noted for an article in whose reading a language model was heard."""
    name = "".join(character for character in model if character.isprintable())
    return f"{version}{_MODEL_AFTER}{name[:LONGEST_MODEL]}"


def _hash(files: list[Traversable]) -> str:
    found = sha256()
    for file in files:
        found.update(file.name.encode())
        found.update(file.read_bytes() if file.is_file() else b"")
    return found.hexdigest()


def _joined(rules: str, scorer: str) -> str:
    return sha256(f"{rules} {scorer}".encode()).hexdigest()[:VERSION_LENGTH]


def _rules(folder: Traversable) -> Iterator[Traversable]:
    for each in folder.iterdir():
        if each.is_dir() and each.name not in ("training", "model", "records", "documents", "__pycache__"):
            yield from _rules(each)
        elif each.name.endswith(_RULES):
            yield each


_OWN_RULES = _hash(sorted(_rules(files("tracker.read")), key=str))
READER_VERSION = version_with(both_looks_version(files("tracker.read").joinpath("model")))
"""The hash of rules, data and the scorer that ships with its thresholds: `tracker reread` takes what another one
read."""
SMALL_LOOK_VERSION = version_with(model_version(files("tracker.read").joinpath("model")))
"""The same of a reader that does without the big look."""
