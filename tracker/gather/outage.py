"""Whose fault silence is: a server's own, or that of this machine's network. Signs in, decision out.

One host that does not answer is at fault itself. Where several hosts do not answer and none does, the fault is ours:
the cable, the router, the resolver, a firewall, a clock by which no certificate is valid. Feeds of one host are one
witness. A failure counts for its feed only if something answered after it, so that a network that goes in the middle
of a poll blames nobody.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import IntEnum
from random import Random
from typing import Generic, TypeVar
from urllib.parse import urlsplit

from tracker.errors import HttpStatusError, NotAsked, TooLarge, TooManyRedirects, Unheard
from tracker.gather.http.client import Fetcher, Response
from tracker.gather.schedule import FailureKind

ENOUGH = 3
"""Hosts that were heard before and are not now, with nobody else answering. One in a hundred hosts is out of reach at
any moment, so three that were picked by chance are once in a million; networks fail more often than that."""
FEWEST = 2
"""Where an installation has fewer hosts than ENOUGH it is judged by all of them, but one host alone tells nothing."""
HOPELESS = 20
"""Hosts without an answer in a row after which the others are not tried: a poll of ten thousand feeds must not knock
at a wall ten thousand times. Far above ENOUGH, since dead feeds of a new catalogue fail before the first one answers.
"""

T = TypeVar("T")


class Trust(IntEnum):
    """How much the silence of a host says; the smaller the more."""

    HEARD = 0  # it answered when it was asked last, be it with an error of its own
    NEW = 1  # it was never asked
    SILENT = 2  # it did not answer before either, so its silence says nothing


@dataclass(slots=True)
class Signs:
    """What came back from the network, in order. `silent`: the hosts that gave no answer since anybody did, with what
    was met; `answers` counts. One for a whole run."""

    answers: int = 0
    silent: dict[str, str] = field(default_factory=dict)

    def answered(self) -> None:
        """Some server answered something."""
        self.answers += 1
        self.silent.clear()

    def unheard(self, host: str, why: str) -> None:
        """A host gave no answer."""
        self.silent[host] = why

    @property
    def hopeless(self) -> bool:
        """Whether it is no use to try further hosts before it is known whose fault the silence is."""
        return len(self.silent) >= HOPELESS


@dataclass(frozen=True, slots=True)
class Listening:
    """A Fetcher that keeps the signs. Errors that say neither (a redirect astray, a broken answer) are no sign."""

    fetcher: Fetcher
    signs: Signs

    async def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Response:
        """Raises FetchError."""
        try:
            response = await self.fetcher.get(url, headers=headers)
        except Unheard as error:
            self.signs.unheard(host_of(url), str(error))
            raise
        except (HttpStatusError, TooLarge, TooManyRedirects) as error:
            if not isinstance(error, NotAsked):
                self.signs.answered()
            raise
        self.signs.answered()
        return response


class Held(Generic[T]):
    """Failures of which it is not known yet whose fault they are."""

    def __init__(self, signs: Signs) -> None:
        self._signs = signs
        self._failures: list[tuple[int, T]] = []

    def put(self, failure: T) -> None:
        """One more, met now."""
        self._failures.append((self._signs.answers, failure))

    def settled(self) -> list[T]:
        """Takes out those after which something answered: they are the servers' own."""
        answers, failures = self._signs.answers, self._failures
        self._failures = [one for one in failures if one[0] == answers]
        return [failure for before, failure in failures if before < answers]

    def rest(self) -> list[T]:
        """Takes out all."""
        failures, self._failures = self._failures, []
        return [failure for _, failure in failures]

    def __bool__(self) -> bool:
        return bool(self._failures)


def host_of(url: str) -> str:
    """The host of an address; empty where it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def trust_of(heard: bool, error_kind: str) -> Trust:
    """By whether its feed was ever heard, and of what kind the error of the last poll was (empty: none)."""
    if error_kind == FailureKind.PASSING:
        return Trust.SILENT
    return Trust.HEARD if heard or error_kind else Trust.NEW


def panel(hosts: Mapping[str, Trust], silent: Set[str], rng: Random) -> tuple[str, ...]:
    """The hosts by which it is judged, at most ENOUGH: the most trusted, first those that are silent anyway, the others
    by lot, so that dead ones do not stay in it. `hosts` are those of all feeds."""
    shuffled: Sequence[str] = rng.sample(sorted(hosts), len(hosts))
    return tuple(sorted(shuffled, key=lambda host: (hosts[host], host not in silent))[:ENOUGH])


def is_ours(judges: Iterable[str], silent: Set[str], hosts: Mapping[str, Trust]) -> bool:
    """Whether it is this machine's network: every host of the panel is silent, nobody answered since, and these hosts
    are several. Hosts that were silent before count only where the installation has no others."""
    quiet_before = {host for host, trust in hosts.items() if trust is Trust.SILENT}
    told, wanted = (silent - quiet_before, FEWEST) if len(quiet_before) < len(hosts) else (silent, ENOUGH)
    return set(judges) <= silent and len(told) >= wanted


def in_words(silent: Mapping[str, str]) -> str:
    """One sentence for people, with what was met last."""
    met = list(silent.values())[-1]
    return f"no host of {len(silent)} answered ({met}): the network of this machine seems to be down"
