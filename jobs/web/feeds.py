"""`/feed.atom?place=…&topic=…` for anybody's choice, and `/feed/TOKEN` for what one subscriber follows. The token may
only read, and the feed holds nothing of whoever reads it."""

import io
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response

from db.engine import reading
from db.timeline.filters import SHOWN
from db.timeline.timelines import entries_with_standing, latest_ids
from jobs.mail.link_tokens import Purpose, Tokens
from jobs.mail.mailing import county_of
from jobs.settings import Settings
from jobs.subscribers.preferences import Preferences
from jobs.web.api.responses import PublicData
from jobs.web.subscriber_pages import UnknownLink, linked_reader
from tracker.errors import BadInput
from tracker.publish import safe
from tracker.publish.exports import FORMATS
from tracker.publish.exports.atom import updated
from tracker.publish.mail.audience import Interest

if TYPE_CHECKING:
    from sqlalchemy import Engine

LATELY = timedelta(days=180)
"""A feed tells what changes; the files of the report have all that was."""
MOST = 100
"""Entries; programs that read feeds ask every hour, and keep what they had."""
ATOM = FORMATS["atom"]
PRIVATE = {"Cache-Control": "private, no-cache", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
AT_MOST = Query(default_factory=list, max_length=20)
"""Of each; who wants more follows a state."""
LONGEST = 200
"""Characters of a title, which names what is followed."""


class Feeds:
    """The feeds of choices."""

    def __init__(self, engine: "Engine", settings: Settings, tokens: Tokens) -> None:
        self._engine, self._settings, self._tokens = engine, settings, tokens
        self._public = PublicData(engine, settings)

    def router(self) -> APIRouter:
        """The routes."""
        routes = APIRouter()

        @routes.get("/feed.atom")
        def chosen(
            request: Request,
            place: Annotated[list[str], AT_MOST],
            topic: Annotated[list[str], AT_MOST],
            stage: Annotated[list[str], AT_MOST],
        ) -> Response:
            """What was found lately of these places (a state and a county take in theirs), topics and stages."""
            try:
                follows = Preferences(places=place, topics=topic, stages=stage).subscriptions()
            except BadInput as error:
                raise HTTPException(400, str(error)) from None
            return self._answer(Interest.of(follows), self._public.fresh(request))

        @routes.get("/feed/{token}")
        def private(token: str, request: Request) -> Response:
            """What one subscriber follows."""
            reader = linked_reader(self._engine, self._tokens, token, Purpose.FEED)
            if not reader.subscriptions:
                raise UnknownLink
            interest = Interest.of(reader.subscriptions)
            headers = self._public.fresh_about(request, about="\n".join(interest.in_words()))
            return self._answer(interest, headers | PRIVATE)

        return routes

    def _answer(self, interest: Interest, headers: dict[str, str]) -> Response:
        out, now = io.BytesIO(), datetime.now(UTC)
        with reading(self._engine) as session:
            ids = latest_ids(session, partial(interest.follows, county_of=county_of), now - LATELY, MOST)
            wanted = SHOWN.model_copy(update={"ids": tuple(ids)})
            today = self._public.today()
            told = entries_with_standing(session, wanted, today, self._settings.publish) if ids else ()
            entries = sorted(told, key=lambda entry: (updated(entry), entry.id), reverse=True)
        title = safe.shorten(f"Changes: {' · '.join(interest.in_words())}", LONGEST)
        ATOM.write(entries, out, today, public_url=self._settings.report_url, title=title)
        return Response(out.getvalue(), headers=headers, media_type=ATOM.media_type)
