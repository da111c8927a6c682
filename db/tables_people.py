"""The tables of what people may ask for: that what is known of them is erased. A restore takes them from the old
database (`db.restore.CARRIED`), so that no older copy undoes what was promised."""

from datetime import datetime

from sqlmodel import Field

from db.columns import KEY
from db.tables import Row


class ErasedAddressRow(Row, table=True):
    """An address that was erased (`db.erasing`): its keyed hash, and what it `was`: active, unconfirmed, unsubscribed
    or suppressed."""

    __tablename__ = "erased_address"
    hash: str = Field(primary_key=True, sa_type=KEY)
    erased_at: datetime
    was: str
