"""Every text exists in every language: none missing, none fuzzy, equal placeholders."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from locales.catalogues import LANGUAGES, problems, read, write

ROOT = Path(__file__).parent.parent


def test_the_catalogues_are_complete() -> None:
    assert problems(ROOT) == []


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A repository that says one sentence and one plural."""
    for room in ("handlers", "bot"):
        (tmp_path / room).mkdir()
    (tmp_path / "handlers" / "a.py").write_text(
        'speak("Hello {name}.")\nspeak.many("one voice", "{n} voices", 2)\n'
    )
    for language in LANGUAGES:
        catalogue = Catalog(locale=language)
        catalogue.add("Hello {name}.", "{name}!")
        catalogue.add(("one voice", "{n} voices"), ("1", "{n}"))
        write(tmp_path, language, catalogue)
    return tmp_path


def test_a_complete_catalogue_has_no_problems(small: Path) -> None:
    assert problems(small) == []


@pytest.mark.parametrize(
    ("message", "text", "problem"),
    [
        ("Hello {name}.", "", "it: untranslated: Hello {name}."),
        ("Hello {name}.", "Ciao.", "it: other placeholders: Hello {name}."),
        ("Hello {name}.", "<b>{name}</b>", "it: other placeholders: Hello {name}."),
        (("one voice", "{n} voices"), ("1", "voci"), "it: other placeholders: one voice"),
        (("one voice", "{n} voices"), ("1", ""), "it: untranslated: one voice"),
        ("Goodbye.", "Addio.", "it: no longer said: Goodbye."),
    ],
)
def test_each_fault_is_found(
    small: Path, message: str | tuple[str, str], text: str | tuple[str, str], problem: str
) -> None:
    catalogue = read(small, "it")
    catalogue.delete(message)
    catalogue.add(message, text)
    write(small, "it", catalogue)
    assert problems(small) == [problem]


def test_a_fuzzy_text_is_found(small: Path) -> None:
    catalogue = read(small, "de")
    catalogue["Hello {name}."].flags.add("fuzzy")
    write(small, "de", catalogue)
    assert problems(small) == ["de: fuzzy: Hello {name}."]


def test_a_text_that_nobody_translated_is_found(small: Path) -> None:
    (small / "bot" / "b.py").write_text('later("New.")\n')
    assert problems(small) == [f"{language}: missing: New." for language in LANGUAGES]
