"""What a centre has to tell about itself before anybody agrees to anything.

Source: Regulation (EU) 2016/679, art. 13 (1) and (2): who is responsible and how to reach them, the
data protection officer where there is one, the legal basis, who receives the data, and with which
authority one can complain.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import assert_never

from babel.core import get_global

from assembly import wording


class Fact(StrEnum):
    """In the order in which they are asked for."""

    RESPONSIBLE = "responsible"  # the body that answers for the data
    ADDRESS = "address"
    CONTACT = "contact"  # where to write or call about one's data
    OFFICER = "officer"  # the data protection officer: only where there is one
    BASIS = "basis"  # a Basis
    HOST = "host"  # where the computer stands that Voci runs on, and who runs it
    AGE = "age"  # an Age: who is younger comes in with a guardian's word on paper


OF_THE_BODY = (Fact.ADDRESS, Fact.CONTACT, Fact.OFFICER, Fact.BASIS)
"""What is said of the body itself: it goes with the body, and is asked anew of another."""


class Basis(StrEnum):
    """Why the body may keep this, beside the consent that Voci always asks for."""

    CONSENT = "consent"  # art. 6 (1) (a) and 9 (2) (a): nothing else is needed
    MEMBERS = "members"  # art. 9 (2) (d): a non-profit body and its members
    CARE = "care"  # art. 6 (1) (e) and 9 (2) (h): a public task in health or social care


class Age(StrEnum):
    """From which age somebody agrees for themselves, in years; OFF: nobody is asked.

    14 in Italy and Austria, 16 in Germany (GDPR, art. 8, and each country's law), 18 where a centre
    wants it so.
    """

    FOURTEEN = "14"
    SIXTEEN = "16"
    EIGHTEEN = "18"
    OFF = "off"


class Authority(StrEnum):
    """With whom one can complain (art. 77)."""

    ITALY = "it"  # Garante per la protezione dei dati personali
    AUSTRIA = "at"  # Datenschutzbehörde
    OTHER = "other"  # that of one's own country


_AUTHORITIES = {"IT": Authority.ITALY, "AT": Authority.AUSTRIA}


def words(fact: Fact, text: str) -> str:
    """What somebody wrote about the centre, cleaned and measured; a basis is one of Basis.

    Raises wording.WordingError ("empty", "short" or "long"), and ValueError for a basis or an age
    that is none.
    """
    match fact:
        case Fact.BASIS:
            return Basis(text).value
        case Fact.AGE:
            return Age(text).value
        case Fact.RESPONSIBLE:
            return wording.body(text)
        case Fact.ADDRESS | Fact.CONTACT | Fact.OFFICER | Fact.HOST:
            return wording.place(text)
        case _:
            assert_never(fact)


def age_limit(facts: Mapping[Fact, str]) -> int | None:
    """From how many years somebody agrees for themselves here: 14 unless the centre says otherwise.

    None where nobody is asked.
    """
    age = Age(facts.get(Fact.AGE, Age.FOURTEEN))
    return None if age is Age.OFF else int(age)


def longest(fact: Fact) -> int:
    """How many characters fit."""
    return wording.BODY[1] if fact is Fact.RESPONSIBLE else wording.PLACE[1]


def once_confirmed(
    known: Mapping[Fact, str], changes: Iterable[tuple[Fact, str | None, bool]]
) -> dict[Fact, str]:
    """The facts that hold once all these changes are confirmed.

    Each is a fact, its words (None takes it away), and whether it names another body: with that one
    goes what was said of the body before, and nothing of what else is changed.
    """
    changes = list(changes)
    new_body = any(another for _, _, another in changes)
    ahead = {fact: words for fact, words in known.items() if not (new_body and fact in OF_THE_BODY)}
    for fact, written, _ in changes:
        if written is None:
            ahead.pop(fact, None)
        else:
            ahead[fact] = written
    return ahead


def following(fact: Fact) -> Fact | None:
    """The fact that is asked for after this one; None after the last."""
    order = list(Fact)
    place = order.index(fact) + 1
    return order[place] if place < len(order) else None


def authority(zone: str) -> Authority:
    """With whom people of a centre in this IANA zone can complain.

    OTHER where the zone is of no country, of an unknown one, or of one that is not listed. Source
    of a zone's country: CLDR, as Babel has it, old names of zones included.
    """
    current = get_global("zone_aliases").get(zone, zone)
    country = get_global("zone_territories").get(current, "")
    return _AUTHORITIES.get(country, Authority.OTHER)
