"""Reviews: words that say nothing to act on, move the talk elsewhere, or hand the next move to the other side."""

import re
from collections.abc import Collection, Sequence

from checks.reader.comment import Sentence, said
from checks.reader.concrete import Shape, shapes
from checks.reader.phrases import Found, Phrases, load, words
from checks.reader.phrases import spoken as spoken_only
from checks.text import Form, parse
from checks.verdict import Evidence

_GROUPS = dict(load("reviews"))
_SETS = {name: frozenset(group) for name, group in _GROUPS.items()}
_MOVED = Phrases((name, _GROUPS[name]) for name in ("elsewhere", "calls", "talk", "tell", "instead"))
_BACK = Phrases((name, _GROUPS[name]) for name in ("hands-back", "asks-for-look"))
_NOT_YET = Phrases((name, _GROUPS[name]) for name in ("not-yet", "now"))
_MEETING = re.compile(r"(?<!\d)1:1(?!\d)|\bone on one\b|\b121\b")
_APPOINTMENT = re.compile(
    r"\b(?:set up|schedule|book|grab|find|take|spend) (?:a |an |some |half an |\d+ )?"
    rf"(?:{'|'.join(_GROUPS['appointment'])})"
    r"(?= (?:tomorrow|today|together|this|on|next|with|to talk|to discuss)\b|$)"
)
_CLAUSES = re.compile(r"[,;:] ")
_READY = re.compile(
    r"\bready for (?:\w+ ){0,3}(?:look|review|re-review|rereview|round|pass|check|merge|feedback)\b"
    r"|\b(?:this|it|pr|everything|all|branch) (?:is|should be) ready(?: now| again)?$"
)
_HANDED = re.compile(
    r"(?:and |so |now |it's |handing |handing it |passing it |this is |this goes )?(?:back|over) to you\b"
)
_LOOK = re.compile(
    r"\b(?:take|have|taking|having) (?:a|another|one more) (?:(?:second|quick|final|last|new|fresh) )?look\b"
    r"(?! at (?!it|this|that|the (?:pr|changes|update|latest|new|fix|fixes|comments?|commits?|branch)|my|these|them))"
)
_TALK_LAST = re.compile(
    r"\b(?:should|need to|have to|must|let's|can we|could we|shall we) (?:talk|speak|chat|meet|sync)"
    r"(?: about (?:this|it|that))?$"
)
_QUOTED = re.compile(r"[\"\u201c\u201d]|(?<!\w)'\w[^']*'(?!\w)")
_ASKED_OF = frozenset({"could", "can", "would", "please", "mind"})
_FACTS = frozenset(Shape) - {Shape.IMAGE, Shape.NAME, Shape.ARROW}
_FAR = 9  # words between talking and where
_NEAR = 4


def is_empty(text: str) -> bool:
    """Whether a review's words name nothing to act on; whether its inline comments do is for the caller to know."""
    return not any(_acts(one) for one in said(text)) and not _has_code(text)


def elsewhere(text: str) -> Evidence | None:
    """The first sentence that moves the talk away from the page, to a call, a chat, a meeting; None where it stays."""
    return next((Evidence(one.line, one.text) for one in said(text) if _moves(one)), None)


def hands_back(text: str) -> bool:
    """Whether a comment hands the next move to the other side: "ready for another look", "over to you"."""
    return any(_hands_back(one) for one in said(text))


def _acts(sentence: Sentence) -> bool:
    named = shapes(sentence.text) & _FACTS or re.search(r"#\d", sentence.text)
    return bool(named) or any(not word.isdigit() and word not in _SETS["hollow-review"] for word in sentence.words)


def _has_code(text: str) -> bool:
    return any(unit.form in (Form.CODE, Form.IMAGE) for unit in parse("", text).units)


def _moves(sentence: Sentence) -> bool:
    spoken = words(_MEETING.sub("one-on-one", sentence.text)) if "`" not in sentence.text else sentence.words
    found = _MOVED.find(spoken)
    moved = [at for hit in found if (at := _moved_at(spoken, hit)) is not None]
    if any(hit.label == "calls" and not hit.at for clause in _CLAUSES.split(sentence.text) for hit in _calls(clause)):
        moved.append(len(spoken) - 1)
    line = " ".join(spoken)
    if _APPOINTMENT.search(line) or _TALK_LAST.search(line) or _only_details(spoken):
        moved.append(0)
    return any(not _turned(found, at) for at in moved)


