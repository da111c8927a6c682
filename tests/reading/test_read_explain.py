"""Why an article was read as it was: what moved its score, each event with its rivals, and what was decided."""

import pytest

from support.articles.reader import HOME, WEDNESDAY, article, explain, reader, seen
from support.articles.scores import Chooser, Said, scores
from tracker.model import Article, Reading, Stage
from tracker.read.decode import decode
from tracker.read.explain import MOST_MOVING, MOST_SENTENCES, Explanation
from tracker.read.opinions.opinion import Opinion, OpinionStep
from tracker.read.opinions.trust import Trust
from tracker.read.reader import Reader
from tracker.read.screen import screen
from tracker.read.thresholds import Thresholds

TITLE = "Dayton council bans tents"
FIRST, SECOND, THIRD = (
    "The Dayton council adopted the ordinance Tuesday.",
    "Kettering has no such ban.",
    "The ordinance takes effect July 1.",
)
SAID = (
    Said(1, Stage.ADOPTED, "Tuesday", "2023-05-09", news=1.0),
    Said(3, Stage.EFFECTIVE, "July 1", "2023-07-01", odds=2.0),
    Said(2, Stage.BLOCKED, place="Kettering", odds=-2.0),
)
WITHOUT = {FIRST: 1.0, SECOND: 5.5, THIRD: 3.0}
"""The log-odds of the article without each of its sentences; with all of them 4."""


def told(*said: Said, change: float = 4.0, text: str = f"{FIRST} {SECOND} {THIRD}") -> Explanation:
    each = article(text, TITLE)
    whole, mentions = seen(each)
    built = scores(mentions, *said, change=change)
    decision = decode(built, mentions, WEDNESDAY, Thresholds(keep=0.6))

    def odds(less: Article) -> float:
        return next((value for sentence, value in WITHOUT.items() if sentence not in less.text), change)

    reading = Reading(id="case", is_change=bool(decision.events), score=0.9, reason="it is so")
    return Explanation(whole, reading, screen(each), mentions, built, decision, odds)


def the_line(lines: list[str], words: str) -> str:
    (line,) = [line for line in lines if words in line]
    return line


def test_it_begins_with_the_title_and_the_screen_and_ends_with_the_verdict() -> None:
    lines = told(*SAID).lines()
    assert lines[0] == TITLE
    assert lines[1].startswith("screen: its words ")
    assert lines[2].strip().startswith("for it: ")
    assert lines[3].strip().startswith("against it: ")
    assert lines[-1] == "change (0.90): it is so"


def test_the_sentences_that_raised_and_lowered_the_score_are_named_the_strongest_first() -> None:
    moving = [line.strip() for line in told(*SAID).lines() if " by " in line and "“" in line]
    assert moving == [f"raised by 3.00: “{FIRST}”", f"raised by 1.00: “{THIRD}”", f"lowered by 1.50: “{SECOND}”"]


def test_an_event_shows_its_sentence_and_its_rivals_in_stage_date_and_place() -> None:
    lines = told(*SAID).lines()
    start = lines.index(the_line(lines, "— the news"))
    event, sentence, stage, date, place = (line.strip() for line in lines[start : start + 5])
    assert event.endswith("adopted 2023-05-09 (“Tuesday”) — Dayton, OH — the news")
    assert sentence == f"“{FIRST}”"
    assert stage.startswith("stage: adopted 0.98, ")
    assert date.startswith("date: 2023-05-09 (“Tuesday”) 0.90, ")
    assert "2023-05-16 (“Tuesday”)" in date, "its rival"
    assert place.startswith("place: Dayton, OH 0.90, ")
    assert "Kettering, OH" in place


def test_it_is_said_which_events_were_left_out() -> None:
    lines = told(*SAID).lines()
    assert the_line(lines, "effective 2023-07-01").endswith("— an entry")
    assert the_line(lines, "blocked no date").endswith("no date (no day is told) — Kettering, OH — left out")


