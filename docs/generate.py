"""Writes what the code already says: the manuals of criteria and policy, the policy's schema, the README's example.

`python -m docs.generate` writes the pages anew; with `--check` it writes nothing and fails when one is stale.
"""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from checks.criteria import rationale, readiness
from checks.criterion import Criterion
from config import schema
from config.load import PATH
from config.policy import DEFAULTS, Section

ROOT = Path(__file__).parent.parent
EXAMPLE = "docs/examples/issue.md"
_EXAMPLE = re.compile(r"(<!-- example:[^\n]*\n```text\n).*?(^```$)", re.MULTILINE | re.DOTALL)

FAMILIES: tuple[tuple[str, str, tuple[Criterion[Any], ...], Section], ...] = (
    ("readiness", "Issues", tuple(readiness.ALL), DEFAULTS.readiness.criteria),
    ("rationale", "Pull requests", tuple(rationale.ALL), DEFAULTS.rationale.criteria),
)

CRITERIA_HEAD = f"""\
<!-- Written by `make docs` from the criteria's own files; edit those. -->

# What is asked, and why

Each criterion is one question. A finding quotes the words it rests on; a gap names the next edit. Mode and weight
are the defaults; a repository sets its own in [`{PATH}`](policy.md).
"""

LATER = ("people", "team", "questions", "reviews", "updates", "digest")  # sections that later versions will know

POLICY_HEAD = f"""\
<!-- Written by `make docs` from `config/policy.py`; edit that. -->

# The policy file

What a repository asks stands in `{PATH}` on its default branch. Without the file, or without a key, the
defaults below hold. Values are laid over the defaults key by key, so a file holds only what differs:

```yaml
readiness:
  threshold: 80
  criteria:
    engagement: {{mode: advisory, weight: 5}}
    clarity: {{mode: off}}
rationale:
  comment: silent
  exempt:
    branches: ["release/**"]
```

Bare `on`, `off`, `yes` and `no` mean what they say: a truth value where one is asked for, a word elsewhere. Unknown
keys, wrong types, keys written twice and YAML aliases are mistakes. All are reported at once, each with its line:

```text
{PATH}:2:3: readiness.treshold: found the unknown key `treshold`, allowed is `enabled`, `applies-to`,
`since`, `threshold`, `comment`, `labels` or `criteria`; did you mean `threshold`?
```

The sections {", ".join(f"`{name}`" for name in LATER[:-1])} and `{LATER[-1]}` are not known yet in this
version: each counts as a mistake, like any other unknown key.

An editor that knows JSON Schema checks the file while you type: `config/policy.schema.json`, served by a running
Handoff at `/schema/handoff.json`.
"""


def pages() -> dict[str, str]:
    """Every generated file, by its path in the repository, with its text."""
    return {
        "docs/criteria.md": criteria(),
        "docs/policy.md": policy(),
        "config/policy.schema.json": schema.as_text(),
        "README.md": readme(),
    }


def criteria() -> str:
    """The manual of the criteria, from their modules' docstrings."""
    return "\n".join((CRITERIA_HEAD, *(line for family in FAMILIES for line in _family(*family))))


def policy() -> str:
    """The manual of the policy, from its schema."""
    return "\n".join((POLICY_HEAD, *_sections()))


def readme() -> str:
    """The README with what the command of its example prints today."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    command = [str(Path(sys.executable).with_name("ghapp")), "check", "issue", EXAMPLE]
    environment = {**os.environ, "COLUMNS": "88", "NO_COLOR": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if done.returncode > 1:
        raise RuntimeError(done.stderr)
    printed = "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())
    return _EXAMPLE.sub(lambda match: f"{match[1]}{printed}{match[2]}", text)


def _family(name: str, title: str, members: Iterable[Criterion[Any]], defaults: Section) -> Iterator[str]:
    yield f"## {title}\n"
    for criterion in members:
        counts = defaults.model_dump(mode="json", by_alias=True)[criterion.name]
        yield f"### {criterion.name}\n"
        yield f"**{criterion.asks}** By default {_counts(counts)}; set by `{name}.criteria.{criterion.name}`.\n"
        for part, text in criterion.manual.items():
            if text != criterion.asks:
                yield f"**{part}.** {text[:1].upper()}{text[1:]}\n"


def _counts(counts: dict[str, Any]) -> str:
    return f"{counts['mode']}, {counts['weight']} points" if counts["weight"] else f"{counts['mode']}, no points"


def _sections() -> Iterator[str]:
    yield "## The whole\n"
    yield from _table(path for path in schema.paths() if len(path) == 1)
    for name in ("readiness", "rationale"):
        node = schema.at((name,)) or {}
        yield f"## {name}\n"
        yield f"{node['description']}\n"
        yield from _table(path for path in schema.paths() if path[0] == name and "criteria" not in path)
        yield f"### {name}.criteria\n"
        yield "Each has a `mode` and a `weight`; [what they ask](criteria.md).\n"
        yield "| criterion | mode | weight | meaning |"
        yield "| --- | --- | --- | --- |"
        for key in schema.keys(schema.at((name, "criteria")) or {}):
            criterion = schema.at((name, "criteria", key)) or {}
            counts = criterion["default"]
            yield f"| `{key}` | {counts['mode']} | {counts['weight']} | {criterion['description']} |"
        yield ""


def _table(paths: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield "| key | what it holds | default | meaning |"
    yield "| --- | --- | --- | --- |"
    for path in paths:
        node = schema.at(path) or {}
        if node["type"] != "object":
            cells = (f"`{'.'.join(path)}`", schema.allowed(node), _default(node["default"]), node["description"])
            yield f"| {' | '.join(cells)} |"
    yield ""


def _default(value: object) -> str:
    match value:
        case None:
            return "left out"
        case bool():
            return f"`{str(value).lower()}`"
        case list():
            return ", ".join(f"`{item}`" for item in value) or "none"
        case _:
            return f"`{value}`"


def main(arguments: list[str] | None = None, *, root: Path = ROOT) -> int:
    """Write the pages, or with `--check` name the stale ones; the exit status is 1 when there are any."""
    parser = argparse.ArgumentParser(prog="python -m docs.generate", description="Write the generated pages.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a page is stale")
    check = parser.parse_args(arguments).check
    stale = {path: text for path, text in pages().items() if _read(root / path) != text}
    for path, text in stale.items():
        print(f"{path} is stale: run `make docs`" if check else f"{path} written")  # noqa: T201 - a script
        if not check:
            (root / path).write_text(text, encoding="utf-8")
    return 1 if check and stale else 0


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main())
