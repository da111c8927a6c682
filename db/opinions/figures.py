"""How far second opinions are, for the doctor and `/metrics`."""

from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session, col, func, select

from db.articles import articles
from db.opinions import opinions
from db.opinions.usage import DayUsage, day_usage
from db.tables.timeline import ArticleRow, FindingRow
from db.values import OpinionState
from tracker.model import Witness

STILL = (OpinionState.WAITING, OpinionState.ASKED, OpinionState.PUT_OFF)
"""States of articles that wait to be asked about."""


@dataclass(frozen=True)
class OpinionFigures:
    """Articles by `states`; the numbers of a `day`; steps by who reads them (`witnesses`), of the articles in which a
    model was heard."""

    states: dict[OpinionState, int] = field(default_factory=dict)
    day: DayUsage = field(default_factory=DayUsage)
    witnesses: dict[str, int] = field(default_factory=dict)

    @property
    def waiting(self) -> int:
        """Articles that are still to be asked about."""
        return sum(self.states.get(state, 0) for state in STILL)

    @property
    def alike(self) -> int:
        """Steps that both witnesses read alike."""
        return self.witnesses.get(Witness.BOTH, 0)

    def beyond(self, per_day: int) -> int:
        """How many of these wait longer than this day, of which the number is `per_day`."""
        return max(0, self.waiting - max(0, per_day - self.day.asked))


def load_figures(session: Session, day: date) -> OpinionFigures:
    """As of now. Walks through an index, and through the steps of articles in which a model was heard."""
    versions = [version for version in articles.reader_versions(session) if "+" in version]
    told = select(FindingRow.witness, func.count()).join(ArticleRow, col(ArticleRow.id) == col(FindingRow.article_id))
    rows = session.exec(told.where(col(ArticleRow.reader_version).in_(versions)).group_by(col(FindingRow.witness)))
    witnesses = {str(witness): count for witness, count in rows} if versions else {}
    return OpinionFigures(opinions.counts(session), day_usage(session, day), witnesses)
