"""How a list of documents stood at the last look, as it is kept between two polls."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from tracker.gather.http.client import NOT_MODIFIED, Response
from tracker.gather.schedule import DAY

LOOK_S = DAY
"""A list is looked at once a day: what appears or vanishes is noticed within a day, for one request."""


@dataclass(frozen=True, slots=True)
class ListCursor:
    """`due` None: never looked at; `unchanged` counts looks in a row that found the same."""

    due: datetime | None = None
    etag: str = ""
    modified: str = ""
    body_hash: str = ""
    unchanged: int = 0

    @classmethod
    def from_json(cls, text: str) -> "ListCursor":
        """That of a source which was never polled where it is empty."""
        told = json.loads(text) if text else {}
        due = datetime.fromisoformat(told["due"]) if told.get("due") else None
        return cls(**told | {"due": due})

    def to_json(self) -> str:
        """As `from_json` takes it."""
        return json.dumps(asdict(self) | {"due": self.due.isoformat() if self.due else None})

    def is_due(self, now: datetime) -> bool:
        """Whether it is time for another look."""
        return self.due is None or self.due <= now

    def after(self, answer: Response, etag: str, modified: str, now: datetime) -> "ListCursor":
        """The same after an answer with its validators."""
        due = now + timedelta(seconds=LOOK_S)
        if answer.status == NOT_MODIFIED:
            kept = replace(self, etag=etag or self.etag, modified=modified or self.modified)
            return replace(kept, due=due, unchanged=self.unchanged + 1)
        body_hash = sha256(answer.body).hexdigest()
        unchanged = self.unchanged + 1 if body_hash == self.body_hash else 0
        return ListCursor(due, etag, modified, body_hash, unchanged)
