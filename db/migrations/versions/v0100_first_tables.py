"""The first tables: all that the first release stores. They are written down beside this, in `first/`, by subject.

The numbers below were those of versions that nobody was given; no database of theirs is read (`db.versions`).
"""

from db.migrations.first import gathering, people, running, search, timeline

revision = "0100"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    for subject in (gathering, timeline, people, running, search):
        subject.make()
