"""The terms on which a question is put, as they stand below it everywhere."""

from __future__ import annotations

from markupsafe import Markup

from assembly.rule import Electorate
from handlers.core.screen import lines
from handlers.core.speech import Speech
from handlers.decisions.results.screens.rules import counted, secrecy, who
from handlers.decisions.results.screens.versions import version
from storage.decisions import Decision


def terms(decision: Decision, until: Markup, speak: Speech) -> tuple[Markup | None, ...]:
    """Version, options, how it is counted, who can take part if not all, until when, who sees."""
    rule, electorate = decision.rule, decision.electorate
    return (
        version(decision, speak),
        _options(rule.options),
        counted(rule, electorate, speak),
        None if rule.electorate is Electorate.ALL else who(rule, electorate, speak),
        Markup(" ").join((until, secrecy(rule, speak))),
    )


def lot(decision: Decision, speak: Speech) -> Markup | None:
    """The order that breaks ties, and how to check it; nothing where there are no options."""
    rule, drawn = decision.rule, decision.lot
    if not rule.options:
        return None
    order = tuple(rule.options[number] for number in drawn.order)
    if drawn.seed is None:
        check = speak(
            "Its sign: <code>{commitment}</code>. When it is over, the seed that it was made of "
            "is shown.",
            commitment=drawn.commitment,
        )
    else:
        check = speak(
            "Its sign was <code>{commitment}</code>, made of this seed: <code>{seed}</code>",
            commitment=drawn.commitment,
            seed=drawn.seed,
        )
    said = speak(
        "If nothing else breaks a tie, this order does, drawn before the question was put:"
    )
    return lines(said, _options(order), check)


def _options(options: tuple[str, ...]) -> Markup | None:
    numbered = (Markup("{}. {}").format(n, label) for n, label in enumerate(options, 1))
    return lines(*numbered) if options else None
