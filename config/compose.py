"""YAML within bounds: a text becomes PyYAML's nodes, or the one mistake that keeps it from being read."""

from dataclasses import dataclass

import yaml

from config.mistakes import Mistake, cut

MOST_BYTES = 64 * 1024
MOST_DEPTH = 20
MOST_NODES = 5_000

_INDENT = ("a line that is indented unlike its neighbours", "the same indent for all keys of a section")
_MARK = ("a value that begins with a mark of YAML's own", "quotes around it")
_IN_WORDS = {  # what people stumble over most: PyYAML's words for it -> what was found, what is allowed
    "mapping values are not allowed here": (
        "a `:` where no key can stand",
        "one `key: value` on each line, and quotes around a value with `: ` in it",
    ),
    "expected <block end>, but found '<block mapping start>'": _INDENT,
    "expected '<document start>', but found '<block mapping start>'": _INDENT,
    "found character '\\t' that cannot start any token": ("a tab", "spaces"),
    "could not find expected ':'": ("a line without `:`", "`key: value`"),
    "but found another document": ("a second document", "one"),
    "expected the node content, but found '<stream end>'": ("the end of the file", "a value"),
    "expected ',' or ']', but got '<stream end>'": ("the end of the file inside a list", "a `]` that closes it"),
    "expected ',' or '}', but got '<stream end>'": ("the end of the file inside a section", "a `}` that closes it"),
    "found unexpected end of stream": ("the end of the file inside a quote", "a quote that is closed"),
    "expected <block end>, but found '<scalar>'": (
        "words where no value can stand",
        "one `key: value` on each line, and quotes around a value with a quote in it",
    ),
    "found character": _MARK,  # `@dana`
    "expected alphabetic or numeric character, but found": _MARK,  # `*.md`, which YAML takes for an alias
}


@dataclass(frozen=True, kw_only=True)
class _Refusal(Exception):
    """Where and why the text is not read further."""

    line: int = 1
    column: int = 1
    found: str
    allowed: str


class _Composer(yaml.BaseLoader):
    """PyYAML's composer with bounds; BaseLoader guesses no types, since YAML 1.1 takes `9:30` for the number 570."""

    depth = 0
    nodes = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """One node with all below it.

        Raises:
            _Refusal: it is too deep, one too many, an alias, or not text.
        """
        event: yaml.Event = self.peek_event()  # type: ignore[no-untyped-call]  # the stubs leave it bare
        if isinstance(event, yaml.AliasEvent):
            found = f"the alias `*{cut(event.anchor or '')}`"
            raise _refusal(event.start_mark, found, "every value written out, with quotes around `*`")
        self.depth += 1
        self.nodes += 1
        if self.depth > MOST_DEPTH:
            raise _refusal(event.start_mark, f"more than {MOST_DEPTH} levels", f"at most {MOST_DEPTH}")
        if self.nodes > MOST_NODES:
            raise _refusal(event.start_mark, f"more than {MOST_NODES} values", f"at most {MOST_NODES}")
        node = super().compose_node(parent, index)
        self.depth -= 1
        if isinstance(node, yaml.ScalarNode) and any("\ud800" <= letter <= "\udfff" for letter in node.value):
            raise _refusal(event.start_mark, "half of a character", "whole ones")  # JSON and UTF-8 cannot hold it
        return node


def compose(text: str, *, file: str) -> yaml.Node | Mistake | None:
    """The text's one document as a node, None for an empty text, or what is wrong with it; never raises."""
    try:
        return _within_bounds(text)
    except _Refusal as refusal:
        return Mistake(
            file=file,
            line=refusal.line,
            column=refusal.column,
            path="",
            found=refusal.found,
            allowed=refusal.allowed,
        )


def _within_bounds(text: str) -> yaml.Node | None:
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MOST_BYTES:
        raise _Refusal(found=f"{size} bytes", allowed=f"at most {MOST_BYTES}")
    try:
        composer = _Composer(text)
    except yaml.reader.ReaderError as error:
        raise _unprintable(text, error.position) from None
    try:
        return composer.get_single_node()
    except yaml.MarkedYAMLError as error:
        found, allowed = _in_words(error.problem or "")
        raise _refusal(error.problem_mark or composer.get_mark(), found, allowed) from None
    except (yaml.YAMLError, ValueError, OverflowError):  # `"\UFFFFFFFF"`, or a `%YAML` of 5,000 digits
        raise _refusal(composer.get_mark(), "a character or number that does not exist", "YAML") from None
    finally:
        composer.dispose()


def _in_words(problem: str) -> tuple[str, str]:
    """What was found and what is allowed, for a problem as PyYAML says it, with or without the mark that it names."""
    known = _IN_WORDS.get(problem) or _IN_WORDS.get(problem.partition(" '")[0])
    return known or (f"what YAML cannot read: {cut(problem)}", "YAML")


def _refusal(mark: "yaml.Mark | yaml._yaml.Mark | None", found: str, allowed: str) -> _Refusal:
    assert mark, "PyYAML leaves marks out only where it is told to"
    return _Refusal(line=mark.line + 1, column=mark.column + 1, found=found, allowed=allowed)


def _unprintable(text: str, position: int) -> _Refusal:
    before = text[:position]
    return _Refusal(
        line=before.count("\n") + 1,
        column=position - before.rfind("\n"),
        found=f"the character U+{ord(text[position]):04X}",
        allowed="printable text",
    )
