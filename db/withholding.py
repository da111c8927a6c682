"""What is withheld from everything published: decided, taken back, listed. Nothing is deleted: the rows are the log."""

from typing import Any

from sqlmodel import Session, col, func, select

from db import freshness
from db.convert import to_model, values_of
from db.locks import hold_timeline
from db.search_withheld import reconsider
from db.tables import ArticleRow, EvidenceRow, FindingRow
from db.tables_people import WithholdingRow
from tracker.errors import BadInput
from tracker.model import Entry, Evidence
from tracker.publish.folding import Folded
from tracker.publish.withholding import NAME_WITHHELD, Withheld, Withholding, matching
from tracker.timeline.decisions import Act
from tracker.whitespace import as_seen


def withheld(session: Session) -> Withheld:
    """As of now: for whatever is published."""
    return Withheld(decisions(session, active=True))


def decisions(session: Session, *, active: bool = False) -> tuple[Withholding, ...]:
    """Oldest first; `active`: only those that were not taken back."""
    query = select(WithholdingRow).order_by(col(WithholdingRow.at), col(WithholdingRow.id))
    query = query.where(col(WithholdingRow.released_at).is_(None)) if active else query
    return tuple(to_model(row, Withholding) for row in session.exec(query))


def get(session: Session, known: str) -> Withholding:
    """The decision of this id. Raises BadInput."""
    return to_model(_row(session, known), Withholding)


def is_one(session: Session, name: str) -> bool:
    """True where the id is that of a withholding."""
    return session.get(WithholdingRow, name) is not None


def name(session: Session, told: str, act: Act) -> tuple[Withholding, bool]:
    """Withholds a person's name; the second value says whether it was not yet. Raises BadInput."""
    text = checked_name(told)
    known = [item for item in decisions(session, active=True) if item.is_name]
    same = next((item for item in known if Folded(item.text).text == Folded(text).text), None)
    return (same, False) if same else (_add(session, act, kind="name", text=text), True)


def checked_name(told: str) -> str:
    """A name as it is kept. Raises BadInput for what is none."""
    text = as_seen(told)
    if not any(one.isalpha() for one in text):
        raise BadInput('a name has letters; give it as it is printed, like "Jane Roe"')
    return text


def quote(session: Session, item: Evidence, act: Act) -> tuple[Withholding, bool]:
    """Withholds the sentence of a piece of evidence, and its copies; the same."""
    found = item.finding
    for known in decisions(session, active=True):
        if (known.kind, known.url, known.start, known.end) == ("quote", item.url, found.start, found.end):
            return known, False
    return _add(session, act, kind="quote", text=found.said, url=item.url, start=found.start, end=found.end), True


def release(session: Session, known: str, act: Act) -> tuple[Withholding, bool]:
    """Takes a decision back: what was withheld is published again. Raises BadInput where there is none of this id."""
    hold_timeline(session)
    row = _row(session, known)
    is_new = row.released_at is None
    if is_new:
        row.sqlmodel_update({"released_at": act.at, "released_by": act.by, "released_why": act.reason})
        session.flush()
        reconsider(session, to_model(row, Withholding))
        freshness.touch(session)
    return to_model(row, Withholding), is_new


def of_entry(session: Session, entry: Entry) -> tuple[Withholding, ...]:
    """The decisions that change, or changed, what is published of an entry."""
    return tuple(matching(decisions(session), entry))


def shown_in(session: Session, told: str) -> tuple[int, int]:
    """(how many entries hold a name just now in a quote, around it or in a headline, how many hold its last word
    without the rest: a family name). Walks through all evidence."""
    texts: list[Any] = [FindingRow.quote, ArticleRow.title, FindingRow.before, FindingRow.after]
    pieces = select(EvidenceRow.entry_id, *texts)
    pieces = pieces.join(FindingRow, col(FindingRow.id) == col(EvidenceRow.finding_id))
    pieces = pieces.join(ArticleRow, col(ArticleRow.id) == col(FindingRow.article_id))
    name = Folded(as_seen(told))
    last = Folded(name.text.rpartition(" ")[2])
    whole, rest = set[str](), set[str]()
    for key, *found in session.exec(pieces):
        for text in map(Folded, found):
            without = text.replaced(name, NAME_WITHHELD)
            whole |= {key} if without is not text else set()
            rest |= {key} if without.replaced(last, "") is not without else set()
    return len(whole), len(rest)


def _row(session: Session, known: str) -> WithholdingRow:
    row = session.get(WithholdingRow, known)
    if row is None:
        raise BadInput(f"nothing is withheld as {known}; `tracker review withheld` gives the ids")
    return row


def _add(session: Session, act: Act, **values: object) -> Withholding:
    hold_timeline(session)
    number = session.exec(select(func.count()).select_from(WithholdingRow)).one() + 1
    decided = {"id": f"W{number}", "at": act.at, "actor": act.by, "reason": act.reason}
    made = Withholding.model_validate(decided | values)
    session.add(WithholdingRow(**values_of(made, WithholdingRow)))
    session.flush()
    reconsider(session, made)
    freshness.touch(session)
    return made
