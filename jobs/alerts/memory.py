"""What people know of problems: in the database, so that a restart repeats nothing, and while that takes nothing in a
file of the data folder, so that a daemon which is started again and again does not either."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Engine

from db.engine import reading, session
from db.ops import incidents
from db.values import Alert
from jobs.terminal.output import written
from tracker.errors import StorageError

FILE = "alerts.json"
_ALERTS = TypeAdapter(dict[str, Alert])


class Memory:
    """`known` is what the database does not know yet. Where not even the file can be written, it holds as long as the
    process. An `engine` of None is a database that is not to be asked."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / FILE
        self.known: dict[str, Alert] = {}
        with suppress(OSError, ValidationError):
            self.known = _ALERTS.validate_json(self._path.read_bytes())

    def load(self, engine: Engine | None) -> dict[str, Alert]:
        """All that people know, by kind."""
        with suppress(StorageError):
            return _stored(engine) | self.known if engine else self.known
        return self.known

    def keep(self, engine: Engine | None, known: Mapping[str, Alert]) -> None:
        """These and no others. Where nothing changed, nothing is written: most rounds find all well."""
        self.known = dict(known)
        with suppress(StorageError):
            if engine:
                _store(engine, known)
                self.known = {}
        with suppress(OSError, StorageError):
            if not self.known:
                self._path.unlink(missing_ok=True)
                return
            with written(str(self._path)) as file:
                file.write(_ALERTS.dump_json(self.known))


def _store(engine: Engine, known: Mapping[str, Alert]) -> None:
    if _stored(engine) != known:
        with session(engine) as opened:
            incidents.keep_alerts(opened, known)


def _stored(engine: Engine) -> dict[str, Alert]:
    with reading(engine) as opened:
        return incidents.alerts(opened)
