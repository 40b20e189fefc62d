"""Every text exists in every language, none fuzzy; `make messages` keeps the catalogues in step."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from handlers.assemblies.screens import endings
from handlers.core.speech import Speech
from locales.__main__ import main
from locales.catalogues import LANGUAGES, path, problems, read, update, write
from locales.typography import EVERYWHERE, RULES, faults

ROOT = Path(__file__).parent.parent


def test_the_catalogues_are_complete() -> None:
    assert problems(ROOT) == []


def test_points_are_no_school_marks() -> None:
    """In German schools 1 is the best mark, so scores called marks would be given upside down."""
    texts = [str(message.string) for message in read(ROOT, "de")]
    assert not [text for text in texts if "Noten" in text]


def test_what_is_one_word_in_english_only_is_said_in_two_texts() -> None:
    """A task is due by a day, an invitation good until it; a point is masculine, a proposal not."""
    say = Speech("it")
    assert (say("by {day}", day="3"), say("until {day}", day="3")) == ("entro il 3", "fino al 3")
    points = " ".join(say(words) for words in (*endings.WORDS.values(), *endings.BUTTONS.values()))
    assert not {"unita", "tolta", "ritirata"} & {*points.casefold().split()}


def test_make_messages_changes_nothing_where_nothing_new_is_said(tmp_path: Path) -> None:
    for room in ("handlers", "bot"):
        (tmp_path / room).symlink_to(ROOT / room)
    shutil.copytree(ROOT / "locales", tmp_path / "locales")
    before = files(tmp_path)
    assert before
    update(tmp_path)
    assert files(tmp_path) == before


def files(root: Path) -> dict[str, str]:
    return {language: path(root, language).read_text("utf-8") for language in LANGUAGES}


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
        (("one voice", "{n} voices"), ("1", "molti"), "it: other placeholders: one voice"),
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


# --- how each language is written ---

WRONG = {
    "en": ["Press „Go on“.", "Carried: every group agreed.", "Ballots from the hall"],
    "it": [
        "Premi “Avanti”.",
        "Premi un numero.",
        "Aggiungi la tua voce.",
        "Serve un sì da ogni gruppo.",
        "L’assemblea di {centre}",
        "Si vede chi ha detto cosa.",
    ],
    "de": [
        "Wähle „Mehr”.",
        "Bitte drück noch einmal.",
        "Etwa 50 % haben geantwortet.",
        "Nutzerinnen und Nutzer",
        "Wer den Dienst nutzt",
        "Jede Gruppe zählt gleich viel.",
        "Deine Anfrage an {centre}",
    ],
}
RIGHT = {
    "en": '<a href="x">It’s</a> “here”, 12.5% of {n}… In an assembly group, {centre}:',
    "it": "È qui: tocca «Avanti», l’assemblea di Voci… {centre}: il gruppo lo legge.",
    "de": "Tippe auf „Weiter“: kein Notdienst. {centre}: Die Gruppe liest es, von Nutzenden.",
}


@pytest.mark.parametrize("language", RULES)
def test_each_rule_of_a_language_finds_what_it_forbids(language: str) -> None:
    assert len(WRONG[language]) == len(RULES[language])
    for text, rule in zip(WRONG[language], RULES[language], strict=True):
        assert f"write {rule.right}" in faults(language, text)
    assert faults(language, RIGHT[language]) == []


@pytest.mark.parametrize("text", ["can't", 'the "list"', "wait...", "two  spaces", "who ?"])
def test_each_rule_for_all_languages_finds_what_it_forbids(text: str) -> None:
    found = [faults(language, text) for language in RULES]
    assert all(len(each) == 1 for each in found), found
    assert {each[0] for each in found} <= {f"write {rule.right}" for rule in EVERYWHERE}


def test_what_is_written_otherwise_is_found_in_code_and_catalogues(small: Path) -> None:
    say(small, HELLO, VOICES, 'speak("It\'s open.")\n')
    update(small)
    catalogue = read(small, "it")
    catalogue["It's open."].string = "C'è."
    write(small, "it", catalogue)
    found = problems(small)
    assert "en: write the apostrophe ’: It's open." in found
    assert "it: write the apostrophe ’: C'è." in found


# --- make messages ---

HELLO = 'speak("Hello {name}.")\n'
VOICES = 'speak.many("one voice", "{n} voices", 2)\n'


def say(root: Path, *lines: str) -> None:
    (root / "handlers" / "a.py").write_text("".join(lines))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_text_is_written_and_named(small: Path, language: str) -> None:
    say(small, HELLO, VOICES, 'later("The garden needs {n} hands.")\n')
    update(small)
    new = read(small, language)["The garden needs {n} hands."]
    assert (new.string, new.fuzzy) == ("", False)
    assert f"{language}: untranslated: The garden needs {{n}} hands." in problems(small)
    assert read(small, language)["Hello {name}."].string == "{name}!"


def test_a_new_plural_is_written_and_named(small: Path) -> None:
    say(small, HELLO, VOICES, 'speak.many("a day left", "{n} days left", 2)\n')
    update(small)
    assert read(small, "it")[("a day left", "{n} days left")].string == ("", "")
    assert problems(small) == [f"{language}: untranslated: a day left" for language in LANGUAGES]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_that_is_said_no_longer_goes(small: Path, language: str) -> None:
    say(small, VOICES)
    update(small)
    assert "Hello" not in path(small, language).read_text("utf-8")
    assert problems(small) == []


@pytest.mark.parametrize(
    ("lines", "message", "kept"),
    [
        ((VOICES, 'speak("Hello, {name}.")\n'), "Hello, {name}.", "{name}!"),
        ((VOICES, 'speak("Hello you.")\n'), "Hello you.", "{name}!"),
        (
            (HELLO, 'speak.many("one voice more", "{n} voices more", 2)\n'),
            ("one voice more", "{n} voices more"),
            ("1", "{n}"),
        ),
    ],
)
def test_a_reworded_text_keeps_its_translation_for_a_translator_to_look_at(
    small: Path, lines: tuple[str, ...], message: str | tuple[str, str], kept: object
) -> None:
    say(small, *lines)
    update(small)
    for language in LANGUAGES:
        reworded = read(small, language)[message]
        assert (reworded.string, reworded.fuzzy) == (kept, True)
        first = message if isinstance(message, str) else message[0]
        assert f"{language}: fuzzy: {first}" in problems(small)


def test_a_text_that_is_still_said_lends_nothing_to_a_new_one(small: Path) -> None:
    say(small, HELLO, VOICES, 'speak("Hello, {name}.")\n')
    update(small)
    new = read(small, "it")["Hello, {name}."]
    assert (new.string, new.fuzzy) == ("", False)


def test_nothing_else_moves(small: Path) -> None:
    before = files(small)["de"].splitlines()
    say(small, HELLO, VOICES, 'speak("Goodbye.")\n')
    update(small)
    after = files(small)["de"].splitlines()
    assert [line for line in after if line not in before] == ['msgid "Goodbye."', 'msgstr ""']
    assert [line for line in after if line in before] == ["", *before]


@pytest.mark.parametrize(
    "line", ['speak("Goodbye.")\n', 'speak("Hello you.")\n', 'speak("Hello {name} and {n}.")\n']
)
def test_twice_is_the_same_as_once(small: Path, line: str) -> None:
    say(small, VOICES, line)
    update(small)
    once = files(small)
    update(small)
    assert files(small) == once


def test_a_translators_words_and_remarks_stay(small: Path) -> None:
    catalogue = read(small, "it")
    catalogue["Hello {name}."].user_comments.append("to somebody who comes back")
    write(small, "it", catalogue)
    before = files(small)
    update(small)
    assert files(small) == before
    assert "# to somebody who comes back" in before["it"]


def test_a_language_that_has_no_catalogue_yet_gets_one(small: Path) -> None:
    path(small, "de").unlink()
    update(small)
    assert problems(small) == ["de: untranslated: Hello {name}.", "de: untranslated: one voice"]


def test_the_command_says_what_is_to_be_translated(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(small)
    assert capsys.readouterr().out == ""
    say(small, HELLO, VOICES, 'speak("Goodbye.")\n')
    main(small)
    assert capsys.readouterr().out == "it: untranslated: Goodbye.\nde: untranslated: Goodbye.\n"
