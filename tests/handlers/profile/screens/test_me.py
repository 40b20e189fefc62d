"""Screens of /me in three languages: five lines at most, and buttons that fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from kit.screen_checks import check, lines_on_a_phone

from assembly.roles import Role
from handlers.core.navigation import ShowAgreement
from handlers.core.screen import Archive, File, Screen, keyboard
from handlers.core.screens import plain
from handlers.core.speech import LANGUAGES, Speech
from handlers.profile.screens import (
    consents,
    leaving,
    me,
    name_and_language,
    on_the_way,
    rights,
    role,
)
from handlers.profile.screens.me import Held
from storage.centres import Centre
from storage.checkins import CheckinSettings
from storage.consents import Consent
from storage.erasure.holdings import Numbers
from storage.members import Member

NOW = 1_764_763_200
CENTRE = Centre(7, -100, "Casa <Alba> & Co", "de", "Europe/Rome", None, None, Fraction(1, 3), NOW)
ANNA = Member(3, 7, 42, Role.FAMILY, "<i>Anna</i>", "active", NOW)
CONSENTS = [
    Consent(3, "part", 1, NOW, None),
    Consent(3, "checkin", 1, NOW, NOW + 5),
    Consent(3, "checkin", 2, NOW, None),
]
HELD = Held(
    facilitates=False,
    consents=CONSENTS,
    numbers=Numbers(12, 34),
    weeks=5,
    wish=CheckinSettings(3, 2, 17, 0, None, True),
    next_at=NOW,
    reminders=True,
    closing_reminders=True,
)

RESTING = [replace(each, rests=each.withdrawn_at is None) for each in CONSENTS]

COPY = Archive(
    "voci.zip",
    (File("voci.html", "<p>"), File("voci.json", "{}")),
    datetime(2025, 12, 3, tzinfo=UTC),
)


def all_screens(speak: Speech) -> dict[str, Screen]:
    return {
        "me": me.me(speak, CENTRE, ANNA, HELD),
        "facilitator": me.me(speak, CENTRE, ANNA, replace(HELD, facilitates=True)),
        "paused": me.me(speak, CENTRE, ANNA, replace(HELD, next_at=None)),
        "asked anew": me.me(speak, CENTRE, ANNA, replace(HELD, consents=RESTING)),
        "nothing": me.me(speak, CENTRE, ANNA, replace(HELD, consents=(), wish=None)),
        "consents": consents.listed(speak, 7, CONSENTS * 4),
        "copy": me.copy(speak, CENTRE, COPY),
        "left": me.left(speak, CENTRE, NOW),
        "on the way": on_the_way.told(speak),
        "copy on the way": on_the_way.copy(speak, COPY),
        "nothing held": plain.nothing_held(speak),
        "name": name_and_language.name(speak, ANNA, "Anna"),
        "nickname": name_and_language.nickname(speak, 7, 40),
        "unfit": name_and_language.unfit_name(speak, 7, 40),
        "languages": name_and_language.languages(speak, 7),
        "leave": leaving.ask_leave(speak, CENTRE, NOW, NOW, last=False),
        "leave, the last": leaving.ask_leave(speak, CENTRE, NOW, NOW, last=True),
        "erase": leaving.ask_erase(speak, 7, NOW, last=False),
        "erase, the last": leaving.ask_erase(speak, 7, NOW, last=True),
        "rights": rights.rights(speak, 7, [CENTRE], counts=True),
        "in no summary": rights.counted(speak, 7, on=False),
        "in summaries": rights.counted(speak, 7, on=True),
        "restrict": rights.ask_restrict(speak, CENTRE, NOW, last=True),
        "restricted": rights.restricted(speak, CENTRE),
        "which role": role.choose(speak, 7, Role.USER),
        "nobody confirms": role.nobody_confirms(speak, 7),
        "role passed on": role.passed_on(speak, 7, Role.PROFESSIONAL),
        "role asked": role.asked(speak, CENTRE, ANNA, Role.USER),
        "role corrected": role.settled(speak, CENTRE, ANNA, yes=True),
        "role left": role.told(speak, CENTRE, Role.USER, yes=False),
        "erased": leaving.erased(speak, CENTRE.name),
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", all_screens(Speech("en")))
def test_short_escaped_and_private(language: str, name: str) -> None:
    screen = all_screens(Speech(language, "Europe/Rome"))[name]
    assert 1 <= len(screen.text.splitlines()) <= 5
    assert len(screen.text) < 1024  # a file's caption
    assert "<Alba>" not in screen.text and "<i>Anna" not in screen.text
    assert "{" not in screen.text
    assert not screen.public
    check(screen)
    for row in keyboard(screen):
        for button in row:
            assert len(button["text"]) <= (40 if len(row) == 1 else 24), button["text"]
            assert len(button["callback_data"].encode()) <= 64


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "most"), [("leave", 14), ("erase", 12), ("restrict", 16)])
def test_what_leads_away_is_not_long_on_a_phone(language: str, name: str, most: int) -> None:
    assert lines_on_a_phone(all_screens(Speech(language, "Europe/Rome"))[name]) <= most


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("facilitates", [False, True])
def test_every_role_has_its_words(role: Role, facilitates: bool) -> None:
    held = replace(HELD, facilitates=facilitates)
    text = me.me(Speech("en"), CENTRE, replace(ANNA, role=role), held).text
    said = {Role.USER: "a user", Role.FAMILY: "a family member", Role.PROFESSIONAL: "professional"}
    assert said[role] in text
    assert ("facilitator" in text) is facilitates


@pytest.mark.parametrize(
    ("language", "told", "known"),
    [
        ("en", "Without a name, as", "a member"),
        ("it", "Senza nome, partecipi", "un membro"),
        ("de", "Ohne Namen, dabei", "ein Mitglied"),
    ],
)
def test_whoever_has_no_name_reads_one_language(language: str, told: str, known: str) -> None:
    for kept in ("a member", "un membro", "ein Mitglied"):  # in the language that the centre had
        nameless = replace(ANNA, name=kept)
        speak = Speech(language)
        assert f"\n{told}" in me.me(speak, CENTRE, nameless, HELD).text
        assert known in name_and_language.name(speak, nameless, None).text


def test_whoever_is_asked_anew_reads_that_check_ins_wait_and_finds_the_question() -> None:
    speak = Speech("en", "Europe/Rome")
    asked = me.me(speak, CENTRE, ANNA, replace(HELD, consents=RESTING))
    assert "The check-ins wait until you have said yes again." in check(asked)
    assert "The next check-in comes" not in check(asked)
    assert asked.buttons[0][0].press == ShowAgreement(CENTRE.id)
    before = me.me(speak, CENTRE, ANNA, HELD)
    assert "The next check-in comes" in check(before)
    assert ShowAgreement(CENTRE.id) not in [each.press for row in before.buttons for each in row]
