"""A council's record of any size on loopback, in the shapes of the Legistar Web API; its matters are made up as they
are asked for. `python tests/support/servers/council.py 20000` prints its address and serves until it is ended.

One matter in EACH changes a rule of the town; the others are contracts and thanks.
"""

import json
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

EACH = 40
BEGIN = datetime.fromisoformat("2018-03-01T09:00:00")
APART = timedelta(minutes=90)
"""Between the marks of two matters."""
RULE = (
    "An ordinance amending the municipal code to require that {} be licensed, to set a fine, and to forbid their use "
    "at night"
)
DULL = ("Resolution thanking the {} for its service", "Resolution awarding a contract for repair of {}")
THINGS = ("food carts", "pedal boats", "street pianos", "short-term rentals", "scooters", "billboards", "beekeepers")
SUMMARY = "The measure was heard by the committee and sent to the council with its recommendation. " * 6


class CouncilSite:
    """`base` is the address of the API; `asked` lists the paths below it, without their query; the next answers have
    the statuses that stand in `failing`; `token`: the one that is wanted, if one is."""

    def __init__(self, matters: int, port: int) -> None:
        self.matters, self.base = matters, f"http://127.0.0.1:{port}/v1/oakford"
        self.asked, self.failing, self.token = list[str](), list[int](), ""

    def count(self, path: str) -> int:
        """How often something was asked for whose path ends so."""
        return sum(one.endswith(path) for one in self.asked)

    def answer(self, path: str, options: dict[str, str]) -> tuple[int, Any]:
        """(status, rows)"""
        if self.failing:
            return self.failing.pop(0), {"Message": "An error has occurred."}
        if self.token and options.get("token") != self.token:
            return 403, {"Message": "Token is required"}
        if path == "Bodies":
            return 200, [{"BodyId": 1, "BodyName": "City Council"}]
        if path == "Matters":
            return 200, self._matters(options)
        if found := re.fullmatch(r"Matters/(\d+)/Histories", path):
            return 200, history(int(found[1]))
        return (200, []) if path == "Events" else (404, {"Message": "not found"})

    def _matters(self, options: dict[str, str]) -> list[dict[str, Any]]:
        since = re.search(r"ge datetime'([^']+)'", options.get("$filter", ""))
        first = max(0, -((BEGIN - datetime.fromisoformat(since[1])) // APART)) if since else 0
        numbers = range(first, self.matters)
        if options.get("$orderby", "").endswith("desc"):
            numbers = numbers[::-1]
        skip = int(options.get("$skip", 0))
        return [matter(number) for number in numbers[skip : skip + int(options.get("$top", 1000))]]


def is_rule(number: int) -> bool:
    return number % EACH == 0


def matter(number: int) -> dict[str, Any]:
    thing = THINGS[number % len(THINGS)]
    title = RULE.format(thing) if is_rule(number) else DULL[number % 2].format(thing)
    return {
        "MatterId": number + 1,
        "MatterFile": f"{number // 400 + 18}-{number:05}",
        "MatterTypeName": "Ordinance" if is_rule(number) else "Resolution",
        "MatterTitle": f"{title} (no. {number})",
        "MatterBodyName": "City Council",
        "MatterStatusName": "Passed",
        "MatterLastModifiedUtc": (BEGIN + number * APART).isoformat(),
        "MatterIntroDate": (BEGIN + number * APART).date().isoformat() + "T00:00:00",
        "MatterText1": SUMMARY,
        **{f"MatterEXText{n}": None for n in range(1, 12)},
    }


def history(number: int) -> list[dict[str, Any]]:
    """Introduced and, a week later, adopted."""
    day = BEGIN + (number - 1) * APART
    steps = (("Introduced", day), ("Adopted", day + timedelta(days=7)))
    return [
        {
            "MatterHistoryId": number * 10 + place,
            "MatterHistoryActionDate": f"{at:%Y-%m-%d}T00:00:00",
            "MatterHistoryActionName": name,
            "MatterHistoryActionBodyName": "City Council",
        }
        for place, (name, at) in enumerate(steps)
    ]


@contextmanager
def council(matters: int) -> Iterator[CouncilSite]:
    """Serves until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            path = unquote(parts.path).removeprefix("/v1/oakford").strip("/")
            site.asked.append(path)
            options = {name: values[0] for name, values in parse_qs(parts.query).items()}
            is_there = parts.path.startswith("/v1/oakford/")
            status, rows = site.answer(path, options) if is_there else (500, {"Message": "An error has occurred."})
            body = json.dumps(rows).encode()
            self.send_response_only(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        site = CouncilSite(matters, server.server_port)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield site
        server.shutdown()


if __name__ == "__main__":
    with council(int(sys.argv[1])) as served:
        print(served.base, flush=True)
        threading.Event().wait()
