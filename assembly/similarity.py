"""Which open proposals may be the one that somebody is about to make: "Is it one of these?"."""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz import fuzz, utils

_ALIKE = 62.0
"""From here on two titles may mean the same: the table in the tests holds English, Italian and
German pairs on both sides of it. Too low costs a glance, too high a doubled proposal."""


def most_similar(title: str, candidates: Mapping[int, str], limit: int = 3) -> list[int]:
    """Ids of the candidates (id to title) that resemble the title, best first, at most `limit`.

    Neither case nor punctuation nor the order of words matters; ties go to the lower id, so the
    answer never depends on the order of the mapping. It compares spelling, not meaning: synonyms
    and other languages are not found. Raises ValueError when limit is negative. Source: rapidfuzz's
    token_set_ratio (shared words first, then the rest by edit distance; 0 to 100).
    """
    if limit < 0:
        raise ValueError(f"limit must not be negative: {limit}")
    wanted = _plain(title)
    scores = {
        candidate: fuzz.token_set_ratio(wanted, _plain(text))
        for candidate, text in candidates.items()
    }
    alike = [candidate for candidate, score in scores.items() if score >= _ALIKE]
    return sorted(alike, key=lambda candidate: (-scores[candidate], candidate))[:limit]


def _plain(title: str) -> str:
    return utils.default_process(title.casefold())
