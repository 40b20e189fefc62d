"""Screens: what a person sees, as plain data; the pure functions in `screens/` make them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from markupsafe import Markup

from assembly.immutable import immutable
from handlers.core.mentions import unlinked
from handlers.core.names import unmarked
from handlers.core.pictures import Picture, picture_of
from handlers.core.press import Press
from handlers.core.printouts.printout import Print

ROOM = {2: 18, 3: 12, 4: 8}  # characters of a label that a phone shows in a row of so many

DeepLink = Callable[[str], str]  # from a payload to the address that opens the bot with it


@immutable
class Button:
    """A button: it presses something, or opens a web address."""

    label: str
    press: Press | None = None
    url: str | None = None


@immutable
class File:
    """A document to download."""

    name: str
    text: str

    def data(self) -> bytes:
        """What is sent."""
        return self.text.encode()


@immutable
class Archive:
    """Some documents to download in one, made at a moment: shown to who asks, never posted."""

    name: str
    files: tuple[File, ...]
    at: datetime

    def data(self) -> bytes:
        """What is sent: a ZIP, the same for the same documents."""
        packed = io.BytesIO()
        with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
            for each in self.files:
                entry = ZipInfo(each.name, self.at.timetuple()[:6])
                archive.writestr(entry, each.data(), ZIP_DEFLATED)
        return packed.getvalue()


@immutable
class Photograph:
    """A photograph that Telegram has, by its id there: shown to who asks, never posted."""

    file_id: str


@immutable
class Screen:
    """Text, rows of buttons, perhaps a picture or a file. `public` screens may stand in a group."""

    text: Markup
    buttons: tuple[tuple[Button, ...], ...] = ()
    picture: Picture | None = None
    file: File | Archive | Print | Photograph | None = None
    public: bool = False

    def with_row(self, *row: Button) -> Screen:
        """The same screen with one more row of buttons."""
        return replace(self, buttons=(*self.buttons, row))

    def on_top(self, line: Markup) -> Screen:
        """The same screen with a line above it."""
        return replace(self, text=line + "\n\n" + self.text)


def lines(*parts: str | Markup | None) -> Markup:
    """Parts one under the other, escaped unless they are Markup; None is left out."""
    return Markup("\n").join(part for part in parts if part is not None)


def paragraphs(*parts: str | Markup | None) -> Markup:
    """Parts with an empty line between them."""
    return Markup("\n\n").join(part for part in parts if part is not None)


def column(*buttons: Button) -> tuple[tuple[Button, ...], ...]:
    """One button a row, as a thumb likes it."""
    return tuple((button,) for button in buttons)


def keyboard(screen: Screen) -> list[list[dict[str, str]]]:
    """The inline keyboard in the Bot API's form."""
    return [[_button(button) for button in row] for row in _rows(screen)]


def _rows(screen: Screen) -> Iterator[tuple[Button, ...]]:
    """A row of which a phone would cut a label becomes several, whatever language it is in."""
    for row in screen.buttons:
        room = ROOM.get(len(row))
        if room is not None and any(len(button.label) > room for button in row):
            yield from column(*row)
        else:
            yield row


def dump(screen: Screen, *, edit: bool = False) -> str:
    """The screen as JSON, for the outbox; `edit` where it takes the place of a message."""
    if isinstance(screen.file, Archive | Print | Photograph):
        raise ValueError("it is made for who asks for it, and stored nowhere")
    picture = None
    if screen.picture is not None:
        picture = {"kind": type(screen.picture).__name__, **asdict(screen.picture)}
    return json.dumps(
        {
            "text": str(screen.text),
            "keyboard": keyboard(screen),
            "picture": picture,
            "file": asdict(screen.file) if screen.file else None,
            "edit": edit,
        },
        ensure_ascii=False,
    )


@immutable
class Posted:
    """A screen as it is sent: text, keyboard, picture, file; `edit`: in place of a message."""

    text: str
    keyboard: list[list[dict[str, str]]]
    picture: Picture | None
    file: File | Archive | Print | Photograph | None
    edit: bool = False


def load(payload: str) -> Posted:
    """Read what `dump` wrote."""
    data = json.loads(payload)
    return Posted(
        text=unlinked(unmarked(data["text"])),
        keyboard=data["keyboard"],
        picture=picture_of(data["picture"]) if data["picture"] else None,
        file=File(**data["file"]) if data["file"] else None,
        edit=data["edit"],
    )


def dump_bare(message_id: int) -> str:
    """A message's loss of its buttons as JSON, for the outbox; its words stay as they are."""
    nothing = dump(Screen(Markup()), edit=True)
    return json.dumps({**json.loads(nothing), "bare": message_id})


def load_bare(payload: str) -> int | None:
    """Read what `dump_bare` wrote: the message's id; None where it is a screen."""
    found: int | None = json.loads(payload).get("bare")
    return found


def as_new(payload: str) -> str:
    """What was written to take a message's place, as a new message."""
    return json.dumps({**json.loads(payload), "edit": False}, ensure_ascii=False)


def posted(screen: Screen) -> Posted:
    """The screen in the form in which it is sent."""
    return Posted(unlinked(unmarked(screen.text)), keyboard(screen), screen.picture, screen.file)


def _button(button: Button) -> dict[str, str]:
    if button.press is not None:
        return {"text": button.label, "callback_data": button.press.encode()}
    if button.url is None:
        raise ValueError("a button presses something or opens an address")
    return {"text": button.label, "url": button.url}
