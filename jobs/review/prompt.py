"""The two windows over the queue: one asks for a value, one explains the keys."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from tracker.model import Stage

HINTS = {
    "date": "a year, a month or a day: 2017, 2017-06, 2017-07-06; empty for none",
    "stage": ", ".join(Stage),
    "place": "Milwaukee, WI · Dane County, WI · an OCD id",
    "body": "Common Council · Police Department; empty for none",
    "title": "one line",
}
KEYS = """
 c  confirm: the entry is right; what it shows is kept from then on
 r  reject: the entry is wrong; it and its later copies stay out

 d  date    s  stage    p  place    b  body    t  title
    set a field; the program never changes it again

 n  next: leave the entry for another time (also: space)
 u  undo: take back the last act of this session
 w  why: give the reason of the next act; it is kept in the history
 o  open the first article in the browser; 1 to 9 open the others
 q  quit; everything that was decided is saved already

 What readers wrote stands under the entry in yellow. Confirming or rejecting
 answers it; setting a field answers what they wrote about that field.

 Up, down and the wheel scroll. Merging, splitting and renaming: `tracker review --help`.
"""


class Prompt(ModalScreen[None]):
    """Asks for one line. `accept(name, text)` gives what is wrong with it, or nothing; escape leaves all as it was."""

    CSS = """
    Prompt { align: center middle; }
    #box { width: 80; max-width: 95%; height: auto; border: round $primary; background: $surface; padding: 0 1; }
    #wrong { color: $text-error; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss", "leave")]

    def __init__(self, name: str, value: str, accept: Callable[[str, str], str]) -> None:
        super().__init__()
        self._field, self._value, self._accept = name, value, accept

    def compose(self) -> ComposeResult:
        suggester = SuggestFromList([stage.value for stage in Stage]) if self._field == "stage" else None
        with Vertical(id="box"):
            yield Static(self._field, markup=False)
            yield Input(self._value, suggester=suggester)
            yield Static(HINTS.get(self._field, ""), markup=False)
            yield Static(id="wrong", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: take it, or say what is wrong."""
        event.stop()
        wrong = self._accept(self._field, event.value)
        if wrong:
            self.query_one("#wrong", Static).update(wrong)
        else:
            self.dismiss()


class Help(ModalScreen[None]):
    """What the keys do; any key leaves."""

    CSS = """
    Help { align: center middle; }
    #keys { width: 90; max-width: 95%; height: auto; border: round $primary; background: $surface; padding: 0 1; }
    """

    def compose(self) -> ComposeResult:
        yield Static(KEYS, id="keys", markup=False)

    def on_key(self) -> None:
        """Any key."""
        self.dismiss()
