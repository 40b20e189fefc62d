"""The part of a text that fits a limit, cut where a reader would cut it."""

from __future__ import annotations

import re
import unicodedata

_SENTENCE_END = re.compile(r"[.!?…]+[»”\"')\]]*(?=\s)|\n")
_LEAST = 0.6
"""A cut keeps at least this share of the limit, or it would lose more than it mends."""


def fitting(text: str, limit: int) -> str:
    """The beginning of the text in at most `limit` characters (code points), limit at least 2.

    Whole sentences where they fill 60 % of the limit, otherwise whole words and "…", without the
    comma before it; an endless word is cut anywhere but between a letter and its marks. A text
    that fits comes back as it is, so cutting twice is cutting once. Raises ValueError for a limit
    under 2.
    """
    if limit < 2:
        raise ValueError(f"nothing fits in {limit} characters")
    if len(text) <= limit:
        return text
    ends = [end.end() for end in _SENTENCE_END.finditer(text[: limit + 1])]
    if ends and _LEAST * limit <= ends[-1] <= limit:
        return text[: ends[-1]].rstrip()
    end = limit - 1
    if not text[end].isspace():
        words_end = max(text.rfind(" ", 0, end), text.rfind("\n", 0, end))
        if words_end >= _LEAST * limit:
            end = words_end
    while end > 1 and unicodedata.category(text[end])[0] == "M":
        end -= 1
    return text[:end].rstrip().rstrip(",;:") + "…"
