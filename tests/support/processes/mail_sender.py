"""A process that sends mails and may be killed: it loads everything once and forks a sender for each line that it
reads, `ISO-MOMENT`, so that fifty kills do not cost fifty starts. It answers with the sender's process id.

python -m support.processes.mail_sender DATABASE_URL DATA_DIR PORT
"""

import os
import sys
from datetime import datetime
from pathlib import Path

from db.engine import open_database
from jobs.mail import outbox
from jobs.mail.transports import MailServer as _Loaded  # noqa: F401 - loaded before the fork
from jobs.settings import Settings
from tracker.read.places import gazetteer

WORDS = {"smtp_tls": "starttls", "smtp_user": "sender", "smtp_password": "correct horse", "smtp_host": "localhost"}


def send(url: str, folder: Path, port: int, now: datetime) -> None:
    """One round, as the daemon does it."""
    settings = Settings(
        **WORDS,  # type: ignore[arg-type]
        data_dir=folder,
        smtp_port=port,
        smtp_timeout=0.4,
        smtp_connections=1,
        mail_from="digest@tracker.example",
        mail_per_minute=0,
        web_url="https://tracker.example",
    )
    outbox.run(open_database(url), settings, lambda _line: None, now=lambda: now)


def main(url: str, folder: str, port: str) -> None:
    """Reads moments, forks senders, waits for each to end."""
    gazetteer.load().county_of("ocd-division/country:us/state:wi/place:milwaukee")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                send(url, Path(folder), int(port), datetime.fromisoformat(line.strip()))
            finally:
                os._exit(0 if sys.exc_info()[0] is None else 1)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