def test_of_an_article_that_is_no_change_all_events_are_left_out() -> None:
    lines = told(*SAID, change=-9.0).lines()
    assert "the news" not in "\n".join(lines)
    assert the_line(lines, "adopted 2023-05-09").endswith("— left out")
    assert lines[-1].startswith("no change (")


def test_a_distance_is_shown_as_one() -> None:
    text = f"{FIRST} It takes effect 30 days after adoption."
    lines = told(SAID[0], Said(2, Stage.EFFECTIVE, "30 days after"), text=text).lines()
    assert "effective 2023-06-08 (“30 days after”)" in "\n".join(lines)
    assert "a distance (“30 days after”) 0.90" in "\n".join(lines)


def test_of_a_long_article_only_the_first_sentences_are_left_out_in_turn() -> None:
    asked: list[str] = []

    def odds(less: Article) -> float:
        asked.append(less.text)
        return 0.0

    text = " ".join(f"Sentence {number} of Dayton is here." for number in range(3 * MOST_SENTENCES))
    each = article(text)
    whole, mentions = seen(each)
    built = scores(mentions)
    decision = decode(built, mentions, WEDNESDAY, Thresholds())
    reading = Reading(id="case", is_change=False, score=0.1, reason="no")
    lines = Explanation(whole, reading, screen(each), mentions, built, decision, odds).lines()
    assert len(asked) == MOST_SENTENCES
    assert sum("raised" in line for line in lines) == MOST_MOVING


def test_beside_an_opinion_each_event_tells_who_read_it() -> None:
    """A step of a sentence that the encoder was not asked about has no rivals to show."""
    each, scorer = article(f"{FIRST} {THIRD}", TITLE), Chooser(SAID[0])
    scorer.costly = True
    dayton = next(number for number, place in enumerate(seen(each)[1].jurisdictions) if place.name == "Dayton")
    step = OpinionStep(unit=2, stage=Stage.EFFECTIVE, date=None, place=dayton, news=True)
    opinion = Opinion(is_change=True, topic="homelessness", choices=(step,))
    lines = Reader(scorer=scorer).explain_with(each, lambda *_: opinion, Trust.fitted()).lines()
    assert "       a language model, which read it too, says: a change, 1 step" in lines
    model, encoder = the_line(lines, "effective no date"), the_line(lines, "adopted 2023-05-09")
    assert model.endswith("read by the model alone")
    assert encoder.endswith("read by the encoder alone")
    assert "did not take this sentence" in lines[lines.index(model) + 2]
    rivals = lines[lines.index(encoder) + 2 : lines.index(encoder) + 5]
    assert [line.strip().partition(":")[0] for line in rivals] == [
        "the encoder's stage",
        "the encoder's date",
        "the encoder's place",
    ]


def test_an_article_that_ended_at_the_screen_is_explained_without_scores() -> None:
    lines = explain("The bakery on Main Street sells bread, pies and coffee.", "Bakery opens").lines()
    assert lines[0] == "Bakery opens"
    assert not any(line.startswith("score of being a change") for line in lines)
    assert lines[-1].startswith("no change (")


@pytest.mark.parametrize("text", ["", "The Lions won on Friday.", "The council meets Tuesday at city hall."])
def test_what_is_explained_is_what_is_read(text: str) -> None:
    explanation = explain(text)
    assert explanation.reading == reader().read(article(text))
    assert explanation.reading.reason in explanation.lines()[-1]


def test_a_real_explanation_names_what_decided() -> None:
    text = f"{FIRST} {SECOND} {THIRD}"
    explanation = reader().explain(article(text, TITLE, home=HOME))
    assert explanation.reading == reader().read(article(text, TITLE, home=HOME))
    lines = explanation.lines()
    assert any(line.startswith("score of being a change: ") for line in lines)
    assert any(line.strip().startswith(("raised by", "lowered by")) for line in lines)
    assert explanation.decision
    assert all(f" {event.stage} " in "\n".join(lines) for event in explanation.decision.events)
