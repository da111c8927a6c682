"""What the next digest would say."""

from datetime import timedelta

from fastapi import Response

from jobs.choice import entry_filter
from jobs.desk.asked import Asked
from jobs.mail.digest import WEEK
from jobs.mail.preview import compose
from tracker.errors import BadInput


def preview(asked: Asked) -> Response:
    """The digest as somebody would get it now who follows a place and a topic; sends nothing and marks nothing."""
    place, topic, problem, mail = asked.query("place"), asked.query("topic"), "", None
    now, settings = asked.desk.clock(), asked.desk.settings
    try:
        wanted = entry_filter([place] if place else None, [topic] if topic else None, "")
        mail = compose(asked.engine, settings, wanted, now, now - timedelta(days=WEEK))
    except BadInput as error:
        problem = str(error)
    return asked.page("digest", 400 if problem else 200, mail=mail, problem=problem, reader=None)
