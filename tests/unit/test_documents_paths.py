"""Under which numbers the paragraphs of an order stand."""

import pytest

from tracker.read.documents.section_paths import section_paths


@pytest.mark.parametrize(
    ("numbers", "paths"),
    [
        ("I. A. 1. 2. B. 1. a. b. II. A.", "I. I.A. I.A.1. I.A.2. I.B. I.B.1. I.B.1.a. I.B.1.b. II. II.A."),
        ("1. a. (1) (2) b. 2.", "1. 1.a. 1.a.(1) 1.a.(2) 1.b. 2."),
        ("A. B. C. D. E. F. G. H. I. J.", "A. B. C. D. E. F. G. H. I. J."),
        ("5.1 5.1.1 5.2 a. b. 5.3", "5.1 5.1.1 5.2 5.2.a. 5.2.b. 5.3"),
        ("IV. V. VI. A.", "IV. V. VI. VI.A."),
        ("I. A. C. 1. II.", "I. I.A. I.C. I.C.1. II."),
        ("1. 2. 1. 2.", "1. 2. 1. 2."),
    ],
)
def test_a_label_stands_under_the_list_that_it_is_part_of(numbers: str, paths: str) -> None:
    assert " ".join(section_paths(numbers.split())) == paths


def test_notes_bullets_and_plain_paragraphs_stand_under_the_last_number() -> None:
    numbers = ["", "I.", "A.", "NOTE:", "", "•", "B."]
    assert list(section_paths(numbers)) == ["", "I.", "I.A.", "I.A. NOTE:", "I.A.", "I.A. •", "I.B."]
