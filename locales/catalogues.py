"""The gettext catalogues: what the code says, and whether each language says it too.

What is written in the code is English, so English has no catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from locales import typography

LANGUAGES = ("it", "de")
KEYWORDS = {"speak": None, "_speak": None, "later": None, "many": (1, 2)}
PLACEHOLDER = re.compile(r"\{[^{}]*\}|</?[a-z]+>")


def path(root: Path, language: str) -> Path:
    """Where a language's catalogue lies below the repository's root."""
    return root / "locales" / language / "LC_MESSAGES" / "voci.po"


def extract(root: Path) -> Catalog:
    """Every message that `handlers` and `bot` say."""
    template = Catalog(project="Voci", charset="utf-8")
    for room in ("handlers", "bot"):
        found = extract_from_dir(root / room, [("**.py", "python")], keywords=KEYWORDS)
        for _, _, message, _, _ in found:
            template.add(message)
    return template


def read(root: Path, language: str) -> Catalog:
    """A language's catalogue; empty where there is none yet."""
    source = path(root, language)
    if not source.exists():
        return Catalog(locale=language, project="Voci", charset="utf-8")
    with source.open("rb") as file:
        return read_po(file, locale=language)


def write(root: Path, language: str, catalogue: Catalog) -> None:
    """Write a catalogue, sorted, so that two changes seldom meet."""
    target = path(root, language)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        write_po(file, catalogue, sort_output=True, omit_header=True, width=100)


def update(root: Path) -> None:
    """Write into each catalogue what the code says now; what is translated already stays.

    A new text stands there untranslated. Where it is nearly one that is said no longer, it has the
    translation of that one, marked fuzzy, for a translator to look at. What is said no longer goes.
    """
    said = extract(root)
    for language in LANGUAGES:
        write(root, language, _updated(read(root, language), said))


def _updated(old: Catalog, said: Catalog) -> Catalog:
    """`old` with the messages of `said`.

    Only what goes lends its translation: a text that is still said and happens to be like a new one
    would send the translator astray.
    """
    wanted = {_key(message) for message in said if message.id}
    known = {_key(message) for message in old if message.id}
    updated, going, new = (Catalog(locale=old.locale, charset="utf-8") for _ in range(3))
    for message in old:
        if message.id:
            (updated if _key(message) in wanted else going)[message.id] = message
    for message in said:
        if message.id and _key(message) not in known:
            new[message.id] = message
    going.update(new)
    for message in going:
        if message.id:
            updated.add(message.id, message.string, flags=message.flags)
    return updated


def problems(root: Path) -> list[str]:
    """What is missing, superfluous, fuzzy, misspelt, or has other placeholders; a sentence each."""
    said = [message for message in extract(root) if message.id]
    wanted = {_key(message) for message in said}
    found = [fault for m in said for fault in _misspelt("en", m.id)]
    for language in LANGUAGES:
        catalogue = read(root, language)
        messages = {_key(message): message for message in catalogue if message.id}
        found += [f"{language}: missing: {key}" for key in sorted(wanted - set(messages))]
        found += [f"{language}: no longer said: {key}" for key in sorted(set(messages) - wanted)]
        found += [f"{language}: {fault}" for m in messages.values() for fault in _faults(m)]
        found += [f for m in messages.values() for f in _misspelt(language, m.string or "")]
    return found


def _faults(message: Message) -> list[str]:
    ids = message.id if isinstance(message.id, (list, tuple)) else (message.id,)
    strings = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    faults = []
    if not all(strings):
        faults.append(f"untranslated: {ids[0]}")
    elif any(_marks(str(text)) != _marks(ids[-1]) for text in strings[1:] or strings):
        faults.append(f"other placeholders: {ids[0]}")
    if message.fuzzy:
        faults.append(f"fuzzy: {ids[0]}")
    return faults


def _misspelt(language: str, texts: str | Sequence[str] | None) -> list[str]:
    return [
        f"{language}: {fault}: {text}"
        for text in ([texts] if isinstance(texts, str) else texts or ())
        for fault in typography.faults(language, text)
    ]


def _marks(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else "|".join(message.id)
