"""A PDF as a second reader finds it: its words, its structure, its letters."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pypdf import PageObject, PdfReader

A4 = (595, 842)  # points
BREAK = "\u200b"


@dataclass(frozen=True, slots=True)
class Letters:
    """Some letters of a page: how large, and where they begin, in points from the lower left."""

    text: str
    size: float
    x: float
    y: float


class Pdf:
    """What was printed; its words are looked for once, which takes a while."""

    def __init__(self, data: bytes) -> None:
        self.reader = PdfReader(io.BytesIO(data), strict=True)

    @property
    def root(self) -> Any:
        return self.reader.trailer["/Root"]

    @property
    def pages(self) -> list[str]:
        """The words of each page, in one line."""
        return [_in_one_line(text) for text, _ in self._written]

    @property
    def letters(self) -> list[Letters]:
        """All that is written, piece by piece."""
        return [each for _, letters in self._written for each in letters]

    @cached_property
    def _written(self) -> list[tuple[str, list[Letters]]]:
        return [_extracted(page) for page in self.reader.pages]

    @property
    def words(self) -> str:
        return " ".join(self.pages)

    @property
    def headings(self) -> list[tuple[str, str]]:
        """What a screen reader leaps along: `("H1", "1. A quiet room")`."""
        return [
            (kind.lstrip("/"), _in_one_line(str(element.get("/T", ""))))
            for kind, element in self.elements()
            if kind in ("/H1", "/H2")
        ]

    @property
    def kinds(self) -> list[str]:
        """All elements of the structure, in the order in which they are read out."""
        return [kind.lstrip("/") for kind, _ in self.elements()]

    def elements(self) -> Iterator[tuple[str, Any]]:
        return _elements(self.root["/StructTreeRoot"]["/K"])


def check(data: bytes, language: str) -> Pdf:
    """Checks what holds for every printout; returns it to be read."""
    pdf = Pdf(data)
    assert pdf.root["/Lang"] == language
    assert pdf.root["/MarkInfo"]["/Marked"]
    assert pdf.root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.reader.metadata is not None and pdf.reader.metadata.title
    assert BREAK not in pdf.reader.metadata.title
    assert "/CreationDate" not in pdf.reader.metadata
    assert "Title" in pdf.kinds
    for page in pdf.reader.pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == A4
    assert min(each.size for each in pdf.letters) >= 11.99
    assert all(0 < each.x < A4[0] and 0 < each.y < A4[1] for each in pdf.letters)
    return pdf


def _extracted(page: PageObject) -> tuple[str, list[Letters]]:
    found: list[Letters] = []

    def visit(text: str, user: Any, matrix: Any, _font: Any, size: float) -> None:
        if text.strip():
            x, y = matrix[4] * user[0] + user[4], matrix[5] * user[3] + user[5]
            found.append(Letters(text, size * abs(matrix[3] * user[3]), x, y))

    return page.extract_text(visitor_text=visit), found


def _in_one_line(text: str) -> str:
    return " ".join(text.replace(BREAK, "").split())


def _elements(node: Any) -> Iterator[tuple[str, Any]]:
    found = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(found, list):
        for each in found:
            yield from _elements(each)
    elif isinstance(found, dict):
        if "/S" in found:
            yield str(found["/S"]), found
        if "/K" in found:
            yield from _elements(found["/K"])
