"""The daemon's share in the digest: every minute, whoever's hour has come."""

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from db.engine import reading
from db.sources import agendas
from db.timeline.news import last_change
from jobs import clock
from jobs.mail import agenda, outbox, prepare
from jobs.mail.outbox import MailsWaitError, SendingElsewhereError
from jobs.mail.send import Post, SendCounts
from jobs.opinions.due import waits_for_opinions
from jobs.process.job import MINUTE_S, Every, job
from jobs.publish.jobs import published

if TYPE_CHECKING:
    from jobs.process.context import JobContext

LOOK_AGAIN = timedelta(minutes=15)
"""How often those who want everything at once are looked at although no entry seems to have changed: clocks that are
set back hide a change."""


MAIL_WAITS = timedelta(minutes=15)
"""A mail leads to pages that the next build makes. Where that fails, or takes long, mails do not wait for ever."""


@job(Every(MINUTE_S), "tracker digest send")
async def mail(context: "JobContext") -> None:
    """Sends the digests whose hour has come, once the pages that they lead to are there."""
    shown, sender = published(context), context.singleton(MailJob, lambda: MailJob(context))
    pages_are_there = shown.number == await asyncio.to_thread(shown.wanted)
    if not context.stopping and (pages_are_there or context.clock() - shown.fresh_at > MAIL_WAITS):
        await sender.run()


class MailJob:
    """Composes and sends in a thread; a quiet minute costs two short queries."""

    def __init__(self, context: "JobContext") -> None:
        self._engine, self._settings, self._log = context.engine, context.settings, context.log
        context.at_end(self.stop)
        self._post: Post | None = None
        self._changed: datetime | None = None
        self._looked: datetime | None = None
        self._agendas: object = None
        self._stopping = False

    def stop(self) -> None:
        """Ends a run after the mails in hand; what is left waits."""
        self._stopping = True
        if self._post:
            self._post.stop.set()

    async def run(self) -> None:
        """Sends what is due, if anything can be sent at all. Raises SettingsError."""
        tally = await asyncio.to_thread(self._round)
        if tally and any(tally.values()):
            self._log.info("mailed", **{name: count for name, count in sorted(tally.items()) if count})

    def _round(self) -> SendCounts | None:
        now = clock.now()
        if self._stopping or not self._worth_it(now):
            return None
        try:
            return outbox.run(self._engine, self._settings, self._warn, begun=self._begun)
        except (SendingElsewhereError, MailsWaitError):
            return None  # the doctor says that they wait

    def _worth_it(self, now: datetime) -> bool:
        """Whether somebody's slot is due, a mail waits, or an entry changed for those who want it at once."""
        if not outbox.can_send(self._engine, self._settings):
            return False
        ready, _ = outbox.waiting(self._engine, now)
        slots = prepare.due(self._engine, now, waits=waits_for_opinions(self._engine, self._settings, now))
        if ready or any(slot.day for slot in slots.values()) or self._is_new_on_agendas(now):
            return True
        with reading(self._engine) as opened:
            changed = last_change(opened)
        if not slots or (changed == self._changed and self._looked and now - self._looked < LOOK_AGAIN):
            return False
        self._changed, self._looked = changed, now
        return True

    def _is_new_on_agendas(self, now: datetime) -> bool:
        """Whether the hour of somebody who watches agendas has come, or something changed on one since."""
        slots = agenda.due(self._engine, now)
        with reading(self._engine) as opened:
            state = agendas.last_change(opened), frozenset(slots.items())
        seen, self._agendas = self._agendas, state
        return bool(slots) and state != seen

    def _begun(self, post: Post) -> None:
        self._post = post
        if self._stopping:
            post.stop.set()

    def _warn(self, line: str) -> None:
        self._log.warning("failed", job="mail", what=line)
