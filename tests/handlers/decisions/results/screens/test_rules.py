from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from assembly.counting.table import WORDS
from assembly.fitting import possible
from assembly.rule import Base, DecisionMethod, Electorate, Parity, Quorum, QuorumOf, Rule, Secrecy
from handlers.core.speech import LANGUAGES, Speech
from handlers.decisions.results.screens.rules import counted, secrecy, who

OPTIONS = ("Blue", "Green", "Yellow")
THIRD, TWO_THIRDS, ODD = Fraction(1, 3), Fraction(2, 3), Fraction(3, 5)
QUORUMS = [
    Quorum(share, number, of, each)
    for share, number in ((Fraction(0), None), (THIRD, None), (ODD, None), (ODD, 1), (ODD, 7))
    for of, each in product(QuorumOf, (True, False))
]


def rules() -> list[Rule]:
    """Every method with every threshold, base, parity and quorum that it can have."""
    found = []
    for method, parity, quorum in product(DecisionMethod, Parity, QUORUMS):
        if not possible(method, parity):
            continue
        if method in WORDS:
            found += [
                Rule(method, threshold=threshold, base=base, parity=parity, quorum=quorum)
                for threshold, base in product((Fraction(1, 2), TWO_THIRDS, ODD), Base)
            ]
        else:
            found += [
                Rule(method, OPTIONS, seats, dots=10, parity=parity, quorum=quorum)
                for seats in (1, 2)
            ]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_is_told_in_whole_sentences(language: str) -> None:
    speak = Speech(language)
    for rule in rules():
        told = str(counted(rule, 41, speak))
        listed = [line for line in told.split("\n") if line.startswith("• ")]
        whole = "\n".join(line for line in told.split("\n") if line not in listed)
        assert whole.endswith((".", ":")) and not whole.endswith("..")
        assert all(sentence[0].isupper() for sentence in whole.split(". "))
        assert whole.count(". ") <= 2 and "{" not in told and "  " not in told
        assert len(told) < 400


@pytest.mark.parametrize("language", LANGUAGES)
def test_many_conditions_are_short_and_stand_one_a_line(language: str) -> None:
    speak = Speech(language)
    quorum = Quorum(TWO_THIRDS, each_role=True)
    for method, parity in product((DecisionMethod.CONSENSUS, DecisionMethod.MAJORITY), Parity):
        rule = Rule(method, threshold=TWO_THIRDS, parity=parity, quorum=quorum)
        heading, *listed = counted(rule, 41, speak).split("\n")
        weights = [listed.pop()] if parity is Parity.EQUAL_WEIGHTS else []
        assert heading.endswith(":") and 3 <= len(listed) <= 5
        assert all(line.startswith("• ") and line[-1] != "." for line in listed)
        assert max(map(len, listed)) <= 65
        assert all(line.endswith(".") for line in weights)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_differs_is_told_differently(language: str) -> None:
    speak = Speech(language)
    of_majority = [Rule(threshold=t, base=b) for t in (Fraction(1, 2), ODD) for b in Base]
    told = {counted(rule, 41, speak) for rule in of_majority}
    assert len(told) == len(of_majority)
    told = {
        counted(Rule(method, () if method in WORDS else OPTIONS, 2, 9), 41, speak)
        for method in DecisionMethod
    }
    assert len(told) == len(DecisionMethod)
    told = {counted(Rule(parity=parity), 41, speak) for parity in Parity}
    assert len(told) == len(Parity)


