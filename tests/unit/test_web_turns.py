"""Turns at the website: nobody waits for what another client asks, and each may ask for so much work."""

import asyncio
from collections import Counter
from typing import Any

import pytest
import structlog
from fastapi import FastAPI

from jobs.web.api.responses import problem
from jobs.web.forms import FORM, Form
from jobs.web.middleware import turns
from jobs.web.middleware.turns import InTurn, Late, Turns

GREEDY, OTHER, NEAR = "8.8.8.8", "9.9.9.9", "127.0.0.1"


class Clients:
    """Who got a turn, in order; each keeps it until it is ended."""

    def __init__(self, of: Turns) -> None:
        self._turns = of
        self.working: list[tuple[str, float]] = []
        self.order: list[str] = []

    def ask(self, client: str) -> asyncio.Task[None]:
        async def asked() -> None:
            self.working.append((client, await self._turns.take(client)))
            self.order.append(client)

        return asyncio.create_task(asked())

    async def end(self) -> str:
        """Whoever got a turn first gives it back."""
        client, begun = self.working.pop(0)
        self._turns.give(client, begun)
        await settled()
        return client


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_who_asks_for_little_never_waits_for_who_asks_for_much() -> None:
    clients = Clients(Turns())
    for _ in range(10):
        clients.ask(GREEDY)
    await settled()
    clients.ask(OTHER)
    await settled()
    assert clients.order == [GREEDY] * turns.OF_ONE + [OTHER]


async def test_where_all_turns_are_taken_the_next_ones_go_round() -> None:
    clients = Clients(Turns())
    greedy = [f"8.8.8.{number}" for number in range(3)]
    for _ in range(5):
        for client in greedy:
            clients.ask(client)
    await settled()
    clients.ask(OTHER)
    await settled()
    assert len(clients.working) == turns.AT_ONCE
    for _ in range(len(greedy) + 1):
        await clients.end()
    assert OTHER in clients.order, "after one turn of each of the others"
    while clients.working:
        await clients.end()
    assert Counter(clients.order) == Counter(dict.fromkeys(greedy, 5) | {OTHER: 1})


async def test_a_client_may_ask_for_so_much_work_and_then_for_a_share_of_it() -> None:
    now = [0.0]
    own = Turns(lambda: now[0])
    both = await own.take(GREEDY), await own.take(GREEDY)
    now[0] += turns.BUDGET_S  # of the clock; each of them cost half of it
    for begun in both:
        own.give(GREEDY, begun)
    with pytest.raises(Late) as refused:
        await own.take(GREEDY)
    assert refused.value.status_code == 429
    assert (refused.value.headers or {})["Retry-After"] == str(round(1 / turns.EARNS))
    own.give(OTHER, await own.take(OTHER))
    now[0] += 1 / turns.EARNS
    begun = await own.take(GREEDY)
    now[0] += 1000
    own.give(GREEDY, begun)
    begun = await own.take(NEAR)
    now[0] += 1000
    own.give(NEAR, begun)
    await own.take(NEAR)


async def test_so_many_requests_of_a_client_may_wait() -> None:
    own = Turns()
    clients = Clients(own)
    asked = [clients.ask(GREEDY) for _ in range(turns.OF_ONE + turns.WAITING + 1)]
    await settled()
    assert [task.done() for task in asked].count(True) == turns.OF_ONE + 1
    with pytest.raises(Late) as refused:
        asked[-1].result()
    assert refused.value.status_code == 429
    asked[turns.OF_ONE].cancel()  # who goes while they wait takes no turn with them
    own.end()
    await settled()
    assert all(task.done() for task in asked), "at the end nobody waits"
    assert [task.exception() for task in asked[: turns.OF_ONE]] == [None] * turns.OF_ONE
    ended = [task.exception() for task in asked[turns.OF_ONE + 1 : -1]]
    assert {getattr(error, "status_code", 0) for error in ended} == {503}


async def test_a_turn_that_nobody_takes_any_more_goes_to_the_next() -> None:
    clients = Clients(Turns())
    asked = [clients.ask(GREEDY) for _ in range(turns.OF_ONE + 3)]
    await settled()
    asked[turns.OF_ONE].cancel()
    await clients.end()
    assert clients.order == [GREEDY] * (turns.OF_ONE + 1)
    client, begun = clients.working.pop(0)
    clients._turns.give(client, begun)
    asked[turns.OF_ONE + 2].cancel()  # it got the turn just now, and did not hear of it yet
    await settled()
    for _ in range(turns.OF_ONE - 1):
        await clients.end()
    clients.ask(GREEDY)
    await settled()
    assert len(clients.working) == 1


@pytest.mark.parametrize(("method", "path"), [("POST", "/form"), ("GET", "/form"), ("GET", "/api/v1/entries")])
async def test_who_asked_for_too_much_is_refused_in_words_and_the_files_are_there(method: str, path: str) -> None:
    routes = FastAPI()

    @routes.post("/form")
    def form(fields: Form) -> str:
        return str(fields)

    @routes.get("/{path:path}")
    def file(path: str) -> str:
        return path

    now = [0.0]
    own = Turns(lambda: now[0])
    begun = await own.take(GREEDY)
    now[0] += 2 * turns.BUDGET_S
    own.give(GREEDY, begun)
    app, sent = InTurn(routes, own, {"form", "api"}, structlog.get_logger(), problem), list[Any]()

    async def ask(method: str, path: str) -> tuple[int, bytes]:
        sent.clear()
        scope = {"type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b""}
        headers = [(b"content-type", FORM.encode())]
        scope |= {"client": (GREEDY, 1), "headers": headers, "state": {}}  # type: ignore[dict-item]

        async def receive() -> Any:
            return {"type": "http.request", "body": b"a=1", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await app(scope, receive, send)
        return sent[0]["status"], sent[1]["body"]

    assert await ask("GET", "/wi/milwaukee/index.html") == (200, b'"wi/milwaukee/index.html"')
    status, says = await ask(method, path)
    assert status == 429
    assert b"Please try again in " in says
    now[0] += 1000
    assert (await ask(method, path))[0] == 200
