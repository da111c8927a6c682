"""The one way templates are set up: strict about names, and clean of what no page can hold."""

from collections.abc import Callable
from functools import partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tracker.model import Entry
from tracker.publish import addresses, geography, safe, words


def _cleaned(clean: Callable[[str], str], value: Any) -> Any:
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _state_name(entry: Entry) -> str:
    return geography.state_name(geography.state_code(entry.jurisdiction))


def environment(package: str, *, escape: bool = True, clean: Callable[[str], str] = safe.clean) -> Environment:
    """Templates of `package`, escaped unless they are plain text; an undefined name is an error. `clean` is applied to
    every value that is printed."""
    env = Environment(
        loader=PackageLoader(package),
        autoescape=escape,  # noqa: S701 - off only for the plain text of a mail
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=partial(_cleaned, clean),
    )
    env.filters |= {
        "plain": safe.plain,
        "shorten": safe.shorten,
        "web": safe.web_address,
        "reach": safe.reach,
        "archive": safe.archive_address,
        "day": words.day,
        "label": geography.label,
        "place_name": geography.name_of,
        "state_name": _state_name,
    }
    env.globals |= {"words": words, "addresses": addresses, "count": words.count}
    return env
