"""`python -m bench.trace_quality`: how well the trace of acceptance criteria finds what authors say of them.

Each case of `bench/trace_cases/` is a description with its issues, and what its author says of each acceptance
criterion. The cases of `held.yaml` were kept aside while the reading was tuned, and looked at once: then .95 and .91 of
what is addressed. What was found wrong was mended, so they are no longer blind.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from checks.subject import LinkedIssue, Pull
from checks.trace import State, trace

CASES = Path(__file__).with_name("trace_cases")
REPOSITORY = "acme/shop"


@dataclass(frozen=True, slots=True)
class Told:
    """One acceptance criterion of one case: what its author says, and what was found."""

    case: str
    name: str
    true: State
    found: State
    quote: str


def told(part: str) -> Iterator[Told]:
    """Every acceptance criterion of every case of one file."""
    for group in yaml.safe_load((CASES / f"{part}.yaml").read_text(encoding="utf-8")):
        linked = tuple(_issue(number, issue) for number, issue in enumerate(group["issues"], 1))
        for case in group["cases"]:
            pull = Pull(title=case.get("title", "Change"), body=case["body"], linked=linked, repository=REPOSITORY)
            says = {name: State(said.replace("-", " ")) for name, said in case["says"].items()}
            for each in trace(pull):
                quote = f"{each.evidence.line}: {each.evidence.quote}" if each.evidence else ""
                yield Told(case["id"], each.name, says.pop(each.name, State.NOT_MENTIONED), each.state, quote)
            assert not says, f"{case['id']}: there is no {', '.join(says)}"


def share(found: list[Told], state: State) -> tuple[int, int, int]:
    """How many were found and true, found, and true."""
    both = sum(1 for each in found if each.true is each.found is state)
    return both, sum(1 for each in found if each.found is state), sum(1 for each in found if each.true is state)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print precision and recall of both files; with `--errors` what was missed or wrong."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--part", choices=["seen", "held"])
    asked.add_argument("--errors", action="store_true")
    given = asked.parse_args(arguments)
    print("| cases | state | precision | recall |\n| --- | --- | --- | --- |")
    for part in [given.part] if given.part else ["seen", "held"]:
        found = list(told(part))
        cases = len({each.case for each in found})
        for state in (State.ADDRESSED, State.LEFT_OUT, State.NOT_YET):
            both, said, true = share(found, state)
            print(f"| {part} ({cases}) | {state} | {of(both, said)} | {of(both, true)} |")
        for each in found if given.errors else []:
            if each.true is not each.found:
                print(f"{each.case}: {each.name} is {each.true}, found {each.found} {each.quote}")


def of(part: int, whole: int) -> str:
    """A share with its two numbers."""
    return f"{part / whole:.2f} ({part} of {whole})" if whole else "-"


def _issue(number: int, issue: dict[str, Any]) -> LinkedIssue:
    return LinkedIssue(**{"repository": REPOSITORY, "number": number, **issue})


if __name__ == "__main__":
    main()
