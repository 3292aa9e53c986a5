"""`python -m bench.loop_quality`: how well comments and reviews are read, on hand-made cases, by precision and recall.

The cases stand in `bench/loop/`, each written before it was tried; those set aside were looked at once, at the end. All
are by the writer of the lexicons, so the figures flatter: of fresh cases expect fewer right at the first try.
"""

import argparse
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from checks import choices, reviews, updates
from checks.questions import Question, answers, in_spec, is_nudge, questions

CASES = Path(__file__).with_name("loop")
PARTS = ("fitting", "aside")
WRITTEN = date(2026, 3, 4)  # the day on which all comments of choices.yaml were written

Case = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one case holds, found and missed; `wrong` is for a person to read."""

    true: int
    found: int
    right: int
    wrong: str = ""


def _questions(case: Case) -> Outcome:
    found = questions(case["text"])
    right = [fragment for fragment in case["asks"] if any(fragment in one.text for one in found)]
    return _counted(case["text"], case["asks"], [one.text for one in found], len(right))


def _topics(case: Case) -> Outcome:
    """The criterion of each question that was found: wrong ones are found, those left open are missed."""
    found = questions(case["text"])
    told = {words: name for words, name in case["asks"].items() if name}
    said = {words: one.criterion for words in told for one in found if words in one.text and one.criterion}
    return _counted(case["text"], told, list(said.items()), sum(told[words] == name for words, name in said.items()))


def _answers(case: Case) -> Outcome:
    asked = [Question(text, 1) for text in case["open"]]
    found = [one.question for one in answers(asked, case["reply"], latest=case["latest"])]
    return _counted(case["reply"], case["answers"], found, len(set(found) & set(case["answers"])))


def _in_spec(case: Case) -> Outcome:
    said = in_spec(case["answer"], case["question"], case["before"], case["now"])
    return _whether(f"{case['question']} {case['answer']}", case["is"], said)


def _elsewhere(case: Case) -> Outcome:
    found = reviews.elsewhere(case["text"])
    right = bool(found and case["moves"] and case["moves"] in found.quote)
    return _counted(case["text"], [case["moves"]] * bool(case["moves"]), [found.quote] if found else [], int(right))


def _updates(case: Case) -> Outcome:
    found = [finding.criterion for finding in updates.judge(case["text"]) if not finding.is_gap]
    return _counted(case["text"], case["parts"], found, len(set(found) & set(case["parts"])))


def _is_update(case: Case) -> Outcome:
    return _whether(case["text"], {"done", "next"} <= set(case["parts"]), updates.is_update(case["text"]))


def _choices(case: Case) -> Outcome:
    found = choices.open_choices(case["text"], today=WRITTEN)
    said = [{"options": list(one.options), "decider": one.decider, "due": one.due} for one in found]
    return _counted(case["text"], case["choices"], said, sum(one in said for one in case["choices"]))


def _closes(case: Case) -> Outcome:
    choice = choices.Choice("Which?", tuple(case["options"]), "", None, 1)
    taken = choices.closes(choice, case["text"])
    return _counted(
        case["text"], [case["takes"]] * bool(case["takes"]), [taken] * bool(taken), int(taken == case["takes"] != "")
    )


def _by(judge: Callable[[str], bool]) -> Callable[[Case], Outcome]:
    return lambda case: _whether(case["text"], case["is"], judge(case["text"]))


def _whether(text: str, truth: bool, said: bool) -> Outcome:  # noqa: FBT001 -- two truths side by side
    return Outcome(int(truth), int(said), int(truth and said), "" if truth == said else f"{text!r}: said {said}")


def _counted(text: str, truth: Collection[object], found: Collection[object], right: int) -> Outcome:
    wrong = "" if len(truth) == len(found) == right else f"{text!r}: expected {truth}, found {found}"
    return Outcome(len(truth), len(found), right, wrong)


SETS: Mapping[str, tuple[str, Callable[[Case], Outcome]]] = {
    "questions": ("questions", _questions),
    "questions: the criterion": ("questions", _topics),
    "nudges": ("nudges", _by(is_nudge)),
    "answers": ("answers", _answers),
    "answers in the spec": ("in_spec", _in_spec),
    "talk moved elsewhere": ("elsewhere", _elsewhere),
    "empty reviews": ("empty", _by(reviews.is_empty)),
    "handing back": ("hands_back", _by(reviews.hands_back)),
    "parts of updates": ("updates", _updates),
    "updates": ("updates", _is_update),
    "open decisions": ("choices", _choices),
    "decisions taken": ("closes", _closes),
}


def rows(part: str) -> Iterator[tuple[str, int, float, float, list[str]]]:
    """Each set with its number of cases, precision, recall and the cases that went wrong."""
    for name, (file, judge) in SETS.items():
        cases = yaml.safe_load((CASES / f"{file}.yaml").read_text(encoding="utf-8"))[part]
        every = [judge(case) for case in cases]
        true, found, right = (sum(getattr(one, count) for one in every) for count in ("true", "found", "right"))
        yield name, len(cases), right / max(found, 1), right / max(true, 1), [one.wrong for one in every if one.wrong]


def main() -> None:
    """Print a table for each part; with `--wrong` also the cases of the first part that went wrong."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--wrong", action="store_true", help="list the cases for fitting that went wrong")
    given = asked.parse_args()
    for part in PARTS:
        print(f"| {part} | cases | precision | recall |\n| --- | --- | --- | --- |")
        for name, cases, precision, recall, wrong in rows(part):
            print(f"| {name} | {cases} | {precision:.2f} | {recall:.2f} |")
            for one in wrong if given.wrong and part == PARTS[0] else ():
                print(f"  {one}")
        print()


if __name__ == "__main__":
    main()
