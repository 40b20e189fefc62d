"""How a question will be counted, who can take part, and who sees what: a sentence each."""

from __future__ import annotations

from markupsafe import Markup

from assembly.quorum import needed
from assembly.rule import (
    HALF,
    Base,
    DecisionMethod,
    Electorate,
    Parity,
    QuorumOf,
    Rule,
    Secrecy,
)
from handlers.core.speech import Speech, later
from handlers.decisions.results.screens.shares import grammatical_number, share

_MORE_THAN_HALF = {
    Base.YES_NO: later("more say yes than no"),
    Base.YES_NO_ABSTAIN: later("more than half of those who say yes, say no or abstain say yes"),
    Base.CAST: later("more than half of all ballots say yes, invalid ones counted too"),
    Base.PRESENT: later("more than half of those present say yes"),
    Base.ENTITLED: later("more than half of all who can take part say yes"),
}
_AT_LEAST = {
    Base.YES_NO: later("at least {share} of those who say yes or no say yes"),
    Base.YES_NO_ABSTAIN: later("at least {share} of those who say yes, say no or abstain say yes"),
    Base.CAST: later("at least {share} of all ballots say yes, invalid ones counted too"),
    Base.PRESENT: later("at least {share} of those present say yes"),
    Base.ENTITLED: later("at least {share} of all who can take part say yes"),
}
_BY_ORDER = {
    DecisionMethod.IRV: later(
        "Everybody puts the options in order, and the weakest drops out round by round until one "
        "has more than half"
    ),
    DecisionMethod.SCHULZE: later(
        "Everybody puts the options in order, and the one wins that more people prefer to each of "
        "the others (Schulze method)"
    ),
    DecisionMethod.RANKED_PAIRS: later(
        "Everybody puts the options in order, and the one wins that more people prefer to each of "
        "the others (Ranked pairs)"
    ),
}
_SECRECY = {
    Secrecy.SECRET: later("Nobody here sees how you vote."),
    Secrecy.SEALED: later(
        "Nobody here sees how you vote; only the outcome will be told. In so small a group others "
        "may guess."
    ),
    Secrecy.OPEN: later("This one is open: at the end everybody reads who said what."),
}


def counted(rule: Rule, electorate: int, speak: Speech) -> Markup:
    """One sentence: what makes it carried or chosen, and how many must take part."""
    conditions = list(_taking_part(rule, electorate, speak))
    if rule.options:
        way = _way(rule, speak)
        if rule.parity is Parity.EQUAL_WEIGHTS:
            way = _weighed(way, speak)
        if not conditions:
            return speak("{way}.", way=way)
        return speak(
            "{way}; it counts if {conditions}.", way=way, conditions=_all(conditions, speak)
        )
    conditions = [*_agreement(rule, speak), *conditions]
    return speak("Carried if {conditions}.", conditions=_all(conditions, speak))


def who(rule: Rule, electorate: int, speak: Speech) -> Markup:
    """Who can take part."""
    if rule.electorate is Electorate.ALL:
        return speak.many("One member can take part.", "All {n} members can take part.", electorate)
    if rule.electorate is Electorate.USER:
        return speak.many(
            "One user of the service can take part.", "The {n} users can take part.", electorate
        )
    if rule.electorate is Electorate.FAMILY:
        return speak.many(
            "One family member can take part.", "The {n} family members can take part.", electorate
        )
    if rule.electorate is Electorate.PROFESSIONAL:
        return speak.many(
            "One professional can take part.", "The {n} professionals can take part.", electorate
        )
    if rule.electorate is Electorate.PRESENT:
        return speak.many(
            "One person can take part: who is here now.",
            "The {n} who are here now can take part.",
            electorate,
        )
    return speak.many(
        "One person can take part, chosen by name.",
        "{n} people can take part, chosen by name.",
        electorate,
    )


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
    if rule.method is DecisionMethod.CONSENT:
        found = [speak("nobody objects")]
    elif rule.method is DecisionMethod.CONSENSUS:
        found = [
            speak("nobody blocks it"),
            speak(
                "at least {share} of those who agree or stand aside agree",
                share=share(rule.threshold, speak),
            ),
        ]
    elif rule.threshold == HALF:
        found = [speak(_MORE_THAN_HALF[rule.base])]
    else:
        found = [speak(_AT_LEAST[rule.base], share=share(rule.threshold, speak))]
    if rule.parity is Parity.EACH_ROLE:
        found.append(speak("the same holds among users, family members and professionals each"))
    elif rule.parity is Parity.EQUAL_WEIGHTS:
        found[-1] = _weighed(found[-1], speak)
    return found


def _weighed(text: Markup, speak: Speech) -> Markup:
    return speak("{text}, users, family members and professionals weighing a third each", text=text)


def _way(rule: Rule, speak: Speech) -> Markup:
    """How the options are answered, and which is chosen."""
    method, seats = rule.method, rule.seats
    if method is DecisionMethod.DOTS:
        return speak.many(
            "Everybody has {dots} dots to place, and the option with the most dots wins",
            "Everybody has {dots} dots to place, and the {n} options with the most dots win",
            seats,
            dots=rule.dots,
        )
    if method is DecisionMethod.STV_SCOTTISH:
        return speak.many(
            "Everybody puts the options in order, and one is elected (Scottish STV)",
            "Everybody puts the options in order, and {n} are elected so that each larger group "
            "gets its share (Scottish STV)",
            seats,
        )
    if method is DecisionMethod.STV_MEEK:
        return speak.many(
            "Everybody puts the options in order, and one is elected (Meek’s STV)",
            "Everybody puts the options in order, and {n} are elected so that each larger group "
            "gets its share (Meek’s STV)",
            seats,
        )
    if method is DecisionMethod.SCORE:
        return speak.many(
            "Everybody gives each option 0 to 5 points, and the best average wins",
            "Everybody gives each option 0 to 5 points, and the {n} best averages win",
            seats,
        )
    if method is DecisionMethod.APPROVAL:
        return speak.many(
            "Everybody marks all the options they can live with, and the one with the most marks "
            "wins",
            "Everybody marks all the options they can live with, and the {n} with the most marks "
            "win",
            seats,
        )
    return speak(_BY_ORDER[method])


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
                "at least {share} does so among users, family members and professionals each",
                "at least {share} do so among users, family members and professionals each",
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
                "at least one does so among users, family members and professionals each",
                "at least {n}, or all, do so among users, family members and professionals each",
                number,
            )
        )
    return found


def _all(conditions: list[Markup], speak: Speech) -> Markup:
    """`one, two, and three`."""
    *earlier, last = conditions
    if not earlier:
        return last
    return speak("{first}, and {second}", first=Markup(", ").join(earlier), second=last)
