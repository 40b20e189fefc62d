"""Names that begin alike, as in 'decision:12:': how a query finds them by their index."""

from __future__ import annotations


def beginning_with(prefix: str) -> dict[str, str | int]:
    """What such a query asks for: `prefix`, `after` (no such name comes after it), `length`.

    What follows in a name are numbers and small words: in every order of signs they come before
    this end, also where a language's order passes over colons. There other names lie in the range
    as well: the query has to compare the beginning, too.
    """
    return {"prefix": prefix, "after": f"{prefix}zzzz", "length": len(prefix)}
