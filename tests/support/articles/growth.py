"""How the processor time grows with the size of what is read. Seconds say more of a machine than of the code."""

import time
from collections.abc import Callable

LONGER, LONGER_TIMES = 8, 24
"""Eight times as much may take three times eight the time: no more than chance, where the square would be 64."""
LEAST_S = 0.02
"""Less says nothing: a clock's tick, a collection of what nobody holds."""


HARDLY_TIMES = 4
"""Nothing more but what it takes to see that there is more."""


def assert_linear(act: Callable[[int], object], size: int, times: float = LONGER_TIMES) -> None:
    """`act` takes a size; eight times that size takes no more than so many times as long. What takes longer is tried
    once more."""
    act(size)
    most = times * max(LEAST_S, min(_seconds(act, size), _seconds(act, size)))
    assert _seconds(act, size * LONGER) < most or _seconds(act, size * LONGER) < most


def assert_hardly_grows(act: Callable[[int], object], size: int) -> None:
    """What there is more than this size costs next to nothing."""
    assert_linear(act, size, HARDLY_TIMES)


def _seconds(act: Callable[[int], object], size: int) -> float:
    start = time.process_time()
    act(size)
    return time.process_time() - start
