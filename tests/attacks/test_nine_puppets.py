"""Nine people of straw and one real one: what a year of summaries tells the nine about the tenth.

They know their own answers and read what the group reads. They guess by the likelier of two stories
about the tenth, which is the best that anybody can do. The figures stand in docs/anonymity.md.
"""

from __future__ import annotations

import math
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from assembly.disclosure import Figures, release
from assembly.privacy_budget import YEARLY
from assembly.questionnaire import WEEKLY
from assembly.windows import ENROLLED_AFTER_DAYS, SMALL

EPSILON = SMALL.epsilon
A_YEAR = int(YEARLY[WEEKLY.name] / EPSILON)
MIDDLING, BEST, WORST = 24, 48, 0  # of 48: what somebody's answers come to
PUPPETS = (MIDDLING,) * 9
PAGE = Path(__file__).parents[2] / "docs" / "anonymity.md"
GUESSES = 20_000

Told = dict[Figures | None, float]
"""Each thing that the group can read, with its chance."""


SCALES = (float(2 / EPSILON), float(48 / EPSILON))


class Certain:
    """Noise that is chosen: the number's first, then the sum's; of the scales that are asked for.

    Otherwise the figures would be those of the page's noise, whatever the rule's is.
    """

    def __init__(self, number: int, total: int) -> None:
        self._left = list(zip(SCALES, (number, total), strict=True))

    def discrete_laplace(self, scale: float) -> int:
        expected, chosen = self._left.pop(0)
        assert scale == expected
        return chosen


def laplace(scale: float, reach: int) -> Iterator[tuple[int, float]]:
    q = math.exp(-1 / scale)
    for k in range(-reach, reach + 1):
        yield k, (1 - q) / (1 + q) * q ** abs(k)


def told(values: Sequence[int]) -> Told:
    """By the rule itself, for noise of every size that matters."""
    found: Told = defaultdict(float)
    sums = list(laplace(SCALES[1], 360))
    for number, chance in laplace(SCALES[0], 16):
        if len(values) + number < 10:
            found[release(values, EPSILON, Certain(number, 0)).total] += chance
            continue
        for total in range(0, len(sums), 6):  # such neighbours nearly always say the same
            step = sums[total : total + 6]
            said = release(values, EPSILON, Certain(number, step[len(step) // 2][0])).total
            found[said] += chance * sum(each for _, each in step)
    return found


def guessed_right(one: Told, other: Told, windows: int) -> int:
    """In how many of 100 guesses after so many summaries the right one of two stories is chosen."""
    draws, right = random.Random(7), 0.0
    likelier = {
        said: math.log(max(one.get(said, 0), 1e-300) / max(other.get(said, 0), 1e-300))
        for said in {*one, *other}
    }
    for story, sign in ((one, 1), (other, -1)):
        said, chances = list(story), list(story.values())
        for _ in range(GUESSES // 2):
            heard = draws.choices(said, chances, k=windows)
            weight = sign * sum(likelier[each] for each in heard)
            right += 1 if weight > 0 else 0.5 if weight == 0 else 0
    return round(100 * right / GUESSES)


TAKES_PART = "whether you take part"
WITH_PULSE = "whether you take part, in check-ins and in the pulse (two summaries each time)"
STORIES = {
    TAKES_PART: ((*PUPPETS, MIDDLING), PUPPETS),
    "whether you are always at the best or at the worst": ((*PUPPETS, BEST), (*PUPPETS, WORST)),
    WITH_PULSE: ((*PUPPETS, MIDDLING), PUPPETS),
}


def printed() -> dict[str, list[int]]:
    rows = re.findall(r"^ *\| (whether you [^|]*) \|([^\n]*)\|$", PAGE.read_text("utf-8"), re.M)
    return {what.strip(): [int(n) for n in re.findall(r"(\d+) %", cells)] for what, cells in rows}


@pytest.mark.parametrize("what", STORIES)
def test_the_page_says_how_often_they_guess_right(what: str) -> None:
    one, other = (told(values) for values in STORIES[what])
    each = 2 if what == WITH_PULSE else 1
    found = [guessed_right(one, other, each * windows) for windows in (1, 3, 6, A_YEAR)]
    assert found == sorted(set(found))
    assert all(abs(a - b) <= 1 for a, b in zip(found, printed()[what], strict=True)), found


def test_waiting_for_four_weeks_costs_them_one_summary() -> None:
    """A year from the day on which they join: windows of four weeks, of which they miss the first.

    That is little, and the page says so.
    """
    within = [week for week in range(0, 52, SMALL.weeks) if week * 7 >= ENROLLED_AFTER_DAYS]
    assert len(within) == A_YEAR - 1
    stories = [STORIES[what] for what in [*STORIES][:2]]
    found = [guessed_right(told(one), told(other), len(within)) for one, other in stories]
    page = " ".join(PAGE.read_text("utf-8").split())
    assert f"after 12 they are right in {found[0]} % and {found[1]} %." in page


def test_all_chances_are_looked_at() -> None:
    assert sum(told(PUPPETS).values()) == pytest.approx(1, abs=1e-3)
