"""Two versions of a policy, by sentence: what changed is found, what only moved or stands in other lines is not."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.documents.orders import HEAD, order
from support.documents.typesetting import Layout, typeset
from tracker.gather.documents.policy_text import DocumentText, Paragraph
from tracker.gather.documents.reading import read_document
from tracker.read.documents.comparison import Comparison, EditKind, compare
from tracker.read.documents.word_runs import RunKind, WordRun, word_runs

POLICY = """I.|Purpose
|This order sets out when members may ask about immigration status.
II.|Rules
A.|A member shall not ask a witness about immigration status. The member may ask where the law requires it.
B.|A detainer is honored only if a judge has signed a warrant for the person.
1.|The watch commander reviews each detainer within two hours;
2.|The records clerk files a copy, and keeps it for five years.
NOTE:|Overtime for court is paid at 1.5 times the hourly rate.
III.|Reports
A.|The captain reports the number of detainers to the council every quarter.
B.|A report names no person. It is open to the public, unless a court has sealed the case."""
LINES = POLICY.split("\n")


def document(*lines: str) -> DocumentText:
    """One of `number|text` lines."""
    told = (line.partition("|") for line in lines)
    return DocumentText("", (), tuple(Paragraph(number, text) for number, _, text in told), 1, False, False)


def replaced(old: str, new: str) -> Comparison:
    """The policy, and the same with other words."""
    assert POLICY.count(old) == 1
    return compare(document(*LINES), document(*POLICY.replace(old, new).split("\n")))


def told(comparison: Comparison) -> list[tuple[str, str, str]]:
    """Kind, old and new text of each edit."""
    return [(e.kind.value, e.old.text if e.old else "", e.new.text if e.new else "") for e in comparison.edits]


def test_a_document_does_not_differ_from_itself() -> None:
    assert compare(document(*LINES), document(*LINES)) == Comparison((), (), ())


@pytest.mark.parametrize(
    ("old", "new", "edits"),
    [
        (
            "The member may ask where the law requires it.",
            "The member may ask only with a supervisor's approval.",
            [
                (
                    "changed",
                    "The member may ask where the law requires it.",
                    "The member may ask only with a supervisor's approval.",
                )
            ],
        ),
        (" The member may ask where the law requires it.", "",
         [("removed", "The member may ask where the law requires it.", "")]),
        ("names no person.", "names no person. It is due on Friday.", [("added", "", "It is due on Friday.")]),
        ("2.|The", "2.|Nobody is held on a detainer alone.\n3.|The",
         [("added", "", "Nobody is held on a detainer alone.")]),
        ("at 1.5 times", "at 15 times",
         [("changed", "Overtime for court is paid at 1.5 times the hourly rate.",
           "Overtime for court is paid at 15 times the hourly rate.")]),
        ("A member shall not ask", "A member should not ask",
         [("changed", "A member shall not ask a witness about immigration status.",
           "A member should not ask a witness about immigration status.")]),
        ("II.|Rules", "II.|Duties", [("removed", "Rules", ""), ("added", "", "Duties")]),
    ],
)  # fmt: skip
def test_a_sentence_that_differs_is_found_by_itself(old: str, new: str, edits: list[tuple[str, str, str]]) -> None:
    assert sorted(told(replaced(old, new))) == sorted(edits)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("status. The member", "status.\n|The member"),
        ("only if a judge", "only\n|if a judge"),
        ("within two hours;", "within two hours."),
        ("every quarter.", "every  quarter ."),
        ("names no person. It is", "names no per-\n|son. It is"),
        ("II.|Rules\nA.|", "II.|Rules\n|A. "),
        ("at 1.5 times", "at 1.5\n|times"),
        ("files a copy, and keeps it for five years.", "files a copy,\n|and keeps it for five years"),
        ("is open to the public, unless", "is open to the public\n|unless"),
    ],
)
def test_what_stands_in_other_lines_is_no_change(old: str, new: str) -> None:
    assert replaced(old, new).edits == ()


def test_what_was_moved_is_told_as_moved() -> None:
    moved = document(*LINES[:4], LINES[9], *LINES[4:9], *LINES[10:])
    found = compare(document(*LINES), moved)
    assert found.edits == ()
    assert [old.text for old, _ in found.moved] == [
        "The captain reports the number of detainers to the council every quarter."
    ]


def test_what_was_numbered_anew_is_told_as_such() -> None:
    found = replaced("B.|A detainer", "C.|A detainer")
    assert (found.edits, found.moved) == ((), ())
    assert [(old.number, new.number) for old, new in found.renumbered] == [("B.", "C.")]


def test_what_was_moved_and_changed_is_one_change() -> None:
    line = LINES[9].replace("every quarter", "every month")
    (edit,) = compare(document(*LINES), document(*LINES[:4], line, *LINES[4:9], *LINES[10:])).edits
    assert (edit.kind, edit.moved) == (EditKind.CHANGED, True)


def test_a_sentence_that_was_parted_and_changed_is_one_change() -> None:
    (edit,) = replaced("only if a judge has signed a warrant", "only\n|if a court has signed a warrant").edits
    assert edit.new
    assert edit.new.text == "A detainer is honored only if a court has signed a warrant for the person."


def test_a_change_knows_under_which_numbers_it_stands() -> None:
    (edit,) = replaced("within two hours", "within one hour").edits
    assert edit.new
    assert (edit.new.number, edit.new.path) == ("1.", "II.B.1.")


READ = [Layout(), Layout(columns=2, size=9, margin=50, indent=10), Layout(font="Courier", size=9, labels="alone")]


@pytest.mark.parametrize("seed", range(20))
def test_an_order_that_is_set_anew_has_no_change_and_one_with_another_word_has_that(seed: int) -> None:
    text = order(seed)
    at = next(place for place, one in enumerate(text) if len(one.text.split()) > 8)
    other = text[at].text.replace(text[at].text.split()[5], "seldom", 1)
    changed = (*text[:at], Paragraph(text[at].number, other), *text[at + 1 :])
    pdfs = [typeset(HEAD, text, READ[seed % 3]), typeset(HEAD, text, READ[(seed + 1) % 3])]
    pdfs.append(typeset(HEAD, changed, READ[(seed + 2) % 3]))
    old, anew, new = (read_document(pdf, "https://lakemoor.example/7-04.pdf") for pdf in pdfs)
    assert compare(old, anew).edits == ()
    (edit,) = compare(old, new).edits
    assert edit.new
    assert (edit.kind, "seldom" in edit.new.text) == (EditKind.CHANGED, True)


def test_edits_stand_in_the_order_of_the_new_version_and_removed_ones_where_they_stood() -> None:
    last = " It is open to the public, unless a court has sealed the case."
    changed = POLICY.replace("two hours", "one hour").replace(last, "")
    changed = changed.replace("I.|Purpose", "I.|Purpose\n|It replaces a former order.", 1)
    kinds = [edit.kind for edit in compare(document(*LINES), document(*changed.split("\n"))).edits]
    assert kinds == [EditKind.ADDED, EditKind.CHANGED, EditKind.REMOVED]


def test_words_are_marked_in_runs_that_people_can_read() -> None:
    assert word_runs("A report is due once a year.", "A report is due every six months.") == (
        WordRun(RunKind.SAME, "A report is due "),
        WordRun(RunKind.REMOVED, "once a year"),
        WordRun(RunKind.ADDED, "every six months"),
        WordRun(RunKind.SAME, "."),
    )


WORDS = st.lists(st.sampled_from(["shall", "may", "not", "a", "member", "ask", "5.2", ",", "(b)", "the", "chief"]))


@given(WORDS, WORDS)
def test_the_runs_hold_both_sentences(old: list[str], new: list[str]) -> None:
    runs = word_runs(" ".join(old), " ".join(new))
    assert "".join(run.text for run in runs if run.kind is not RunKind.REMOVED) == " ".join(new)
    kept = "".join(run.text for run in runs if run.kind is not RunKind.ADDED)
    assert kept.replace(" ", "") == "".join(old)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_wrapping_and_moving_paragraphs_changes_no_sentence(seed: int) -> None:
    chance = random.Random(seed)
    lines = list(LINES)
    chance.shuffle(lines)
    wrapped: list[str] = []
    for line in lines:
        number, _, text = line.partition("|")
        words = text.split()
        at = chance.randrange(len(words))
        wrapped += [f"{number}|{' '.join(words[:at])}", f"|{' '.join(words[at:])}"] if at else [line]
    assert compare(document(*LINES), document(*wrapped)).edits == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=8), st.lists(st.sampled_from(LINES), max_size=8))
def test_each_sentence_is_told_once(old: list[str], new: list[str]) -> None:
    found = compare(document(*old), document(*new))
    edited = [(edit.old and edit.old.place, edit.new and edit.new.place) for edit in found.edits]
    assert len({place for place, _ in edited if place is not None}) == sum(place is not None for place, _ in edited)
    assert len({place for _, place in edited if place is not None}) == sum(place is not None for _, place in edited)
    undone = compare(document(*new), document(*old))
    assert sorted(edit.kind for edit in undone.edits if edit.kind is EditKind.CHANGED) == sorted(
        edit.kind for edit in found.edits if edit.kind is EditKind.CHANGED
    )


@pytest.mark.parametrize("number", [0, 3, 2_000])
def test_text_of_which_much_is_alike_is_compared_as_well(number: int) -> None:
    same = ["|The officer reports to the sergeant."] * number
    other = ["|The officer reports to the sergeant."] * (number // 2) + ["|Another thing holds here."] * 2
    kinds = [edit.kind for edit in compare(document(*same), document(*other)).edits]
    assert kinds.count(EditKind.ADDED) == 2
    assert kinds.count(EditKind.REMOVED) == number - number // 2
