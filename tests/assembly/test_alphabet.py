"""Names stand where somebody looks for them."""

from __future__ import annotations

import pytest

from assembly.alphabet import place


@pytest.mark.parametrize(
    "names",
    [
        ["anna", "Ärmel", "Arno", "Zoe"],
        ["Esposito", "Èva", "Fabio"],
        ["Gross", "Groß", "Grosz"],
        ["Lena", "Łukasz", "Lydia"],
        ["Oda", "Ødegård", "Ölmez", "Orla"],
        ["Zoe", "Анна", "王"],
        ["", "A"],
    ],
)
def test_the_order_of_a_phone_book(names: list[str]) -> None:
    mixed = [*names]
    mixed.reverse()
    assert sorted(mixed, key=place) == names


def test_the_same_name_keeps_its_place() -> None:
    assert place("Anna") == place("Anna") != place("anna")
