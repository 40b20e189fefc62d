"""Time zones: which one to propose for a language, and which one a typed name means."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

NEAR = {
    "it": ("Europe/Rome", "Europe/Zurich"),
    "de": ("Europe/Berlin", "Europe/Vienna", "Europe/Zurich"),
    "en": ("Europe/London", "Europe/Dublin", "America/New_York", "Australia/Sydney"),
}
"""Where each language is likely to be spoken, the likeliest first: a proposal, to be confirmed."""


def proposals(language: str) -> tuple[str, ...]:
    """IANA names to offer to a centre that speaks `language`, the likeliest first, each once.

    Those of the other languages follow, so that everybody finds a neighbour. Raises nothing.
    """
    own = NEAR.get(language, ())
    others = (zone for zones in NEAR.values() for zone in zones)
    return tuple(dict.fromkeys((*own, *others)))


def named(text: str) -> str | None:
    """The IANA name (`Area/Place` or `UTC`) that the text means, whatever its case, or None.

    Spaces stand for underscores. Source: the IANA tz database as this Python knows it.
    """
    return _by_folded_name().get("_".join(text.split()).casefold())


@cache
def _by_folded_name() -> dict[str, str]:
    known = (name for name in available_timezones() if "/" in name or name == "UTC")
    return {name.casefold(): name for name in known}
