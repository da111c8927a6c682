"""Whose turn it is. What asks the database is done for a few clients at once, one after the other in turn, and each may
take only so much of the site's time: whoever asks a thousand things waits for themselves, and nobody for them."""

import asyncio
import math
import time
from collections import Counter, deque
from collections.abc import Callable, Collection
from typing import Any

from fastapi import HTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from jobs.web.middleware.clients import Rate, household, is_near

AT_ONCE = 4
"""Requests that are worked on at once: threads of Python take turns anyway, more would only make all of them late."""
OF_ONE = 2
"""The same of one client: the next one who comes finds a turn free."""
WAITING = 20
"""Requests of one client that wait for its turn: a browser sends six at once. What waits holds a connection, of which
there are two hundred for all."""
BUDGET_S = 30.0
"""Seconds of work that a client may ask for at once: hundreds of pages, or all entries of a large site."""
EARNS = 0.25
"""Seconds of work that a client may ask for again with each second: a quarter of a core."""
AGAIN_S = 5
"""When to come again where too many of one's own requests wait."""
SAY_EVERY_S = 60.0
"""A client that is held back is logged at most so often."""
BUSY = "Too much was asked from your address just now. Please try again in {seconds} seconds."
ENDS = "This site is starting anew. Please try again in a few moments."


class Late(HTTPException):
    """No turn: `seconds` until it is worth trying again."""

    def __init__(self, status: int, seconds: int, says: str) -> None:
        super().__init__(status, says.format(seconds=seconds), {"Retry-After": str(seconds)})


class Turns:
    """Gives turns, in one event loop. A second of the site's work is shared by those whose turn it is, so what a client
    pays is near to the processor time that it costs, however many are worked on."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._budget = Rate(clock, at_once=BUDGET_S, each_s=1 / EARNS)
        self._working: Counter[str] = Counter()
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}
        """By client, in the order in which they get the next turn."""
        self._work, self._at, self._ends = 0.0, clock(), False

    async def take(self, client: str) -> float:
        """Waits for a turn; give it back with what this returns. Raises Late. This machine and private networks
        have no budget: a web server there that is not in `trusted_proxies` stands for all readers."""
        free = is_near(client)
        if not free and (seconds := self._budget.wait(client)):
            raise Late(429, seconds, BUSY)
        if self._ends:
            raise Late(503, AGAIN_S, ENDS)
        if self._may_begin(client):
            return self._begun(client)
        queue = self._waiting.setdefault(client, deque())
        if len(queue) >= WAITING and not free:
            raise Late(429, AGAIN_S, BUSY)
        turn = asyncio.get_running_loop().create_future()
        queue.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._hand_on(client)
            raise
        return self._work

    def give(self, client: str, begun: float) -> None:
        """The work is done, and paid for."""
        self._share()
        self._budget.charge(client, self._work - begun)
        self._hand_on(client)

    def end(self) -> None:
        """Nobody waits any more."""
        self._ends = True
        for queue in self._waiting.values():
            for turn in queue:
                if not turn.done():
                    turn.set_exception(Late(503, AGAIN_S, ENDS))
        self._waiting.clear()

    def _may_begin(self, client: str) -> bool:
        return self._working.total() < AT_ONCE and self._working[client] < OF_ONE

    def _begun(self, client: str) -> float:
        self._share()
        self._working[client] += 1
        return self._work

    def _hand_on(self, client: str) -> None:
        """Who got a turn goes to the end of the row."""
        self._share()
        self._working[client] -= 1
        self._working += Counter()  # forgets who has none
        while after := next((one for one in self._waiting if self._may_begin(one)), None):
            queue = self._waiting.pop(after)
            turn = queue.popleft()
            if queue:
                self._waiting[after] = queue
            if not turn.done():
                self._begun(after)
                turn.set_result(None)

    def _share(self) -> None:
        now = self._clock()
        if self._working:
            self._work += (now - self._at) / self._working.total()
        self._at = now


def first_part(path: str) -> str:
    """`search` of `/search/`; empty of the first page."""
    return path.lstrip("/").partition("/")[0]


class InTurn:
    """The routes, of which those that ask the database wait for their turn. The files of the report wait for nobody,
    nor does `/healthz`."""

    def __init__(
        self, app: ASGIApp, turns: Turns, of_work: Collection[str], log: Any, problem: Callable[..., Response]
    ) -> None:
        """`of_work`: the first parts of the addresses that ask the database; `problem` answers as the API does."""
        self._app, self._turns, self._of_work, self._log = app, turns, frozenset(of_work), log
        self._problem = problem
        self._said = -math.inf

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if first_part(scope["path"]) not in self._of_work:
            await self._app(scope, receive, send)
            return
        turn = _Turn(self._turns, household(scope["client"][0] if scope["client"] else ""))
        try:
            if scope["method"] != "POST":
                await turn.take()
            await self._app(scope, turn.receiving(receive), turn.sending(send))
        except Late as error:
            await self._refusal(scope, error)(scope, receive, send)
        finally:
            turn.give()

    def _refusal(self, scope: Scope, error: Late) -> Response:
        now, client = time.monotonic(), (scope["client"] or ("",))[0]
        if error.status_code == 429 and now - self._said > SAY_EVERY_S:
            self._said = now
            self._log.warning("client held back", what="it asks for more than its share", client=client, job="web")
        if scope["path"].startswith("/api/"):
            return self._problem(error.status_code, error.detail, error.headers)
        return PlainTextResponse(error.detail, error.status_code, error.headers)


class _Turn:
    """Of one request: taken when all of it is there, and given back when its answer is made, since a client may be slow
    to send the one and to read the other."""

    def __init__(self, turns: Turns, client: str) -> None:
        self._turns, self._client = turns, client
        self._begun: float | None = None

    async def take(self) -> None:
        self._begun = await self._turns.take(self._client)

    def give(self) -> None:
        if self._begun is not None:
            self._turns.give(self._client, self._begun)
            self._begun = None

    def receiving(self, receive: Receive) -> Receive:
        async def received() -> Message:
            message = await receive()
            if self._begun is None and message["type"] == "http.request" and not message.get("more_body"):
                await self.take()
            return message

        return received

    def sending(self, send: Send) -> Send:
        async def sent(message: Message) -> None:
            self.give()
            await send(message)

        return sent
