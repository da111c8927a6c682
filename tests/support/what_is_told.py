"""What a timeline tells, whatever way led to it.

After a kill, the articles that were in hand are read and recorded one by one, so that one that ends the program is
found. What the entries say does not depend on that; ids and histories may be others, and an entry
that a later report of the same batch does away with may have stood for a moment.
"""

from collections.abc import Iterable, Mapping
from typing import Any

FIELDS = ("jurisdiction", "stage", "date", "basis", "topic", "body", "instrument", "status")


def what_is_told(entries: Iterable[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
    """Of every entry that some article supports: its fields, and the sentences that prove it. Sorted."""
    return sorted(
        (tuple(str(entry[field]) for field in FIELDS), tuple(sorted((item["url"], item["quote"]) for item in proof)))
        for entry in entries
        if (proof := entry["evidence"])
    )
