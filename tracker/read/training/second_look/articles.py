"""What the big look learns from, and what the small one suspects in it."""

import json
import pickle
from multiprocessing import get_context
from pathlib import Path

from tracker.read.encoder.small_look import Encoder
from tracker.read.mentions import mentions
from tracker.read.places.gazetteer import load
from tracker.read.places.resolve import PlaceReader
from tracker.read.text.document import document
from tracker.read.training.corpus import Record, is_contrast, part
from tracker.read.training.examples import article_of
from tracker.read.training.second_look.rows import Suspected
from tracker.read.training.second_look.train import RANKS


def labelled(more: list[Path]) -> list[Record]:
    """The articles to learn from, those of `more` that are there included."""
    lines = (line for path in more if path.exists() for line in path.read_text("utf-8").splitlines())
    return [*part("train"), *map(json.loads, lines)]


def suspected(found: list[Record], work: Path) -> Suspected:
    """What the small look takes for a step at first sight in articles that were not made from others, kept in the folder of the
    checkpoint. Of those that were, the sentences that are their own matter."""
    kept = work / "suspected.pkl"
    if not kept.exists():
        real = [record for record in found if not is_contrast(record)]
        with get_context("spawn").Pool(RANKS) as readers:
            each = readers.map(_odds, [real[rank::RANKS] for rank in range(RANKS)], 1)
        kept.write_bytes(pickle.dumps({address: odds for one in each for address, odds in one.items()}))
    return pickle.loads(kept.read_bytes())  # type: ignore[no-any-return]  # noqa: S301 written above


def _odds(found: list[Record]) -> dict[str, list[float]]:
    encoder, places, odds = Encoder(), PlaceReader(load()), {}
    for record in found:
        seen = document(article_of(record))
        first = encoder.at_first_sight(seen, mentions(seen, places)).stage.max(1)
        odds[record["url"]] = [round(float(each), 2) for each in first]
    return odds
