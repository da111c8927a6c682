"""Fits the table `place` of tracker/read/data/weights.toml: which government an article is about.

usage: uv run python tests/eval/fit_places.py LABELLED.jsonl [LABELLED.jsonl ...] [--without PREFIX,PREFIX] [--cross]

A conditional logit: each article that is a change chooses one of the places that it names or that its outlet serves;
right is the place of the labelled news. --cross prints the share chosen right by weights that never saw the article
and writes nothing. Run it first: all else builds on the places.
"""

from fit_dates import Choice, chosen_right, fit, sign_names
from fit_weights import arguments, records, write

from tracker.model import Article
from tracker.read.evaluate import place_id
from tracker.read.places.gazetteer import load
from tracker.read.places.resolve import PlaceReader

FOLDS = 10
"""Parts that the articles are divided into; each is judged by weights of the other nine."""


def choice(record: dict, reader: PlaceReader) -> Choice:
    """The signs of each place of an article, and whether it is the place of the news."""
    options = reader.read(Article.model_validate(record)).options
    news = next(place_id(e["jurisdiction"]) for e in record["entries"] if e.get("primary"))
    return [signs for _, signs in options.values()], [ocd_id == news for ocd_id in options]


def cross(data: list[Choice]) -> None:
    right = 0
    for fold in range(FOLDS):
        train = [c for i, c in enumerate(data) if i % FOLDS != fold and any(c[1])]
        names = sign_names(train)
        right += chosen_right([c for c in data[fold::FOLDS] if c[0]], names, fit(train, names))
    possible = sum(any(rights) for _, rights in data)
    print(f"{right} of {len(data)} articles choose the right place ({right / len(data):.3f}); {possible} name it")


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--cross", action="store_true")
    args = parser.parse_args()
    reader = PlaceReader(load())
    data = [choice(r, reader) for r in records(args.labelled, args.without) if r["is_change"]]
    if args.cross:
        cross(data)
        return
    known = [c for c in data if any(c[1])]
    names = sign_names(known)
    weights = fit(known, names)
    print(f"{len(data)} articles, {len(names)} signs; {chosen_right(known, names, weights)} chosen right")
    write({"place": dict(zip(names, map(float, weights), strict=True))})


if __name__ == "__main__":
    main()
