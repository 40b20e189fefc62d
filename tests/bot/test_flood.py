"""How much one person may send: counted over time, told once, forgotten when they pause."""

from __future__ import annotations

from collections import Counter

from bot import flood
from bot.clock import MovableClock
from bot.flood import A_SECOND, AT_ONCE, QUIET, Flood, Verdict


def verdicts(flood: Flood, number: int, key: int = 5) -> Counter[Verdict]:
    return Counter(flood.verdict(key) for _ in range(number))


def test_a_flood_is_answered_once() -> None:
    found = verdicts(Flood(MovableClock(0.0)), 10_000)
    assert found == {Verdict.DEAL: AT_ONCE, Verdict.TELL: 1, Verdict.DROP: 10_000 - AT_ONCE - 1}


def test_it_is_counted_over_time() -> None:
    """As fast as ever for a minute: so much as the page says, and still told once."""
    clock = MovableClock(0.0)
    gate, found = Flood(clock), Counter[Verdict]()
    for _ in range(600):
        found += verdicts(gate, 20)
        clock.move(0.1)
    assert found[Verdict.TELL] == 1
    assert AT_ONCE + 59 * A_SECOND <= found[Verdict.DEAL] <= AT_ONCE + 60 * A_SECOND


def test_whoever_presses_as_people_do_is_never_held_up() -> None:
    clock = MovableClock(0.0)
    gate = Flood(clock)
    for _ in range(1_000):  # two presses a second for minutes, and now and then a quick row of them
        assert verdicts(gate, 2) == {Verdict.DEAL: 2}
        clock.move(2 / A_SECOND)


def test_one_persons_flood_is_nobody_elses() -> None:
    gate = Flood(MovableClock(0.0))
    verdicts(gate, 1_000)
    assert verdicts(gate, AT_ONCE, key=6) == {Verdict.DEAL: AT_ONCE}


def test_after_a_pause_one_is_told_anew() -> None:
    clock = MovableClock(0.0)
    gate = Flood(clock)
    verdicts(gate, 1_000)
    clock.move(QUIET)
    found = verdicts(gate, 1_000)
    assert found[Verdict.DEAL] == QUIET * A_SECOND and found[Verdict.TELL] == 1


def test_what_found_no_place_in_the_line_is_told_once_too() -> None:
    gate = Flood(MovableClock(0.0))
    assert [gate.too_much(5) for _ in range(3)] == [Verdict.TELL, Verdict.DROP, Verdict.DROP]


def test_people_who_have_paused_are_forgotten(monkeypatch) -> None:
    monkeypatch.setattr(flood, "KEPT", 10)
    clock = MovableClock(0.0)
    gate = Flood(clock)
    verdicts(gate, 1_000, key=1)
    for key in range(2, 11):
        gate.verdict(key)
    clock.move(10)
    gate.verdict(11)
    assert gate._people.keys() == {1, 11}
    assert gate.verdict(1) is Verdict.DEAL
