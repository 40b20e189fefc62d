"""The words of a majority."""

from __future__ import annotations

from markupsafe import Markup

from assembly.rule import HALF, Base, Parity, Rule
from handlers.core.speech import Speech, later
from handlers.decisions.methods.abstaining import ABSTAIN
from handlers.decisions.methods.method import Answer, OneWordWords, Reached
from handlers.decisions.methods.shares import share

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
_OUT_OF = {
    Base.YES_NO: later("yes and no"),
    Base.YES_NO_ABSTAIN: later("yes, no and abstentions"),
    Base.CAST: later("all ballots"),
    Base.PRESENT: later("all who were there"),
    Base.ENTITLED: later("all who could take part"),
}


def _conditions(rule: Rule, speak: Speech) -> list[Markup]:
    if rule.threshold == HALF:
        return [speak(_MORE_THAN_HALF[rule.base])]
    return [speak(_AT_LEAST[rule.base], share=share(rule.threshold, speak))]


def _reached(rule: Rule, found: Reached, speak: Speech) -> Markup:
    """`Needed: two thirds of yes and no (24), that is 16. Said yes: 15.`"""
    return speak(
        "Needed: {share} of {base} ({of}), that is {least}. Said yes: {said}.",
        share=found.needed,
        base=speak(_OUT_OF[rule.base]),
        of=found.of,
        least=found.least,
        said=found.said,
    )


def _tie(rule: Rule, speak: Speech) -> Markup | None:
    if rule.base is not Base.YES_NO:
        return None
    if rule.parity is not Parity.NONE:
        return speak(
            "A tie is not carried. Whoever abstains counts as taking part, for neither side."
        )
    return speak(
        "A tie is not carried. Whoever abstains counts as taking part, for neither side: if all "
        "others abstain, one yes decides."
    )


WORDS = OneWordWords(
    name=later("Majority"),
    good_for=later("yes or no, when something has to be settled."),
    how=later("<b>Yes or no</b> (majority): it is carried if enough of those who count say yes."),
    answers={
        "yes": Answer(
            label=later("Yes"),
            said=later("You said yes."),
            told=later("said yes"),
            counted=lambda speak, n: speak.many("{n} yes", "{n} yes", n),
            bar=later("Yes"),
            always=True,
        ),
        "no": Answer(
            label=later("No"),
            said=later("You said no."),
            told=later("said no"),
            counted=lambda speak, n: speak.many("{n} no", "{n} no", n),
            bar=later("No"),
            always=True,
        ),
        "abstain": ABSTAIN,
    },
    conditions=_conditions,
    reached=_reached,
    tie=_tie,
)
