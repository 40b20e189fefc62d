"""The ballot of one member, in private: one message that changes in its place.

It says what is asked, how it will be counted, until when, and who will see what; then what was
given and what is only marked.
"""

from __future__ import annotations

from markupsafe import Markup

from assembly import marking
from assembly.counting.table import RANKED, REASONED, form
from assembly.forms.form import Marks
from assembly.immutable import immutable
from assembly.rule import Rule, Secrecy
from handlers.core.navigation import HowCounted, SeeDecision, ShowDecisions
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.speech import Speech
from handlers.decisions.ballots.presses import Fill, LeaveReason, ShowTracker, TakeOutReason
from handlers.decisions.ballots.screens import marks as fields
from handlers.decisions.methods.table import of_one_word, of_options
from handlers.decisions.presses import Cast
from handlers.decisions.results.screens.ballot_words import (
    REASON_IS_READ,
    SECRECY,
    UNWRITTEN,
    briefly,
    label,
    meanings,
    said,
    until,
)

GIVEN = "✓ "  # before the answer that counts now, so that it is seen without reading
LONG_RANKING = 5  # options: from here on there are more orders than members

Rows = tuple[tuple[Button, ...], ...]


@immutable
class Paper:
    """An open decision as one member sees it; `given` is the choice that counts now, if any."""

    centre_id: int
    decision_id: int
    question: str
    rule: Rule
    closes_at: int | None  # UTC epoch seconds
    counted: Markup  # how it will be counted, by whom if not by all, and which version it is
    given: str | None = None
    reason: str = ""
    helped: bool = False  # it is another member's, and a helper enters it

    @property
    def ids(self) -> tuple[int, int]:
        return self.centre_id, self.decision_id


def paper(sheet: Paper, marks: Marks | None, speak: Speech, now: int) -> Screen:
    """The ballot, marked like this; None: as it was given, or with nothing marked."""
    if form(sheet.rule).words:
        return _with_words(sheet, speak, now)
    if marks is None:
        marks = marking.blank(sheet.rule) if sheet.given is None else Marks(sheet.given)
    begun = sheet.given != marks.choice and not marking.is_blank(marks.choice, sheet.rule)
    begun = begun or marks.picked is not None
    text = paragraphs(
        _head(sheet, speak, now, brief=begun),
        _signature(sheet, marks, speak),
        fields.instruction(sheet.rule, marks, speak),
        fields.in_full(sheet.rule, marks),
        None if marks.picked is not None else _state(sheet, marks, speak),
    )
    taps = fields.rows(sheet.ids, sheet.rule, marks, speak)
    around = ((_back(sheet, speak),),) if begun else _around(sheet, speak)
    return Screen(text, (*taps, *_giving(sheet, marks, speak), *around))


def closed_to(sheet: Paper, why: Markup, speak: Speech, now: int) -> Screen:
    """The question, for a member who does not take part in it."""
    return Screen(paragraphs(_head(sheet, speak, now), why), _around(sheet, speak))


def ask_reason(sheet: Paper, speak: Speech) -> Screen:
    """After an objection: why? Typed next, or left as it is, perhaps without words."""
    leave = speak("Keep my reason") if sheet.reason else speak("Leave it without words")
    return Screen(
        paragraphs(
            lines(_question(sheet), _given(sheet, speak)),
            speak("Why? Write it now: one or two sentences help the others to find a better way."),
            speak(REASON_IS_READ[sheet.rule.secrecy]),
        ),
        column(
            Button(str(leave), LeaveReason(*sheet.ids)),
            Button(str(speak("Change my ballot")), Fill(*sheet.ids, "")),
        ),
    )


def reason_taken(sheet: Paper, speak: Speech) -> Screen:
    """What was typed, said first: whoever meant it for something else takes it out again."""
    return Screen(
        paragraphs(
            lines(_question(sheet), said(sheet.rule, sheet.given, speak)),
            speak("This is now your reason: “{reason}”", reason=sheet.reason),
            speak(REASON_IS_READ[sheet.rule.secrecy]),
        ),
        column(
            Button(str(speak("Take it out")), TakeOutReason(*sheet.ids)),
            Button(str(speak("See my ballot")), SeeDecision(*sheet.ids)),
        ),
    )


def misfit(length: int, limit: int, speak: Speech) -> Markup:
    """On top of the question for the reason: the one that was written does not fit."""
    return speak(
        "That is {length} characters; up to {limit} fit, and nothing of it was kept. "
        "Copy your message, shorten it, and send it again.",
        length=speak.number(length),
        limit=speak.number(limit),
    )


def tracker(signs: str, speak: Speech) -> str:
    """The alert with one's tracker and what it is for: it stays nowhere."""
    return str(
        speak(
            "Your checking code: {signs}. After closing it finds your ballot in the list without "
            "names. Show it to nobody: with it somebody could make you prove what you said.",
            signs=signs,
        ).unescape()
    )