def _calls(clause: str) -> list[Found[str]]:
    return _MOVED.find(words(spoken_only(clause)))


def _moved_at(spoken: Sequence[str], hit: Found[str]) -> int | None:
    """The number of the word from which a phrase moves the talk away; None where it speaks of the product."""
    after = hit.at + len(hit.phrase.split())
    of_product = not _SETS["of-product"].isdisjoint(spoken[after : after + 1])
    match hit.label:
        case "elsewhere":
            return None if of_product else hit.at
        case "calls":
            asked = not hit.at or spoken[hit.at - 1] in _SETS["asked-to"]
            return hit.at if asked and not of_product else None
        case "talk" | "tell" if _SETS["product"].isdisjoint(spoken):
            return _where(spoken, hit.at, after, hit.label)
        case _:
            return None


def _where(spoken: Sequence[str], at_first: int, after: int, label: str) -> int | None:
    """The number of the word that names where to talk."""
    before = spoken[max(after - _NEAR, 0) : after]
    if label == "talk" and at_first and _SETS["inviting"].isdisjoint(spoken[:after]):
        return None
    if label == "tell" and _SETS["person"].isdisjoint(spoken[after : after + 2]) and not {"i", "i've"} & set(before):
        return None
    for at in range(after, min(after + _FAR, len(spoken))):
        near = label == "talk" and at < after + _NEAR
        if near and spoken[at] in _SETS["live"] and spoken[at + 1 : at + 2] not in (["mode"], ["data"]):
            return at
        if spoken[at] in _SETS["channel"] and _is_place(spoken, at, after):
            return at
    return None


def _is_place(spoken: Sequence[str], at: int, after: int) -> bool:
    if not _SETS["of-product"].isdisjoint(spoken[at + 1 : at + 2]):
        return False
    begin = at
    while begin > after and spoken[begin - 1] in _SETS["towards"]:
        begin -= 1
    return not _SETS["place"].isdisjoint(spoken[begin:at])


def _only_details(spoken: Sequence[str]) -> bool:
    """Whether a line without a verb points at another place: "Details in Slack"."""
    short = 2 < len(spoken) <= _NEAR + 1 and spoken[0] in _SETS["details"]
    return short and spoken[-1] in _SETS["channel"] and _is_place(spoken, len(spoken) - 1, 1)


def _turned(found: Collection[Found[str]], at: int) -> bool:
    return any(hit.label == "instead" and 0 < at - hit.at <= _FAR for hit in found)


def _hands_back(sentence: Sentence) -> bool:
    spoken = sentence.words
    found = _BACK.find(spoken)
    asked = not _ASKED_OF.isdisjoint(spoken)
    told = [hit.at for hit in found if hit.label == "hands-back" and (asked or not sentence.asks)]
    told += [hit.at for hit in found if hit.label == "asks-for-look" and (asked or not hit.at)]
    told += _looks(sentence, asked=asked)
    told += [at for at, word in enumerate(spoken) if word in _SETS["dealt-with"] and _with_remarks(spoken, at)]
    if not told or _QUOTED.search(sentence.text):
        return False
    hints = _NOT_YET.find(spoken)
    undone = any(hit.label == "now" and abs(hit.at - max(told)) <= 2 * _NEAR for hit in hints)
    return undone or not any(hit.label == "not-yet" for hit in hints)


def _looks(sentence: Sentence, *, asked: bool) -> list[int]:
    """0 once for each way of saying that it is ready to be looked at, or that the other side is to look."""
    line = " ".join(sentence.words)
    look = _LOOK.search(line)
    ready = _READY.search(line) and (asked or not sentence.asks)
    handed = any(_HANDED.match(" ".join(words(clause))) for clause in _CLAUSES.split(sentence.text))
    return [0] * (bool(ready) + handed + bool(look and (asked or not look.start())))


def _with_remarks(spoken: Sequence[str], at: int) -> bool:
    """Whether "addressed" stands beside all of the comments."""
    around = spoken[max(at - 2 * _NEAR, 0) : at + _NEAR + 1]
    partly = spoken[max(at - 2, 0) : at + _NEAR]
    return not _SETS["remarks"].isdisjoint(around) and _SETS["partly"].isdisjoint(partly)
