"""Commands in any comment: hidden ones are none, and what follows a command is words and no more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghapp.github.command import CALL, LONGEST, commands
from tests.fuzz.effort import tries
from tests.fuzz.hostile import HOSTILE, LONG

WORDS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)
HIDDEN = {
    "a fence": "```\n{}\n```",
    "a fence of waves": "~~~ x\n{}\n~~~",
    "a fence that stays open": "````\n```\n{}",
    "an indented block": "\n\n    {}",
    "a tab": "\n\n\t{}",
    "a span of code": "`{}`",
    "a span over two lines": "`` a\n{} ``",
    "a quote": "> {}",
    "a quote that goes on": "> a\n{}",
    "a quote in a quote": "> > {}",
    "an item": "- {}",
    "an item that goes on": "- a\n{}",
    "a numbered item": "1. {}",
    "a box": "- [ ] {}",
    "a heading": "# {}",
    "an HTML comment": "<!-- {} -->",
    "an HTML comment over lines": "<!--\n\n{}\n\n-->",
    "an HTML comment that stays open": "<!--\n{}",
    "a fold": "<details>\n{}\n</details>",
    "a block of HTML": "<div>\n{}\n</div>",
    "a script": "<script>\n\n{}\n\n</script>",
    "an instruction": "<?a\n{}\n?>",
    "character data": "<![CDATA[\n{}\n]]>",
    "the middle of a line": "please {}",
    "a link": "[{}](https://x.example)",
    "an image": "![{}](a.png)",
    "bold words": "**{}**",
    "struck words": "~~{}~~",
    "a letter that is not seen": "\u200b{}",
    "the other direction": "\u202e{}",
    "a backslash": "\\{}",
    "an entity": "&#47;{}",
}


@pytest.mark.parametrize("place", HIDDEN.values(), ids=HIDDEN)
@tries(5)
@given(WORDS)
def test_a_command_in_hiding_is_none(place, words):
    assert commands(place.format(f"{CALL} check {words}")) == ()


@tries(150)
@given(LONG, st.sampled_from(["", f"{CALL} ", f"\n\n{CALL} check "]))
def test_any_comment_holds_commands_or_none(text, before):
    for found in commands(before + text):
        assert CALL in (before + text).lower()
        assert len(found.word.split()) <= 1
        assert len(found.rest) <= LONGEST
        assert "\n" not in found.rest


@tries(60)
@given(HOSTILE)
def test_nothing_behind_a_command_hides_it(text):
    assert commands(f"{CALL} check\n\n{text}")[0].word == "check"
