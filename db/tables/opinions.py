"""The tables of second opinions: which articles are asked about, what was answered, what it cost."""

from datetime import date, datetime

from sqlalchemy import JSON, Index, PrimaryKeyConstraint, text
from sqlmodel import Field

from db.columns import KEY, AsJsonText, AsText
from db.tables.timeline import EMPTY, FALSE, TableRow
from db.values import OpinionState
from tracker.model import Finding

TO_ASK = text("next_try IS NOT NULL")
"""The rows that are to be asked about: few of all that were."""
FINDINGS = tuple[Finding, ...]


class OpinionRow(TableRow, table=True):
    """An article that a language model is asked about, or was. `next_try`: from when on it may be asked about; NULL
    where it is not. While it is asked about, that is when whoever asks counts as ended. `published` is the article's,
    since the newest come first; `tries` answers were refused. `fingerprint`: of the request that was sent last, which
    an answer answers. `request` is packed by zlib, `raw` is the whole answer of the server, `content` what is read.
    `encoder_reading`, `model_reading`: what each would tell by itself (`tracker.model.Readings`); `differ`: not
    the same."""

    __tablename__ = "opinion"
    __table_args__ = (
        Index(None, "published", "article_id", sqlite_where=TO_ASK, postgresql_where=TO_ASK),
        Index(None, "state", "published", "article_id"),
    )
    article_id: int = Field(primary_key=True, foreign_key="article.id", ondelete="CASCADE")
    state: OpinionState = Field(sa_type=AsText(OpinionState))
    published: date
    queued_at: datetime
    next_try: datetime | None = None
    tries: int = 0
    reason: str = ""
    model: str = ""
    from_file: bool = False
    answered_at: datetime | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    fingerprint: str = ""
    content: str = ""
    raw: str = ""
    request: bytes = b""
    encoder_reading: FINDINGS = Field(default=(), sa_type=AsJsonText(FINDINGS), nullable=False, sa_column_kwargs=EMPTY)
    model_reading: FINDINGS = Field(default=(), sa_type=AsJsonText(FINDINGS), nullable=False, sa_column_kwargs=EMPTY)
    differ: bool = Field(default=False, sa_column_kwargs=FALSE)


class OpinionDayRow(TableRow, table=True):
    """What a model was asked on a day of the settings' zone. `asked` is counted before it is asked. `quiet_until`: it
    is not asked until then, since it failed (`fault`) or wished it."""

    __tablename__ = "opinion_day"
    __table_args__ = (PrimaryKeyConstraint("day", "model"),)
    day: date = Field(primary_key=True)
    model: str = Field(primary_key=True, sa_type=KEY)
    asked: int = 0
    answered: int = 0
    refused: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    quiet_until: datetime | None = None
    fault: str = ""


class OpinionCheckRow(TableRow, table=True):
    """How good a model was when it was asked about the labelled articles that ship. `rules` names what it was told and
    those articles: of others the figures say nothing."""

    __tablename__ = "opinion_check"
    model: str = Field(primary_key=True, sa_type=KEY)
    at: datetime
    rules: str = Field(default="", sa_column_kwargs=EMPTY)
    figures: dict[str, float] = Field(sa_type=JSON)


class OpinionCheckAnswerRow(TableRow, table=True):
    """An answer of a check, to the request of this fingerprint: one that was broken off goes on from there."""

    __tablename__ = "opinion_check_answer"
    __table_args__ = (PrimaryKeyConstraint("model", "fingerprint"),)
    model: str = Field(primary_key=True, sa_type=KEY)
    fingerprint: str = Field(primary_key=True, sa_type=KEY)
    day: date
    content: str
    input_tokens: int = 0
    output_tokens: int = 0
