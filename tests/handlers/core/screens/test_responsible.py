from __future__ import annotations

import pytest
from kit.screen_checks import check, lines_on_a_phone

from assembly.centre_facts import Authority, Basis, Fact, authority, longest
from assembly.retention import PERIODS
from handlers.core.navigation import Home, ShowRecipients
from handlers.core.screen import Button
from handlers.core.screens import responsible
from handlers.core.speech import LANGUAGES, Speech

HOSTILE = "<b>&x@"
LONGEST: dict[Fact, str] = {
    fact: (HOSTILE * 40)[: longest(fact)] for fact in Fact if fact not in (Fact.BASIS, Fact.AGE)
}
PERIODS_NOW = {kept: period.most for kept, period in PERIODS.items()}
ZONES = {"Europe/Rome": "Garante", "Europe/Vienna": "dsb.gv.at", "UTC": ""}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("basis", Basis)
def test_the_page_has_everything_and_fits(language: str, zone: str, basis: Basis) -> None:
    facts: dict[Fact, str] = {**LONGEST, Fact.BASIS: basis.value}
    speak = Speech(language, zone)
    pages = (
        responsible.page(speak, HOSTILE, facts, ShowRecipients(1), Button("Home", Home(1))),
        responsible.recipients(speak, HOSTILE, facts, PERIODS_NOW, Button("Home", Home(1))),
    )
    words = "".join(check(each) for each in pages)
    assert all(each in words for each in LONGEST.values())
    assert "Telegram" in words and "730" in words and "/me" in words and ZONES[zone] in words
    assert ("dsb" in words) is (authority(zone) is Authority.AUSTRIA)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_missing_is_said(language: str) -> None:
    speak = Speech(language)
    missing = responsible.named(speak, {})
    assert missing in responsible.page(speak, "Aurora", {}, ShowRecipients(1)).text
    named = {Fact.RESPONSIBLE: "Coop"}
    assert {missing, responsible.named(speak, named)} != {missing}
    assert "1" in responsible.named(speak, {**named, Fact.CONTACT: "1"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_neither_of_its_two_screens_is_long_on_a_phone(language: str) -> None:
    speak = Speech(language, "Europe/Rome")
    facts = {
        Fact.RESPONSIBLE: "Cooperativa sociale Aurora",
        Fact.ADDRESS: "Via Roma 12, 38122 Trento",
        Fact.CONTACT: "privacy@aurora.example",
        Fact.HOST: "Coop Nuvola",
    }
    usual = {kept: period.default for kept, period in PERIODS.items()}
    for screen in (
        responsible.page(speak, "Centro Aurora", facts, ShowRecipients(1)),
        responsible.recipients(speak, "Centro Aurora", facts, usual),
    ):
        assert lines_on_a_phone(screen) <= 22
