"""In which order names stand in a list: as a phone book of the three languages has them.

Source: DIN 5007-1 (dictionaries: ä as a, ß as ss), which Italian and English lists agree with.
"""

from __future__ import annotations

from unicodedata import combining, normalize

# Letters that Unicode does not take apart into a letter and its sign.
_APART = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})


def place(name: str) -> tuple[str, str]:
    """The key to sort a name by: letters without their signs first, then the name as it is."""
    letters = normalize("NFKD", name.casefold()).translate(_APART)
    return "".join(each for each in letters if not combining(each)), name
