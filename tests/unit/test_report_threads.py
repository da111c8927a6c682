"""How policies stand on pages: as a fact only where a step of them is more than uncertain."""

from datetime import date

import pytest

from support.timeline.cases import BY_SCORE, evidence, fold, threads
from tracker.model import EntryStatus
from tracker.publish.report.policies import thread
from tracker.timeline import how_sure

TODAY = date(2017, 8, 1)
SINCE = "since July 6, 2017"
CASES = [
    (
        "both are too unsure",
        0.3,
        0.3,
        EntryStatus.PENDING,
        ("Uncertain whether it is in force", "whether it is in force"),
    ),
    ("one is uncertain", 0.3, 0.65, EntryStatus.PENDING, (f"In force {SINCE} (uncertain)", f"{SINCE} (uncertain)")),
    ("one is likely", 0.3, 0.7, EntryStatus.PENDING, (f"In force {SINCE}", SINCE)),
    ("a person checked them", 0.3, 0.3, EntryStatus.CONFIRMED, (f"In force {SINCE}", SINCE)),
]


@pytest.mark.parametrize(
    ("adopted", "started", "status", "words"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_a_standing_says_where_nothing_of_it_is_sure(
    adopted: float, started: float, status: EntryStatus, words: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(how_sure, "weights", lambda heard=False: BY_SCORE)
    entries = fold(
        [evidence(score=adopted), evidence("effective", "2017-07-06", score=started, published="2017-07-04")]
    )
    (policy,) = threads([entry.model_copy(update={"status": status}) for entry in entries])
    shown = thread(policy, TODAY)
    assert shown
    assert (shown.words, shown.details) == words
