"""Figures of the labelled matters that nothing is learnt from: which count, and what they are about."""

import json
from pathlib import Path
from typing import Any

from tracker.gather.sources.legistar import Matter
from tracker.read.reader import Reader
from tracker.read.records.counts import counts

HERE = Path(__file__).parent


def figures(reader: Reader, name: str) -> dict[str, float]:
    """Of a file. `count_precision`, `_recall`: of changes told as such. `topic`: of changes, those whose topic is the
    label's or another that is as right; `topic_precision`: the same of those told another topic than `other`."""
    rows = [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text("utf-8").splitlines()]
    is_change, following = [row["is_change"] for row in rows], [counts(_matter(row)) for row in rows]
    both = sum(wanted and follows for wanted, follows in zip(is_change, following, strict=True))
    changes = [row for row in rows if row["is_change"]]
    topics = reader.topics_of([_matter(row) for row in changes])
    right = [topic in (row["topic"], *row["topic_alt"]) for topic, row in zip(topics, changes, strict=True)]
    named = [good for good, topic in zip(right, topics, strict=True) if topic != "other"]
    return {
        "count_precision": both / sum(following),
        "count_recall": both / len(changes),
        "topic": sum(right) / len(changes),
        "topic_precision": sum(named) / len(named),
    }


def _matter(row: dict[str, Any]) -> Matter:
    texts = (row["type"], row["title"], row["name"], row["summary"], row["body"])
    return Matter(0, row["id"], *texts, "", None, None, None, "")


if __name__ == "__main__":
    for file in ("matters_kept", "matters_kept_2"):
        print(file, figures(Reader(big_look=False), file))
