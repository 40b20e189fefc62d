"""All decision methods by name: each has its record in the module of this name."""

from __future__ import annotations

from importlib import import_module

from assembly.counting.method import Method
from assembly.forms.form import Form
from assembly.rule import DecisionMethod, Rule


def _record(method: DecisionMethod) -> Method:
    found = import_module(f"assembly.counting.{method.name.lower()}").METHOD
    assert isinstance(found, Method)  # noqa: S101 - a module with a record
    return found


METHODS = {method: _record(method) for method in DecisionMethod}

WORDS = {method: record.words for method, record in METHODS.items() if record.words}
"""What a ballot can say, for methods that are answered by one word."""

REASONED = frozenset(word for record in METHODS.values() for word in record.form.reasoned)
"""Words that ask for a reason."""

RANKED = frozenset(method for method, record in METHODS.items() if record.ranked)
"""Methods whose ballots put options in an order."""


def form(rule: Rule) -> Form:
    """The form of a ballot under this rule."""
    return METHODS[rule.method].form
