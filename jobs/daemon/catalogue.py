"""The daemon's jobs, listed once: the daemon, `tracker run --jobs`, the metrics and the pages about them read this."""

from jobs.daemon.job import Every, Job, Nightly

MINUTE_S = 60
"""Seconds between two looks at what waits for another try; what is new wakes its job at once."""
LOOK_S = 10
"""Seconds between two looks at what others change beside the daemon, a short query each: whether a feed is due (one
that was just added is), and whether the report is stale: what a person decides is published within a minute, of which
most is left for building."""
ALERT_S = 120
"""A few queries a look; what lasts ten minutes is told, so sooner is of no use."""
NIGHT = 4
"""After 2 and 3, the hours that daylight-saving time skips or repeats in the United States, and before people rise."""
REPORT_DIR = "REPORT_DIR"
"""Stands in a command for the folder of the settings; without it a report by hand is another report."""

JOBS: tuple[Job, ...] = (
    Job("poll", "jobs.feeds.rounds:poll", Every(LOOK_S), "tracker poll --no-read", "jobs.queue.looks:poll"),
    Job("fetch", "jobs.feeds.rounds:fetch", Every(MINUTE_S), "tracker poll", "jobs.queue.looks:fetch"),
    Job("read", "jobs.reading.rounds:read", Every(MINUTE_S), "tracker poll", "jobs.queue.looks:read"),
    Job(
        "opinions",
        "jobs.opinions.rounds:opinions",
        Every(MINUTE_S),
        "tracker opinions ask",
        "jobs.queue.looks:opinions",
    ),
    Job("report", "jobs.publish.rounds:report", Every(LOOK_S), f"tracker report --out {REPORT_DIR}"),
    Job("mail", "jobs.mail.daemon:mail", Every(MINUTE_S), "tracker digest send"),
    Job("alert", "jobs.alerts.rounds:alert", Every(ALERT_S), "tracker alerts send"),
    Job("backup", "jobs.deploy.nightly:backup", Nightly(NIGHT), "tracker backup"),
    Job("prune", "jobs.reading.rounds:prune", Nightly(NIGHT), "tracker poll"),
)
