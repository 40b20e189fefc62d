"""What docs/consent.md says that people agreed to is what they read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from locales.catalogues import LANGUAGES, extract, read
from storage.consents import CONSENT_VERSION

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "consent.md").read_text(encoding="utf-8")
NEWEST = PAGE.partition(f"## Version {CONSENT_VERSION}\n")[2]
WORDS = [
    re.sub(r"\*\*(.+)\*\*", r"<b>\1</b>", line.removeprefix("> "))
    for line in NEWEST.splitlines()
    if line.startswith("> ")
]

CATALOGUES = {language: read(ROOT, language) for language in LANGUAGES}


def test_the_newest_version_has_its_words_on_the_page() -> None:
    assert f"## Version {CONSENT_VERSION + 1}" not in PAGE
    assert len(WORDS) >= 10


def test_every_line_of_the_newest_version_is_said() -> None:
    said = extract(ROOT)
    assert [words for words in WORDS if said.get(words) is None] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", WORDS)
def test_every_line_of_the_newest_version_is_translated(words: str, language: str) -> None:
    message = CATALOGUES[language].get(words)
    assert message is not None
    assert message.string
