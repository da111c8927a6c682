"""Names and quotes that are withheld: where they stand in whatever typography, and nowhere else."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.timeline.cases import evidence
from tracker.model import ActKind, Change, Entry, Mark, RecordedAct, Revision
from tracker.publish.folding import FoldedText
from tracker.publish.withholding import Redactor, Withholding, decisions_on
from tracker.timeline.how_sure import how_sure
from tracker.timeline.merging.intents import Open
from tracker.timeline.merging.merge import merge
from tracker.timeline.policies import policy_from

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SAID = "Jane Roe, whose son was held, asked Milwaukee to end the ordinance on detainers."
CLAUSE = "The Milwaukee Common Council adopted an ordinance on detainers Tuesday night"


def name(text: str, number: int = 1) -> Withholding:
    return Withholding(id=f"W{number}", kind="name", text=text, at=NOW, actor="Ada", reason="asked for it")


def quote(text: str, url: str = "https://a.example/1", start: int = 0) -> Withholding:
    where: dict[str, Any] = {"url": url, "start": start, "end": start + len(text)}
    return Withholding(id="W9", kind="quote", text=text, at=NOW, actor="Ada", reason="names a child", **where)


JANE = Redactor([name("Jane Roe")])
WITHIN = [
    ("Jane Roe spoke.", "[name withheld] spoke."),
    ("JANE ROE’s son and jane roe", "[name withheld]’s son and [name withheld]"),
    ("by Jane\u00a0Roe, Jane  Roe and Jane\nRoe", "by [name withheld], [name withheld] and [name withheld]"),
    ("Jane\u00ad Ro\u200be said “Jane Roe”", "[name withheld] said “[name withheld]”"),
    ("Ja\u0301ne Roé\u0301!", "[name withheld]!"),
    ("“Café” — Jane Roe…", "“Café” — [name withheld]…"),
    ("Jane Roebuck, Mary-Jane Roe-Smith", "Jane Roebuck, Mary-[name withheld]-Smith"),
    ("Jane Q. Roe; Roe, Jane; Jane-Roe’s", "[name withheld]; [name withheld]; [name withheld]’s"),
    ("Jane “Jo” Roe, Jane “Roe”, x_Jane_Roe_y", "[name withheld], [name withheld]”, x_[name withheld]_y"),
    ("Jane spoke. Roe left, Jane Alice Roe, J. Roe", "Jane spoke. Roe left, Jane Alice Roe, J. Roe"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "shown"), WITHIN)
def test_a_name_goes_in_every_typography_and_only_whole(text: str, shown: str) -> None:
    assert JANE.text(text) == shown


OTHERS = [
    ("Sinéad O’Brien", "Sinead O'Brien and SINÉAD O‘BRIEN", "[name withheld] and [name withheld]"),
    ("Mary-Ann Lee", "Mary‑Ann Lee, Mary–Ann Lee, Mary Ann Lee", "[name withheld], [name withheld], [name withheld]"),
    ("Łukasz Groß", "Łukasz Gross; łukasz groß", "[name withheld]; [name withheld]"),
    ("J. R.", "J. R. said J. R.x", "[name withheld] said [name withheld]x"),
]


@pytest.mark.parametrize(("told", "text", "shown"), OTHERS)
def test_names_of_every_kind_are_found(told: str, text: str, shown: str) -> None:
    assert Redactor([name(told)]).text(text) == shown


@given(st.text(max_size=60), st.sampled_from(["Jane Roe", "JANE\tROE", "jane\u00a0 roe"]), st.text(max_size=60))
def test_whatever_stands_around_it_no_whole_name_is_left(before: str, told: str, after: str) -> None:
    shown = JANE.text(f"{before} {told} {after}")
    assert FoldedText(shown).replace(FoldedText("Jane Roe"), "").original == shown
    assert "[name withheld]" in shown


@given(st.text())
def test_a_text_without_the_name_stays_as_it_is(text: str) -> None:
    nobody = Redactor([name("Qwx Zzyzx")])
    assert (nobody.text(text), Redactor().text(text)) == (text, text)


def test_html_changes_in_its_text_and_not_in_its_tags() -> None:
    document = '<p title="Jane Roe"><a href="/jane roe">Jane Roe &amp; O&#39;Brien</a> &lt;b&gt; Jane&nbsp;Roe</p>'
    shown = '<p title="Jane Roe"><a href="/jane roe">[name withheld] &amp; O\'Brien</a> &lt;b&gt; [name withheld]</p>'
    assert JANE.html(document) == shown
    assert JANE.html("<p>O&#39;Brien</p>") == "<p>O&#39;Brien</p>"


def entry_of(*items: Any, **fields: Any) -> Entry:
    opened = [action.entry for action in merge([], list(items)).actions if isinstance(action, Open)]
    return opened[0].model_copy(update=fields)


def test_a_quote_gives_way_to_the_day_and_the_reason_and_its_link_stays() -> None:
    item = evidence(quote=SAID, url="https://a.example/1")
    other = evidence(outlet="Post", published="2017-06-24")
    entry = entry_of(item, other)
    shown = Redactor([quote(SAID)]).entry(entry)
    first = next(piece for piece in shown.evidence if piece.url == "https://a.example/1")
    assert first.finding.quote == "[quote withheld on November 23, 2026: names a child; it names Milwaukee]"
    assert [piece.finding.quote for piece in shown.evidence if piece.url != first.url] == [other.finding.quote]
    assert how_sure(shown) == how_sure(entry), "what it was judged by is not what readers see"


def test_copies_and_other_readings_of_the_sentence_go_too_but_nobody_elses_words() -> None:
    hidden = Redactor([quote(SAID, start=100), quote("It passed.", url="https://b.example/2")])
    read_otherwise = evidence(quote=SAID[5:60], url="https://a.example/1", start=105)
    copy = evidence(quote=SAID.upper().replace(" ", "\n"), url="https://copy.example/")
    elsewhere = evidence(quote=SAID[:20], url="https://a.example/1", start=900)
    same_words = evidence(quote="It passed.", url="https://c.example/3")
    shown = [hidden.entry(entry_of(item)).evidence[0] for item in (read_otherwise, copy, elsewhere, same_words)]
    assert [piece.finding.quote.startswith("[quote withheld") for piece in shown] == [True, True, False, False]


def test_a_title_that_is_the_sentence_becomes_the_label_wherever_it_was_told() -> None:
    change = Change(field="title", old="An older title of it", new=CLAUSE)
    history = (Revision(number=1, at=NOW, actor="tracker", reason="first report", changes=(change,)),)
    item = evidence(quote=f"{CLAUSE}.", url="https://a.example/1")
    entry = entry_of(item, title=f"“{CLAUSE}” — Sentinel", revisions=history)
    policy = policy_from([entry], "p").model_copy(update={"name": CLAUSE})
    shown = Redactor([quote(f"{CLAUSE}.")]).policy(policy)
    assert (shown.name, shown.entries[0].title) == ("Milwaukee policy", "Milwaukee, change adopted")
    assert shown.entries[0].revisions[0].changes == (Change(field="title", old=change.old, new="[withheld]"),)
    assert "adopted an ordinance on detainers Tuesday" not in shown.model_dump_json()


def test_a_name_goes_from_everything_that_an_entry_shows() -> None:
    change = Change(field="title", old="Jane Roe’s rule", new="JANE ROE rule")
    act = RecordedAct(id=1, at=NOW, actor="Jane Roe", kind=ActKind.EDIT, target="e", reason="as Jane Roe says")
    revision = Revision(number=1, at=NOW, actor="Jane Roe", reason="as Jane Roe says", changes=(change,), act=act)
    item = evidence(quote=SAID, body="Board of Jane Roe", subject="jane roe detainer", instrument="Jane Roe act")
    entry = entry_of(item.model_copy(update={"title": "Jane Roe wins"}))
    told = {"title": "Jane Roe wins", "body": "Board of Jane Roe", "subject": "jane roe detainer"}
    entry = entry.model_copy(update=told | {"policy_name": "Jane Roe", "revisions": (revision,)})
    shown = JANE.entry(entry)
    assert "jane" not in shown.model_dump_json().lower()
    assert "roe" not in shown.model_dump_json().lower()
    assert shown.subject == "detainer"
    assert (shown.id, shown.evidence[0].url) == (entry.id, entry.evidence[0].url)


def test_a_name_goes_from_the_act_that_the_program_followed_on_another_entry() -> None:
    act = RecordedAct(id=1, at=NOW, actor="Ada", kind=ActKind.REJECT, target="another", reason="as Jane Roe says")
    revision = Revision(number=2, at=NOW, actor="tracker", reason="another date", act=act)
    entry = entry_of(evidence(quote="It passed."), revisions=(revision,))
    assert "Jane" not in JANE.entry(entry).model_dump_json()


def test_what_was_taken_back_is_published_and_still_known() -> None:
    taken_back = name("Jane Roe").model_copy(update={"released_at": NOW})
    entry = entry_of(evidence(quote=SAID))
    assert not Redactor([taken_back])
    assert Redactor([taken_back]).entry(entry) is entry
    assert list(decisions_on([taken_back, name("John Doe", 2)], entry)) == [taken_back]


def test_a_reason_does_not_tell_the_name() -> None:
    hidden = Redactor([name("Jane Roe"), quote(SAID).model_copy(update={"reason": "Jane Roe asked for it"})])
    shown = hidden.entry(entry_of(evidence(quote=SAID, url="https://a.example/1")))
    assert "2026: [name withheld] asked for it" in shown.evidence[0].finding.quote


# What stands around a quote

CHILD = "Her son Tim, nine years old, was with her when officers came to the house on Elm Street."


def with_context(url: str = "https://a.example/1", before: str = "", after: str = "") -> Entry:
    marks = (Mark(field="date", start=500, end=505),)
    item = evidence(quote=CLAUSE, start=500, url=url)
    told = {"before": before, "after": after, "marks": marks}
    return entry_of(item.model_copy(update={"finding": item.finding.model_copy(update=told)}))


HIDING = {
    "the quote itself": (quote(CLAUSE, start=500), with_context(before=CHILD + " ")),
    "a sentence before it": (quote(CHILD, start=400), with_context(before=CHILD + " ")),
    "a sentence after it": (quote(CHILD, start=590), with_context(after=" " + CHILD)),
    "another of the same article": (quote(CHILD, start=9000), with_context(before=CHILD[:40])),
    "the same in a copy": (quote(CHILD, "https://b.example/2", 7), with_context(before=CHILD.upper() + " ")),
    "a part of it in a copy": (quote("Then. " + CHILD, "https://b.example/2", 7), with_context(before=CHILD + " ")),
}


@pytest.mark.parametrize(("told", "entry"), HIDING.values(), ids=HIDING)
def test_where_a_sentence_is_withheld_nothing_stands_around_the_quote(told: Withholding, entry: Entry) -> None:
    found = Redactor([told]).entry(entry).evidence[0].finding
    assert (found.before, found.after, found.marks) == ("", "", ())


def test_a_name_around_the_quote_is_withheld_and_what_moved_is_not_marked() -> None:
    found = JANE.entry(with_context(before="Jane Roe wept. ", after=" So did JANE ROE.")).evidence[0].finding
    assert (found.before, found.after, found.marks) == ("[name withheld] wept. ", " So did [name withheld].", ())


def test_a_name_that_the_quote_cuts_in_two_takes_all_around_it_away() -> None:
    item = evidence(quote="Roe asked Milwaukee to end the ordinance.", start=500)
    finding = item.finding.model_copy(update={"before": "It was Jane ", "after": " Others did too."})
    found = JANE.entry(entry_of(item.model_copy(update={"finding": finding}))).evidence[0].finding
    assert (found.before, found.after) == ("", "")


def test_without_a_decision_that_concerns_them_the_sentences_and_marks_stay() -> None:
    entry = with_context(before="Nothing else happened. ", after=" Nobody spoke.")
    assert Redactor([name("Jane Roe"), quote(CHILD, "https://b.example/2")]).entry(entry) == entry
