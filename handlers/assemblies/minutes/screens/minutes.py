"""Minutes to be read: page by page, as a file, and what the group and their writer hear of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from markupsafe import Markup

from assembly.immutable import immutable
from assembly.minutes import Minutes
from handlers.assemblies.minutes.presses import (
    Correct,
    MendMinutes,
    MinutesFile,
    PrintMinutes,
    ShowNote,
    ShowPhoto,
    TakeNameOut,
)
from handlers.assemblies.screens.points import turns
from handlers.core.navigation import ListMinutes, ShowMinutes
from handlers.core.printouts.markdown import markdown
from handlers.core.printouts.printout import Block, Code, Drawn, Heading, Listing, Print, Words
from handlers.core.screen import Button, DeepLink, File, Photograph, Screen, column, lines
from handlers.core.screens.printed import TO_PRINT
from handlers.core.screens.room import length
from handlers.core.speech import Speech
from storage.minutes import Change, Kept
from storage.notes import Note

_ROOM = 3_400  # of a message's 4,096 units: a centre's name, a heading and a remark may come too


@immutable
class Read:
    """Minutes as somebody reads them.

    `printed`: all that they say, names filled in. `until`: while they are a draft, until when they
    can be corrected (UTC epoch seconds). `photos`: of the flip chart. `mends`: whether they may
    write at them.
    """

    kept: Kept
    printed: Print
    until: int | None
    photos: int
    mends: bool = False
    facilitates: bool = False
    changes: Sequence[Change] = ()

    @property
    def ids(self) -> tuple[int, int]:
        """What the buttons name."""
        return self.kept.centre_id, self.kept.assembly_id


def page(of: Read, number: int, speak: Speech) -> Screen:
    """A page of them; one that is not there is the last one."""
    told = pages(of, speak)
    number = number if 1 <= number <= len(told) else len(told)
    heading = Markup("<b>{}</b>").format(of.printed.printout.title)
    rows = [*turns(number, len(told), lambda to: ShowMinutes(*of.ids, to), speak)]
    rows += _ways(of, speak)
    text = lines(heading, _remark(of, speak), Markup(), told[number - 1])
    return Screen(text, tuple(rows))


def pages(of: Read, speak: Speech) -> list[Markup]:
    """All that stands on it, and below what was changed; one page at least.

    On each are as many lines as a message can hold. That they are a draft stands above already,
    with its end.
    """
    blocks = of.printed.printout.blocks[1 if of.kept.is_draft else 0 :]
    found: list[list[Markup]] = [[]]
    room = _ROOM
    for line in chain(_lines(blocks), _changes(of, speak)):
        units = length(line) + 1  # and the end of it
        if units > room and found[-1]:
            found.append([])
            room = _ROOM
        found[-1].append(line)
        room -= units
    return [Markup("\n").join(each).strip() for each in found]


def as_file(of: Read, speak: Speech) -> Screen:
    """In one file, to keep or to pass on."""
    return Screen(
        speak("All of it in one file."),
        column(Button(str(speak("Back")), ShowMinutes(*of.ids, 1))),
        file=File(f"{of.printed.name}.md", markdown(of.printed.printout)),
    )


def to_print(of: Read, speak: Speech) -> Screen:
    """All of it on paper."""
    return Screen(
        lines(
            speak("To hang on the wall, or for somebody without a phone."),
            speak("Names that stand on paper can’t be taken back: look whether they may."),
        ),
        column(Button(str(speak("Back")), ShowMinutes(*of.ids, 1))),
        file=of.printed,
    )


def frozen(of: Read, speak: Speech) -> Screen:
    """The text of which the fingerprint is, for whoever wants to compare."""
    return Screen(
        lines(
            speak("The fingerprint is the SHA-256 of this file. Names are marks in it."),
            Markup("<code>{}</code>").format(of.kept.hash or ""),
        ),
        column(Button(str(speak("Back")), ShowMinutes(*of.ids, 1))),
        file=File(f"{of.printed.name}.txt", of.kept.words),
    )


def photograph(of: Read, number: int, point: str | None, photo: Note, speak: Speech) -> Screen:
    """One of the flip chart, with the point at which it was taken.

    Facilitators take it out here, also from minutes that are out: for whoever is in it.
    """
    title = point if point is not None else speak("Besides the points")
    buttons = turns(number, of.photos, lambda to: ShowPhoto(*of.ids, to), speak)
    ways = [Button(str(speak("Back")), ShowMinutes(*of.ids, 1))]
    if of.facilitates:
        ways.insert(0, Button(str(speak("Take it out …")), ShowNote(*of.ids, photo.id)))
    file = Photograph(photo.file_id or "")
    return Screen(lines(title), (*buttons, *column(*ways)), file=file)


def drafted(of: Read, speak: Speech) -> Screen:
    """To whoever took the notes, once it is closed."""
    return Screen(
        lines(
            speak("<b>The minutes are drafted.</b>"),
            speak(
                "Look them over. What you write until {moment} is in them.",
                moment=speak.moment(of.until or 0),
            ),
        ),
        column(
            Button(str(speak("Read the minutes")), ShowMinutes(*of.ids, 1)),
            Button(str(speak("Write at its points")), MendMinutes(*of.ids, 1)),
        ),
    )


def published_post(told: Minutes, kept: Kept, speak: Speech, link: DeepLink) -> Screen:
    """To the group: they are out. In numbers only: names stand in the minutes."""
    points = sum(1 for each in told.points if each.title)
    tasks = sum(len(each.tasks) for each in told.points)
    settled = sum(1 for each in told.points if each.ending in ("decided", "agreed"))
    return Screen(
        lines(
            speak("<b>The minutes of {day} are here.</b>", day=speak.day(told.starts_at)),
            speak.many("One point.", "{n} points.", points) if points else None,
            speak.many(
                "On one of them we decided or agreed something.",
                "On {n} of them we decided or agreed something.",
                settled,
            )
            if settled
            else None,
            speak.many("One thing is to be done.", "{n} things are to be done.", tasks)
            if tasks
            else None,
        ),
        column(Button(str(speak("All of it")), url=way_in(kept.centre_id, kept.assembly_id, link))),
        public=True,
    )


def way_to(centre_id: int, assembly_id: int, link: DeepLink, speak: Speech) -> Button:
    """Under the group's summary: to the draft, and to what becomes of it."""
    return Button(str(speak("The minutes")), url=way_in(centre_id, assembly_id, link))


