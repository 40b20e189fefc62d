"""What docs/consent.md says that people agreed to is what they read, and has a version."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from assembly.centre_facts import Fact
from handlers.core.screens import consent_words
from handlers.core.screens.responsible import named
from handlers.core.speech import LANGUAGES as SPOKEN
from handlers.core.speech import Speech
from locales.catalogues import LANGUAGES, extract, read
from storage.consents import VERSIONS, Purpose

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "consent.md").read_text(encoding="utf-8")
NEWEST = PAGE.partition(f"## Version {max(VERSIONS.values())}\n")[2].partition("\n## ")[0]
WORDS = [
    re.sub(r"\*\*(.+)\*\*", r"<b>\1</b>", line.removeprefix("> "))
    for line in NEWEST.splitlines()
    if line.startswith("> ")
]

CATALOGUES = {language: read(ROOT, language) for language in LANGUAGES}

# Of the words in all three languages, by purpose and version. Other words: a new version, a new
# line here, a new section on the page; everybody is asked again.
FINGERPRINTS: dict[tuple[Purpose, int], str] = {
    ("part", 2): "6e3d35a1f58cf30d",
    ("checkin", 2): "6e028971b845d021",
}
BODY = {Fact.RESPONSIBLE: "the body", Fact.CONTACT: "its contact"}


def agreed_to(purpose: Purpose, speak: Speech) -> list[str]:
    """Every sentence that is read before the yes."""
    if purpose == "checkin":
        return [consent_words.checkins(speak), consent_words.checkins_seen(speak)]
    words = [consent_words.who_sees_what(speak), consent_words.more(speak)]
    return [*words, consent_words.limits(speak), named(speak, BODY)]


def fingerprint(purpose: Purpose) -> str:
    said = [agreed_to(purpose, Speech(language, "Europe/Rome")) for language in SPOKEN]
    text = "\n".join(sentence for sentences in said for sentence in sentences)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@pytest.mark.parametrize("purpose", VERSIONS)
def test_words_change_only_with_their_version(purpose: Purpose) -> None:
    assert FINGERPRINTS.get((purpose, VERSIONS[purpose])) == fingerprint(purpose)


def test_the_newest_version_has_its_words_on_the_page() -> None:
    assert f"## Version {max(VERSIONS.values()) + 1}" not in PAGE
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
