"""The full-screen queue of `tracker review`: what needs a person, one entry after another, with single keys.

Nothing is decided here: every key calls the function that the subcommand of the same name calls.
"""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

from rich.console import Group
from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Footer, Static

from db import remarks, review, waiting
from db.engine import reading, session
from db.filters import EntryFilter
from jobs.clock import now
from jobs.console import one_line
from jobs.review.input import act, values
from jobs.review.prompt import Help, Prompt
from jobs.review.said import shown
from jobs.review.show import evidence, head, history, now_says
from tracker.errors import TrackerError
from tracker.model import Entry, Publish
from tracker.publish.counts import count
from tracker.timeline.remarks import Remark, answered_by_edit

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

    from tracker.timeline.decisions import Act

PAGE = 50
"""Entries that are fetched at once: their order is that of the moment, and who skips one does not see it again soon."""
LINK_KEYS = "123456789"


class Queue(App[None]):
    """Shows the entry that needs a person most, until none is left. `open_link` is for tests; it opens a browser."""

    ENABLE_COMMAND_PALETTE = False
    CSS = """
    #top { height: 1; background: $primary; color: $text; padding: 0 1; }
    #page { padding: 1 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "confirm", "confirm"),
        Binding("r", "reject", "reject"),
        Binding("d", "edit('date')", "date"),
        Binding("s", "edit('stage')", "stage"),
        Binding("p", "edit('place')", "place"),
        Binding("b", "edit('body')", "body"),
        Binding("t", "edit('title')", "title"),
        Binding("n,space", "skip", "next"),
        Binding("u", "undo", "undo"),
        Binding("w", "why", "why"),
        Binding("o", "open(1)", "open"),
        *(Binding(key, f"open({key})", show=False) for key in LINK_KEYS),
        Binding("question_mark", "help", "help", key_display="?"),
        Binding("q", "quit", "quit"),
    ]

    def __init__(
        self,
        engine: "Engine",
        wanted: EntryFilter,
        by: str,
        open_link: Callable[[str], object] | None = None,
        today: Callable[[], date] = lambda: now().date(),
        publish: Publish = Publish.ALL,
        mailed: Publish | None = None,
    ) -> None:
        super().__init__()
        self._engine, self._wanted, self._by = engine, wanted, by
        self._today, self._publish, self._mailed = today, publish, mailed
        self._open_link = open_link or self.open_url
        self._page: list[str] = []
        self._passed: set[str] = set()
        """Entries that were decided or skipped: they do not come again, whatever they need."""
        self._acts: list[str] = []
        self._reason = ""
        self.current: Entry | None = None
        self._said: list[Remark] = []
        """What readers wrote about it that nobody has answered."""

    def compose(self) -> ComposeResult:
        yield Static(id="top")
        with VerticalScroll(id="page"):
            yield Static(id="entry")
        yield Footer()

    def on_mount(self) -> None:
        self._next()

    def action_confirm(self) -> None:
        """The entry is right."""
        self._decide(review.confirm, "confirmed")

    def action_reject(self) -> None:
        """The entry is wrong."""
        self._decide(review.reject, "rejected")

    def action_edit(self, name: str) -> None:
        """Asks for a new value and sets it; the entry stays in front."""
        if self.current:
            self.push_screen(Prompt(name, now_says(self.current, name), self._set), self._edited)

    def action_skip(self) -> None:
        """Leaves the entry for another time."""
        if self.current:
            self._passed.add(self.current.id)
            self._next()

    def action_undo(self) -> None:
        """Takes back the last act of this session and shows its entry again."""
        if not self._acts:
            self.notify("nothing to take back yet", severity="warning")
            return
        name = self._acts[-1]
        if self._carried_out(lambda opened: review.undo(opened, name, act(self._by, ""))):
            self._acts.pop()
            self._passed.discard(name)
            self.notify("taken back")
            self._show(name)

    def action_why(self) -> None:
        """Asks for the reason of the next act."""
        self.push_screen(Prompt("reason of the next act", self._reason, self._set_reason), self._edited)

    def action_open(self, number: int) -> None:
        """Opens the article of a piece of evidence in the browser."""
        items = self.current.evidence if self.current else ()
        if number <= len(items) and urlsplit(items[number - 1].url).scheme in ("http", "https"):
            self._open_link(items[number - 1].url)

    def action_help(self) -> None:
        """Shows what the keys do."""
        self.push_screen(Help())

    def _set_reason(self, _: str, text: str) -> str:
        self._reason = text.strip()
        return ""

    def _decide(self, decide: "Callable[[Session, str, Act, int | None], Entry]", what: str) -> None:
        entry = self.current
        if entry is None:
            return
        done = self._act(tuple(item.id for item in self._said))
        if self._carried_out(lambda opened: decide(opened, entry.id, done, entry.revision)):
            self.notify(one_line(f"{what}: {entry.title}"), markup=False)
            self._done(entry.id)
            self._passed.add(entry.id)
            self._next()
        else:
            self._show(entry.id)

    def _set(self, name: str, text: str) -> str:
        """Sets a field of the entry in front; what is wrong, in words, or nothing."""
        entry = self.current
        if entry is None:
            return ""
        try:
            fields = values({name: text})
            done = self._act(answered_by_edit(self._said, fields.keys()))
            with session(self._engine) as opened:
                review.edit(opened, entry.id, fields, done, entry.revision)
        except TrackerError as error:
            return str(error)
        self._done(entry.id)
        return ""

    def _edited(self, _: object) -> None:
        self._show(self.current.id if self.current else None)

    def _act(self, answers: tuple[int, ...]) -> "Act":
        return act(self._by, self._reason, answers)

    def _done(self, name: str) -> None:
        self._acts.append(name)
        self._reason = ""

    def _carried_out(self, decide: "Callable[[Session], Entry]") -> bool:
        """One act in one transaction; where it cannot be done, says so."""
        try:
            with session(self._engine) as opened:
                decide(opened)
        except TrackerError as error:
            self.notify(str(error), severity="error", markup=False)
            return False
        return True

    def _next(self) -> None:
        """Shows the next entry that still needs a person, or that there is none."""
        self._look(lambda opened: self._put_in_front(opened, self._neediest(opened)))

    def _show(self, name: str | None) -> None:
        """Puts an entry in front, as it is now."""
        self._look(lambda opened: self._put_in_front(opened, name))

    def _look(self, show: "Callable[[Session], None]") -> None:
        try:
            with reading(self._engine) as opened:
                show(opened)
        except TrackerError as error:
            self.notify(str(error), severity="error", markup=False)

    def _neediest(self, opened: "Session") -> str | None:
        while True:
            self._page = [name for name in self._page if name not in self._passed]
            if not self._page:
                passed = sorted(self._passed)
                found = waiting.waiting(opened, self._wanted, PAGE, self._today(), passed, self._publish, self._mailed)
                self._page = [one.entry.id for one in found]
            if not self._page:
                return None
            if waiting.needs_person(opened, review.entry(opened, self._page[0])):
                return self._page[0]
            self._passed.add(self._page[0])

    def _put_in_front(self, opened: "Session", name: str | None) -> None:
        pending, needy = waiting.count_waiting(opened)
        one = (
            waiting.one(opened, review.entry(opened, name), self._today(), self._publish, self._mailed)
            if name
            else None
        )
        entry = self.current = one.entry if one else None
        said = remarks.of_entry(opened, entry.id) if entry else ()
        self._said = [item for item in said if item.closed_at is None]
        if one and entry:
            texts = review.texts(opened, entry)
            parts = [*head(one), *shown(said), *evidence(entry, texts), *history(entry)]
        else:
            parts = [Text("Nothing else needs a person. q leaves.", style="bold")]
        why = f"   next act because: {self._reason}" if self._reason else ""
        needs = "needs" if needy == 1 else "need"
        top = f"{needy} {needs} a person, {pending} pending, {count(len(self._acts), 'act')} by {self._by}{why}"
        self.query_one("#top", Static).update(Text(top))
        self.query_one("#entry", Static).update(Group(*parts))
        self.query_one("#page", VerticalScroll).scroll_home(animate=False)
