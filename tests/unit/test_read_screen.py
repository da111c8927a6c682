"""The screen: what is rejected unread, what is kept, and which sentences of it."""

import json
from pathlib import Path
from typing import Any

import pytest
from reading import SETTING, article

from tracker.model import Article
from tracker.read.screen import MOST_SENTENCES, screen

EVAL = Path(__file__).parents[1] / "eval"
FILES = ("articles", "clusters", "own_articles", "own_articles_2", "own_articles_3")
RECALL = 0.99
"""Of the changes of a labelled file; what the screen rejects, nobody sees again."""

REJECTED = [
    "The Lions rallied in the fourth quarter Friday and beat Carver 58-55 for their ninth win in a row.",
    "The bakery on Main Street sells bread, pies and coffee, and is closed on Mondays.",
    "Corn fell 4 cents and soybeans lost 11 cents as the last of the harvest came in.",
    "She is survived by two sons, nine grandchildren and a sister. The funeral is at 11 a.m. Saturday.",
    "Rain is likely Thursday, with a high near 60 and wind from the west.",
    "Tickets for the concert are $12 at the door. The choir sings at 7:30 p.m.",
    "",
]


@pytest.mark.parametrize("text", REJECTED)
def test_an_article_on_something_else_is_rejected_with_a_reason(text: str) -> None:
    screened = screen(article(text))
    assert screened.sentences == ()
    assert screened.reason


KEPT = [
    "The council voted 5-2 Tuesday to ban tents in city parks.",
    "The sheriff walked away from the 287(g) agreement.",
    "Police will no longer chase stolen cars under a policy that took effect Monday.",
    "The county let its mask mandate expire.",
    "Aldermen tabled the ordinance until June 6.",
    "A judge struck down the city's curfew.",
    "Selectmen signed off on stricter rules for food trucks.",
    "The town now requires permits for door-to-door sales.",
    "The village is opting out of marijuana sales.",
    "The mayor vetoed the ban.",
    "Supervisors rolled back the limit on short-term rentals.",
    "The police chief issued General Order 3.21 on Friday.",
    "The board agreed to hold off on the fee schedule.",
    "The ordinance passed its first reading.",
]


@pytest.mark.parametrize("sentence", KEPT)
def test_a_sentence_that_tells_a_change_is_kept(sentence: str) -> None:
    kept = screen(article(f"{SETTING} {sentence}")).sentences
    assert sentence in {kept_sentence.text for kept_sentence in kept}


def labelled_changes(name: str) -> list[dict[str, Any]]:
    path = EVAL / f"{name}.jsonl"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return [record for record in map(json.loads, lines) if record["is_change"]]


@pytest.mark.parametrize("name", FILES)
def test_hardly_any_labelled_change_is_rejected(name: str) -> None:
    changes = labelled_changes(name)
    lost = [record["id"] for record in changes if not screen(Article.model_validate(record)).sentences]
    assert len(lost) <= max(1, round((1 - RECALL) * len(changes))), lost


def test_the_sentences_are_those_of_the_text() -> None:
    text = "The council met Tuesday.\n\nIt banned tents. Nobody spoke.\n\nThe ordinance takes effect July 1."
    assert all(text[s.start : s.end] == s.text for s in screen(article(text)).sentences)


def test_a_long_round_up_is_cut() -> None:
    text = " ".join(f"The council adopted ordinance {number} on Tuesday." for number in range(10 * MOST_SENTENCES))
    assert len(screen(article(text)).sentences) <= MOST_SENTENCES


def test_what_stands_in_capitals_is_found_too() -> None:
    assert screen(article("THE CITY COUNCIL BANNED TENTS ON TUESDAY.")).sentences
