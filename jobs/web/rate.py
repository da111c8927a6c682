"""How often one client may send a form."""

import math
import time
from collections.abc import Callable
from threading import Lock

from fastapi import HTTPException, Request

from jobs.web.clients import household

AT_ONCE = 30
"""Forms: more than a person sends who looks at all of their subscriptions, and than an office does in a minute."""
EACH_S = 2.0
"""Seconds after which one more is free."""
MOST_CLIENTS = 10_000
"""Remembered at once; who was quiet for the longest is forgotten first."""


class Rate:
    """A bucket of AT_ONCE forms for each client, which fills again by itself."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._full_at: dict[str, float] = {}
        """When a client's bucket will be full again, in the order of their last forms."""

    def spend(self, request: Request) -> None:
        """One form. Raises HTTPException 429 that says when the next one may come."""
        client, now = household(request.client.host if request.client else ""), self._clock()
        with self._lock:
            late = self._late(client, now)
        if late > 0:
            wait = str(math.ceil(late))
            said = f"Too many forms came from your address. Nothing was changed. Please try again in {wait} seconds."
            raise HTTPException(429, said, {"Retry-After": wait})

    def _late(self, client: str, now: float) -> float:
        """Seconds until this form would be free; 0 or less where it is, and is spent."""
        known = max(self._full_at.pop(client, now), now)
        late = known + EACH_S - now - AT_ONCE * EACH_S
        self._full_at[client] = known if late > 0 else known + EACH_S
        if len(self._full_at) > MOST_CLIENTS:
            del self._full_at[next(iter(self._full_at))]
        return late
