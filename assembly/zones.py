"""Time zones: which one to propose, which one a typed name means, and what a change moves."""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global
from babel.dates import get_timezone_location

from assembly.recurrence import local, resolve

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


def at(text: str, language: str) -> str | None:
    """The IANA name that the text means, or that of the zone of this city; None for neither.

    Cities are those after which zones are called, in this language (en, it, de) or in English, in
    capitals or not. Source: CLDR, as Babel has it.
    """
    city = " ".join(text.split()).casefold()
    return named(text) or _by_city(language).get(city) or _by_city("en").get(city)


def same_hour(moment: int, before: ZoneInfo, after: ZoneInfo) -> int:
    """When clocks in `after` show what clocks in `before` show at `moment` (UTC epoch seconds).

    So "Monday at 16:00" stays so for a centre whose clocks are changed to another zone. A local
    time that `after` skips becomes the first moment behind it, one that it shows twice the first of
    the two (assembly.recurrence.resolve). Raises nothing.
    """
    return resolve(local(moment, before), after)


@cache
def _by_city(language: str) -> dict[str, str]:
    known = set(get_global("zone_territories")) & available_timezones()
    return {
        get_timezone_location(zone, locale=language, return_city=True).casefold(): zone
        for zone in sorted(known)
        if "/" in zone
    }


@cache
def _by_folded_name() -> dict[str, str]:
    known = (name for name in available_timezones() if "/" in name or name == "UTC")
    return {name.casefold(): name for name in known}
