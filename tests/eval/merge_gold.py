"""What the merge alone makes of labelled stories: their labelled entries, as perfect findings, through the real merge.

usage: uv run --group gazetteer python tests/eval/merge_gold.py CLUSTERS.jsonl [--crossed] [--shuffled SEED]

Prints the entries as `tracker export --format json` does, so that a scorer of timelines scores the merge.

--crossed        each story by itself, judged by weights that were fitted to the other stories of tests/eval
--shuffled SEED  the articles arrive in another order, one after the other
"""

import argparse
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from unittest.mock import patch

from fit_policy import all_steps, pairs_of, without
from perfect import Record, labelled, records
from stories import CLUSTERS, HERE, gold
from timeline_score import Score, score

from tracker.model import Entry, Evidence
from tracker.publish.exports import FORMATS
from tracker.timeline.merging.merge import merge
from tracker.timeline.same_policy import PolicyWeights


def merged(evidence: Iterable[Evidence]) -> list[Entry]:
    """The entries that evidence makes in an empty timeline, by place."""
    entries = [action.entry for action in merge([], evidence).actions]
    return sorted(entries, key=lambda entry: (entry.jurisdiction, str(entry.date), entry.id))


def arriving(evidence: Sequence[Evidence], seed: int) -> list[Entry]:
    """The same where the articles come one by one in another order."""
    urls = sorted({item.url for item in evidence})
    random.Random(seed).shuffle(urls)
    known: dict[str, Entry] = {}
    for count in range(1, len(urls) + 1):
        said = [item for item in evidence if item.url in urls[:count]]
        known |= {action.entry.id: action.entry for action in merge(list(known.values()), said).actions}
    return sorted(
        (e for e in known.values() if e.evidence), key=lambda entry: (entry.jurisdiction, str(entry.date), entry.id)
    )


def judged_by(weights: PolicyWeights, evidence: Iterable[Evidence]) -> list[Entry]:
    """The entries by other weights than those that ship."""
    with patch("tracker.timeline.same_policy.weights", lambda: weights):
        return merged(evidence)


def crossed(found: Sequence[Record]) -> Iterator[tuple[str, list[Entry]]]:
    """Each story with its entries by weights that were fitted to all other stories."""
    pairs = pairs_of(all_steps())
    for story in sorted({str(record["cluster"]) for record in found}):
        own = labelled(record for record in found if record["cluster"] == story)
        yield story, judged_by(without(pairs, story), [told.evidence for told in own])


def figures() -> dict[str, float]:
    """Of all stories of tests/eval: all at once by the weights that ship, and each one by those of the others."""
    found = [record for name in CLUSTERS for record in records(HERE / f"{name}.jsonl")]
    lines = [line for name in CLUSTERS for line in gold(name)]
    plain = score(merged(told.evidence for told in labelled(found)), lines)
    each = Score()
    for story, entries in crossed(found):
        each += score(entries, [line for line in lines if line["cluster"] == story])
    told = {"": plain, "crossed_": each}
    return {
        f"{name}{figure}": round(value, 4)
        for name, one in told.items()
        for figure, value in (("entry_f1", one.f1), ("doubled", one.doubled_share))
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clusters", type=Path, metavar="CLUSTERS.jsonl")
    parser.add_argument("--crossed", action="store_true")
    parser.add_argument("--shuffled", type=int, metavar="SEED")
    args = parser.parse_args()
    found = records(args.clusters)
    if args.crossed:
        entries = [entry for _, own in crossed(found) for entry in own]
    else:
        evidence = [told.evidence for told in labelled(found)]
        entries = merged(evidence) if args.shuffled is None else arriving(evidence, args.shuffled)
    FORMATS["json"].write(entries, sys.stdout.buffer, date.min)


if __name__ == "__main__":
    main()
