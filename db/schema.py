"""All tables of the schema, wherever they stand: whoever goes through all of them takes them from here, since a table
counts only once its module is loaded."""

from db.desk.tables import DeskUserRow
from db.mail.tables import SubscriberRow
from db.opinions.tables import OpinionRow
from db.ops.tables import JobRunRow
from db.people.tables import RemarkRow
from db.tables import FeedRow, TableRow

ONE_OF_EACH = (FeedRow, RemarkRow, SubscriberRow, DeskUserRow, OpinionRow, JobRunRow)
"""One table of each module that has some."""
SCHEMA = TableRow.metadata
