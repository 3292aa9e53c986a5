"""A Markdown file as a submission: title from the front matter or the first heading, lines those of the file."""

from config.tree import Tree, grow

_RULE = "---"
_LONGEST = 50  # lines of front matter


def fields(text: str, *, title: str = "") -> dict[str, object]:
    """Title, body and labels of a file; with a title given, a heading stays part of the body.

    Front matter is what issue templates begin with, and GitHub leaves it out of the body as well:
    https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests
    """
    lines = text.split("\n")
    front, end = _front(lines)
    lines[:end] = [""] * end
    title = title or _word(front, "title")
    first = next((place for place, line in enumerate(lines) if line.strip()), 0)
    if not title and lines[first].startswith("# "):
        title, lines[first] = lines[first].strip("# \t\r"), ""
    return {"title": title, "body": "\n".join(lines), "labels": _labels(front)}


def _front(lines: list[str]) -> tuple[Tree, int]:
    """The front matter and how many lines it takes; a rule of dashes with anything but keys below it is none."""
    none = Tree(file="")
    if lines[0].rstrip() != _RULE:
        return none, 0
    end = next((place for place, line in enumerate(lines[1:_LONGEST], 1) if line.rstrip() == _RULE), 0)
    front = grow("\n".join(lines[1:end]), file="")
    return (front, end + 1) if isinstance(front.value, dict) and not front.mistakes else (none, 0)


def _labels(front: Tree) -> list[str]:
    """A list, or words with commas between them."""
    named = [place.text for path, place in front.values.items() if path[:1] == ("labels",) and len(path) == 2]
    return named or [label.strip() for label in _word(front, "labels").split(",") if label.strip()]


def _word(front: Tree, key: str) -> str:
    place = front.values.get((key,))
    return place.text.strip() if place else ""
