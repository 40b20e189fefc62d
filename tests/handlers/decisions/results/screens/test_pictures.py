"""The picture of an outcome shows what the account says, and nothing where nothing may be told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from kit.outcomes import CASES, Case

from bot.drawing import draw
from handlers.core.pictures import Bars, PairwiseTable, Picture, Rounds, Standing
from handlers.core.speech import LANGUAGES, Speech
from handlers.decisions.results.screens.pictures import picture
from handlers.decisions.results.screens.results import account
from handlers.decisions.results.screens.words import Bare, figures

ENGLISH = Speech("en")
LOTUS = {
    "en": "Yoga [person in lotus position]",
    "it": "Yoga [persona in posizione del loto]",
    "de": "Yoga [person im lotossitz]",
}
DECIDED = ("carried", "not_carried", "chosen")


def seen(name: str, language: str = "en") -> Picture | None:
    rule, outcome = CASES[name]
    return picture(rule, outcome, Speech(language))


def bars(name: str, language: str = "en") -> list[tuple[str, str, bool]]:
    found = seen(name, language)
    assert isinstance(found, Bars)
    return [(bar.label, bar.text, bar.chosen) for bar in found.bars]


def twin(case: Case, language: str = "en") -> str:
    rule, outcome = case
    pages = account(rule, outcome, Speech(language))
    return "\n".join(page.unescape() for page in pages)


@pytest.mark.parametrize("name", CASES)
def test_there_is_a_picture_where_figures_may_be_told_and_something_was_decided(name: str) -> None:
    rule, outcome = CASES[name]
    told = figures(rule, outcome) and outcome.result in DECIDED
    assert (seen(name) is not None) is bool(told)


def test_of_few_ballots_there_is_no_picture() -> None:
    assert picture(CASES["approval"][0], Bare("chosen", (0,)), ENGLISH) is None


def test_yes_and_no_are_bars() -> None:
    assert bars("carried") == [("Yes", "12", True), ("No", "7", False), ("Abstained", "3", False)]
    assert bars("carried", "de")[2] == ("Enthaltungen", "3", False)
    assert not any(chosen for _, _, chosen in bars("missed"))
    assert bars("hall")[3] == ("Invalid papers", "1", False)


def test_what_was_needed_is_shown_where_it_is_a_number() -> None:
    needed = seen("hall")
    assert isinstance(needed, Bars)
    assert [bar.enough for bar in needed.bars] == [18, None, None, None]
    assert needed.legend == "Upright stroke: so many were needed (18)"
    for name in ("equal weights", "consent"):
        without = seen(name)
        assert isinstance(without, Bars)
        assert without.legend == "" and without.bars[0].enough is None


def test_a_full_bar_is_the_most_that_an_option_can_get() -> None:
    full = {name: seen(name) for name in ("score", "approval", "approval, weighed", "dots")}
    assert [each.full for each in full.values() if isinstance(each, Bars)] == [5, 15, 1, 0]


def test_consent_and_consensus_are_bars() -> None:
    assert bars("objections") == [("Consented", "8", False), ("Objected", "2", False)]
    assert [label for label, _, _ in bars("consensus", "it")] == [
        "D’accordo",
        "Astensioni",
        "Si fanno da parte",
        "Bloccano",
    ]


def test_options_are_bars_best_first() -> None:
    assert bars("approval") == [
        ("The blue room", "11", True),
        ("Fish & chips <b>", "8", False),
        (LOTUS["en"], "7", False),
    ]
    assert bars("score", "it") == [
        ("The blue room", "circa 4,14", True),
        ("Fish & chips <b>", "circa 1,88", False),
        (LOTUS["it"], "–", False),
    ]
    assert bars("dots")[0] == ("The blue room", "15", True)
    assert bars("approval without more")[0] == ("Fish & chips <b>", "8", True)


def test_where_groups_weigh_the_same_the_bars_are_what_they_come_to() -> None:
    assert bars("approval, weighed", "de")[2] == (LOTUS["de"], "1/3 (etwa 33,3\u00a0%)", False)
    assert bars("score, weighed")[0] == ("The blue room", "about 2.67", True)
    assert bars("approval, weighed, hidden")[0] == ("The blue room", "11", True)


def test_a_runoff_has_its_rounds() -> None:
    found = seen("runoff")
    assert isinstance(found, Rounds)
    assert found.rows[0] == (
        "Bruno",
        (
            Standing(5, "5"),
            Standing(5, "5"),
            Standing(9, "9"),
            Standing(15, "15", elected=True),
        ),
    )
    assert found.rows[3] == (
        "Emil",
        (Standing(5, "5"), Standing(5, "5", excluded=True), None, None),
    )
    assert [standing.text for standing in found.rows[-1][1] if standing] == ["0", "0", "1", "1"]
    assert found.rows[-1][0] == "No longer counting"
    assert found.legend == "✓ chosen · ✗ drops out"


def test_the_quota_is_in_the_picture_and_its_legend() -> None:
    found = seen("scottish")
    assert isinstance(found, Rounds)
    rows = dict(found.rows)
    assert {one.quota for one in rows["Bruno"] if one} == {8.0}
    assert {one.quota for one in rows["No longer counting"] if one} == {None}
    assert [one.elected for one in rows["Bruno"] if one] == [False, False, True, True]
    assert found.legend.endswith(" · upright stroke: the quota · rounded to two decimals")
    assert rows["Anna"][3] == Standing(6.55555, "6.56", excluded=True, quota=8.0)


def test_each_against_each_is_a_table_best_first() -> None:
    found = seen("schulze, circle")
    assert isinstance(found, PairwiseTable)
    assert found.options == ("Fish & chips <b>", LOTUS["en"], "The blue room")
    assert found.before == ((None, 9, 5), (3, None, 8), (7, 4, None))


@pytest.mark.parametrize("name", CASES)
def test_every_figure_of_a_picture_is_in_the_account(name: str) -> None:
    found, told = seen(name), twin(CASES[name])
    if isinstance(found, Bars):
        for bar in found.bars:
            assert bar.text == "–" or bar.value == 0 or bar.text in told
    elif isinstance(found, PairwiseTable):
        for row, line in enumerate(found.before):
            for column, votes in enumerate(line[row + 1 :], row + 1):
                name = found.options[column].replace(LOTUS["en"], "Yoga 🧘")
                other = f"{name}, {votes} to {found.before[column][row]}"
                assert other in told
    elif isinstance(found, Rounds):
        for option, standings in found.rows:
            for standing in standings:
                if standing and standing.value == int(standing.value) and standing.value:
                    assert f"{option}: {standing.text}" in told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["hall", "score, weighed", "meek", "schulze"])
def test_the_pictures_can_be_drawn(name: str, language: str) -> None:
    found = seen(name, language)
    assert found is not None
    assert draw(found).startswith(b"\x89PNG")


@pytest.mark.parametrize("name", CASES)
def test_a_picture_speaks_one_language(name: str) -> None:
    english, italian, german = (seen(name, language) for language in ("en", "it", "de"))
    if english is not None and italian is not None and german is not None:
        titles = {picture.title for picture in (english, italian, german)}  # type: ignore[union-attr]
        assert len(titles) == 3


def test_a_name_without_any_letter_is_the_number_of_its_option() -> None:
    rule, outcome = CASES["score"]
    names = (*rule.options[:2], "\ue000")
    found = picture(replace(rule, options=names), outcome, ENGLISH)
    assert isinstance(found, Bars)
    assert [bar.label for bar in found.bars][-1] == "3"
