"""The words of all decision methods by name: each has them in the module of this name."""

from __future__ import annotations

from importlib import import_module

from assembly.rule import DecisionMethod, Rule
from handlers.decisions.methods.method import Answer, MethodWords, OneWordWords, OptionsWords


def _words(method: DecisionMethod) -> MethodWords:
    found = import_module(f"handlers.decisions.methods.{method.name.lower()}").WORDS
    assert isinstance(found, MethodWords)  # noqa: S101 - a module with a method's words
    return found


WORDS = {method: _words(method) for method in DecisionMethod}

ANSWERS: dict[str, Answer] = {
    word: answer
    for words in WORDS.values()
    if isinstance(words, OneWordWords)
    for word, answer in reversed([*words.answers.items()])
}
"""All words that a ballot can say; those of two methods are labelled and counted alike. Of each
method the last, which weighs most, comes first."""


def of_one_word(rule: Rule) -> OneWordWords:
    """The words of a method that is answered by one word."""
    words = WORDS[rule.method]
    assert isinstance(words, OneWordWords)  # noqa: S101 - the caller has seen that
    return words


def of_options(rule: Rule) -> OptionsWords:
    """The words of a method that chooses among options."""
    words = WORDS[rule.method]
    assert isinstance(words, OptionsWords)  # noqa: S101 - the caller has seen that
    return words
