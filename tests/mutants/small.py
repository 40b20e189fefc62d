"""The tests of a mutant, as a pytest plugin: quick, always the same, and with nothing remembered.

Few examples, and no time spent on the shortest failing one. What the mutant's module has in its
caches was computed before the fork, by the code as it is.
"""

import os
import sys

from hypothesis import Phase, settings

settings.register_profile(
    "small",
    max_examples=30,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
)


def pytest_sessionstart() -> None:
    """Empties the caches of the module that is broken now."""
    broken = os.environ.get("MUTANT_UNDER_TEST", "").rpartition(".")[0]
    module = sys.modules.get(broken)
    for value in vars(module).values() if module is not None else ():
        if hasattr(value, "cache_clear"):
            value.cache_clear()
