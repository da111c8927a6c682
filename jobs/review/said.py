"""What readers wrote about an entry, as a reviewer sees it, and the same for programs."""

from collections.abc import Iterator, Sequence

from rich.text import Text

from jobs.console import one_line
from tracker.timeline.remarks import Remark


def shown(found: Sequence[Remark]) -> Iterator[Text]:
    """What readers wrote about an entry, for `review show`: what waits for an answer stands out."""
    if found:
        yield Text("\nReaders wrote", style="bold")
    for item in found:
        head = f"{item.name:>4}  {item.at:%Y-%m-%d}  {item.about.words} (revision {item.revision}){_address(item)}"
        yield Text(head, style="" if item.closed_at else "yellow")
        yield Text(f"      {one_line(item.text)}") if item.text else Text("      no more words")
        if item.source:
            yield Text(f"      source: {one_line(item.source)}", style="dim")
        if item.closed_at:
            yield Text(f"      {one_line(answered(item))}", style="dim")


def answered(item: Remark) -> str:
    """`2026-11-23 Ada: stands, the minutes`."""
    why = f", {item.why}" if item.why else ""
    return f"{item.closed_at:%Y-%m-%d} {item.closed_by}: {item.outcome}{why}"


def _address(item: Remark) -> str:
    return ", waits for an answer by mail" if item.address else ""


def as_record(item: Remark) -> dict[str, object]:
    """For programs. A reader's address is nobody's business but the mail's."""
    record = item.model_dump(mode="json", exclude={"address"})
    return record | {"id": item.name, "wants_answer": bool(item.address)}
