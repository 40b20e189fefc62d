from __future__ import annotations

import pytest

from assembly.straw_poll import Excess, excess, several

SMILE = "\U0001f642"  # one sign, two UTF-16 units


@pytest.mark.parametrize(
    ("question", "options", "found"),
    [
        ("q" * 300, ["o" * 100] * 12, None),
        (SMILE * 150, [SMILE * 50] * 2, None),
        ("q" * 301, ["a", "b"], Excess("question", 301, 300)),
        (SMILE * 151, ["a", "b"], Excess("question", 302, 300)),
        ("Which?", [str(n) for n in range(13)], Excess("options", 13, 12)),
        ("Which?", ["a", SMILE * 51], Excess("option", 102, 100, SMILE * 51)),
    ],
)
def test_what_a_poll_holds(question: str, options: list[str], found: Excess | None) -> None:
    assert excess(question, options) == found


@pytest.mark.parametrize(
    ("question", "options", "found"),
    [
        ("When shall we meet?", ("Monday", "Tuesday", "Friday"), True),
        ("Which two delegates?", ("Anna", "Bruno", "Carla"), True),
        ("Which two delegates?", ("Anna", "Bruno"), True),
        ("Which colour for the quiet room?", ("Blue", "Green"), False),
        ("Shall we open on Saturdays?", (), False),
    ],
)
def test_several_answers_where_they_make_sense(
    question: str, options: tuple[str, ...], found: bool
) -> None:
    assert several(question, options) is found
