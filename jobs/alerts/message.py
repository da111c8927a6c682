"""What a message to a person says, in plain text: the same words as the doctor's."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from jobs.alerts.lifecycle import Line, Phase
from jobs.terminal.console import one_line
from tracker.publish.counts import count
from tracker.publish.mail.digest import Digest

MAX_SUBJECT = 120
"""Characters; mail programs and telephones show about half of them."""
INDENT = "    "


def write(lines: Sequence[Line], where: str) -> Digest:
    """`where` names this tracker: people may have several."""
    text = "\n\n".join("\n".join(_paragraph(line)) for line in lines)
    return Digest(_cut(f"{where}: {_summary(lines)}"), html="", text=f"{text}\n\n{_foot(where)}\n")


def test_message(where: str) -> Digest:
    """What `tracker alerts test` sends."""
    says = "This is a test. Problems of the tracker will be told here: when one begins, once a day while it lasts, and"
    return Digest(f"{where}: a test of alerts", html="", text=f"{says} when it is over.\n\n{_foot(where)}\n")


def undelivered(message: Digest, failed: Sequence[str]) -> Digest:
    """The same for another way, with what of the first ways failed."""
    if not failed:
        return message
    rest = "\n".join(f"{INDENT}{one_line(line)}" for line in failed)
    return replace(message, text=f"{message.text}\nThis message could not be sent to all:\n{rest}\n")


def _summary(lines: Sequence[Line]) -> str:
    """`no feed was polled since …`, `2 problems, 1 over`."""
    if len(lines) == 1:
        (line,) = lines
        return f"{'over: ' if line.phase is Phase.OVER else ''}{one_line(line.alert.what)}"
    over = sum(line.phase is Phase.OVER for line in lines)
    parts = [count(len(lines) - over, "problem")] if len(lines) > over else []
    return ", ".join([*parts, *([f"{over} over"] if over else [])])


def _paragraph(line: Line) -> list[str]:
    alert, since = line.alert, _moment(line.alert.began_at)
    if line.phase is Phase.OVER:
        until = alert.gone_at or alert.began_at
        lasted = f"OVER (since {since}, it lasted {_duration(until - alert.began_at)}):"
        return [lasted, f"{INDENT}{one_line(alert.what)}"]
    again = ", told before" if line.phase is Phase.LASTS else ""
    head = f"{'GRAVE PROBLEM' if alert.grave else 'PROBLEM'} since {since}{again}:"
    return [head, f"{INDENT}{one_line(alert.what)}", f"{INDENT}What to do: {one_line(alert.remedy)}"]


def _foot(where: str) -> str:
    return f"-- \nThe tracker at {where}. `tracker doctor` there says more; the setting `alert_to` says who is told."


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _duration(span: timedelta) -> str:
    """`3 days`, `2 hours` or `40 minutes`, rounded down."""
    for unit, seconds in (("day", 86_400), ("hour", 3600)):
        if span.total_seconds() >= 2 * seconds:
            return count(int(span.total_seconds() // seconds), unit)
    return count(max(1, int(span.total_seconds() // 60)), "minute")


def _cut(text: str) -> str:
    return text if len(text) <= MAX_SUBJECT else f"{text[: MAX_SUBJECT - 1].rstrip()}…"
