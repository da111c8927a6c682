"""What is withheld from everything published: decided, taken back, listed. Nothing is deleted: the rows are the log."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select

from db import freshness
from db.locks import hold_timeline
from db.mapping import to_model, values_of
from db.search.withheld import reconsider
from db.tables.people import WithholdingRow
from db.tables.timeline import ArticleRow, EvidenceRow, FeedRow, FindingRow
from db.timeline import act_log
from db.withholdings import withholdings
from tracker.characters import as_seen
from tracker.errors import BadInput
from tracker.model import ActKind, Before, Entry, Evidence
from tracker.publish.folding import FoldedText
from tracker.publish.withholding import (
    NAME_WITHHELD,
    Withholding,
    decisions_on,
    name_pattern,
    name_words,
    similar_name_pattern,
)
from tracker.timeline.decisions.acts import Act


def get(session: Session, known: str) -> Withholding:
    """The decision of this id. Raises BadInput."""
    return to_model(_row(session, known), Withholding)


def is_withholding(session: Session, name: str) -> bool:
    """True where the id is that of a withholding."""
    return session.get(WithholdingRow, name) is not None


def withhold_name(session: Session, told: str, act: Act) -> tuple[Withholding, bool]:
    """Withholds a person's name; the second value says whether it was not yet. Raises BadInput."""
    text = checked_name(told)
    known = [item for item in withholdings(session, active=True) if item.is_name]
    same = next((item for item in known if FoldedText(item.text).text == FoldedText(text).text), None)
    return (same, False) if same else (_add(session, act, kind="name", text=text), True)


def checked_name(told: str) -> str:
    """A name as it is kept. Raises BadInput for what is none."""
    text = as_seen(told)
    if not any(one.isalpha() for one in text):
        raise BadInput('a name has letters; give it as it is printed, like "Jane Roe"')
    return text


def withhold_quote(session: Session, item: Evidence, act: Act) -> tuple[Withholding, bool]:
    """Withholds the sentence of a piece of evidence, and its copies; the same."""
    found = item.finding
    for known in withholdings(session, active=True):
        if (known.kind, known.url, known.start, known.end) == ("quote", item.url, found.start, found.end):
            return known, False
    return _add(session, act, kind="quote", text=found.said, url=item.url, start=found.start, end=found.end), True


def release(session: Session, known: str, act: Act) -> tuple[Withholding, bool]:
    """Takes a decision back: what was withheld is published again. Raises BadInput where there is none of this id."""
    hold_timeline(session)
    row = _row(session, known)
    is_new = row.released_at is None
    if is_new:
        last = act_log.last_on(session, known)
        undone = act.of(ActKind.UNDO, known, last.id if last else None)
        before = Before(name=known, fields={"released_at": None, "released_by": "", "released_why": ""})
        act_log.add(session, undone.model_copy(update={"before": (before,)}))
        row.sqlmodel_update({"released_at": act.at, "released_by": act.by, "released_why": act.reason})
        session.flush()
        reconsider(session, to_model(row, Withholding))
        freshness.touch(session)
    return to_model(row, Withholding), is_new


def withholdings_of(session: Session, entry: Entry) -> tuple[Withholding, ...]:
    """The decisions that change, or changed, what is published of an entry."""
    return tuple(decisions_on(withholdings(session), entry))


MOST_SPELLINGS = 5
"""That are told of one name: who sees five looks at the search for the rest."""


@dataclass(frozen=True, slots=True)
class NameUses:
    """Where a name stands just now. `entries`: how many hold it in any form, `spellings` the forms but for the one that
    was asked for; `alone`: how many hold its last word without the rest; `near`: what may be the same person and is not
    withheld with it."""

    entries: int = 0
    spellings: tuple[str, ...] = ()
    alone: int = 0
    near: tuple[str, ...] = ()


def name_uses(session: Session, told: str) -> NameUses:
    """Who holds a name in a quote, around it, in a headline, or in the name of an outlet or a feed. Walks through all
    evidence."""
    whole, alone = set[str](), set[str]()
    spellings, similar = Counter[str](), Counter[str]()
    last = name_pattern((name_words(told) or [told])[-1])
    alike = similar_name_pattern(told)
    for key, text in _texts(session):
        folded = FoldedText(text)
        found = folded.matches(name_pattern(told))
        whole |= {key} if found and key else set()
        spellings.update(map(as_seen, found))
        rest = folded.substitute(name_pattern(told), NAME_WITHHELD)
        alone |= {key} if key and rest.matches(last) else set()
        similar.update(map(as_seen, rest.matches(alike)) if alike else ())
    spellings.pop(as_seen(told), None)
    return NameUses(len(whole), _commonest(spellings), len(alone), _commonest(similar))


def _commonest(counted: "Counter[str]") -> tuple[str, ...]:
    return tuple(text for text, _ in counted.most_common(MOST_SPELLINGS))


def _texts(session: Session) -> Iterator[tuple[str, str]]:
    """(the entry, what is published of it) of all evidence; (nothing, its name) of every feed."""
    texts: list[Any] = [FindingRow.quote, FindingRow.before, FindingRow.after, ArticleRow.title, ArticleRow.publisher]
    pieces = select(EvidenceRow.entry_id, *texts)
    pieces = pieces.join(FindingRow, col(FindingRow.id) == col(EvidenceRow.finding_id))
    pieces = pieces.join(ArticleRow, col(ArticleRow.id) == col(FindingRow.article_id))
    for key, *found in session.exec(pieces):
        yield from ((key, text) for text in found)
    yield from (("", title) for title in session.exec(select(FeedRow.title)))


def _row(session: Session, known: str) -> WithholdingRow:
    row = session.get(WithholdingRow, known)
    if row is None:
        raise BadInput(f"nothing is withheld as {known}; `tracker review withheld` gives the ids")
    return row


def _add(session: Session, act: Act, **values: object) -> Withholding:
    hold_timeline(session)
    number = session.exec(select(func.count()).select_from(WithholdingRow)).one() + 1
    name = f"W{number}"
    before = (Before(name=name),)
    act_log.add(session, act.of(ActKind.WITHHOLD, name).model_copy(update={"before": before}))
    decided = {"id": name, "at": act.at, "actor": act.by, "reason": act.reason}
    made = Withholding.model_validate(decided | values)
    session.add(WithholdingRow(**values_of(made, WithholdingRow)))
    session.flush()
    reconsider(session, made)
    freshness.touch(session)
    return made
