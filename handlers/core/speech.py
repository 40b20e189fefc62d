"""Speech: one language, one time zone, and text that is escaped by construction."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, get_timezone_location
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from markupsafe import Markup

from storage.centres import Centre

LANGUAGES = {"en": "English", "it": "Italiano", "de": "Deutsch"}
_DAY = {"en": "EEEE d MMMM", "it": "EEEE d MMMM", "de": "EEEE, d. MMMM"}
_SHORT_DAY = {"en": "d MMMM", "it": "d MMMM", "de": "d. MMMM"}
_BUTTON_DAY = {"en": "EEE d MMM", "it": "EEE d MMM", "de": "EEE d. MMM"}
_CHART_DAY = {"en": "d MMM", "it": "d MMM", "de": "d. MMM"}
_ITALIAN_HOUR = re.compile(r"(sono )?\b((?:[Aa]l|[Dd]al|[Nn]el|[Ss]ul)?[Ll])e \{(\w+)\}")
_ITALIAN_DAY = re.compile(r"\b([Ii]l|(?:[Aa]|[Dd]a|[Dd]e|[Nn]e|[Ss]u)l) \{(\w+)\}")
_BEFORE_A_VOWEL = {"il": "l", "Il": "L"}  # the others double their l: dall’, nell’
_BEGINS_WITH_DAY = re.compile(r"(?:<b>)?\{(day|moment|weekday)\}")


@cache
def _catalogue(language: str) -> NullTranslations:
    if language == "en":
        return NullTranslations()  # the texts in the code are English
    source = files("locales").joinpath(language, "LC_MESSAGES", "voci.po")
    compiled = io.BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def _locale(language: str) -> Locale:
    return Locale.parse("en_GB" if language == "en" else language)


def later(message: str) -> str:
    """Mark a text for translation that is spoken elsewhere."""
    return message


class Speech:
    """Says things in one language; what people wrote is escaped when it is filled in."""

    def __init__(self, language: str, zone: str = "UTC") -> None:
        self.language = known_language(language)
        self.zone = ZoneInfo(zone)
        self._locale = _locale(self.language)

    @classmethod
    def of(cls, centre: Centre, language: str | None = None) -> Speech:
        """On the centre's clock: in its own language, as in its group, or in that of a person."""
        return cls(language or centre.language, centre.zone)

    def __call__(self, message: str, /, **values: object) -> Markup:
        """The message in this language; `{name}` is filled in, escaped."""
        text = Markup(_catalogue(self.language).gettext(message))  # noqa: S704
        if not values:
            return text
        if begins := _BEGINS_WITH_DAY.match(text):  # Italian days are small, but not there
            day = str(values[begins[1]])
            values[begins[1]] = day[:1].upper() + day[1:]
        return _elided(text, values, self.language).format(**values)

    def many(self, one: str, several: str, n: int, /, **values: object) -> Markup:
        """The message for `n` things; `{n}` is filled in with the number."""
        text = _catalogue(self.language).ngettext(one, several, n)
        return _elided(Markup(text), values, self.language).format(n=n, **values)  # noqa: S704

    def day(self, moment: float) -> str:
        """`Wednesday 3 December`, in the centre's zone."""
        return self._date(moment, _DAY)

    def short_day(self, moment: float) -> str:
        """`3 December`."""
        return self._date(moment, _SHORT_DAY)

    def button_day(self, moment: float) -> str:
        """`Wed 3 Dec`, for a narrow button."""
        return self._date(moment, _BUTTON_DAY)

    def chart_day(self, moment: float) -> str:
        """`3 Dec`, for the axis of a chart."""
        return self._date(moment, _CHART_DAY)

    def date(self, moment: float) -> str:
        """`3 December 2025`, for what can be long ago."""
        return str(format_date(self.local(moment), "long", locale=self._locale))

    def time(self, moment: float) -> str:
        """`17:00`."""
        return self.local(moment).strftime("%H:%M")

    def moment(self, moment: float) -> str:
        """`Wednesday 3 December, 17:00`."""
        return f"{self.day(moment)}, {self.time(moment)}"

    def month(self, moment: float) -> str:
        """`October`."""
        return str(format_date(self.local(moment), "LLLL", locale=self._locale))

    def weekday(self, number: int) -> str:
        """`Wednesday`; Monday is 0."""
        return str(format_date(date(2024, 1, 1 + number), "EEEE", locale=self._locale))

    def tongue(self, code: str) -> str:
        """`Italian`: a language's name in this one."""
        return str(_locale(code).get_language_name(self.language))

    def place(self, zone: str) -> str:
        """`Rome`: the city after which an IANA zone is called."""
        return str(get_timezone_location(zone, locale=self._locale, return_city=True))

    def number(self, number: int) -> str:
        """`5,000`, as the language writes it."""
        return str(format_decimal(number, locale=self._locale))

    def local(self, moment: float) -> datetime:
        """The moment on the centre's wall clock."""
        return datetime.fromtimestamp(moment, self.zone)

    def _date(self, moment: float, patterns: dict[str, str]) -> str:
        return _written(self.local(moment).date(), patterns[self.language], self.language)


@lru_cache(maxsize=256)  # a whole assembly is told the same day
def _written(day: date, pattern: str, language: str) -> str:
    return str(format_date(day, pattern, locale=_locale(language)))


def _elided(text: Markup, values: Mapping[str, object], language: str) -> Markup:
    """Before one o'clock Italian says «all’01:00» and «è l’01:00», else «alle» and «sono le».

    Before the 8th and the 11th it says «l’8 dicembre» and «dall’11 dicembre», else «il» and «dal».
    Only where the sentence itself has the article, never in what people wrote.
    """
    if language != "it":
        return text

    def before(found: re.Match[str]) -> str:
        verb, article, name = found.groups()
        if not str(values.get(name, "")).startswith(("01:", "1:")):
            return found[0]
        return f"{'è ' if verb else ''}{article}’{{{name}}}"

    def before_day(found: re.Match[str]) -> str:
        article, name = found.groups()
        if not str(values.get(name, "")).startswith(("8 ", "11 ")):
            return found[0]
        return f"{_BEFORE_A_VOWEL.get(article, f'{article}l')}’{{{name}}}"

    return Markup(_ITALIAN_DAY.sub(before_day, _ITALIAN_HOUR.sub(before, text)))  # noqa: S704


def known_language(code: str | None) -> str:
    """The language that Voci speaks nearest to Telegram's `language_code`; English otherwise."""
    short = (code or "").split("-")[0].casefold()
    return short if short in LANGUAGES else "en"
