"""What an author names beside an answer: commits, tests, commands."""

import pytest

from checks.trace.named import NOTHING, Named, named

CASES = [
    pytest.param("in 3fa81c2", Named(commits=("3fa81c2",)), id="a commit"),
    pytest.param("https://github.com/acme/shop/commit/3fa81c2aa", Named(commits=("3fa81c2aa",)), id="its address"),
    pytest.param("`3fa81c2`, 9c1d2ef and 3fa81c2", Named(commits=("3fa81c2", "9c1d2ef")), id="two, one twice"),
    pytest.param("defaced 1234567 since 2026-11-22", NOTHING, id="a word, a number, a day"),
    pytest.param("tests/test_worker.py", Named(tests=("tests/test_worker.py",)), id="a file of tests"),
    pytest.param("`src/api/worker.spec.ts`", Named(tests=("src/api/worker.spec.ts",)), id="a spec beside its code"),
    pytest.param("see `test_three_tries`.", Named(tests=("test_three_tries",)), id="a test's name"),
    pytest.param("WorkerTest and TestRetry", Named(tests=("WorkerTest", "TestRetry")), id="names of classes"),
    pytest.param("`make test`", Named(commands=("make test",)), id="a command"),
    pytest.param("$ npm run e2e", Named(commands=("npm run e2e",)), id="a command at a prompt"),
    pytest.param(
        "`pytest tests/test_worker.py`",
        Named(tests=("tests/test_worker.py",), commands=("pytest tests/test_worker.py",)),
        id="a command with its test",
    ),
    pytest.param("`backoff.py` in src/worker", NOTHING, id="code"),
    pytest.param("", NOTHING, id="nothing"),
]


@pytest.mark.parametrize(("text", "found"), CASES)
def test_named(text, found):
    assert named([text]) == found


def test_a_few_of_each_are_enough():
    found = named([f"test_number_{number} {number}abcdef{number}" for number in range(9)])

    assert (len(found.tests), len(found.commits)) == (5, 5)
    assert found
    assert not NOTHING
