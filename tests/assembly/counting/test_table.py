"""Every decision method is complete: its record, its words, and the program that checks it."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from markupsafe import Markup

from assembly import marking
from assembly.counting.table import METHODS
from assembly.rule import DecisionMethod, Parity, Rule
from bot import verify
from handlers.core.speech import Speech
from handlers.decisions.methods.method import OneWordWords, OptionsWords
from handlers.decisions.methods.table import WORDS

OPTIONS = ("Blue", "Green", "Yellow")
ENGLISH = Speech("en")
SCREENS = "handlers.decisions.methods"


def rule(method: DecisionMethod) -> Rule:
    record = METHODS[method]
    return Rule(method, () if record.words else OPTIONS, dots=5 if record.dots else 0)


@pytest.mark.parametrize("method", DecisionMethod)
def test_a_record_is_complete(method: DecisionMethod) -> None:
    record = METHODS[method]
    assert Parity.NONE in record.parities
    assert not (record.base and record.threshold is None)
    assert record.for_several is None or (
        not record.several and METHODS[record.for_several].form is record.form
    )
    assert not record.words or not (record.several or record.dots or record.blt)
    blank = marking.blank(rule(method)).choice
    assert record.words or record.form.check(blank, rule(method)) == blank


@pytest.mark.parametrize("method", DecisionMethod)
def test_its_words_are_those_of_its_ballot(method: DecisionMethod) -> None:
    words, record = WORDS[method], METHODS[method]
    if not isinstance(words, OneWordWords):
        assert isinstance(words, OptionsWords) and not record.words
        assert isinstance(words.way(rule(method), ENGLISH), Markup)
        return
    assert tuple(words.answers) == record.words
    assert words.conditions(rule(method), ENGLISH)
    headed = {word for word, answer in words.answers.items() if answer.heading}
    assert headed == record.form.reasoned
    assert (words.reached is None) is (record.threshold is None)


@pytest.mark.parametrize("method", DecisionMethod)
def test_whoever_checks_a_list_can_count_it(method: DecisionMethod) -> None:
    form, _ = verify.METHODS[method.value]
    assert (form if isinstance(form, tuple) else ()) == METHODS[method].words


def test_no_method_is_left_over() -> None:
    """A module with a record, or with words, is a method's, and the checker knows no other."""
    names = {method.name.lower() for method in DecisionMethod}
    assert set(verify.METHODS) == {method.value for method in DecisionMethod}
    for package, title in (("assembly.counting", "METHOD"), (SCREENS, "WORDS")):
        spec = find_spec(package)
        assert spec is not None and spec.submodule_search_locations
        [folder] = spec.submodule_search_locations
        found = {
            path.stem
            for path in Path(folder).glob("*.py")
            if f"\n{title} = " in path.read_text(encoding="utf-8") and path.stem != "table"
        }
        assert found == names
