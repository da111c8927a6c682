"""Many readings at once: each asks for parses as it goes on, and what all of them ask for is parsed in one go.

A parser's networks cost much the same for five sentences as for ten, and the likeliest sentences of one article are
five.
"""

from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from spacy.tokens import Doc

T = TypeVar("T")
Asking = Generator[list[str], "list[Doc]", T]
"""A reading on its way: yields texts, is sent their parses, and returns what was read."""
Parse = Callable[[list[str]], "list[Doc]"]


def alone(asking: Asking[T], parse: Parse) -> T:
    """What one reading comes to."""
    try:
        texts = next(asking)
        while True:
            texts = asking.send(parse(texts))
    except StopIteration as end:
        return cast(T, end.value)


def together(all_of_them: Sequence[Asking[T]], parse: Parse) -> list[T | Exception]:
    """What each of them comes to, in order; an exception takes the place of the one that it ended."""
    results: dict[int, T | Exception] = {}
    parsed: dict[int, list[Doc] | None] = dict.fromkeys(range(len(all_of_them)))
    while parsed:
        asked: dict[int, list[str]] = {}
        for number, docs in parsed.items():
            try:
                asked[number] = all_of_them[number].send(docs)  # type: ignore[arg-type] # None starts it
            except StopIteration as end:
                results[number] = cast(T, end.value)
            except Exception as error:
                results[number] = error
        parsed = dict(_parsed(asked, parse, results))
    return [results[number] for number in range(len(all_of_them))]


def _parsed(asked: dict[int, list[str]], parse: Parse, failed: dict[int, Any]) -> "dict[int, list[Doc]]":
    """The parses that each asked for. Where a text breaks the parser, each is parsed for itself; those that do are put
    under the failed."""
    try:
        docs = iter(parse([text for texts in asked.values() for text in texts]))
        return {number: [next(docs) for _ in texts] for number, texts in asked.items()}
    except Exception as error:
        if len(asked) == 1:
            failed |= dict.fromkeys(asked, error)
            return {}
        each = [_parsed({number: texts}, parse, failed) for number, texts in asked.items()]
        return {number: docs for one in each for number, docs in one.items()}
