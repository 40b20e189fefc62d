"""The words of consent."""

from __future__ import annotations

from handlers.core.speech import later
from handlers.decisions.methods.method import Answer, OneWordWords

WORDS = OneWordWords(
    name=later("Consent"),
    good_for=later(
        "good enough to try, unless somebody says what harm it does; for how we work together."
    ),
    how=later("<b>No objection</b> (sociocratic consent): it is carried if nobody objects."),
    answers={
        "consent": Answer(
            label=later("I consent"),
            said=later("You consented."),
            told=later("consented"),
            counted=lambda speak, n: speak.many("{n} consented", "{n} consented", n),
            bar=later("Consented"),
            means=later("I can live with it, and trying it does no harm."),
            always=True,
        ),
        "object": Answer(
            label=later("I object"),
            said=later("You objected."),
            told=later("objected"),
            counted=lambda speak, n: speak.many("{n} objected", "{n} objected", n),
            bar=later("Objected"),
            means=later("It would do harm, and I can say how."),
            heading=later("Objections:"),
        ),
    },
    conditions=lambda _rule, speak: [speak("nobody objects")],
)