def way_in(centre_id: int, assembly_id: int, link: DeepLink) -> str:
    """The address that leads to them."""
    return link(f"minutes_{centre_id}_{assembly_id}")


def _lines(blocks: Sequence[Block]) -> Iterator[Markup]:
    for block in blocks:
        match block:
            case Heading(words):
                yield Markup("\n<b>{}</b>").format(words)
            case Words(words, apart):
                if apart:
                    yield Markup()
                yield words
            case Listing(items):
                yield from (Markup("• {}").format(each) for each in items)
            case Code() | Drawn():
                pass  # whoever reads them here takes part already


def _remark(of: Read, speak: Speech) -> Markup | None:
    if of.until is None:
        return None
    return speak(
        "<b>A draft: it can be corrected until {moment}.</b>", moment=speak.moment(of.until)
    )


def _changes(of: Read, speak: Speech) -> Iterator[Markup]:
    if of.changes:
        yield Markup()
    yield from (_change(each, speak) for each in of.changes)


def _change(change: Change, speak: Speech) -> Markup:
    day = speak.date(change.at)
    if change.by is None:
        return speak("On {day} the name of a non-member was taken out.", day=day)
    return speak("On {day} {name} took the name of a non-member out.", day=day, name=change.by)


def _ways(of: Read, speak: Speech) -> list[tuple[Button, ...]]:
    rows: list[tuple[Button, ...]] = []
    if of.kept.is_draft:
        rows.append((Button(str(speak("Something is not right")), Correct(*of.ids)),))
    if of.mends and of.kept.is_draft:
        rows.append((Button(str(speak("Write at its points")), MendMinutes(*of.ids, 1)),))
    rows.append((Button(str(speak(TO_PRINT)), PrintMinutes(*of.ids)),))
    files = [Button(str(speak("As a file")), MinutesFile(*of.ids, frozen=False))]
    if of.photos:
        label = speak("Photographs · {n}", n=of.photos)
        files.append(Button(str(label), ShowPhoto(*of.ids, 1)))
    rows.append(tuple(files))
    if of.facilitates and not of.kept.is_draft:
        out = Button(str(speak("Take a name out")), TakeNameOut(*of.ids, sure=False))
        rows.append((out,))
    if not of.kept.is_draft:
        check = Button(str(speak("The text of the fingerprint")), MinutesFile(*of.ids, frozen=True))
        rows.append((check,))
    rows.append((Button(str(speak("All minutes")), ListMinutes(of.kept.centre_id, 1)),))
    return rows
