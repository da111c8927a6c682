"""How many passwords may be tried. Names stand in public histories, so nobody is locked out by theirs: a try counts for
the client and the name together, and who signed in before from this browser or address counts apart from strangers.

The browser proves it by a cookie of its own ("device cookie", as OWASP advises), which outlives sessions and restarts.
"""

import time
from collections.abc import Callable, Iterator

from jobs.web.rate import Rate

TRIES, TRY_AGAIN_S = 10, 30.0
"""Passwords that one client may try for one name at once, and seconds after which one more may be. Also of a browser
that is known: whoever steals its cookie has no more."""
OF_A_CLIENT, OF_A_CLIENT_S = 20, 10.0
"""The same for all names from one address: an office in the morning, and nobody who goes through a list."""
OF_STRANGERS, OF_STRANGERS_S = 200, 4.0
"""The same for all who never signed in from their browser or address: many addresses together try 22,000 a day, which
guesses no password of ten characters that is worth the name. Nobody who is known waits for them."""
MOST_KNOWN = 1000
"""Addresses from which somebody signed in since the daemon began; browsers are known without."""
STRANGERS = "strangers"


class Tries:
    """Counts them; one for a daemon. A client is an address, or a network that one customer has."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._own = Rate(clock, at_once=TRIES, each_s=TRY_AGAIN_S)
        self._clients = Rate(clock, at_once=OF_A_CLIENT, each_s=OF_A_CLIENT_S)
        self._strangers = Rate(clock, at_once=OF_STRANGERS, each_s=OF_STRANGERS_S)
        self._known: dict[tuple[str, str], None] = {}

    def late(self, name: str, client: str, device: str = "") -> int:
        """Counts a try for a name: seconds to wait before it may be made, 0 where it may. `device` names the browser,
        if this name signed in there before."""
        rows = list(self._rows(name, client, device))
        wait = max(rate.wait(who) for rate, who in rows)
        for rate, who in rows if not wait else ():
            rate.charge(who, 1)
        return wait

    def right(self, name: str, client: str, device: str = "") -> None:
        """It was the right password: the try counts for nothing, and the address is known."""
        for rate, who in self._rows(name, client, device):
            rate.charge(who, -1)
        self._known.pop((name, client), None)
        self._known[name, client] = None
        if len(self._known) > MOST_KNOWN:
            del self._known[next(iter(self._known))]

    def _rows(self, name: str, client: str, device: str) -> Iterator[tuple[Rate, str]]:
        """Where a try counts."""
        if device:
            yield self._own, device
            return
        yield self._own, f"{client} {name}"
        if (name, client) not in self._known:
            yield self._clients, client
            yield self._strangers, STRANGERS