MAJORITY = Rule(quorum=Quorum(THIRD))
TOLD = [
    (MAJORITY, "en",
     "Carried if more say yes than no. It counts if at least 14 of 41 take part."),
    (MAJORITY, "it",
     "Approvata se i sì sono più dei no. Vale se partecipano almeno 14 persone su 41."),
    (MAJORITY, "de",
     "Angenommen, wenn mehr Ja als Nein sagen. Es gilt, wenn mindestens 14 von 41 teilnehmen."),
    (Rule(), "en", "Carried if more say yes than no."),
    (Rule(threshold=TWO_THIRDS, base=Base.ENTITLED, parity=Parity.EACH_ROLE), "en",
     "Carried if:\n• at least two thirds of all who can take part say yes\n"
     "• the same holds in each role"),
    (Rule(threshold=TWO_THIRDS, base=Base.ENTITLED, parity=Parity.EACH_ROLE), "de",
     "Angenommen, wenn:\n• mindestens zwei Drittel aller Berechtigten Ja sagen\n"
     "• dasselbe in jeder Rolle gilt"),
    (Rule(DecisionMethod.CONSENSUS, threshold=ODD, quorum=Quorum(number=1)), "en",
     "Carried if:\n• nobody blocks it\n• at least 3/5 agree, abstentions not counted\n"
     "• at least one of 41 takes part"),
    (Rule(DecisionMethod.CONSENSUS, threshold=Fraction(1, 2)), "de",
     "Angenommen, wenn:\n• niemand sie blockiert\n"
     "• ohne Enthaltungen mindestens die Hälfte zustimmt"),
    (Rule(DecisionMethod.CONSENSUS, threshold=TWO_THIRDS, parity=Parity.EACH_ROLE), "it",
     "Approvata se:\n• nessuno la blocca\n"
     "• almeno due terzi sono d’accordo, senza contare le astensioni\n"
     "• lo stesso vale in ogni ruolo"),
    (Rule(parity=Parity.EQUAL_WEIGHTS), "en",
     "Carried if more say yes than no. Users, family members and professionals weigh a third "
     "each."),
    (Rule(DecisionMethod.CONSENT), "it", "Approvata se nessuno fa obiezioni."),
    (Rule(DecisionMethod.APPROVAL, OPTIONS, parity=Parity.EQUAL_WEIGHTS), "en",
     "Everybody marks all the options they can live with, and the one with the most marks wins. "
     "Users, family members and professionals weigh a third each."),
    (Rule(DecisionMethod.DOTS, OPTIONS, dots=10, quorum=Quorum(THIRD)), "de",
     "Alle haben 10 Punkte zu verteilen, und die Möglichkeit mit den meisten Punkten gewinnt. Es "
     "gilt, wenn mindestens 14 von 41 teilnehmen."),
    (Rule(DecisionMethod.IRV, OPTIONS), "it",
     "Ognuno mette in ordine le opzioni, e a ogni turno esce la più debole, finché una non ha "
     "più della metà."),
    (Rule(DecisionMethod.STV_SCOTTISH, OPTIONS, 2), "en",
     "Everybody puts the options in order, and 2 are elected so that each larger group gets its "
     "share (Scottish STV)."),
    (Rule(quorum=Quorum(TWO_THIRDS, of=QuorumOf.PRESENT, each_role=True)), "en",
     "Carried if:\n• more say yes than no\n• at least two thirds of those present take part\n"
     "• at least two thirds of each role take part"),
    (Rule(DecisionMethod.DOTS, OPTIONS, dots=10,
          quorum=Quorum(TWO_THIRDS, of=QuorumOf.PRESENT, each_role=True)), "en",
     "Everybody has 10 dots to place, and the option with the most dots wins.\nIt counts if:\n"
     "• at least two thirds of those present take part\n"
     "• at least two thirds of each role take part"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "language", "told"), TOLD)
def test_in_words(rule: Rule, language: str, told: str) -> None:
    assert str(counted(rule, 41, Speech(language))) == told


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_can_take_part_and_who_sees_what(language: str) -> None:
    speak = Speech(language)
    for electorate in Electorate:
        several = who(Rule(electorate=electorate), 12, speak)
        assert "12" in several and several != who(Rule(electorate=electorate), 1, speak)
    assert len({who(Rule(electorate=each), 12, speak) for each in Electorate}) == len(Electorate)
    assert len({secrecy(Rule(secrecy=each), speak) for each in Secrecy}) == len(Secrecy)


def test_of_one_person_it_need_not_be_said_how_many() -> None:
    rule = Rule(quorum=Quorum(THIRD))
    assert "at least one of 2" in counted(rule, 2, Speech("en"))
    assert "at least" not in counted(rule, 1, Speech("en"))
