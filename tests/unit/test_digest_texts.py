"""A mail tells of changed texts of policies in a section of their own, with both sentences, before the other news."""

import runpy
from datetime import date
from pathlib import Path

from tracker.model import Basis, EvidenceKind, Stage
from tracker.partial_date import PartialDate
from tracker.publish.mail.digest import Letter, write
from tracker.publish.mail.sections import Sections, is_old

SAMPLES = runpy.run_path(str(Path(__file__).parents[1] / "golden" / "publish" / "samples.py"))
TODAY = date(2026, 11, 23)
BEFORE, NOW = "Before: Officers shall ask first.", "Now: Officers may ask first."


def entry(name, quote, kind, policy):
    sources = [(quote, f"https://a.example/{name}", "A", date(2026, 11, 20), "", "")]
    made = SAMPLES["entry"](
        name, policy, SAMPLES["MILWAUKEE"], Stage.ADOPTED, "2026-11-19", Basis.STATED, name, sources
    )
    return made.model_copy(update={"evidence": tuple(one.model_copy(update={"kind": kind}) for one in made.evidence)})


TEXT = entry("order", f"{BEFORE}\n{NOW}", EvidenceKind.DOCUMENT, "p1")
NEWS = entry("ordinance", "The council passed it.", EvidenceKind.REPORT, "p2")


def test_the_text_of_a_policy_stands_before_the_news_with_both_sentences():
    mail = write(Sections(new=(NEWS, TEXT)), Letter(TODAY))
    for form in (mail.text, mail.html):
        places = [
            form.index(part)
            for part in ("The text of a policy changed", BEFORE, NOW, "1 policy, 1 step", "“The council")
        ]
        assert places == sorted(places)
        assert form.count(BEFORE) == 1
    assert f"    {BEFORE}\n    {NOW}\n" in mail.text
    assert {one.id for one in mail.entries} == {TEXT.id, NEWS.id}, "the ledger has both"


def test_without_other_news_there_is_no_section_of_news_and_without_texts_none_of_texts():
    assert "1 policy, 1 step" not in write(Sections(new=(TEXT,)), Letter(TODAY)).text
    assert "The text of a policy changed" not in write(Sections(new=(NEWS,)), Letter(TODAY)).text


def test_a_text_that_was_found_replaced_is_news_whatever_old_day_it_prints():
    printed = {"date": PartialDate.parse("2019-03-01")}
    assert is_old(NEWS.model_copy(update=printed), TODAY)
    assert not is_old(TEXT.model_copy(update=printed), TODAY)
    assert is_old(TEXT, date(2027, 11, 23)), "found a year ago"
