"""Screens of decisions: the question, the ballot, the outcome with its reason in words."""

from __future__ import annotations

from markupsafe import Markup

from assembly.quorum import needed
from assembly.rule import WORDS, Quorum, Rule
from handlers.decision_presses import Cast, HowCounted, SeeDecision
from handlers.navigation import Home, ShowDecisions
from handlers.screen import Button, Screen, column, lines, paragraphs
from handlers.screens import ballot_words, outcomes
from handlers.screens import rules as rule_words
from handlers.screens.ballot_words import moment
from handlers.screens.outcomes import question
from handlers.screens.plain import may_be_lost
from handlers.speech import Speech
from storage.ballots import Mine
from storage.decisions import Decision

LABEL = 40  # characters of a question on a button


def posted(decision: Decision, speak: Speech, now: int, take_part: Button) -> Screen:
    """The question in the group, with its buttons."""
    return Screen(
        lines(question(decision), *rules(decision, speak, now)),
        (_choices(decision, speak), (take_part,)),
        public=True,
    )


def posted_again(decision: Decision, speak: Speech, now: int, take_part: Button) -> Screen:
    """The question anew, because what was pressed may have been lost."""
    return posted(decision, speak, now, take_part).on_top(may_be_lost(speak))


def stands_below(decision: Decision, speak: Speech) -> Screen:
    """In the place of a question that was posted again."""
    return Screen(lines(question(decision), speak("It stands further down again.")), public=True)


def outcome(decision: Decision, speak: Speech, take_part: Button) -> Screen:
    """What came of it, in the group; the buttons of the question are gone."""
    return Screen(
        outcomes.told(decision, speak),
        ((_how(decision, speak),), (take_part,)),
        public=True,
    )


def ended(decision: Decision, speak: Speech) -> Screen:
    """In the place of the group's question: it is over, the outcome stands in a post of its own."""
    return Screen(lines(question(decision), outcomes.result(decision, speak)), public=True)


def ballot(
    decision: Decision, mine: Mine | None, speak: Speech, now: int, *, entitled: bool
) -> Screen:
    """An open question in private, with what one has said so far."""
    if not entitled:
        said = speak("It was put before you joined. You take part from the next one on.")
        rows: tuple[tuple[Button, ...], ...] = ()
    else:
        said = said_so_far(decision, mine, speak)
        rows = (_choices(decision, speak),)
    text = paragraphs(lines(question(decision), *rules(decision, speak, now)), said)
    return Screen(text, (*rows, (_how(decision, speak),), (_back(decision, speak),)))


def past(decision: Decision, speak: Speech) -> Screen:
    """A question that is over, in private."""
    return Screen(
        outcomes.told(decision, speak),
        ((_how(decision, speak),), (_back(decision, speak),)),
    )


def overview(
    centre_id: int,
    open_ones: list[Decision],
    mine: dict[int, Mine | None],
    recent: list[Decision],
    speak: Speech,
    now: int,
) -> Screen:
    """What is being decided, what one has said, and what was decided lately."""
    parts: list[Markup] = []
    if not open_ones:
        parts.append(speak("Nothing is being decided right now."))
    for each in open_ones:
        said = said_so_far(each, mine[each.id], speak) if each.id in mine else None
        parts.append(lines(question(each), _until(each, speak, now), said))
    if recent:
        title = speak("<b>Decided lately</b>")
        parts.append(lines(title, *(outcomes.short(each, speak) for each in recent)))
    buttons = column(*(_open(each) for each in (*open_ones, *recent)))
    home = Button(str(speak("Back")), Home(centre_id))
    return Screen(paragraphs(*parts), (*buttons, (home,)))


def how_counted(decision: Decision, speak: Speech) -> Screen:
    """The rules of the count in words; everything here is known to all."""
    figures = decision.outcome
    return Screen(
        paragraphs(
            lines(speak("<b>How it is counted</b>"), question(decision)),
            lines(
                speak.many(
                    "One person could take part: whoever was a member when it was put.",
                    "{n} people could take part: whoever was a member when it was put.",
                    decision.electorate,
                ),
                *_counted(decision, speak),
            ),
            lines(
                speak("Each ballot can be changed until closing, and counts once."),
                speak(
                    "At closing Voci deletes who said what, for good, and keeps the figures. "
                    "With fewer than 5 ballots it keeps only the outcome."
                ),
                speak(
                    "If everybody says the same, everybody knows it. And until closing, whoever "
                    "runs the computer that Voci lives on could look."
                ),
            ),
            None if figures is None else outcomes.figures(decision.rule, figures, speak),
        ),
        ((Button(str(speak("Back")), SeeDecision(decision.centre_id, decision.id)),),),
    )


def rules(decision: Decision, speak: Speech, now: int) -> tuple[Markup, ...]:
    """How a question will be counted, and until when it is open."""
    counted = rule_words.counted(decision.rule, decision.electorate, speak)
    secrecy = rule_words.secrecy(decision.rule, speak)
    return counted, Markup(" ").join((_until(decision, speak, now), secrecy))


def said_so_far(decision: Decision, mine: Mine | None, speak: Speech) -> Markup:
    """What one has said, while it can be changed."""
    return ballot_words.said(decision.rule, mine.choice if mine else None, speak)


def _until(decision: Decision, speak: Speech, now: int) -> Markup:
    if decision.closes_at is None:
        return speak("Open until it is closed.")
    return speak("Open until {moment}.", moment=moment(decision.closes_at, speak, now))


def _choices(decision: Decision, speak: Speech) -> tuple[Button, ...]:
    """One button a word; options have a ballot of their own."""
    ids = decision.centre_id, decision.id
    words = WORDS.get(decision.rule.method, ())
    return tuple(Button(ballot_words.label(word, speak), Cast(*ids, word)) for word in words)


def _counted(decision: Decision, speak: Speech) -> tuple[Markup | None, ...]:
    """The rule in sentences; the usual one in the plainest."""
    rule, electorate = decision.rule, decision.electorate
    share = rule.quorum.share
    usual = Rule(quorum=Quorum(share), secrecy=rule.secrecy)
    if rule != usual:
        return (rule_words.counted(rule, electorate, speak),)
    return (
        _quorum(needed(share, electorate), electorate, speak),
        speak("Carried if more say yes than no. A tie is not carried."),
        speak("Whoever abstains counts as taking part, and for neither side."),
    )


def _quorum(enough: int, electorate: int, speak: Speech) -> Markup | None:
    if enough == 0:
        return None
    return speak.many(
        "At least one of {electorate} has to take part.",
        "At least {n} of {electorate} have to take part.",
        enough,
        electorate=electorate,
    )


def _open(decision: Decision) -> Button:
    label = decision.question
    if len(label) > LABEL:
        label = label[: LABEL - 1].rstrip() + "…"
    return Button(label, SeeDecision(decision.centre_id, decision.id))


def _how(decision: Decision, speak: Speech) -> Button:
    how = speak("How it is counted") if decision.status == "open" else speak("How it was counted")
    return Button(str(how), HowCounted(decision.centre_id, decision.id))


def _back(decision: Decision, speak: Speech) -> Button:
    return Button(str(speak("Back")), ShowDecisions(decision.centre_id))
