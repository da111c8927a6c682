"""The weighed look of the screen: what it lets pass, that it is explained, and that no text breaks it."""

from math import exp

import pytest
from articles_at_hand import EVAL, stories
from hypothesis import given
from hypothesis import strategies as st
from reading import article, explain
from tracker.read.glance import ALWAYS, BRIEF, NEEDED, TEXT, TITLE, TOLD, Glance, features, glance, weights
from tracker.read.telling import words_of

from tracker.model import Article
from tracker.read.screen import screen
from tracker.read.sentences import split_sentences

CHANGE = (
    "The city council voted 6-1 on Tuesday to adopt an ordinance that bans overnight camping in parks. The ordinance "
    "takes effect July 1. Police officers will give a warning before they write a ticket. Residents and others spoke "
    "against the ban for two hours at the meeting. Councilwoman Fay Root, who cast the only vote against it, said that "
    "the city has too few shelters."
)
BUDGET = (
    "The city council on Monday adopted a budget of $48 million that keeps the tax rate where it is. Employees will "
    "get raises of 2 percent, and the contract for a new roof of the library went to the lowest bidder. The company "
    "will pay for the cleaning of the sewage plant. The finance director said that the money for repairs to schools "
    "comes from the state, which has a surplus this year."
)
MEGABYTE = 1_000_000


def look(each: Article) -> Glance | None:
    """The look, without the word lists before it."""
    return glance(each, [words_of(sentence.text) for sentence in split_sentences(each.text)])


def test_a_change_scores_above_a_budget() -> None:
    change = look(article(CHANGE, title="Council bans camping in parks"))
    budget = look(article(BUDGET, title="Council adopts budget"))
    assert change is not None
    assert budget is not None
    assert budget.score < NEEDED < 0.5 < change.score


def test_what_does_not_sound_like_a_change_is_not_parsed() -> None:
    screened = screen(article(BUDGET, title="Council adopts budget"))
    assert screened.sentences == ()
    assert "do not sound like a local change" in screened.reason


def test_a_brief_is_not_judged() -> None:
    brief = " ".join(BUDGET.split()[: BRIEF - 1])
    assert look(article(brief)) is None
    assert look(article(f"{brief} more words")) is not None


EXPLAINED = {
    CHANGE: ("the words sound like a change", "telling words ("),
    BUDGET: ("the words do not sound like a change", "“budget”"),
}


@pytest.mark.parametrize("text", EXPLAINED)
def test_it_is_explained_with_score_and_words(text: str) -> None:
    (line,) = [line for line in explain(text).lines() if line.startswith("the words ")]
    assert all(part in line for part in (*EXPLAINED[text], f"needed {NEEDED:.2f}"))


def test_the_words_shown_add_up_to_the_score() -> None:
    found = look(article(CHANGE))
    assert found is not None
    odds = weights()[ALWAYS] + sum(found.weighed.values())
    assert found.score == pytest.approx(1 / (1 + exp(-odds)))


def test_telling_words_count_together_in_one_sentence_only() -> None:
    together = features(article("The council banned tents. It rained."), [{"council", "banned"}, {"rained"}])
    apart = features(article("The council met. Rain banned tents."), [{"council", "met"}, {"rain", "banned"}])
    assert (TOLD, "regulate + government") in together - apart


def test_everyday_words_and_days_are_not_weighed_alone() -> None:
    found = features(article("the bus of tuesday", title="on the bus"), [])
    assert found == {(TEXT, "bus"), (TEXT, "the bus"), (TEXT, "bus of"), (TITLE, "bus"), (TITLE, "the bus")}


def test_every_weight_stands_at_a_place_that_is_asked() -> None:
    assert {where for where, _ in weights()} == {TITLE, TEXT, TOLD}


def test_few_ordinary_stories_would_be_parsed() -> None:
    told = [article(text, title=title) for title, text in stories(EVAL.parent / "bench" / "ordinary.txt")]
    assert sum(bool(screen(each).sentences) for each in told) <= len(told) / 10


HOSTILE = {
    "nothing": "",
    "a lone surrogate": "\ud800 " * 200,
    "Arabic": "صوت المجلس يوم الثلاثاء على القرار " * 100,
    "Chinese": "市议会星期二通过了一项禁令" * 500,
    "a megabyte of words": "the council banned tents " * (MEGABYTE // 25),
    "a megabyte without a space": "a'" * (MEGABYTE // 2),
    "a megabyte of spaces": " " * MEGABYTE,
    "quotation marks": "’" * 5000,
    "NUL bytes": "council\x00 banned\x00 " * 100,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_odd_text_is_looked_at(name: str) -> None:
    odd = article("", title="").model_construct(title=HOSTILE[name], text=HOSTILE[name], source_home=None)
    found = look(odd)
    assert found is None or 0 <= found.score <= 1


@given(st.text(), st.text(min_size=BRIEF), st.lists(st.frozensets(st.text())))
def test_any_text_is_looked_at(title: str, text: str, sentences: list[frozenset[str]]) -> None:
    found = glance(article(text, title=title), sentences)
    assert found is None or 0 <= found.score <= 1
