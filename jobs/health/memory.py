"""What people know of problems while the database cannot be told: a file in the data folder, so that a daemon which is
started again and again repeats nothing. It goes with the first round that the database takes."""

import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from db.values import Alert

FILE = "alerts.json"
_ALERTS = TypeAdapter(dict[str, Alert])


class Memory:
    """Where not even the file can be written, it holds as long as the process."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / FILE
        self.known = self._read()

    def keep(self, known: Mapping[str, Alert]) -> None:
        """These and no others."""
        self.known = dict(known)
        draft = self._path.with_name(f".{FILE}.{os.getpid()}")
        try:
            draft.write_bytes(_ALERTS.dump_json(self.known))
            os.replace(draft, self._path)
        except OSError:
            draft.unlink(missing_ok=True)

    def clear(self) -> None:
        """The database knows."""
        self.known = {}
        try:
            self._path.unlink(missing_ok=True)
        except OSError:
            return

    def _read(self) -> dict[str, Alert]:
        try:
            return _ALERTS.validate_json(self._path.read_bytes())
        except (OSError, ValidationError):
            return {}
