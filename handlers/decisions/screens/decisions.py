"""Screens of decisions: the question, the ballot, the outcome with its reason in words."""

from __future__ import annotations

from markupsafe import Markup

from assembly.rule import Rule, Secrecy
from handlers.core.navigation import HowCounted, SeeDecision, ShowDecisions
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.screens.plain import may_be_lost
from handlers.core.speech import Speech, later
from handlers.decisions.ballots.presses import OnRoll
from handlers.decisions.methods.method import OneWordWords
from handlers.decisions.methods.table import WORDS
from handlers.decisions.presses import Cast
from handlers.decisions.results.screens import outcomes, report
from handlers.decisions.results.screens import rules as counted_by
from handlers.decisions.results.screens.ballot_words import briefly, label, moment
from handlers.decisions.results.screens.figures import Reasons
from handlers.decisions.results.screens.outcomes import question
from handlers.decisions.results.screens.terms import lot, terms
from storage.decisions import Decision

KEPT = {
    Secrecy.SECRET: later(
        "At closing Voci deletes who said what, for good, and publishes the ballots without names. "
        "With fewer than 5 ballots it keeps only the outcome."
    ),
    Secrecy.SEALED: later(
        "At closing Voci deletes who said what, for good, and keeps the outcome. So "
        "few can’t hide among each other: no ballots are published."
    ),
    Secrecy.OPEN: later("At closing everybody reads who said what, by name. It stays that way."),
}


def posted(decision: Decision, speak: Speech, now: int, take_part: Button) -> Screen:
    """The question in the group: with its buttons, where one press answers it before everybody.

    `take_part` leads to the ballot in private.
    """
    text = lines(question(decision), *rules(decision, speak, now))
    words = WORDS[decision.rule.method]
    if not (isinstance(words, OneWordWords) and words.plain):
        return Screen(text, ((take_part,),), public=True)
    ids = decision.centre_id, decision.id
    choices = tuple(Button(label(word, speak), Cast(*ids, word)) for word in words.answers)
    return Screen(text, (choices, (take_part,)), public=True)


def posted_again(decision: Decision, speak: Speech, now: int, take_part: Button) -> Screen:
    """The question anew, because what was pressed may have been lost."""
    return posted(decision, speak, now, take_part).on_top(may_be_lost(speak))


def stands_below(decision: Decision, speak: Speech) -> Screen:
    """In the place of a question that was posted again."""
    return Screen(lines(question(decision), speak("It stands further down again.")), public=True)


def outcome(
    decision: Decision,
    speak: Speech,
    take_part: Button,
    given: Reasons = (),
    take: Button | None = None,
) -> Screen:
    """What came of it, in the group; the buttons of the question are gone.

    `take`: the way to look after what was carried, where it was.
    """
    told = paragraphs(
        outcomes.told(decision, speak, given),
        report.sealed(decision, speak),
        speak("Next: who takes it on?") if take is not None else None,
    )
    ways = column(*_how(decision, speak), take_part)
    return Screen(told, ways if take is None else ((take,), *ways), public=True)


def ended(decision: Decision, speak: Speech) -> Screen:
    """In the place of the group's question: it is over, the outcome stands in a post of its own."""
    return Screen(lines(question(decision), outcomes.result(decision, speak)), public=True)


def past(decision: Decision, speak: Speech, given: Reasons = (), own: str | None = None) -> Screen:
    """A question that is over, in private; `own`: what the one who looks said, where it is known.

    It is where it was said by name; of a secret ballot nobody knows any more whose it was.
    """
    rows = [*column(*report.ways(decision, speak), *_how(decision, speak))]
    if decision.head is not None:
        on_roll = OnRoll(decision.centre_id, decision.id)
        rows.append((Button(str(speak("Was my ballot counted?")), on_roll),))
    told = paragraphs(
        outcomes.told(decision, speak, given),
        None if own is None else briefly(decision.rule, own, speak),
    )
    return Screen(told, (*rows, (_back(decision, speak),)))


def how_counted(decision: Decision, entitled: int, speak: Speech) -> Screen:
    """The rules of the count in words, until it is counted; everything here is known to all.

    `entitled`: how many can take part, those in the hall included.
    """
    rule = decision.rule
    return Screen(
        paragraphs(
            lines(speak("<b>How it is counted</b>"), question(decision)),
            lines(
                counted_by.who(rule, decision.electorate, speak),
                counted_by.headcounts(entitled - decision.electorate, speak),
                speak(WORDS[rule.method].how),
                counted_by.counted(rule, entitled, speak),
                _tie(rule, speak),
            ),
            lot(decision, speak),
            lines(
                speak("Each ballot can be changed until closing, and counts once."),
                speak(KEPT[rule.secrecy]),
                speak(
                    "If everybody says the same, everybody knows it. And until closing, whoever "
                    "runs the computer that Voci lives on could look."
                ),
            ),
        ),
        ((Button(str(speak("Back")), SeeDecision(decision.centre_id, decision.id)),),),
    )


def rules(decision: Decision, speak: Speech, now: int) -> tuple[Markup | None, ...]:
    """The terms of a question, and until when it is open, where it stands for a while."""
    if decision.closes_at is None:
        return terms(decision, speak("Open until it is closed."), speak)
    when = moment(decision.closes_at, speak, now)
    return terms(decision, speak("Open until {moment}.", moment=when), speak)


def _tie(rule: Rule, speak: Speech) -> Markup | None:
    words = WORDS[rule.method]
    return words.tie(rule, speak) if isinstance(words, OneWordWords) else None


def _how(decision: Decision, speak: Speech) -> tuple[Button, ...]:
    """The way to how it was counted, if it was."""
    how = HowCounted(decision.centre_id, decision.id)
    return (Button(str(speak("How it was counted")), how),) if decision.status == "closed" else ()


def _back(decision: Decision, speak: Speech) -> Button:
    return Button(str(speak("Back")), ShowDecisions(decision.centre_id))
