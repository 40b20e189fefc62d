"""What a typed day means: "12.12.", "venerdì", "next Thursday", "12. Dezember", "2026-12-12"."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from functools import cache

from babel.dates import get_day_names, get_month_names

_ISO = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*", re.ASCII)
_TOKENS = re.compile(r"\d+|[^\W\d_]+")
_SHORTEST = 3  # letters of a name that is cut off: "thurs", "dic"

_FROM_TODAY = {
    "en": {"today": 0, "tomorrow": 1},
    "it": {"oggi": 0, "domani": 1, "dopodomani": 2},
    "de": {"heute": 0, "morgen": 1, "ubermorgen": 2},
}
_BESIDE = {
    "en": "on the of next this coming st nd rd th",
    "it": "il lo l di del prossimo prossima questo questa che viene",
    "de": "am den der dem nachsten nachster kommenden kommender diesen dieser",
}


def typed_day(text: str, today: date, language: str) -> date | None:
    """The day that was typed in a language (en, it, de), or None where it can't be told.

    Numbers are day, month, and perhaps year. Without a year it is the next such day, today
    included. A weekday, with or without "next", is the first after today. A weekday beside a date
    has to be that day's. Source of the names: CLDR, as Babel has it.
    """
    iso = _ISO.fullmatch(text)
    if iso is not None:
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    found = _TOKENS.findall(_plain(text))
    numbers = [int(each) for each in found if each.isdecimal()]
    words = [each for each in found if not each.isdecimal()]
    words = [each for each in words if each not in _BESIDE[language].split()]
    if not numbers:
        return _by_word(words, today, language)
    months = [_named(word, language, "month") for word in words]
    weekdays = [_named(word, language, "day") for word in words]
    known = [month for month in months if month is not None]
    if len(known) == 1:
        numbers.insert(1, known[0])
    rest = [day for month, day in zip(months, weekdays, strict=True) if month is None]
    meant = _by_numbers(numbers, today)
    if meant is None or len(known) > 1 or rest not in ([], [meant.weekday()]):
        return None
    return meant


def _by_word(words: list[str], today: date, language: str) -> date | None:
    if len(words) != 1:
        return None
    ahead = _FROM_TODAY[language].get(words[0])
    if ahead is None:
        weekday = _named(words[0], language, "day")
        if weekday is None:
            return None
        ahead = (weekday - today.weekday() - 1) % 7 + 1
    return today + timedelta(days=ahead)


def _by_numbers(numbers: list[int], today: date) -> date | None:
    if len(numbers) == 3:
        day, month, year = numbers
        return _day(year + 2000 if year < 100 else year, month, day)
    if len(numbers) != 2:
        return None
    day, month = numbers
    ahead = [_day(today.year + years, month, day) for years in range(5)]  # a 29 February too
    return next((each for each in ahead if each is not None and each >= today), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def _named(word: str, language: str, kind: str) -> int | None:
    """The month (1 to 12) or weekday (Monday is 0) of this name, or of one that begins with it."""
    names = _names(language, kind)
    if word in names:
        return names[word]
    if len(word) < _SHORTEST:
        return None
    begun = {number for name, number in names.items() if name.startswith(word)}
    return begun.pop() if len(begun) == 1 else None


@cache
def _names(language: str, kind: str) -> dict[str, int]:
    get = get_day_names if kind == "day" else get_month_names
    forms = (
        get("wide", "format", language),
        get("wide", "stand-alone", language),
        get("abbreviated", "format", language),
        get("abbreviated", "stand-alone", language),
    )
    return {_plain(name).strip("."): number for form in forms for number, name in form.items()}


def _plain(text: str) -> str:
    """Without case and accents: who types in a hurry leaves both out."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in parts if not unicodedata.combining(each))
