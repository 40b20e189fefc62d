"""Screens of decisions: the question, the ballot, the outcome with its reason in words."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from assembly.outcome import Choice
from assembly.quorum import needed
from handlers.decision_presses import Cast, HowCounted, SeeDecision
from handlers.navigation import Home, ShowDecisions
from handlers.screen import Button, Screen, column, lines, paragraphs
from handlers.screens import outcomes
from handlers.screens.outcomes import question
from handlers.screens.plain import may_be_lost
from handlers.speech import Speech
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
    decision: Decision, mine: Choice | None, speak: Speech, now: int, *, entitled: bool
) -> Screen:
    """An open question in private, with what one has said so far."""
    if not entitled:
        said = speak("It was put before you joined. You take part from the next one on.")
        rows: tuple[tuple[Button, ...], ...] = ()
    else:
        said = said_so_far(mine, speak)
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
    mine: dict[int, Choice | None],
    recent: list[Decision],
    speak: Speech,
    now: int,
) -> Screen:
    """What is being decided, what one has said, and what was decided lately."""
    parts: list[Markup] = []
    if not open_ones:
        parts.append(speak("Nothing is being decided right now."))
    for each in open_ones:
        said = said_so_far(mine[each.id], speak) if each.id in mine else None
        parts.append(lines(question(each), _until(each, speak, now), said))
    if recent:
        title = speak("<b>Decided lately</b>")
        parts.append(lines(title, *(outcomes.short(each, speak) for each in recent)))
    buttons = column(*(_open(each) for each in (*open_ones, *recent)))
    home = Button(str(speak("Back")), Home(centre_id))
    return Screen(paragraphs(*parts), (*buttons, (home,)))


def how_counted(decision: Decision, speak: Speech) -> Screen:
    """The rules of the count in words; everything here is known to all."""
    enough = needed(decision.quorum, decision.electorate)
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
                _quorum(enough, decision.electorate, speak),
                speak("Carried if more say yes than no. A tie is not carried."),
                speak("Whoever abstains counts as taking part, and for neither side."),
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
            None if figures is None else outcomes.figures(figures, speak),
        ),
        ((Button(str(speak("Back")), SeeDecision(decision.centre_id, decision.id)),),),
    )


@lru_cache(maxsize=256)  # a whole assembly is told the same within the same second
def recorded(choice: Choice, closes_at: int | None, speak: Speech, now: int) -> str:
    """The toast after a ballot."""
    if closes_at is None:
        change = speak("You can change it until it is closed.")
    else:
        change = speak("You can change it until {moment}.", moment=moment(closes_at, speak, now))
    return f"{_said(choice, speak)} {change}"


def rules(decision: Decision, speak: Speech, now: int) -> tuple[Markup, ...]:
    """How a question will be counted, and until when it is open."""
    enough = needed(decision.quorum, decision.electorate)
    if enough == 0:
        counted = speak("Carried if more say yes than no.")
    else:
        counted = speak.many(
            "Carried if more say yes than no, and at least one of {electorate} takes part.",
            "Carried if more say yes than no, and at least {n} of {electorate} take part.",
            enough,
            electorate=decision.electorate,
        )
    secrecy = speak("Nobody here sees how you vote.")
    return counted, Markup(" ").join((_until(decision, speak, now), secrecy))


def said_so_far(mine: Choice | None, speak: Speech) -> Markup:
    """What one has said, while it can be changed."""
    return speak("You have not said anything yet.") if mine is None else _said(mine, speak)


def moment(at: int, speak: Speech, now: int) -> str:
    """`17:10`, with the day where it is not today's."""
    today = speak.local(at).date() == speak.local(now).date()
    return speak.time(at) if today else speak.moment(at)


def _said(choice: Choice, speak: Speech) -> Markup:
    if choice is Choice.YES:
        return speak("You said yes.")
    return speak("You said no.") if choice is Choice.NO else speak("You abstained.")


def _until(decision: Decision, speak: Speech, now: int) -> Markup:
    if decision.closes_at is None:
        return speak("Open until it is closed.")
    return speak("Open until {moment}.", moment=moment(decision.closes_at, speak, now))


def _choices(decision: Decision, speak: Speech) -> tuple[Button, ...]:
    ids = decision.centre_id, decision.id
    return (
        Button(str(speak("Yes")), Cast(*ids, Choice.YES)),
        Button(str(speak("No")), Cast(*ids, Choice.NO)),
        Button(str(speak("I abstain")), Cast(*ids, Choice.ABSTAIN)),
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
