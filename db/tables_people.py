"""The tables of what people may ask for: that what is known of them is erased, or is not published.

A restore takes them from the old database (`db.restore.CARRIED`), so that no older copy undoes what was promised."""

from datetime import datetime

from sqlmodel import Field

from db.columns import KEY
from db.tables import Row
from tracker.publish.withholding import Withholding


class ErasedAddressRow(Row, table=True):
    """An address that was erased (`db.erasing`): its keyed hash, and what it `was`: active, unconfirmed, unsubscribed
    or suppressed."""

    __tablename__ = "erased_address"
    hash: str = Field(primary_key=True, sa_type=KEY)
    erased_at: datetime
    was: str


class WithholdingRow(Withholding, Row, table=True):  # type: ignore[misc]  # two types of model_config, one value
    """A quote or a name that is withheld, or was (`db.withholding`). It names no row of another table: it outlives
    them, and applies to what is recorded later."""

    __tablename__ = "withholding"
    id: str = Field(primary_key=True, sa_type=KEY)
    url: str = Field(default="", sa_type=KEY)
