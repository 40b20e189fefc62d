"""A calendar file, with a word on what to do with it."""

from __future__ import annotations

from markupsafe import Markup

from handlers.core.navigation import ShowAssembly
from handlers.core.screen import Button, DeepLink, File, Screen, column, lines
from handlers.core.speech import Speech
from storage.assemblies import Assembly
from storage.centres import Centre

PREFIX = "calendar"  # of the link: the ids of a centre and of an assembly follow


def title(centre: Centre, speak: Speech) -> str:
    """What stands above the entry in a calendar."""
    return speak("Assembly: {centre}", centre=centre.name).unescape()


def way(assembly: Assembly, speak: Speech, link: DeepLink) -> Button:
    """The link under a post that leads to the file in one's own chat."""
    label = speak("Into my calendar")
    if assembly.status == "cancelled":
        label = speak("Out of my calendar")
    return Button(str(label), url=link(f"{PREFIX}_{assembly.centre_id}_{assembly.id}"))


def given(assembly: Assembly, text: str, speak: Speech, *, regular: bool) -> Screen:
    """The file. `regular`: it has the whole series."""
    what: Markup | None = None
    if assembly.status == "cancelled":
        told = speak("Open the file: your calendar removes the assembly.")
    else:
        told = speak("Open the file: your calendar adds the assembly.")
        what = speak("All the next ones are in it too.") if regular else None
    name = f"voci-{speak.local(assembly.starts_at):%Y-%m-%d}.ics"
    back = Button(str(speak("Back")), ShowAssembly(assembly.centre_id))
    return Screen(
        lines(speak("<b>{moment}</b>", moment=speak.moment(assembly.starts_at)), told, what),
        column(back),
        file=File(name, text),
    )
