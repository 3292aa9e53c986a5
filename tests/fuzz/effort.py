"""How much is tried: a few steady examples in the gate; FUZZ=100 asks for a hundred times as many, new at each run."""

import os

from hypothesis import HealthCheck, settings

TIMES = int(os.environ.get("FUZZ", "0"))


def tries(examples: int) -> settings:
    """So many examples of a property, or a multiple of them by hand; a test's fixtures serve all of them."""
    return settings(
        max_examples=examples * max(TIMES, 1),
        derandomize=not TIMES,
        deadline=None,
        print_blob=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
