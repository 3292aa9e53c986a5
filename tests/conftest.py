"""What every test needs: steady property tests, and said aloud what is left out where something is not there."""

import os

import pytest
from hypothesis import settings

from tests import contract, postgres
from tests.browser import chromium

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

ABSENT = {
    marker: f"{program} not found: the tests marked `{marker}` are left out"
    for marker, program, found in (
        ("browser", "chromium or chromedriver", chromium.CHROMIUM and chromium.DRIVER),
        ("postgres", "PostgreSQL's initdb", postgres.programs()),
    )
    if not found
}


def pytest_terminal_summary(terminalreporter):
    for line in filter(None, (*ABSENT.values(), contract.UNCHECKED)):
        terminalreporter.write_line(line, yellow=True)


def pytest_collection_modifyitems(config, items):
    """Leave out what cannot run here; in CI every test runs, or none."""
    left_out = [item for item in items if any(item.get_closest_marker(marker) for marker in ABSENT)]
    if left_out and os.environ.get("CI") == "true":
        raise pytest.UsageError("; ".join(ABSENT.values()) + ": install it, CI runs every test")
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
