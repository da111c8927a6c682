"""Who asks: the cookie of a browser, the session behind it, and the token that its forms bear.

The cookie holds a random key, signed with the data folder's secret. A session is a row of the database under the hash
of that key, so that it can be ended from outside. Before somebody signs in the key names nothing; it is another one
afterwards, so that nobody can hand out a key and wait until its bearer signs in.
"""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fastapi import Request, Response

from db.desk import users
from db.engine import reading
from db.sessions import session
from db.values import DeskUser
from jobs.mail.link_tokens import Purpose, Tokens
from jobs.web.forms import Fields

if TYPE_CHECKING:
    from sqlalchemy import Engine

COOKIE = "tracker_desk"
BROWSER = "tracker_desk_known"
"""The cookie of a browser in which somebody signed in before: it lets nobody in, but their tries count for themselves
(`jobs.web.desk.passwords`)."""
KNOWN_S = 180 * 86_400
"""Who comes twice a year is known."""
FIELD = "form"
"""The field of every form that holds its token."""
KEY_BYTES, BROWSER_BYTES = 32, 16
OWN_SITES = ("same-origin", "none")
"""What browsers say in Sec-Fetch-Site of a form on a page of ours, or of an address that was typed."""


@dataclass(frozen=True, slots=True)
class DeskVisit:
    """A browser. `is_new`: it sent no cookie of ours; `user`: who is signed in there."""

    key: str
    is_new: bool
    user: DeskUser | None = None


NOBODY = DeskVisit("", is_new=False)
"""Of a page for whoever it may be: it has no forms."""


class Sessions:
    """Begins, finds and ends sessions. `web_url` says where browsers see the desk, and whether by https."""

    def __init__(self, engine: "Engine", tokens: Tokens, web_url: str, clock: Callable[[], datetime]) -> None:
        self._engine, self._tokens, self._clock = engine, tokens, clock
        address = urlsplit(web_url)
        self._path, self._secure = f"{address.path.rstrip('/')}/desk", address.scheme == "https"

    def visit(self, request: Request) -> DeskVisit:
        """Whose browser asks. Raises StorageError."""
        key = self._tokens.read(request.cookies.get(COOKIE, ""), Purpose.DESK)
        if not key:
            return DeskVisit(secrets.token_urlsafe(KEY_BYTES), is_new=True)
        now, hashed = self._clock(), _hash(key)
        with reading(self._engine) as opened:
            found = users.session_user(opened, hashed, now)
        if found is None:
            return DeskVisit(key, is_new=False)
        user, used = found
        if now - used >= users.SEEN_EVERY:
            with session(self._engine) as opened:
                users.note_use(opened, hashed, now)
        return DeskVisit(key, is_new=False, user=user)

    def begin(self, user: DeskUser, before: DeskVisit) -> DeskVisit:
        """A new session, in the place of whatever the browser had."""
        key = secrets.token_urlsafe(KEY_BYTES)
        with session(self._engine) as opened:
            users.end_session(opened, _hash(before.key))
            users.add_session(opened, user.id, _hash(key), self._clock())
        return DeskVisit(key, is_new=True, user=user)

    def end(self, visit: DeskVisit) -> None:
        """They sign out here."""
        with session(self._engine) as opened:
            users.end_session(opened, _hash(visit.key))

    def remember(self, answer: Response, visit: DeskVisit) -> None:
        """Gives the browser its cookie; it goes with the browser, at the latest with the session."""
        self._set_cookie(answer, COOKIE, self._tokens.make(Purpose.DESK, visit.key))

    def know(self, answer: Response, name: str) -> None:
        """Gives the browser the cookie by which it is known as one where this name signed in; another each time."""
        key = f"{secrets.token_hex(BROWSER_BYTES)}-{self._name(name)}"
        self._set_cookie(answer, BROWSER, self._tokens.make(Purpose.BROWSER, key), KNOWN_S)

    def _set_cookie(self, answer: Response, name: str, value: str, max_age: int | None = None) -> None:
        """Of `samesite` "strict" a link in a mail or a chat would find nobody signed in."""
        answer.set_cookie(
            name, value, max_age=max_age, path=self._path, secure=self._secure, httponly=True, samesite="lax"
        )

    def browser(self, request: Request, name: str) -> str:
        """What the browser is called where this name signed in there before; else empty."""
        known = self._tokens.read(request.cookies.get(BROWSER, ""), Purpose.BROWSER) or ""
        browser, _, whose = known.partition("-")
        return browser if hmac.compare_digest(whose, self._name(name)) else ""

    def _name(self, name: str) -> str:
        return self._tokens.pseudonym(f"browser:{users.folded(name)}")

    def token(self, visit: DeskVisit) -> str:
        """What forms on pages of this browser bear, and nobody else can make (CSRF)."""
        return self._tokens.pseudonym(f"form:{visit.key}")

    def is_ours(self, request: Request, form: Fields, visit: DeskVisit) -> bool:
        """True for a form on a page that this browser got from us."""
        if request.headers.get("sec-fetch-site", "none") not in OWN_SITES:
            return False
        token = form.get(FIELD, [""])[0]
        return hmac.compare_digest(token.encode("utf-8", "replace"), self.token(visit).encode())


def _hash(key: str) -> str:
    return sha256(key.encode()).hexdigest()
