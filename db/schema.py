"""All tables of the schema, wherever they stand: whoever goes through all of them takes them from here, since a table
counts only once its module is loaded."""

from db.tables.desk import DeskUserRow
from db.tables.documents import DocumentRow
from db.tables.mail import SubscriberRow
from db.tables.opinions import OpinionRow
from db.tables.ops import JobRunRow
from db.tables.people import RemarkRow
from db.tables.sources import RecordRow
from db.tables.timeline import FeedRow, TableRow

ONE_OF_EACH = (FeedRow, RemarkRow, SubscriberRow, DeskUserRow, OpinionRow, JobRunRow, RecordRow, DocumentRow)
"""One table of each module that has some."""
SCHEMA = TableRow.metadata
