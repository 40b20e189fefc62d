"""How a centre's assemblies begin, in words; and where facilitators switch and word it."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from assembly.openings import BREAKS, Chosen, Opening, complete
from assembly.wording import RULES, TITLE, WordingError
from handlers.assemblies.openings_presses import (
    ChooseBreak,
    ShowOpening,
    ShowOpenings,
    SwitchOpening,
    UsualWords,
    WordOpening,
)
from handlers.core.navigation import ShowCentre
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.screens.own_points import MINUTES, TITLES
from handlers.core.speech import Speech, later

NAMES = {
    Opening.ROUND: later("A round of how everybody is"),
    Opening.FOLLOW_UP: later("What became of what was decided"),
    Opening.REPORTS: later("Reports of the groups"),
    Opening.RULES: later("How we talk with each other"),
    Opening.BREAK: later("A break"),
}
_ABOUT = {
    Opening.ROUND: later(
        "The first point. Whoever wants says how they are; nothing of it is ever noted."
    ),
    Opening.FOLLOW_UP: later(
        "What the last assembly decided, and the tasks: done and open. It comes where there is "
        "something to tell."
    ),
    Opening.REPORTS: later("A point at which groups say what they did and what they need."),
    Opening.RULES: later("It stands in the post that opens the assembly."),
    Opening.BREAK: later(
        "When it is time, the point says so to whoever leads, without a sound. They call the "
        "break: the group reads nothing."
    ),
}
_RULES = (
    later("One speaks, the others listen."),
    later("Nobody has to speak."),
    later("What is personal stays in the room."),
    later("We may disagree about things; we respect each other."),
    later("Whoever needs a break takes one."),
)


def minutes_title(speak: Speech) -> str:
    """Of the point with which minutes are approved: what is wrong in them is noted there."""
    return speak(MINUTES).unescape()


def title(opening: Opening, words: str | None, speak: Speech) -> str:
    """What the point is called on the agenda: in the centre's words, or in Voci's."""
    return words or speak(TITLES[opening]).unescape()


def rules(words: str | None, speak: Speech) -> Markup:
    """How people talk with each other here, below a heading of its own."""
    own = Markup("{}").format(words) if words else lines(*(speak(each) for each in _RULES))
    return lines(speak("<b>How we talk with each other</b>"), own)


def settings(centre_id: int, chosen: Mapping[Opening, Chosen], speak: Speech) -> Screen:
    """What holds now, one line a thing, and a button to each."""
    holds = complete(chosen)
    text = paragraphs(
        speak("<b>How our assemblies begin</b>"),
        lines(
            *(
                speak("{name}: <b>{state}</b>", name=speak(NAMES[o]), state=_state(o, c, speak))
                for o, c in holds.items()
            )
        ),
        speak("A change holds for agendas that are not fixed yet."),
    )
    doors = [Button(speak(NAMES[each]).unescape(), ShowOpening(centre_id, each)) for each in holds]
    return Screen(text, column(*doors, Button(str(speak("Back")), ShowCentre(centre_id))))


def one(centre_id: int, opening: Opening, holds: Chosen, speak: Speech) -> Screen:
    """One of them: what it is, how it reads, and what can be changed."""
    name = speak("<b>{name}</b>", name=speak(NAMES[opening]))
    text = paragraphs(lines(name, speak(_ABOUT[opening])), _reads(opening, holds, speak))
    back = Button(str(speak("Back")), ShowOpenings(centre_id))
    if opening is Opening.BREAK:
        return Screen(text, (*_breaks(centre_id, holds, speak), (back,)))
    label = speak("Switch it off") if holds.active else speak("Switch it on")
    buttons = [Button(str(label), SwitchOpening(centre_id, opening, not holds.active))]
    buttons.append(Button(str(speak("Write other words")), WordOpening(centre_id, opening)))
    if holds.words:
        usual = Button(speak("Back to Voci’s words").unescape(), UsualWords(centre_id, opening))
        buttons.append(usual)
    return Screen(text, column(*buttons, back))


def ask(
    centre_id: int, opening: Opening, speak: Speech, error: WordingError | None = None
) -> Screen:
    """In which words? `error`: what was written does not fit."""
    _, most = RULES if opening is Opening.RULES else TITLE
    long = error is not None and error.kind == "long"
    text = lines(
        speak("<b>{name}</b>", name=speak(NAMES[opening])),
        speak("That does not fit.") if error is not None and not long else None,
        speak("That is too long.") if long else None,
        speak("Write it in your words, up to {n} characters.", n=most),
    )
    return Screen(text, column(Button(str(speak("Back")), ShowOpening(centre_id, opening))))


def _state(opening: Opening, holds: Chosen, speak: Speech) -> Markup:
    if opening is Opening.BREAK and holds.active and holds.minutes:
        return speak("after {n} minutes", n=holds.minutes)
    return speak("on") if holds.active else speak("off")


def _reads(opening: Opening, holds: Chosen, speak: Speech) -> Markup | None:
    if opening is Opening.BREAK:
        return None
    if opening is Opening.RULES:
        return rules(holds.words, speak)
    return speak("On the agenda: <i>{title}</i>", title=title(opening, holds.words, speak))


def _breaks(centre_id: int, holds: Chosen, speak: Speech) -> tuple[tuple[Button, ...], ...]:
    now = holds.minutes if holds.active else None
    buttons = []
    for each in BREAKS:
        label = str(speak("{n} minutes", n=each))
        buttons.append(Button(f"✓ {label}" if each == now else label, ChooseBreak(centre_id, each)))
    return column(*buttons, Button(str(speak("No break")), ChooseBreak(centre_id, 0)))
