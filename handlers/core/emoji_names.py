"""Emoji in words, for pictures: their font has letters, and no little pictures."""

from __future__ import annotations


def in_words(text: str, language: str) -> str:
    """The text with each emoji as its name in square brackets: "Yoga [party popper]".

    Source of the names: Unicode's CLDR.
    """
    if text.isascii():
        return text
    import emoji  # loaded only where somebody used one: its tables are large

    def named(sign: str, _: object) -> str:
        return str(emoji.demojize(sign, ("[", "]"), language)).replace("_", " ")

    return str(emoji.replace_emoji(text, named))
