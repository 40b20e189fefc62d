"""The letters that pictures and printouts have: those of one font, others are spelt in them."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from anyascii import anyascii

FAMILY = "DejaVu Sans"  # the one that comes with matplotlib, and which matplotlib writes with
_FACES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
TRANSLITERATED = "≈"
LEFT_TO_RIGHT = "\u200e"  # before a mark or a number, so that it stays left of any script


def drawable(text: str) -> str:
    """The text as the font can write it: "≈Gong Yuan" stands for words of a script it lacks.

    What no letter stands for, such as the parts of an emoji, is left out.
    """
    written = []
    for word in text.split():
        spelt = {sign: _spelt(sign) for sign in word if ord(sign) not in _signs()}
        latin = "".join(spelt.get(sign, sign) for sign in word)
        marked = any(letters.isalnum() for letters in spelt.values())
        written.append(TRANSLITERATED + latin if marked else latin)
    return " ".join(word for word in written if word)


def _spelt(sign: str) -> str:
    return "".join(letter for letter in anyascii(sign) if ord(letter) in _signs())


@cache
def font_folder() -> Path:
    """Where the font's files are, found without loading the library that they come with."""
    found = find_spec("matplotlib")
    if found is None or found.submodule_search_locations is None:
        raise RuntimeError("matplotlib is not installed as it should be")
    return Path(found.submodule_search_locations[0]) / "mpl-data" / "fonts" / "ttf"


@cache
def _signs() -> frozenset[int]:
    """What can be written, bold or not."""
    from fontTools.ttLib import TTFont  # loaded only where something is drawn or printed

    faces = []
    for face in _FACES:
        with TTFont(font_folder() / face, lazy=True) as font:
            faces.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*faces)
