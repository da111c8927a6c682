"""Two workers and the daemon on PostgreSQL, with a council, a sheet and documents at once; one is killed in between."""

import signal
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.feeds import feeds
from db.sessions import session
from support.databases.recording import live
from support.documents.followed import page
from support.processes.workers import count, execute, processes, until
from support.servers.council import council
from support.servers.files import QuietFiles
from support.servers.sheet import HEADER, workbook
from tracker.model import SourceKind

pytestmark = [pytest.mark.long, pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)]
HOME = "ocd-division/country:us/state:wi/place:madison"
RULE = "Members shall not hold a person for federal officers unless a judge has signed a warrant."
MATTERS, STEPS = 400, 20
"""One in 40 is a rule, with two steps."""
AGENCIES = ("Dane County Sheriff's Office", "Rock County Sheriff's Office")
DOCUMENTS = 5


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of a sheet's page and a list of documents, and their folder."""
    folder = tmp_path / "web"
    (folder / "orders").mkdir(parents=True)
    rows = [("WISCONSIN", name, "County", name.split(" S")[0], "Jail Model", "3/1/2025", "link") for name in AGENCIES]
    (folder / "participatingAgencies.xlsx").write_bytes(workbook(HEADER, *rows))
    (folder / "sheet.html").write_text('<a href="/participatingAgencies.xlsx">the list</a>')
    links = "".join(f'<a href="/orders/{number}.html">Order {number}</a>' for number in range(DOCUMENTS))
    (folder / "orders" / "index.html").write_text(links)
    write_orders(folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietFiles, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", folder
    server.shutdown()
    server.server_close()


def write_orders(folder: Path, *rules: str) -> None:
    for number in range(DOCUMENTS):
        (folder / "orders" / f"{number}.html").write_bytes(page(f"Members of post {number} keep the log.", *rules))


def test_a_killed_worker_loses_and_doubles_no_step(
    engine: Engine, database_url: str, tmp_path: Path, site: tuple[str, Path]
) -> None:
    base, folder = site
    with council(MATTERS) as record, processes(database_url, tmp_path, seconds_between_requests=0.1) as running:
        with session(engine) as opened:
            for address, kind, home in (
                (record.base, SourceKind.LEGISTAR, HOME),
                (f"{base}/sheet.html", SourceKind.AGREEMENTS, None),
                (f"{base}/orders/", SourceKind.DOCUMENTS, HOME),
            ):
                feeds.add(opened, address, datetime.now(UTC), home=home, kind=kind)
        running.start("daemon", "run")
        workers = [running.start(name, "worker") for name in ("one", "two")]
        until(lambda: record.count("Histories"), told=running.told)
        workers[0].end(signal.SIGKILL)
        until(lambda: count(engine, "record") == STEPS + len(AGENCIES), told=running.told)
        until(lambda: count(engine, "document_version") == DOCUMENTS, told=running.told)
        until(lambda: not count(engine, "feed WHERE next_poll < now()"), told=running.told)
        write_orders(folder, RULE)
        for table, due in (("document", "next_visit"), ("feed", "next_poll")):
            execute(engine, f"UPDATE {table} SET {due} = now() - interval '1 minute'")
        until(lambda: count(engine, "document_change") == DOCUMENTS, told=running.told)
        workers[1].end()
    told = [f"{item.url} {item.finding.stage}" for entry in live(engine) for item in entry.evidence]
    assert len(told) == len(set(told)) == STEPS + len(AGENCIES) + DOCUMENTS
    assert count(engine, "revision WHERE number = 1") == count(engine, "entry"), "no entry is there twice"
