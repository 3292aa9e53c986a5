"""The page on permissions and events, made of app.yaml: each line there carries its why as a comment."""

from collections.abc import Iterator

from ghapp.github.manifest import asked, whys

_HEAD = """\
<!-- Written by `make docs` from `app.yaml`; edit that. -->

# Permissions and events

What the App asks for, and what each is for; nothing else. They are set when the App is registered, and an owner of each
account sees them before installing it. [Troubleshooting](troubleshooting.md#a-permission-is-missing) says what happens
while one is missing.
"""

_TAIL = """\
Every App also hears `installation` and `installation_repositories`, which cannot be ticked.

## What it cannot do

It has no write access to code, branches, settings, workflows or members, and reads no file but the policy and the
templates of the default branch. It closes and merges nothing, and edits nobody's words: the comments, the labels and
the check run that it writes are its own.
"""


def permissions() -> str:
    """The whole page."""
    return "\n".join((_HEAD, *_permissions(), *_events(), _TAIL))


def _permissions() -> Iterator[str]:
    yield "## Permissions\n"
    yield "| permission | level | for |"
    yield "| --- | --- | --- |"
    for name, why in whys("default_permissions").items():
        yield f"| `{name}` | {asked().permissions[name]} | {why} |"
    yield ""


def _events() -> Iterator[str]:
    yield "## Events\n"
    yield "| event | when |"
    yield "| --- | --- |"
    for name, why in whys("default_events").items():
        yield f"| `{name}` | {why} |"
    yield ""
