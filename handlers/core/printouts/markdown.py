"""A printout as Markdown (CommonMark): to be copied into a page, a mail, or another program."""

from __future__ import annotations

import re

from markupsafe import Markup

from handlers.core.printouts.printout import Block, Code, Drawn, Heading, Listing, Printout, Words
from handlers.core.printouts.words import Run, plain, runs

_MEANS_SOMETHING = re.compile(r"[\\`*_\[\]<>&~|#]")
_BEGINS_SOMETHING = re.compile(r"^(\s*)([-+=])|^(\s*\d{1,9})([.)])")


def markdown(printout: Printout) -> str:
    """The document as text; pictures stay out, as what they show stands in words beside them.

    What people wrote can't become a heading, a link or a tag: such signs are escaped.
    """
    parts = [f"# {_line(printout.title)}", _begun(_line(printout.centre))]
    parts += filter(None, (_block(block) for block in printout.blocks))
    return "\n\n".join(parts) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading(words, level):
            return f"{'#' * (level + 1)} {_line(plain(words))}"
        case Words(words):
            return _words(words)
        case Listing(items):
            return "\n".join(f"- {_words(item, '  ')}" for item in items)
        case Drawn():
            return ""
        case Code(link, words):
            return f"{_words(words)}\\\n<{link}>"


def _words(words: Markup, indent: str = "") -> str:
    text = "".join(_run(run) for run in runs(words))
    return f"\\\n{indent}".join(_begun(line) for line in text.split("\n"))


def _run(run: Run) -> str:
    text = _MEANS_SOMETHING.sub(r"\\\g<0>", run.text)
    bare = text.strip()
    if not run.bold or not bare or "\n" in bare:
        return text
    before, after = text[: text.index(bare)], text[text.index(bare) + len(bare) :]
    return f"{before}**{bare}**{after}"


def _line(text: str) -> str:
    return _MEANS_SOMETHING.sub(r"\\\g<0>", " ".join(text.split()))


def _begun(line: str) -> str:
    """A line that does not begin a list or a heading by chance."""
    return _BEGINS_SOMETHING.sub(r"\1\3\\\2\4", line)
