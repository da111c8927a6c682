"""What stands around an article on its page is not read, and nothing of the article goes with it."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from support.articles.reader import article, explain
from tracker.model import Article
from tracker.read.text.document import document
from tracker.read.text.furniture import furniture

EVAL = Path(__file__).parents[1] / "eval"
sys.path.insert(0, str(EVAL))

from splits import part  # noqa: E402 - its folder is no package

NAMES = (
    "retold",
    "retold_2",
    "retold_3",
    "retold_4",
    "retold_5",
    "retold_6",
    "retold_long",
    "articles",
    "clusters",
    "clusters_2",
)
LEARNT = ("retold_4", "retold_5", "retold_6")
OTHER_STORIES = {
    "More: Samaniego keeps county closed through Dec. 1",
    "[RELATED: Distracted driving ban gets a yes in Surprise]",
    "[RELATED: Texting ban adopted by Yavapai County, and a push for one rule in all the state]",
}
"""Labelled steps that are themselves links to other stories."""
COUNCIL, CLERK = "The council voted 5-2 to end the curfew.", "The clerk will print the ordinance next week."
GOES = {
    "a stamp": "Posted: Mon 9:14 PM, Mar 04, 2019 | Updated: Tue 6:02 AM, Mar 05, 2019",
    "a stamp with its maker": "Posted 10:48 PM, April 2, 2018, by Fox 21 News Staff",
    "a moment": "Thursday, April 26th 2018, 6:38 pm",
    "a by-line": "By Joel Kastner, Topeka bureau",
    "a role": "KEVIN ODOM | STAFF REPORTER",
    "a caption with its credit": "Deputies outside the Fresno jail on March 3, 2018. (Lee Hartwell / Valley Sentinel)",
    "a caption with a name and an outlet": "Members meet Jan. 5, 2021, in Gary, Ind. (Rob Tate, Lake Reporter)",
    "a caption with brackets": "The Tampa City Council on Aug. 3, 2017. [JAMES ORR | Bay Times]",
    "a caption from the files": "Councilwoman Rita Blume at a meeting in Toledo last fall. File photo",
    "a link": "RELATED: Kenosha County ends its contract on May 1",
    "a link in brackets": "[ALSO: Peoria police drop tickets for tinted windows ]",
    "a lead to the page": "Click here to read the ordinance from Shreveport",
    "buttons": "Facebook Twitter Email Print 14 Comments",
    "a newsletter": "Sign up for our Morning Brief and get the news of Omaha in your inbox.",
    "an appeal": "We rely on readers like you. Give $5 a month.",
    "copyright": "Copyright 2020 KXYB-TV, Amarillo, Texas. All rights reserved.",
    "tags": "Tags: Dane County, sheriff, immigration",
    "the weather": "72° Partly cloudy, Green Bay, WI",
    "how to reach the writer": "Reach reporter Dana Whitcomb at 920-555-0171 or dwhitcomb@ledger.example.",
}
STAYS = {
    "a correction": "Correction: The ordinance takes effect March 1. An earlier version gave another date.",
    "news behind a label": "UPDATE: The council voted late Tuesday to keep the curfew.",
    "an item of a list": "• Approved: a fee of $20 for each dog",
    "a vote": "Yes: Dorff, Gerlach, Galvin",
    "a heading": "Short-term rentals",
    "a sentence that begins with By": "By a vote of 5-2, the board adopted it.",
    "a sentence with also": "Also: councilors say yes to new rules for rentals",
    "what a person says": "“Subscribe to our newsletter,” the mayor told the council.",
    "a post of the city": "The council just adopted Ordinance 12. It takes effect May 1.",
    "comments on a draft": "Comments are taken through Sept. 7.",
    "an announcement": "Call 302-227-6181 before the hearing on the new ordinance.",
    "a dateline": "MILWAUKEE, Thursday, February 6, 2020",
    "a pact": "The photos policy was changed by the chief, and the press video rule as well.",
}


@pytest.mark.parametrize("line", GOES.values(), ids=GOES)
def test_furniture_goes(line: str) -> None:
    assert furniture([COUNCIL, line, CLERK]) == {1}


@pytest.mark.parametrize("line", STAYS.values(), ids=STAYS)
def test_what_the_article_says_stays(line: str) -> None:
    assert not furniture([COUNCIL, *[CLERK] * 10, line, *[CLERK] * 10, COUNCIL])


def test_the_lines_of_a_box_go_with_its_heading_and_the_next_sentence_stays() -> None:
    box = [
        "Most Read",
        "1. Jackson adopts a curfew",
        "Biloxi police chief signs new order",
        "NEWSLETTERS",
        "Mondays at 7 a.m.",
    ]
    assert furniture([COUNCIL, *box, CLERK]) == {1, 2, 3, 4, 5}


def test_a_list_of_the_article_is_no_box() -> None:
    assert not furniture(
        [COUNCIL, "In other business:", "Raised the fee for dogs", "Tabled the plan for Main Street", CLERK]
    )


def test_the_writer_named_above_is_known_below() -> None:
    below = "Marla Jespersen joined the Courier in 2014 and lives in Fargo."
    assert furniture(["By MARLA JESPERSEN", COUNCIL, CLERK, below]) == {3}
    assert furniture([COUNCIL, CLERK, below], byline="Marla Jespersen") == {2}
    assert not furniture([COUNCIL, CLERK, below])


def test_the_headline_before_its_text_is_read_once() -> None:
    title = "Council ends the curfew in Racine"
    glued = document(article(f"{title} The Racine council voted 5-2 to end its curfew.", title))
    assert glued.read.text == "The Racine council voted 5-2 to end its curfew."
    summary = "The Racine council voted 5-2 on Tuesday"
    assert furniture([summary, f"{summary} to end its curfew.", CLERK], title) == {0}
    sentence = document(article(f"{title} Tuesday after Mayor Mason asked for it.", title))
    assert sentence.read.text.startswith(title)


def test_a_text_of_nothing_else_stays_whole() -> None:
    only = ["RELATED: Kenosha ends its curfew", "Copyright 2020 Lake Media"]
    assert document(article("\n\n".join(only))).read.text.split("\n\n") == only


def test_a_quote_stands_in_the_text_as_it_was_given_and_furniture_in_no_context() -> None:
    lines = ["By Joel Kastner, Topeka", "Dayton’s  city commission\u00ad met.", "RELATED: Racine bans tents on May 1"]
    act = "The Dayton City Commission  voted 5-2 Tuesday to ban tents in city parks."
    text = "\n\n".join([*lines, act, "Share this article", "The ban takes effect June 1."])
    told = explain(text, "Dayton bans tents in parks")
    adopted = next(found for found in told.reading.findings if "voted" in found.quote)
    assert text[adopted.start : adopted.end] == adopted.quote == act
    assert adopted.before + adopted.quote + adopted.after in text
    assert "RELATED" not in adopted.before
    assert "Share" not in adopted.after
    assert told.document.furniture == (lines[0], lines[2], "Share this article")
    assert f"page furniture, not read: “{lines[2]}”" in told.lines()


def records() -> list[dict[str, Any]]:
    """What may be looked at."""
    lines = ((name, line) for name in NAMES for line in (EVAL / f"{name}.jsonl").read_text("utf-8").splitlines())
    named = ((name, json.loads(line)) for name, line in lines)
    return [record for name, record in named if name in LEARNT or part(record) != "kept"]


def lost(wanted: Iterable[dict[str, Any]]) -> set[str]:
    """The labelled sentences that are put aside."""
    found = set()
    for record in wanted:
        aside = document(Article.model_validate(record)).furniture
        quotes = {" ".join((entry.get("quote") or "").split()) for entry in record["entries"]}
        found |= {quote for quote in quotes if quote and any(quote in paragraph for paragraph in aside)}
    return found


def test_no_labelled_sentence_is_furniture() -> None:
    assert lost(records()[::6]) <= OTHER_STORIES


@pytest.mark.long
def test_of_all_labelled_sentences_none_is_furniture() -> None:
    assert lost(records()) == OTHER_STORIES


def test_the_furniture_of_the_gate_is_of_fifteen_kinds_and_half_of_it_was_never_looked_at() -> None:
    lines = [json.loads(line) for line in (EVAL / "furniture.jsonl").read_text("utf-8").splitlines()]
    halves = {half: {line["kind"] for line in lines if line["half"] == half} for half in ("develop", "measure")}
    assert len(halves["develop"]) == len(halves["measure"]) == 15
    assert len(lines) == len({line["id"] for line in lines}) == 210
