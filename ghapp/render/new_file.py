"""A file offered to people: a link to GitHub's editor with the file in it, since the App itself may not write there."""

from dataclasses import dataclass
from urllib.parse import quote as percent

from ghapp.render import findings, quote

# GitHub answers 414 to more than 8,191 bytes (github/docs#5136); the request's method and version count as well.
LONGEST = 8_000
FIRST = "main"


@dataclass(frozen=True, slots=True)
class File:
    """A file by its path in a repository, and what it is in a few words."""

    path: str
    text: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """GitHub's editor of a repository: `web` is GitHub's address for people."""

    web: str
    repository: str  # owner/name
    branch: str  # the default one; "" while nothing is committed, and the first commit makes `main`

    def address(self, file: File) -> str:
        """The address that opens a new file with its path and its text filled in; "" when it would be too long."""
        where = f"{self.web}/{percent(self.repository)}/new/{percent(self.branch or FIRST)}"
        filled = f"{where}?filename={percent(file.path, safe='')}&value={percent(file.text, safe='')}"
        return filled if len(filled) <= LONGEST else ""


def offers(files: tuple[File, ...], editor: Editor) -> str:
    """Files to be added by whoever may: a link for each; one that is too long for a link as text to copy."""
    return "\n".join(_offer(file, editor) for file in files)


def _offer(file: File, editor: Editor) -> str:
    address = editor.address(file)
    if address:
        return f"- [`{file.path}`]({address}): {file.what}"
    copied = findings.folded(f"<code>{file.path}</code>, to copy", quote.fence(tuple(file.text.splitlines()), ""))
    return f"- `{file.path}`: {file.what}; too long for a link\n\n{copied}\n"
