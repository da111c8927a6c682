"""The environment in which commands are tested: that of the machine without any settings but those of all tests."""

SMALL_LOOK = {"TRACKER_BIG_LOOK": "false"}
"""Of all tests, unless one is about the big look: it takes memory and time in every process."""


def is_foreign(name: str) -> bool:
    """Whether a variable of the environment is a setting of a tracker on this machine, and none of all tests."""
    return name.startswith("TRACKER_") and name not in SMALL_LOOK
