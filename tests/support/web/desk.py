"""What the tests of the desk share: somebody's browser without a screen, and users whose passwords are known."""

import re
from datetime import UTC, datetime
from functools import cache
from html import unescape
from ipaddress import ip_address
from itertools import count
from urllib.parse import urlencode, urljoin

from sqlalchemy import Engine, text

from db.desk import users
from db.sessions import session
from db.values import Role
from jobs.web.desk import passwords
from jobs.web.desk.session import BROWSER
from support.web.site import FORM, Answer, Site

PASSWORD = "correct horse battery"
USERS = {"Vic": Role.VIEWER, "Eve": Role.EDITOR, "Ada": Role.ADMIN}
TOKEN = re.compile(r'name="form" value="([^"]+)"')
SEEN = re.compile(r'name="seen" value="([^"]+)"')


@cache
def _hashed() -> str:
    return passwords.hashed(PASSWORD)


def add_users(engine: Engine, *others: str) -> None:
    """Only these may use the desk from now on: Vic looks, Eve decides, Ada looks after people; `others` look."""
    with session(engine) as opened:
        opened.execute(text("DELETE FROM desk_user"))
        for name, role in (USERS | dict.fromkeys(others, Role.VIEWER)).items():
            users.add(opened, name, role, _hashed(), datetime.now(UTC))


class Browser:
    """Keeps its cookies and the page that it is on, follows redirects, and sends the forms of that page. It asks from
    an address of its own, or from `address`, where the site believes what this machine says of that. `headers` come
    with every request; `prefix` is the path under which a web server in front serves everything."""

    numbers = count(1)

    def __init__(self, site: Site, *headers: tuple[str, str], prefix: str = "", address: str = "") -> None:
        self.address = address or str(ip_address("203.0.113.0") + next(self.numbers))
        self._site, self._prefix = site, prefix
        self._headers = (("X-Forwarded-For", self.address), *headers)
        self.cookie = self.known = ""
        """Of its session, and of having signed in before."""
        self.at = "/desk/"
        self.page = ""
        self.status = 0
        self.answer: Answer | None = None

    def get(self, path: str = "") -> str:
        """The page at an address within the desk, wherever that leads."""
        return self._go("GET", path, None)

    def post(self, path: str, **fields: object) -> str:
        """Sends a form of the page that is shown: with its token, and the revision that it shows."""
        found = {"form": TOKEN.search(self.page), "seen": SEEN.search(self.page)}
        told = [(name, unescape(match[1])) for name, match in found.items() if match and name not in fields]
        for name, value in fields.items():
            told += [(name, str(one)) for one in (value if isinstance(value, list) else [value])]
        return self._go("POST", path, urlencode(told).encode())

    def sign_in(self, name: str, password: str = PASSWORD) -> "Browser":
        self.get("login")
        self.post("login", name=name, password=password)
        return self

    def _go(self, method: str, path: str, body: bytes | None) -> str:
        target = urljoin("/desk/", path)
        for _ in range(5):
            answer = self._ask(method, target, body)
            if answer.status not in (302, 303):
                break
            method, body = "GET", None
            target = urljoin(f"http://desk.example{target}", answer.headers["Location"])
            target = target.removeprefix("http://desk.example")
        self.at, self.page, self.status, self.answer = target, answer.text, answer.status, answer
        return self.page

    def _ask(self, method: str, target: str, body: bytes | None) -> Answer:
        headers = [*self._headers, ("Cookie", "; ".join(filter(None, (self.cookie, self.known))))]
        if body is not None:
            headers.append(("Content-Type", FORM))
        answer = self._site.ask(method, f"{self._prefix}{target}", headers, body)
        assert answer is not None
        for told in answer.headers.get_all("Set-Cookie", ()):
            if told.startswith(f"{BROWSER}="):
                self.known = told.partition(";")[0]
            else:
                self.cookie = told.partition(";")[0]
        return answer
