from __future__ import annotations

import pytest

from assembly.centre_facts import (
    Authority,
    Basis,
    Fact,
    age_limit,
    authority,
    following,
    longest,
    once_confirmed,
    words,
)
from assembly.wording import WordingError


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Europe/Rome", Authority.ITALY),
        ("Europe/Vienna", Authority.AUSTRIA),
        ("Europe/Berlin", Authority.OTHER),
        ("Europe/San_Marino", Authority.OTHER),
        ("UTC", Authority.OTHER),
        ("Mars/Olympus", Authority.OTHER),
    ],
)
def test_one_complains_in_the_country_of_the_centre(zone: str, expected: Authority) -> None:
    assert authority(zone) is expected


def test_they_are_asked_for_one_after_the_other() -> None:
    asked: list[Fact] = []
    fact: Fact | None = Fact.RESPONSIBLE
    while fact is not None:
        asked.append(fact)
        fact = following(fact)
    assert asked == list(Fact)


def test_with_another_body_goes_what_was_said_of_the_one_before() -> None:
    known = {Fact.RESPONSIBLE: "A", Fact.ADDRESS: "1", Fact.OFFICER: "2", Fact.HOST: "3"}
    better = (Fact.RESPONSIBLE, "A onlus", False)
    assert once_confirmed(known, [better]) == {**known, Fact.RESPONSIBLE: "A onlus"}
    assert once_confirmed(known, [(Fact.OFFICER, None, False)]) == {
        fact: words for fact, words in known.items() if fact is not Fact.OFFICER
    }
    early, another = (Fact.CONTACT, "4", False), (Fact.RESPONSIBLE, "B", True)
    assert once_confirmed(known, [early, another]) == {
        Fact.RESPONSIBLE: "B",
        Fact.CONTACT: "4",
        Fact.HOST: "3",
    }


@pytest.mark.parametrize("fact", [fact for fact in Fact if fact not in (Fact.BASIS, Fact.AGE)])
def test_what_is_written_is_cleaned_and_measured(fact: Fact) -> None:
    assert words(fact, " Casa \u202eBlu ") == "Casa Blu"
    assert len(words(fact, "x" * longest(fact))) == longest(fact)
    for text in ("", "\u200b", "x" * (longest(fact) + 1)):
        with pytest.raises(WordingError):
            words(fact, text)


def test_a_basis_is_one_of_three() -> None:
    assert words(Fact.BASIS, "care") == Basis.CARE
    with pytest.raises(ValueError, match="because"):
        words(Fact.BASIS, "because")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [({}, 14), ({Fact.AGE: "16"}, 16), ({Fact.AGE: "18"}, 18), ({Fact.AGE: "off"}, None)],
)
def test_the_age_is_14_unless_the_centre_says_otherwise(
    facts: dict[Fact, str], expected: int | None
) -> None:
    assert age_limit(facts) == expected


def test_no_other_age_can_be_set() -> None:
    assert words(Fact.AGE, "off") == "off"
    with pytest.raises(ValueError, match="12"):
        words(Fact.AGE, "12")
