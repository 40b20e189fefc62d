"""How a question will be counted, who can take part, and who sees what, in whole sentences."""

from __future__ import annotations

from typing import assert_never

from markupsafe import Markup

from assembly.quorum import needed
from assembly.rule import (
    Electorate,
    Parity,
    QuorumOf,
    Rule,
    Secrecy,
)
from handlers.core.screen import lines
from handlers.core.speech import Speech, later
from handlers.decisions.methods.shares import grammatical_number, share
from handlers.decisions.methods.table import of_one_word, of_options

_SECRECY = {
    Secrecy.SECRET: later("Nobody here sees how you vote."),
    Secrecy.SEALED: later(
        "Nobody here sees how you vote; only the outcome will be told. In so small a group others "
        "may guess."
    ),
    Secrecy.OPEN: later("By name: at the end everybody reads who said what."),
}


def counted(rule: Rule, electorate: int, speak: Speech) -> Markup:
    """What makes it carried or chosen, and how many must take part: sentences, each with one
    condition, or a list with a condition a line.
    """
    counts = _taking_part(rule, electorate, speak)
    weights = []
    if rule.parity is Parity.EQUAL_WEIGHTS:
        weights = [speak("Users, family members and professionals weigh a third each.")]
    if rule.options:
        told = Markup(" ").join([of_options(rule).way(rule, speak), *weights])
        if len(counts) > 1:
            return lines(told, speak("It counts if:"), *_listed(counts))
        return Markup(" ").join([told, *_counting(counts, speak)])
    agreement = _agreement(rule, speak)
    if len(agreement) > 1 or len(counts) > 1:
        return lines(speak("Carried if:"), *_listed([*agreement, *counts]), *weights)
    carried = speak("Carried if {condition}.", condition=agreement[0])
    return Markup(" ").join([carried, *_counting(counts, speak), *weights])


def _counting(conditions: list[Markup], speak: Speech) -> list[Markup]:
    return [speak("It counts if {condition}.", condition=each) for each in conditions]


def _listed(conditions: list[Markup]) -> list[Markup]:
    return [Markup("• {}").format(each) for each in conditions]


def who(rule: Rule, electorate: int, speak: Speech) -> Markup:
    """Who can take part."""
    match rule.electorate:
        case Electorate.ALL:
            return speak.many(
                "One member can take part.", "All {n} members can take part.", electorate
            )
        case Electorate.USER:
            return speak.many(
                "One user of the service can take part.", "The {n} users can take part.", electorate
            )
        case Electorate.FAMILY:
            return speak.many(
                "One family member can take part.",
                "The {n} family members can take part.",
                electorate,
            )
        case Electorate.PROFESSIONAL:
            return speak.many(
                "One professional can take part.",
                "The {n} professionals can take part.",
                electorate,
            )
        case Electorate.PRESENT:
            return speak.many(
                "One person can take part: who is here now.",
                "The {n} who are here now can take part.",
                electorate,
            )
        case Electorate.NAMED:
            return speak.many(
                "One person can take part, chosen by name.",
                "{n} people can take part, chosen by name.",
                electorate,
            )
        case _:
            assert_never(rule.electorate)


def headcounts(people: int, speak: Speech) -> Markup | None:
    """How many can take part beside the members; nothing where there is nobody."""
    if not people:
        return None
    return speak.many(
        "So can one person in the room without a phone.",
        "So can {n} people in the room without a phone.",
        people,
    )


def secrecy(rule: Rule, speak: Speech) -> Markup:
    """Who will see what."""
    return speak(_SECRECY[rule.secrecy])


def _agreement(rule: Rule, speak: Speech) -> list[Markup]:
    """What must be said so that it is carried."""
    found = of_one_word(rule).conditions(rule, speak)
    if rule.parity is Parity.EACH_ROLE:
        found.append(speak("the same holds in each role"))
    return found


def _taking_part(rule: Rule, electorate: int, speak: Speech) -> list[Markup]:
    """How many must take part; nothing where the rule does not ask."""
    quorum = rule.quorum
    if quorum.number is not None:
        return _number_of(quorum.number, electorate, speak, each_role=quorum.each_role)
    if not quorum.share:
        return []
    told = share(quorum.share, speak)
    number = grammatical_number(quorum.share)
    if quorum.of is QuorumOf.PRESENT:
        found = [
            speak.many(
                "at least {share} of those present takes part",
                "at least {share} of those present take part",
                number,
                share=told,
            )
        ]
    else:
        enough = needed(quorum.share, electorate)
        found = _number_of(enough, electorate, speak, each_role=False)
    if quorum.each_role:
        found.append(
            speak.many(
                "at least {share} of each role takes part",
                "at least {share} of each role take part",
                number,
                share=told,
            )
        )
    return found


def _number_of(number: int, electorate: int, speak: Speech, *, each_role: bool) -> list[Markup]:
    if number == 0 or electorate == 1:
        return []
    found = [
        speak.many(
            "at least one of {electorate} takes part",
            "at least {n} of {electorate} take part",
            number,
            electorate=electorate,
        )
    ]
    if each_role:
        found.append(
            speak.many(
                "at least one of each role takes part",
                "at least {n} of each role, or all, take part",
                number,
            )
        )
    return found
