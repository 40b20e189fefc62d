"""What came after the points were sent: one at a time, the assembly takes it or leaves it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assembly.session import Way
from handlers.assemblies.presses import CloseAssembly, DecideLate, ListPoints, Step
from handlers.core.navigation import ShowSession
from handlers.core.screen import Button, Screen, lines
from handlers.core.speech import Speech
from storage.assemblies import Assembly
from storage.late_points import Late


def came_later(assembly: Assembly, total: int, late: Sequence[Late], speak: Speech) -> Screen:
    """The next one follows when this one is decided about. After the last of `total` points all
    ways on stand below; before that only the one back to the point that the assembly is at.
    """
    first, more = late[0], len(late) - 1
    ids = assembly.centre_id, assembly.id

    def button(label: Markup, *, today: bool) -> Button:
        return Button(label.unescape(), DecideLate(*ids, first.proposal_id, today))

    text = lines(
        speak("Came later: <b>{title}</b>", title=first.title),
        speak("<i>{reason}</i>", reason=first.reason) if first.reason else None,
        speak("The points were fixed by then."),
        speak.many("One more came later.", "{n} more came later.", more) if more else None,
    )
    rows: list[tuple[Button, ...]] = [
        (button(speak("Take it today"), today=True),),
        (button(speak("Next time"), today=False),),
    ]
    if (assembly.position or 1) <= total:
        rows.append((Button(str(speak("Back")), ShowSession(*ids)),))
        return Screen(text, tuple(rows))
    if total:
        back = Step(*ids, total + 1, Way.BACK)
        rows.append((Button(str(speak("Back to the point before")), back),))
        rows.append((Button(str(speak("All points")), ListPoints(*ids, 0)),))
    close = CloseAssembly(*ids, sure=False)
    rows.append((Button(str(speak("Close the assembly")), close),))
    return Screen(text, tuple(rows))
