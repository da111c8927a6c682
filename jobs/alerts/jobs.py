"""The daemon's job of alerts."""

import asyncio
from typing import TYPE_CHECKING

from jobs.alerts.sending import AlertStore, send_due
from jobs.process.job import Every, job

if TYPE_CHECKING:
    from jobs.process.context import JobContext

ALERT_S = 120
"""A few queries a look; what lasts ten minutes is told, so sooner is of no use."""


@job(Every(ALERT_S), "tracker alerts send")
async def alert(context: "JobContext") -> None:
    """Tells of problems whoever `alert_to` names; with nobody named, the log. Raises UndeliveredError."""
    memory = context.singleton(AlertStore, lambda: AlertStore(context.settings.data_dir))

    def warn(line: str) -> None:
        context.log.warning("failed", job="alert", what=line)

    lines = await asyncio.to_thread(send_due, context.engine, context.settings, memory, context.clock(), warn)
    for line in lines:
        level = context.log.error if line.alert.grave else context.log.warning
        level("problem", said=line.phase.value, kind=line.alert.kind, what=line.alert.what, remedy=line.alert.remedy)
