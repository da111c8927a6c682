"""What holds for all tests."""

import os

from hypothesis import settings

from support.commands.environment import SMALL_LOOK

# How long one example takes says more about what else the machine does than about the code. Fifty examples, and others
# each time: many runs look further than one long one.
settings.register_profile("tracker", deadline=None, max_examples=50)
settings.load_profile("tracker")

os.environ.update(SMALL_LOOK)
