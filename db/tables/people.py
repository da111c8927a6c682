"""The tables of what people may ask for: that what is known of them is erased, or is not published.

A restore takes them from the old database (`db.backup.carry_over.CARRIED`), so that no older copy undoes what was
promised."""

from datetime import datetime

from sqlmodel import Field

from db.columns import KEY, AsText
from db.tables.timeline import TableRow
from tracker.publish.withholding import Withholding
from tracker.timeline.decisions.remarks import About, RemarkOutcome


class ErasedAddressRow(TableRow, table=True):
    """An address that was erased (`db.people.erasure`): its keyed hash, and what it `was`: active, unconfirmed,
    unsubscribed or suppressed."""

    __tablename__ = "erased_address"
    hash: str = Field(primary_key=True, sa_type=KEY)
    erased_at: datetime
    was: str


class WithholdingRow(Withholding, TableRow, table=True):  # type: ignore[misc]  # two types of model_config, one value
    """A quote or a name that is withheld, or was (`db.people.withholding`). It names no row of another table:
    it outlives them, and applies to what is recorded later. So it says itself who decided, when and why, as its act
    does, which a restore does not carry."""

    __tablename__ = "withholding"
    id: str = Field(primary_key=True, sa_type=KEY)
    url: str = Field(default="", sa_type=KEY)


class RemarkRow(TableRow, table=True):
    """A reader's words on an entry (`tracker.timeline.decisions.remarks`). `next_try`: when its reader is to be told
    what came of it. It names no row of another table, so that a restore can take it into an older copy."""

    __tablename__ = "remark"
    id: int | None = Field(default=None, primary_key=True)
    entry: str = Field(sa_type=KEY, index=True)
    revision: int
    about: About = Field(sa_type=AsText(About))
    text: str
    source: str = ""
    address: str = ""
    at: datetime
    closed_at: datetime | None = Field(default=None, index=True)
    closed_by: str = ""
    outcome: RemarkOutcome | None = Field(default=None, sa_type=AsText(RemarkOutcome), nullable=False)
    why: str = ""
    next_try: datetime | None = Field(default=None, index=True)
