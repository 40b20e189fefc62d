"""Which open proposals may be the one that somebody is about to make: "Is it one of these?"."""

from __future__ import annotations

from collections.abc import Mapping

_SAME_WORD = 60
"""From here on (0 to 100, by edit distance) two words may be forms of one: cook and cooking."""

_ALIKE = 0.8
"""From here on two titles may mean the same: the table in the tests holds English, Italian and
German pairs on both sides of it. Too low costs a glance, too high a doubled proposal."""

MOST_CANDIDATES = 400
"""Open proposals that are compared, the newest: a list that nobody reads to its end."""

_MOST_WORDS = 16
"""Of a title that are compared, the longest: they weigh most. Nobody needs more for one thought."""


def most_similar(title: str, candidates: Mapping[int, str], limit: int = 3) -> list[int]:
    """Ids of the candidates (id to title) that resemble the title, best first, at most `limit`.

    Neither case nor punctuation nor the order of words matters, and a short title is found within
    a long one; ties go to the lower id, so the answer never depends on the order of the mapping.
    It compares spelling, not meaning: synonyms and other languages are not found. However much is
    handed over, at most 205,000 pairs of words are compared: those of MOST_CANDIDATES candidates
    with the highest ids. Raises ValueError when limit is negative. Source: ours, on rapidfuzz's
    ratio (normalised indel distance).
    """
    if limit < 0:
        raise ValueError(f"limit must not be negative: {limit}")
    wanted = _words(title)
    newest = sorted(candidates, reverse=True)[:MOST_CANDIDATES]
    scores = {each: _likeness(wanted, _words(candidates[each])) for each in newest}
    alike = [candidate for candidate, score in scores.items() if score >= _ALIKE]
    return sorted(alike, key=lambda candidate: (-scores[candidate], candidate))[:limit]


def _likeness(one: list[str], other: list[str]) -> float:
    return max(_found(one, other), _found(other, one)) if one and other else 0.0


def _found(words: list[str], others: list[str]) -> float:
    """How much of some words is found among others, 0 to 1. Long words say more: a square weighs
    them, so that "in the" hardly counts without a list of such words for each language."""
    found = sum(len(word) ** 2 * _nearest(word, others) for word in words)
    return found / sum(len(word) ** 2 for word in words)


def _nearest(word: str, others: list[str]) -> float:
    from rapidfuzz import fuzz  # 47 modules: not at the start, only for whoever proposes

    return max(fuzz.ratio(word, other, score_cutoff=_SAME_WORD) for other in others) / 100


def _words(title: str) -> list[str]:
    from rapidfuzz import utils

    words = utils.default_process(title.casefold()).split()
    return sorted(words, key=len, reverse=True)[:_MOST_WORDS]
