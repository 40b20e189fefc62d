"""Which number is called in an emergency, by where a centre is."""

from __future__ import annotations

from babel.core import get_global

_112 = (
    "AD AL AT BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GE GR HR HU IE IS IT LI LT LU LV MC MD ME "
    "MK MT NL NO PL PT RO RS SE SI SK SM TR UA VA XK"
)
_911 = "AR CA CR DO EC MX PA PR US UY"

NUMBERS = {
    **dict.fromkeys(_112.split(), "112"),
    **dict.fromkeys(_911.split(), "911"),
    "AU": "000",
    "GB": "999",
    "NZ": "111",
}
"""By ISO 3166-1 code of the country; where a country is missing, no number is better than a wrong
one. Sources: the European Commission's list of where 112 answers, ITU-T E.161.1 (112 and 911), and
the governments of Australia, the United Kingdom and New Zealand.
"""


def number(zone: str) -> str | None:
    """The number that answers in an emergency in the country of this IANA zone; None if unknown.

    A zone of no country (`UTC`), one that nobody knows, and a country that is not listed have
    none. Source of a zone's country: CLDR, as Babel has it, old names of zones included.
    """
    current = get_global("zone_aliases").get(zone, zone)
    return NUMBERS.get(get_global("zone_territories").get(current, ""))
