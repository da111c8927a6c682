"""The text of an article with what was found in it marked."""

from db.desk.browsing import HeldFinding
from jobs.web.desk.pages.articles import marked
from support.timeline.cases import evidence

TEXT = "The council met. It banned bags. The ban begins in May."


def told(quote: str, start: int | None = None) -> HeldFinding:
    return HeldFinding(evidence(quote=quote, start=TEXT.index(quote) if start is None else start).finding, None)


def test_each_quote_is_marked_with_the_number_of_its_finding() -> None:
    pieces = list(marked(TEXT, [told("The ban begins in May."), told("It banned bags.")]))
    assert "".join(piece for piece, _ in pieces) == TEXT
    assert [(piece, numbers) for piece, numbers in pieces if numbers] == [
        ("It banned bags.", (2,)),
        ("The ban begins in May.", (1,)),
    ]


def test_quotes_that_overlap_are_both_marked() -> None:
    pieces = list(marked(TEXT, [told("It banned bags."), told("banned bags. The ban")]))
    assert [(piece, numbers) for piece, numbers in pieces if numbers] == [
        ("It ", (1,)),
        ("banned bags.", (1, 2)),
        (" The ban", (2,)),
    ]


def test_a_quote_that_is_not_there_is_not_marked() -> None:
    assert list(marked(TEXT, [told("It banned bags.", 3)])) == [(TEXT, ())]
    assert list(marked("", [])) == []
