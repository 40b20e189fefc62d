"""How much each may have of what is too little for all: nobody waits because others want a lot."""

from __future__ import annotations

from collections.abc import Iterable


def fair_share(wanted: Iterable[int], most: int) -> int:
    """The highest number that each may have, so that all together have no more than `most`.

    `wanted`: what each wants, none of them 0. Whoever wants less leaves the rest to the others
    (max-min fairness: Bertsekas and Gallager, *Data Networks*, 2nd ed. 1992, 6.5.2). At least 1:
    where there are more than `most` who want something, whoever comes first has it. `most` where it
    is enough for all.
    """
    left, sizes = most, sorted(wanted)
    for number, size in enumerate(sizes):
        others = len(sizes) - number
        if size * others > left:
            return max(1, left // others)
        left -= size
    return most
