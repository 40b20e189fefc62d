"""What tests look for, or want not to find, can be said: nobody looks for words that are gone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po
from kit import phrases

ROOT = Path(__file__).parent.parent
ROOMS = ("assembly", "bot", "handlers", "locales", "sandbox", "storage")

# Said by others than the code, or never: looked for all the same.
NEVER = {"Traceback", "ExceptionGroup", "WARNING"}
NEVER |= {"Option 7", "/CreationDate", "#import", "#include"}


def messages() -> Iterator[str]:
    """Every message of the catalogues, in every language."""
    for path in sorted(ROOT.glob("locales/*/LC_MESSAGES/voci.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                for text in (message.id, message.string):
                    yield from (text,) if isinstance(text, str) else text or ()


def literals(tree: ast.AST) -> Iterator[ast.Constant]:
    """Texts and bytes that stand in code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
            yield node


def text_of(literal: ast.Constant) -> str:
    value = literal.value
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def absent(tree: ast.AST) -> Iterator[ast.Constant]:
    """What some assertion wants not to find."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.NotIn):
            yield from literals(node.left)


def test_what_is_wanted_absent_is_said_somewhere() -> None:
    said = [text for text in messages() if text]
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            said += map(text_of, literals(ast.parse(path.read_text(encoding="utf-8"))))
    unwanted: dict[str, str] = {}
    for path in (ROOT / "tests").rglob("*.py"):
        if path == Path(__file__):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        not_found = list(absent(tree))
        unwanted |= {text_of(each): f"{path.name}:{each.lineno}" for each in not_found}
        said += [text_of(each) for each in literals(tree) if each not in not_found]
    everything = "\n".join(said)
    gone = {text: where for text, where in unwanted.items() if text not in everything}
    assert set(gone) == NEVER, gone
    assert len(unwanted) > 100


def test_quoted_phrases_are_messages() -> None:
    quoted = {name: text for name, text in vars(phrases).items() if name.isupper()}
    with_blanks = {re.sub(r"\d+", "{n}", text) for text in quoted.values()}
    assert with_blanks <= set(messages())
