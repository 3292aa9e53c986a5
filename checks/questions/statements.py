"""Statements that ask: doubts about what the team wants, gaps in the issue, things that are waited for."""

import re

from checks.reader.comment import listed

_AWAITED = listed("awaited")
_BEFORE_OBJECT = listed("before-object")

_WORD = r"(?:if|whether|which|what|how|where|when|who|whose)\b"
_ABOUT = r"(?: (?:to|for) me)?(?: yet)?(?: from the \w+)?(?: about| on| of)?"
_DEGREE = r"(?:quite |really |entirely |yet )?"
_UNCLEAR = rf"(?:unclear|not {_DEGREE}clear){_ABOUT} {_WORD}"
_WE = "(?:i|we)"
_TEXT = "issue|ticket|spec|specification|body|description|story|text|docs?|documentation"
_SAY = "say|mention|specify|state|tell|define|cover|explain"
_CLEAR_UP = "clarify|confirm|specify|explain|advise|decide|describe|define"
_ACCESS = "access|permissions?|rights|credentials"
_OPEN = "open|access|reach|see|view"
_PLACE = "links?|docs?|documents?|page|wiki|board|repo|repository|drive|design|spec|figma|sheet|ticket"
_SAYS = re.compile(
    "|".join(
        (
            rf"\b(?:it is|it's|is|still|remains|me|bit) (?:still |a bit )?{_UNCLEAR}",
            rf"^(?:\w+ ){{0,2}}{_UNCLEAR}",
            rf"\b(?:i am|i'm|i was|still) wondering {_WORD}",
            rf"\b(?:thing|what) {_WE} (?:don't|do not) (?:understand|know)\b",
            rf"^(?:\w+ ){{0,2}}please (?:also )?(?:{_CLEAR_UP})\b(?! your)",
            r"^(?:\w+ ){0,2}please (?:also )?(?:share|provide|(?:tell|send|give) (?:me|us))\b",
            rf"\blet (?:me|us) know (?!if|when){_WORD}(?! (?:you think|else|it goes|it went))",
            r"\bneed (?:to know|(?:a|your) decision|clarification|confirmation|an answer (?:on|to|about))\b",
            rf"\b(?:{_TEXT}) (?:does not|doesn't|do not|don't) (?:{_SAY})\b",
            r"\bnothing is (?:said|written|mentioned)\b|\bno mention of\b|^(?:still open|open question|open point) \w",
            rf"\b(?:is|are) not (?:specified|mentioned|stated|defined) (?:anywhere\b|in the (?:{_TEXT})\b|{_WORD})",
            rf"\b{_WE} (?:still )?(?:don't have|do not have|have no) (?:any )?(?:{_ACCESS})\b",
            rf"\b{_WE} (?:can't|cannot|can not|couldn't|could not) (?:{_OPEN}) (?:\w+ ){{0,4}}(?:{_PLACE})\b",
        )
    )
)
_DOUBTS = re.compile(
    rf"(?<!was )(?<!were )\b(?:not {_DEGREE}(?:sure|certain)|unsure|uncertain|(?:don't|do not) (?:know|understand|see)"
    rf"|can't tell|cannot tell){_ABOUT} {_WORD}"
)
# What the team has set; another doubt is the writer's own.
_OBLIGED = re.compile(
    r"\b(?:should|shall|must|may|needs?|needed|wants?|wanted|expects?|expected|to be|supposed|meant|means?|allowed"
    r"|intended|required|applies|apply|counts?|which|to)\b"
)
_LACKS = re.compile(
    r"\b(?:waiting (?:for|on)|blocked until (?:we|i) (?:get|have|know)|blocked by the missing|i'm missing|i am missing"
    r"|missing (?:for me|here)|(?:i|we)(?: still| also)? need(?! to\b))\b"
)
_REACH = 7  # words after "waiting for" among which the thing stands


def states(line: str) -> bool:
    """Whether the lower-case words of a statement ask the team for something."""
    return bool(_SAYS.search(line)) or _doubts(line) or _lacks(line)


def _doubts(line: str) -> bool:
    """Whether the writer is unsure about what the team wants, not only about how something works."""
    found = _DOUBTS.search(line)
    if found is None:
        return False
    asks_which = found[0].endswith("whether") and not line[found.end() :].startswith((" this", " that"))
    return asks_which or bool(_OBLIGED.search(line, found.end() - len("which")))


def _lacks(line: str) -> bool:
    """Whether something is waited for that only the team can give; "the schema migration" is another thing."""
    found = _LACKS.search(line)
    after = line[found.end() :].split()[:_REACH] if found else []
    return any(
        word in _AWAITED and (at + 1 == len(after) or after[at + 1] in _BEFORE_OBJECT) for at, word in enumerate(after)
    )
