"""Under which numbers a paragraph of an order stands: `II.B.3.` for the "3." below "B." of "II."."""

from collections.abc import Iterable, Iterator

from tracker.gather.documents.numbering import label

Level = tuple[str, int, str]
"""The style of a list, the place in it, and the label as printed."""


def section_paths(numbers: Iterable[str]) -> Iterator[str]:
    """The path of each paragraph, by its own labels in reading order. A note, a bullet and a paragraph without a label
    stand under the last number; a decimal number is its own path."""
    levels: list[Level] = []
    for number in numbers:
        found = label(f"{number} …") if number else None
        ranks = found.ranks if found else ()
        if any(style == "decimal" for style, _ in ranks):
            levels = [("decimal", place, number) for _, place in ranks]
        elif ranks:
            _enter(levels, ranks, number)
        above = "".join(printed if printed.endswith((".", ")")) else f"{printed}." for _, _, printed in levels)
        above = above if len(levels) != 1 else levels[0][2]
        yield f"{above} {number}".strip() if number and not ranks else above


def _enter(levels: list[Level], ranks: tuple[tuple[str, int], ...], number: str) -> None:
    """Goes to the level of a label: of the innermost list that it goes on, else it begins one of its own, else it is of
    the innermost list of its style, some of whose labels are missing."""
    goes_on = [
        (depth, style, place)
        for depth, (known, last, _) in enumerate(levels)
        for style, place in ranks
        if (style, place) == (known, last + 1)
    ]
    styles = [style for style, _, _ in levels]
    begins = [(len(levels), style, place) for style, place in ranks if place == 1 and style not in styles]
    same = [(styles.index(style), style, place) for style, place in ranks if style in styles]
    depth, style, place = (goes_on[-1:] or begins or same[-1:] or [(len(levels), *ranks[0])])[0]
    levels[depth:] = [(style, place, number)]
