"""What the next digest would say."""

from datetime import timedelta

from fastapi import Response
from fastapi.responses import HTMLResponse

from jobs.choice import entry_filter
from jobs.desk.asked import Asked
from jobs.mail.digest import WEEK
from jobs.mail.preview import compose
from jobs.web.layers import PAGES
from tracker.errors import BadInput
from tracker.publish.mail.digest import Digest
from tracker.publish.mail.subscribers import Subscriber

AS_SENT = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; "
    "sandbox",
    "X-Frame-Options": "SAMEORIGIN",
}
"""Of the mail itself, which has its rules within its elements and may do nothing else."""


def preview(asked: Asked) -> Response:
    """The digest as somebody would get it now who follows a place and a topic; sends nothing and marks nothing."""
    place, topic, problem, mail = asked.query("place"), asked.query("topic"), "", None
    now, settings = asked.desk.clock(), asked.desk.settings
    try:
        wanted = entry_filter([place] if place else None, [topic] if topic else None, "")
        mail = compose(asked.engine, settings, wanted, now, now - timedelta(days=WEEK))
    except BadInput as error:
        problem = str(error)
    return show(asked, mail, problem)


def show(asked: Asked, mail: Digest | None, problem: str = "", reader: Subscriber | None = None) -> Response:
    """The page with the mail, or, for its frame, the mail alone as it is sent."""
    if mail and asked.query("part") == "html":
        return HTMLResponse(mail.html, headers=AS_SENT)
    address = f"{asked.request.url.path.rpartition('/')[2]}?{asked.with_query('part', 'html')}"
    answer = asked.page("digest", 400 if problem else 200, mail=mail, problem=problem, reader=reader, frame=address)
    answer.headers["Content-Security-Policy"] = f"{PAGES}; connect-src 'self'; frame-src 'self'"
    return answer
