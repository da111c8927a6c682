"""Settings that earlier versions had: what became of them. A file or a variable that has one still works."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Former:
    """`successor`: the setting that takes its value, or empty; `why`: what makes it needless."""

    successor: str = ""
    why: str = ""

    def told(self, *names: str) -> str:
        """What to do about it, in one line; several `names` where the same became of them."""
        called = " and ".join(f"`{name}`" for name in names)
        if self.successor:
            return f"{called} is called `{self.successor}` now and still understood; rename it"
        mean, them = ("mean", "these settings") if len(names) > 1 else ("means", "it")
        return f"{called} {mean} nothing any more, since {self.why}; remove {them}"


_SIGNING = Former(why="the tracker signs no mails (let your mail server sign, with DKIM)")
FORMER: Mapping[str, Former] = {
    "dkim_selector": _SIGNING,
    "dkim_key": _SIGNING,
}
"""By the name that a setting had. One that is renamed or given up is a line here, for good."""


def taken_over(file: Mapping[str, Any], environment: Mapping[str, str]) -> dict[str, Any]:
    """The settings of a file, under the names of today, with those of the environment (by setting, without prefix) that
    have a former name. What is given under today's name in the same place wins."""
    values = {name: value for name, value in file.items() if name not in FORMER}
    for name, former in FORMER.items():
        if not former.successor:
            continue
        if name in file:
            values.setdefault(former.successor, file[name])
        if environment.get(name):
            values[former.successor] = environment[name]
    return values
