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
    """A bucket of `at_once` forms (or of `what`) for each client; it fills again by itself, one in `each_s` seconds."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        *,
        at_once: float = AT_ONCE,
        each_s: float = EACH_S,
        what: str = "forms",
    ) -> None:
        self._clock, self._lock = clock, Lock()
        self._at_once, self._each_s, self._what = at_once, each_s, what
        self._full_at: dict[str, float] = {}
        """When a client's bucket will be full again, in the order of their last forms."""

    def spend(self, request: Request) -> None:
        """One form. Raises HTTPException 429 that says when the next one may come."""
        if wait := self.late(household(request.client.host if request.client else "")):
            said = f"Too many {self._what} came from your address. Nothing was changed."
            said += f" Please try again in {wait} seconds."
            raise HTTPException(429, said, {"Retry-After": str(wait)})

    def give_back(self, request: Request) -> None:
        """The form did nothing, since something in it was mistyped: it does not count."""
        self.charge(household(request.client.host if request.client else ""), -1)

    def late(self, who: str) -> int:
        """One form of whoever is named so: whole seconds after which it would be free, 0 where it is, and is spent."""
        with self._lock:
            late = self._late(who)
            if late <= 0:
                self._charge(who, 1)
            return max(math.ceil(late), 0)

    def wait(self, who: str) -> int:
        """The same, and nothing is spent."""
        with self._lock:
            return max(math.ceil(self._late(who)), 0)

    def charge(self, who: str, forms: float) -> None:
        """So many were spent, or, below 0, did no harm and are given back."""
        with self._lock:
            self._charge(who, forms)

    def _late(self, who: str) -> float:
        """Seconds until one more would be free; 0 or less where it is."""
        now = self._clock()
        return max(self._full_at.get(who, now), now) + (1 - self._at_once) * self._each_s - now

    def _charge(self, who: str, forms: float) -> None:
        now = self._clock()
        self._full_at[who] = max(self._full_at.pop(who, now), now) + forms * self._each_s
        if len(self._full_at) > MOST_CLIENTS:
            del self._full_at[next(iter(self._full_at))]