def _with_words(sheet: Paper, speak: Speech, now: int) -> Screen:
    words = of_one_word(sheet.rule)
    given = None if sheet.helped else sheet.given  # what a member said is not for the helper
    buttons = tuple(
        Button((GIVEN if word == given else "") + label(word, speak), Cast(*sheet.ids, word))
        for word in words.answers
    )
    explained = None
    if not words.plain:
        asks = not sheet.helped and sheet.rule.secrecy in REASON_IS_READ
        explained = lines(
            meanings(sheet.rule, speak, asks=asks),
            None if sheet.helped or asks else speak(UNWRITTEN),
        )
    text = paragraphs(_head(sheet, speak, now), explained, _given(sheet, speak))
    rows = (buttons,) if words.plain else column(*buttons)
    if sheet.given in REASONED and not sheet.reason and sheet.rule.secrecy in REASON_IS_READ:
        rows = (*rows, (Button(str(speak("Write why")), Cast(*sheet.ids, sheet.given)),))
    return Screen(text, (*rows, *_around(sheet, speak)))


def _question(sheet: Paper) -> Markup:
    return Markup("<b>{}</b>").format(sheet.question)


def _head(sheet: Paper, speak: Speech, now: int, *, brief: bool = False) -> Markup:
    """`brief` while somebody is at it: their marks shall stand near the buttons."""
    return lines(
        _question(sheet),
        None if brief else sheet.counted,
        until(sheet.closes_at, speak, now),
        None if sheet.helped else speak(SECRECY[sheet.rule.secrecy]),
    )


def _signature(sheet: Paper, marks: Marks, speak: Speech) -> Markup | None:
    """Said once, before anything is marked: an order can tell whose it is."""
    rule = sheet.rule
    long = rule.method in RANKED and len(rule.options) >= LONG_RANKING
    if not long or rule.secrecy is not Secrecy.SECRET or marks.choice or sheet.given is not None:
        return None
    return speak(
        "If somebody tells you which order to give: an unusual one can be recognised in the "
        "published list. You can change yours until it closes."
    )


def _state(sheet: Paper, marks: Marks, speak: Speech) -> Markup | None:
    """What was given, and what is marked but not given yet."""
    given = _given(sheet, speak)
    if sheet.given is not None and marks.choice == sheet.given:
        return (
            given if marking.is_blank(sheet.given, sheet.rule) else _in_a_list(sheet, marks, speak)
        )
    if marking.is_blank(marks.choice, sheet.rule) and sheet.given is None:
        return given
    if given is not None and sheet.rule.method in RANKED and len(sheet.given or "") > LONG_RANKING:
        given = briefly(sheet.rule, sheet.given, speak)  # two long lists can't be told apart
    return paragraphs(
        lines(speak("<b>Marked now</b>"), fields.marked(sheet.rule, marks) or speak("Nothing.")),
        None if sheet.given is None else lines(speak("<b>What counts so far</b>"), given),
        speak("Not given yet: press [{button}].", button=_give(sheet, marks, speak)),
    )


def _in_a_list(sheet: Paper, marks: Marks, speak: Speech) -> Markup:
    return lines(
        speak("<b>Your ballot, as it counts now</b>"),
        fields.marked(sheet.rule, marks),
        speak("You can change it as long as it is open."),
    )


def _given(sheet: Paper, speak: Speech) -> Markup | None:
    if sheet.helped:
        return None  # what the member has said is not for the helper
    words = said(sheet.rule, sheet.given, speak)
    if not sheet.reason:
        return words
    return lines(words, Markup("<i>{}</i>").format(sheet.reason))


def _giving(sheet: Paper, marks: Marks, speak: Speech) -> Rows:
    """The button that gives it, unless this is what counts already or an option is picked."""
    if marks.picked is not None or marks.choice == sheet.given:
        return ()
    return ((Button(str(_give(sheet, marks, speak)), Cast(*sheet.ids, marks.choice)),),)


def _give(sheet: Paper, marks: Marks, speak: Speech) -> Markup:
    if not marking.is_blank(marks.choice, sheet.rule):
        return speak("Give this ballot") if sheet.helped else speak("Give my ballot")
    return speak(of_options(sheet.rule).filling.blank)


def _around(sheet: Paper, speak: Speech) -> Rows:
    """The tracker's button never stands where the one that gives the ballot was a moment ago."""
    how = Button(str(speak("How it is counted")), HowCounted(*sheet.ids))
    back = _back(sheet, speak)
    if sheet.given is None or sheet.rule.secrecy is not Secrecy.SECRET:
        return ((how, back),)
    found = Button(str(speak("My checking code")), ShowTracker(*sheet.ids))
    return (how,), (found, back)


def _back(sheet: Paper, speak: Speech) -> Button:
    return Button(str(speak("Back")), ShowDecisions(sheet.centre_id))
