"""The words of consensus."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from assembly.rule import Rule
from handlers.core.speech import Speech, later
from handlers.decisions.methods.abstaining import ABSTAIN
from handlers.decisions.methods.method import Answer, OneWordWords, Reached
from handlers.decisions.methods.shares import grammatical_number, share


def _conditions(rule: Rule, speak: Speech) -> list[Markup]:
    enough, number = share(rule.threshold, speak), grammatical_number(rule.threshold)
    return [
        speak("nobody blocks it"),
        speak.many(
            "at least {share} agrees, abstentions not counted",
            "at least {share} agree, abstentions not counted",
            number,
            share=enough,
        ),
    ]


def _reached(rule: Rule, found: Reached, speak: Speech) -> Markup:
    return speak(
        "Needed: at least {share} of those who agreed, stood aside or blocked it ({of}), that "
        "is {least}. Agreed: {said}.",
        share=found.needed,
        of=found.of,
        least=found.least,
        said=found.said,
    )


WORDS = OneWordWords(
    name=later("Consensus"),
    good_for=later(
        "what we can all stand behind, and one block stops it; for what touches everybody."
    ),
    how=later(
        "<b>Agreeing together</b> (consensus): it is carried if nobody blocks it, and enough of "
        "those who take a stand agree."
    ),
    answers={
        "agree": Answer(
            label=later("I agree"),
            said=later("You agreed."),
            told=later("agreed"),
            counted=lambda speak, n: speak.many("{n} agreed", "{n} agreed", n),
            bar=later("Agreed"),
            means=later("I am for it."),
            always=True,
        ),
        "abstain": replace(ABSTAIN, means=later("I leave it to the others.")),
        "aside": Answer(
            label=later("I stand aside"),
            said=later("You stand aside."),
            told=later("stood aside"),
            counted=lambda speak, n: speak.many("{n} stood aside", "{n} stood aside", n),
            bar=later("Stood aside"),
            means=later("I am not for it, but I won’t stop it."),
            heading=later("Why some stand aside:"),
        ),
        "block": Answer(
            label=later("I block it"),
            said=later("You blocked it."),
            told=later("blocked it"),
            counted=lambda speak, n: speak.many("{n} blocked it", "{n} blocked it", n),
            bar=later("Blocked it"),
            means=later("It goes against what we are here for. One block stops it."),
            heading=later("Why it was blocked:"),
        ),
    },
    conditions=_conditions,
    reached=_reached,
)
