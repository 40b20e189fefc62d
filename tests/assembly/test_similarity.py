from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.similarity import MOST_CANDIDATES, most_similar

SAME = [
    ("Longer opening hours on Saturdays", "Open on Saturdays too"),
    ("A quiet room", "A room where it is quiet"),
    ("Trip in spring", "Spring trip to the sea"),
    ("Better coffee in the kitchen", "The coffee in the kitchen is bad"),
    ("Cooking together on Fridays", "Cook together every Friday"),
    ("More computers for everyone", "We need more computers"),
    ("Aprire anche il sabato", "Anche di sabato: aprire prima"),
    ("Una stanza tranquilla", "Stanza per stare tranquilli"),
    ("Gita in primavera", "Gita al mare in primavera"),
    ("Cucinare insieme il venerdì", "Venerdì: cuciniamo insieme"),
    ("Corso di fotografia", "Un corso di fotografia per tutti"),
    ("Samstags länger öffnen", "Am Samstag länger offen"),
    ("Ein ruhiger Raum", "Ein Raum, in dem es ruhig ist"),
    ("Ausflug im Frühling", "Im Frühling einen Ausflug ans Meer machen"),
    ("Gemeinsam kochen am Freitag", "Freitags gemeinsam kochen"),
    ("Besserer Kaffee", "Der Kaffee soll besser werden"),
    ("GARTEN NEU BEPFLANZEN", "Den Garten bepflanzen"),
    ("Strassenfest", "Straßenfest"),
]
DIFFERENT = {
    "en": [
        "Trip in spring",
        "A quiet room",
        "Longer opening hours on Saturdays",
        "More say in how shifts are planned",
        "Better coffee in the kitchen",
        "A bench in the garden",
        "Help with forms and letters",
        "Cooking together on Fridays",
        "Music evening",
        "New chairs",
        "New cups",
        "A barbecue in the park",
        "Film evening",
        "Help with housing",
        "More computers for everyone",
        "More say in how money is spent",
        "Trip in autumn",
        "We need a new bus",
        "We need a new dog",
    ],
    "it": [
        "Gita in primavera",
        "Una stanza tranquilla",
        "Aprire anche il sabato",
        "Aiuto con i documenti",
        "Cucinare insieme il venerdì",
        "Serata di musica",
        "Nuove sedie",
        "Una panchina in giardino",
        "Aiuto con i bambini",
        "Corso di cucina",
        "Corso di inglese",
        "Nuove piante",
        "Più luce nei corridoi",
        "Più voce nei turni",
        "Serata di cinema",
    ],
    "de": [
        "Ausflug im Frühling",
        "Ein ruhiger Raum",
        "Samstags länger öffnen",
        "Hilfe bei Formularen",
        "Gemeinsam kochen am Freitag",
        "Musikabend",
        "Neue Stühle",
        "Eine Bank im Garten",
        "Ein Tisch im Garten",
        "Filmabend",
        "Hilfe beim Umzug",
        "Mehr Licht bei den Parkplätzen",
        "Neue Stifte",
        "Mehr Mitsprache bei den Dienstplänen",
    ],
}


@pytest.mark.parametrize(("title", "other"), SAME)
def test_titles_that_mean_the_same_are_found_either_way(title, other):
    assert most_similar(title, {7: other}) == [7]
    assert most_similar(other, {7: title}) == [7]


@pytest.mark.parametrize("language", sorted(DIFFERENT))
def test_titles_that_mean_something_else_are_left_out(language):
    titles = dict(enumerate(DIFFERENT[language]))
    for number, title in titles.items():
        others = {key: text for key, text in titles.items() if key != number}
        assert most_similar(title, others) == []


def test_the_best_comes_first_and_at_most_three():
    candidates = {
        1: "Trip to the sea in spring with lunch",
        2: "Trip in autumn",
        3: "Trip in spring",
        4: "A spring trip",
        5: "New chairs",
        6: "In spring: trip",
    }
    assert most_similar("trip in SPRING", candidates) == [1, 3, 6]
    assert most_similar("trip in SPRING", candidates, limit=1) == [1]
    assert most_similar("trip in SPRING", candidates, limit=0) == []


def test_the_lower_id_breaks_a_tie():
    assert most_similar("Quiet room", {5: "A quiet room", 9: "Quiet room", 2: "Quiet room!"}) == [
        2,
        5,
        9,
    ]


@given(
    st.sampled_from([pair[0] for pair in SAME]),
    st.permutations(list(enumerate(DIFFERENT["en"] + DIFFERENT["it"] + DIFFERENT["de"]))),
)
def test_the_order_of_the_candidates_is_of_no_matter(title, candidates):
    assert most_similar(title, dict(candidates)) == most_similar(title, dict(sorted(candidates)))


@given(st.text(), st.dictionaries(st.integers(), st.text(), max_size=6), st.integers(0, 4))
def test_any_text_is_answered_with_known_ids(title, candidates, limit):
    found = most_similar(title, candidates, limit)
    assert len(found) <= limit
    assert len(set(found)) == len(found)
    assert set(found) <= set(candidates)


def test_nothing_resembles_nothing():
    assert most_similar("", {1: "", 2: "New chairs"}) == []
    assert most_similar("!?", {1: "..."}) == []


def test_a_negative_limit_is_refused():
    with pytest.raises(ValueError, match="limit"):
        most_similar("Trip", {1: "Trip"}, limit=-1)


def test_however_much_is_handed_over_the_work_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of a thousand titles of a hundred words, as nobody could write them."""
    from rapidfuzz import fuzz

    compared, ratio = 0, fuzz.ratio

    def counting(*words: Any, **options: Any) -> float:
        nonlocal compared
        compared += 1
        return float(ratio(*words, **options))

    monkeypatch.setattr(fuzz, "ratio", counting)
    title = " ".join(f"w{number}" for number in range(100))
    candidates = dict.fromkeys(range(1_000), title)
    assert most_similar(title, candidates) == [600, 601, 602]
    assert 0 < compared <= 205_000


def test_the_newest_are_compared_where_there_are_too_many() -> None:
    old = {number: f"Something else {number}" for number in range(MOST_CANDIDATES)}
    assert most_similar("A quiet room", old | {9_999: "A quiet room"}) == [9_999]
    assert (
        most_similar(
            "A quiet room", {number + 9: text for number, text in old.items()} | {1: "A quiet room"}
        )
        == []
    )
