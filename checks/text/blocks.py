"""Markdown's blocks walked into units, each under its nearest heading."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from markdown_it import MarkdownIt
from markdown_it.token import Token

from checks.text.headings import heading_in
from checks.text.inline import box, unmarked, without_images
from checks.text.lines import Lines
from checks.text.sentences import Line, sentences
from checks.text.units import Form, Unit

# Deeper nesting is not read: markdown-it's time grows with its square. Inline marks need no parser.
_PARSER = MarkdownIt("commonmark", {"maxNesting": 40}).enable("table")
_PARSER.disable(["inline", "text_join", "reference", "html_block"])

_LABEL_LEVEL = 6
_LONG_ITEM = 200  # characters from which an item is cut into sentences
_LONG_HEADING = 120  # an underlined line longer than this is a sentence above a line of dashes


def cut(made: Lines, *, most: int) -> list[Unit]:
    """About that many units of prepared lines in the order of the text, each under its nearest heading."""
    walk = _Walk(made, most)
    for token in _PARSER.parse("\n".join(text for _, text in made.lines)):
        walk.take(token)
    found = walk.units + [Unit(line=number, text=text, form=Form.COMMENT) for number, text in made.comments]
    found.sort(key=lambda unit: unit.line)
    return list(_under_headings(found))


def _under_headings(units: Sequence[Unit]) -> Iterator[Unit]:
    heading = ""
    for unit in units:
        yield replace(unit, heading=heading) if heading else unit
        if unit.form is Form.HEADING:
            heading = unit.text


@dataclass(slots=True)
class _Walk:
    made: Lines
    most: int
    units: list[Unit] = field(default_factory=list)
    quotes: int = 0
    items: list[bool | None] = field(default_factory=list)  # for each open item the state of its box
    level: int = 0  # of the heading that is open
    row: list[str] = field(default_factory=list)
    row_line: int = 0  # 0 outside tables

    def take(self, token: Token) -> None:
        """Turn one block token into units, or note where the walk stands."""
        match token.type:
            case "inline" if self.row_line:
                self.row.append(unmarked(token.content.strip()))
            case "inline":
                self._lines(token)
            case "fence" | "code_block":
                self._code(token)
            case "tr_open":
                self.row_line = self._line(token, 0)
            case "tr_close":
                self._add(self.row_line, " | ".join(cell for cell in self.row if cell), Form.ROW)
                self.row, self.row_line = [], 0
            case _:
                self._stand(token)

    def _stand(self, token: Token) -> None:
        match token.type:
            case "blockquote_open" | "blockquote_close":
                self.quotes += token.nesting
            case "list_item_open":
                self.items.append(None)
            case "list_item_close":
                self.items.pop()
            case "heading_open":
                self.level = int(token.tag[1])
            case "heading_close":
                self.level = 0
            case _:
                pass

    def _line(self, token: Token, offset: int) -> int:
        first = token.map[0] if token.map else 0
        return self.made.lines[first + offset][0]

    def _add(self, line: int, text: str, form: Form, *, level: int = 0, language: str = "") -> None:
        if text:
            checked = self.items[-1] if form is Form.TASK else None
            unit = Unit(
                line=line,
                text=text,
                form=form,
                level=level,
                indent=len(self.items),
                checked=checked,
                language=language,
            )
            self.units.append(unit)

    def _code(self, token: Token) -> None:
        words = token.info.split()
        for offset, text in enumerate(token.content.split("\n"), start=1 if token.type == "fence" else 0):
            if text.strip():
                line = self._line(token, offset)
                self._add(line, text.rstrip(), Form.CODE, language=words[0].lower() if words else "")

    def _lines(self, token: Token) -> None:
        lines = [(self._line(token, offset), text.strip()) for offset, text in enumerate(token.content.split("\n"))]
        number, text = lines[0]
        if self.level and not self.quotes and len(lines) == 1 and len(text) <= _LONG_HEADING:
            self._add(number, unmarked(text).rstrip(": "), Form.HEADING, level=self.level)
        else:
            self._paragraph(lines)

    def _paragraph(self, lines: list[Line]) -> None:
        form = self._form(lines)
        run: list[Line] = []
        for place, (number, written) in enumerate(lines):
            text, images = without_images(written)
            for image in images:
                self._add(number, image, Form.IMAGE)
            head = None if self.quotes or (self.items and not place) else self._heading(text, run)
            if head is None:
                if text:
                    run.append((number, unmarked(text)))
                continue
            self._sentences(run, form)
            self._add(number, unmarked(head[0]), Form.HEADING, level=_LABEL_LEVEL)
            form, run = Form.PROSE, [(number, unmarked(head[1]))] if head[1] else []
        self._sentences(run, form)

    def _heading(self, text: str, run: list[Line]) -> tuple[str, str] | None:
        return heading_in(text, before=run[-1][1] if run else "", in_item=bool(self.items))

    def _form(self, lines: list[Line]) -> Form:
        """The form of a paragraph; a box at its beginning is taken off."""
        if self.quotes:
            return Form.QUOTE
        if not self.items:
            return Form.PROSE
        number, text = lines[0]
        state, rest = box(text)
        if state is not None:
            self.items[-1] = state
            lines[0] = (number, rest)
        return Form.ITEM if self.items[-1] is None else Form.TASK

    def _sentences(self, run: list[Line], form: Form) -> None:
        if not run:
            return
        if form in (Form.ITEM, Form.TASK) and sum(len(text) for _, text in run) <= _LONG_ITEM:
            self._add(run[0][0], " ".join(text for _, text in run), form)
            return
        for number, text in islice(sentences(run), max(self.most - len(self.units), 0)):
            self._add(number, text, form)
