"""The client's manners against a real server: redirects, conditions, pace, robots.txt, the address guard."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tracker.errors import AddressRefused, FetchError, HttpStatusError, NetworkError, RobotsRefused, TooManyRedirects
from tracker.gather.http.client import Client, user_agent
from tracker.gather.http.robots import Robots

FIXED = "Tue, 04 Jul 2017 12:00:00 GMT"


def status(code: int, **headers: str) -> web.Response:
    return web.Response(status=code, headers={name.replace("_", "-"): value for name, value in headers.items()})


@asynccontextmanager
async def site(pages: dict[str, web.Response | str]) -> AsyncIterator[tuple[str, list[web.Request]]]:
    """A site of fixed answers; gives its origin and the requests that it got."""
    seen: list[web.Request] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append(request)
        page = pages.get(request.path, status(404))
        page = web.Response(text=page) if isinstance(page, str) else page
        return web.Response(status=page.status, headers=page.headers, body=page.body)

    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", answer)
    async with TestServer(app) as server:
        yield str(server.make_url("/")).rstrip("/"), seen


def client(**options: object) -> Client:
    return Client(**({"allow_private": True, "gap_s": 0, "total_s": 5} | options))  # type: ignore[arg-type]


async def test_the_request_says_who_asks_and_carries_the_conditions() -> None:
    async with site({"/feed": "news"}) as (origin, seen), client(contact="news@example.org") as fetcher:
        await fetcher.get(f"{origin}/feed#part", headers={"If-None-Match": '"abc"'})
    assert seen[0].headers["User-Agent"] == user_agent("news@example.org")
    assert "news@example.org" in seen[0].headers["User-Agent"]
    assert seen[0].headers["If-None-Match"] == '"abc"'
    assert "Cookie" not in seen[0].headers


def test_the_user_agent_takes_only_what_a_header_may_hold() -> None:
    assert user_agent("a\r\nb: c) é").endswith("; contact: ab: c)")
    assert user_agent().endswith("contact: not given)")


@pytest.mark.parametrize("code", [304, 410])
async def test_not_modified_and_gone_are_answers(code: int) -> None:
    async with site({"/feed": status(code)}) as (origin, _), client() as fetcher:
        assert (await fetcher.get(f"{origin}/feed", headers={"If-None-Match": '"v1"'})).status == code


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "120"}, 120),
        ({"Retry-After": "0"}, 0),
        ({"Retry-After": "99999999999999"}, 86400),
        ({"Retry-After": "Tue, 04 Jul 2017 12:10:00 GMT", "Date": FIXED}, 600),
        ({"Retry-After": "Tue, 04 Jul 2027 12:10:00 GMT", "Date": FIXED}, 86400),
        ({"Retry-After": "Tue, 04 Jul 2000 12:10:00 GMT", "Date": FIXED}, 0),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-5"}, None),
        ({"Retry-After": "²"}, None),
    ],
)
async def test_an_error_status_says_how_long_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    async with site({"/feed": web.Response(status=500, headers=headers)}) as (origin, _), client() as fetcher:
        with pytest.raises(HttpStatusError) as caught:
            await fetcher.get(f"{origin}/feed")
    assert (caught.value.status, caught.value.retry_after) == (500, seconds)


@pytest.mark.parametrize(
    ("chain", "lasting"),
    [
        ([301], "/1"),
        ([308], "/1"),
        ([302], None),
        ([303], None),
        ([307], None),
        ([301, 308], "/2"),
        ([301, 302], "/1"),
        ([302, 301], None),
        ([301, 301, 301, 301, 301], "/5"),
        ([], None),
    ],
)
async def test_only_leading_permanent_redirects_move_an_address(chain: list[int], lasting: str | None) -> None:
    pages: dict[str, web.Response | str] = {
        f"/{hop}": status(code, Location=f"/{hop + 1}") for hop, code in enumerate(chain)
    }
    async with site(pages | {f"/{len(chain)}": "news"}) as (origin, _), client() as fetcher:
        response = await fetcher.get(f"{origin}/0")
    assert response.url == f"{origin}/{len(chain)}"
    assert response.permanent_url == (lasting and origin + lasting)


async def test_six_redirects_are_too_many() -> None:
    pages: dict[str, web.Response | str] = {f"/{hop}": status(301, Location=f"/{hop + 1}") for hop in range(6)}
    async with site(pages | {"/6": "news"}) as (origin, seen), client() as fetcher:
        with pytest.raises(TooManyRedirects):
            await fetcher.get(f"{origin}/0")
    assert len(seen) == 6


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "127.0.0.1."])
async def test_loopback_is_never_connected_to_unless_allowed(host: str) -> None:
    async with site({"/feed": "news"}) as (origin, seen), client(allow_private=False) as fetcher:
        with pytest.raises(FetchError) as caught:
            await fetcher.get(origin.replace("127.0.0.1", host) + "/feed")
    assert isinstance(caught.value, AddressRefused) or host == "127.0.0.1."
    assert not seen


async def test_credentials_in_an_address_are_refused_and_not_repeated() -> None:
    async with client() as fetcher:
        with pytest.raises(AddressRefused) as caught:
            await fetcher.get("http://me:secret@example.org/feed")
    assert "secret" not in f"{caught.value} {caught.value.url}"


class Busy:
    """A server that notes when requests start and how many run at once."""

    def __init__(self) -> None:
        self.starts: list[float] = []
        self.running = self.most = 0

    async def answer(self, request: web.Request) -> web.Response:
        self.starts.append(asyncio.get_running_loop().time())
        self.running += 1
        self.most = max(self.most, self.running)
        await asyncio.sleep(0.05)
        self.running -= 1
        return web.Response(text="news")


@asynccontextmanager
async def busy() -> AsyncIterator[tuple[str, Busy]]:
    watch, app = Busy(), web.Application()
    app.router.add_get("/{rest:.*}", watch.answer)
    async with TestServer(app) as server:
        yield str(server.make_url("/")), watch


async def test_at_most_two_requests_run_at_one_host() -> None:
    async with busy() as (origin, watch), client() as fetcher:
        await asyncio.gather(*(fetcher.get(f"{origin}{n}") for n in range(8)))
    assert watch.most == 2


async def test_requests_to_one_host_start_apart() -> None:
    async with busy() as (origin, watch), client(gap_s=0.1) as fetcher:
        await asyncio.gather(*(fetcher.get(f"{origin}{n}") for n in range(4)))
    # From first to last: a busy machine may hold up one arrival, which makes one gap short and another long.
    assert watch.starts[-1] - watch.starts[0] > 0.2


async def test_waiting_for_a_turn_does_not_use_up_the_time_limit() -> None:
    async with busy() as (origin, watch), client(gap_s=0.6, total_s=0.5) as fetcher:
        await asyncio.gather(*(fetcher.get(f"{origin}{n}") for n in range(3)))
    assert len(watch.starts) == 3


RULES = "User-agent: *\nDisallow: /private\nAllow: /private/news\n\nUser-agent: procedure-tracker\nDisallow: /*.pdf$\n"


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        (status(404), "/story", True),
        (status(403), "/story", True),
        (status(410), "/story", True),
        (status(500), "/story", False),
        (status(429), "/story", False),
        ("", "/story", True),
        ("User-agent: *\nDisallow: /\n", "/story", False),
        ("User-agent: *\nDisallow: /private\nAllow: /private/news\n", "/private/news/1", True),
        ("User-agent: *\nDisallow: /private\nAllow: /private/news\n", "/private/1", False),
        (RULES, "/private/1", True),
        (RULES, "/agenda.pdf", False),
        ("\ufeffUser-agent: *\nDisallow: /story", "/story", False),
        ("<html>not a robots file</html>", "/story", True),
    ],
)
async def test_robots_txt_decides(robots: web.Response | str, path: str, allowed: bool) -> None:
    async with site({"/robots.txt": robots}) as (origin, _), client() as fetcher:
        assert await Robots(fetcher).allowed(origin + path) is allowed


async def test_robots_txt_is_asked_for_once_a_host() -> None:
    async with site({"/robots.txt": RULES}) as (origin, seen), client() as fetcher:
        robots = Robots(fetcher)
        await asyncio.gather(*(robots.allowed(f"{origin}/{n}") for n in range(5)))
        with pytest.raises(RobotsRefused):
            await robots.check(f"{origin}/agenda.pdf")
    assert len(seen) == 1


async def test_an_unreachable_robots_txt_is_a_failure_that_passes() -> None:
    async with client() as fetcher:
        with pytest.raises(NetworkError, match=r"robots\.txt"):
            await Robots(fetcher).check("http://127.0.0.1:9/story")
