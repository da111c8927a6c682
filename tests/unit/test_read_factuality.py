"""Whether a sentence asserts its step, denies it or puts it off."""

import pytest

from tracker.model import Factuality, Stage
from tracker.read.factuality import factuality

ASSERTED, DENIED, POSTPONED = Factuality.ASSERTED, Factuality.DENIED, Factuality.POSTPONED
SAID = [
    ("effective", "The county's rule will not start on May 1 after all.", "May 1", POSTPONED),
    ("effective", "The ordinance takes effect May 1.", "May 1", ASSERTED),
    ("effective", "It will not take effect until May 1.", "May 1", ASSERTED),
    ("adopted", "The ordinance did not pass.", "", DENIED),
    ("rejected", "The ordinance did not pass.", "", ASSERTED),
    ("adopted", "The council voted 5-2 on Monday for the ordinance.", "Monday", ASSERTED),
    ("adopted", "It was never adopted.", "", DENIED),
    ("blocked", "A judge refused to block the law.", "", DENIED),
    ("blocked", "A judge blocked the law.", "", ASSERTED),
    ("rejected", "A false report said that the mayor vetoed it.", "", DENIED),
    ("rejected", "The mayor vetoed it.", "", ASSERTED),
]


@pytest.mark.parametrize(("stage", "said", "date", "told"), SAID, ids=[f"{case[0]}: {case[1]}" for case in SAID])
def test_a_sentence_asserts_its_step_unless_its_words_surely_say_otherwise(
    stage: str, said: str, date: str, told: Factuality
) -> None:
    where = (said.index(date), said.index(date) + len(date)) if date else None
    assert factuality(Stage(stage), said, where=where) is told
