"""Where every page stands: stable, readable, no two the same, and safe as folder names.

    ocd-division/country:us/state:wi                   wi/
    ocd-division/country:us/state:wi/place:milwaukee   wi/milwaukee/
    ocd-division/country:us/state:wi/county:milwaukee  wi/county/milwaukee/
    policy, topic, entry                               policy/ID/ topic/ID/ entry/ID/
    what other sites show of a place or a policy       embed/wi/milwaukee/ embed/policy/ID/

A place directly under its state has one segment after it, everything else an even number (kind and name, repeated),
so that no two ids meet in one address. State codes have two letters, the other top folders more.
"""

import hashlib
import re

_LITERAL = re.compile(r"[a-z0-9][a-z0-9~_-]{0,79}(?:\.[a-z0-9~_-]{1,79})?")
"""Used as it is. Lower case only, since some file systems know no other; the first character is never `_` or a dot."""
EMBED = "embed/"
DIGEST_LENGTH = 20
"""Hexadecimal digits of the hash that stands for other ids: 80 bits, no collision among millions."""


def segment(name: str) -> str:
    """The name as one folder name: itself where it is plain, else `_` and a hash of it."""
    if _LITERAL.fullmatch(name):
        return name
    return "_" + hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST_LENGTH]


def place(ocd_id: str) -> str:
    """`wi/milwaukee/` for an Open Civic Data division id of the United States."""
    pairs = [part.partition(":")[::2] for part in ocd_id.split("/")[2:]]
    if not pairs:
        return "us/"
    (_, state), *rest = pairs
    if len(rest) == 1 and rest[0][0] == "place":
        return f"{segment(state)}/{segment(rest[0][1])}/"
    return "/".join([segment(state), *(segment(word) for pair in rest for word in pair)]) + "/"


def state(ocd_id: str) -> str:
    """`wi/`: the page of the state in which the place lies."""
    return place("/".join(ocd_id.split("/")[:3]))


def policy(policy_id: str) -> str:
    """`policy/ID/`."""
    return f"policy/{segment(policy_id)}/"


def entry(entry_id: str) -> str:
    """`entry/ID/`: the permalink, which stays when the place of an entry is corrected."""
    return f"entry/{segment(entry_id)}/"


def embed(folder: str) -> str:
    """`embed/wi/milwaukee/`: what other sites may frame of the page in a folder; the daemon lets nothing else be."""
    return f"{EMBED}{folder}"


def topic(name: str) -> str:
    """`topic/immigration/`."""
    return f"topic/{segment(name)}/"


def relative(to: str, start: str) -> str:
    """The way from the page in folder `start` to the folder or file `to`, both from the site's root.

    Folders get their `index.html`, so that the link works from a file as well as from a server.
    """
    target = f"{to}index.html" if to.endswith("/") or not to else to
    return "../" * start.count("/") + target
