"""What the big look learns from, and what the small one suspects in it."""

import json
import pickle
from pathlib import Path

from tracker.read.document import document
from tracker.read.encoder import Encoder
from tracker.read.mentions import mentions
from tracker.read.places.gazetteer import load
from tracker.read.places.resolve import PlaceReader
from tracker.read.training.corpus import Record, part
from tracker.read.training.examples import article_of
from tracker.read.training.second_look.rows import Suspected


def labelled(more: list[Path]) -> list[Record]:
    """The articles to learn from, those of `more` that are there included."""
    lines = (line for path in more if path.exists() for line in path.read_text("utf-8").splitlines())
    return [*part("train"), *map(json.loads, lines)]


def suspected(found: list[Record], work: Path) -> Suspected:
    """What the small look takes for a step at first sight, kept in the folder of the checkpoint."""
    kept = work / "suspected.pkl"
    if not kept.exists():
        encoder, places, odds = Encoder(), PlaceReader(load()), {}
        for record in found:
            seen = document(article_of(record))
            first = encoder.at_first_sight(seen, mentions(seen, places)).stage.max(1)
            odds[record["url"]] = [round(float(each), 2) for each in first]
        kept.write_bytes(pickle.dumps(odds))
    return pickle.loads(kept.read_bytes())  # type: ignore[no-any-return]  # noqa: S301 written above
