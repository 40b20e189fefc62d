"""How a feature registers what it answers to: commands, presses, typed text, what falls due."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import fields
from typing import Any, TypeVar

from telegram import Update
from telegram.ext import (
    Application,
    BaseHandler,
    filters,
)

from handlers.core.answering import Command, PressHandler
from handlers.core.context import Context
from handlers.core.may import May, ask_anew, hindrance, names_centre
from handlers.core.press import Press
from handlers.core.redirect import answered_by
from handlers.core.screens.home import broken_link
from handlers.core.unit_of_work import Leave, Note, UnitOfWork, kept_places, left_places
from storage import drafts
from storage.drafts import Draft
from storage.outbox import Outgoing
from storage.schedules import Schedule

App = Application[Any, Context, Any, Any, Any, Any]
Handler = BaseHandler[Update, Context, None]
Talk = Callable[[Context], Awaitable[None]]
P = TypeVar("P", bound=Press)

MOST_DIGITS = 18  # of an id that every database takes
SAME_TEXT = 2  # seconds: Telegram's apps cut a long text into messages that arrive together

WRITTEN = filters.UpdateType.MESSAGE  # a new message: never an edited one, never a channel's post
PRIVATE = WRITTEN & filters.ChatType.PRIVATE
GROUP = WRITTEN & filters.ChatType.GROUPS


def command(name: str, talk: Talk, where: filters.BaseFilter = WRITTEN, *, may: May) -> Command:
    """Answer a command typed in a new message by somebody who may."""

    async def callback(_: Update, context: Context) -> None:
        refusal = await hindrance(may, context, None)
        await (talk if refusal is None else refusal)(context)

    return Command(name, callback, where, may)


def presses(
    kind: type[P], talk: Callable[[P, Context], Awaitable[None]], *, may: May
) -> PressHandler:
    """Answer one kind of button, pressed by somebody who may, and what leads on (`context.go`).

    Raises TypeError for a kind that says of no centre whose members may, and ValueError for one
    that another talk answers already.
    """
    named = {field.name for field in fields(kind)}
    of_centre, of_assembly = "centre_id" in named, "assembly_id" in named
    if names_centre(may) and not of_centre:
        raise TypeError(f"{kind.__name__} is for {may.name}, and names no centre")
    _own(press_owners, kind, talk, may)

    async def guarded(press: P, context: Context) -> None:
        centre_id: int | None = press.centre_id if of_centre else None  # type: ignore[attr-defined]
        assembly_id: int | None = press.assembly_id if of_assembly else None  # type: ignore[attr-defined]
        refusal = await hindrance(may, context, centre_id, assembly_id)
        if refusal is None:
            await talk(press, context)
        else:
            await refusal(context)

    answered_by(kind, guarded)
    return PressHandler(kind, guarded)


# Who answers what, for whom: one talk each, however often a process builds its application.
Owned = tuple[Callable[..., Awaitable[None]], May]
press_owners: dict[type[Press], Owned] = {}
conversation_owners: dict[str, Owned] = {}
photograph_owners: dict[str, Owned] = {}
link_owners: dict[str, Owned] = {}


def _own(
    owners: dict[Any, Owned], kind: object, talk: Callable[..., Awaitable[None]], may: May
) -> None:
    if owners.setdefault(kind, (talk, may)) != (talk, may):
        raise ValueError(f"{kind} is answered elsewhere already")


# What a person typed goes to the conversation they are in (a row of `drafts`), by its kind.
Typed = Callable[[Draft, Context], Awaitable[None]]
conversations: dict[str, Typed] = {}
resumes: dict[str, Typed] = {}
joining_pieces: set[str] = set()

# A photograph that arrives in a conversation which takes them.
photographs: dict[str, Typed] = {}

# What is half-written in one, for its writer's own copy: a dataclass or a dictionary.
Reader = Callable[[Context], Awaitable[Any]]
copies: dict[str, Reader] = {}

# How that begins, in words that its writer knows again; None where there is nothing to lose yet.
Unsent = Callable[[Context], Awaitable[str | None]]
unsent: dict[str, Unsent] = {}

# A deep link `?start=<prefix>_<rest>` goes to the feature that made it, with the rest.
Link = Callable[[str, Context], Awaitable[None]]
links: dict[str, Link] = {}

# Of which centre a link speaks; None for the one that the person's chat is about.
LinkCentre = Callable[[str, Context], Awaitable[int | None]]
link_centres: dict[str, LinkCentre] = {}

# What fell due goes to the feature that scheduled it, by the schedule's kind. The function
# decides whether it still helps after a downtime; it returns False for "skipped".
Due = Callable[[Schedule, UnitOfWork], Awaitable[bool]]
due_kinds: dict[str, Due] = {}


# Before a message with such a key leaves the outbox, its feature is asked what it says by now: its
# payload, or None where it is not wanted any more. Then its row looks as if it had been sent.
Look = Callable[[Outgoing, UnitOfWork], Awaitable[str | None]]
second_looks: dict[str, Look] = {}

# Where a message with such a key went is written down nowhere: the decisions that its payload is
# about, with the last of which it loses its buttons, as far as the process remembers (Unwritten).
About = Callable[[str], Iterable[int]]
unwritten_kinds: dict[str, About] = {}


def typed(
    kind: str,
    talk: Typed,
    *,
    resume: Typed,
    may: May,
    copied: Reader | None = None,
    loses: Unsent | None = None,
    joins_pieces: bool = False,
) -> None:
    """Send what people type in a conversation of this kind to `talk`, while they may.

    `resume` shows the question that is open, to somebody whose answer may have been lost. The
    conversation of somebody who may not any more ends with what they type. What `copied` reads
    goes into the writer's copy, and `loses` says how that begins, to whoever is about to let it
    go; a conversation that keeps no words has neither.

    Telegram's apps cut a text after 4,096 characters. A conversation that `joins_pieces` gets
    them all; the others get the first, which is too long for them, and are spared the rest.
    """
    _own(conversation_owners, kind, talk, may)
    guarded = _while_they_may(talk, may)

    async def resumed(draft: Draft, context: Context) -> None:
        if await hindrance(may, context, draft.centre_id) is None:
            await resume(draft, context)

    conversations[kind] = guarded
    resumes[kind] = resumed
    if copied is not None:
        copies[kind] = copied
    if loses is not None:
        unsent[kind] = loses
    if joins_pieces:
        joining_pieces.add(kind)


def photographed(kind: str, talk: Typed, *, may: May) -> None:
    """Send photographs that arrive in a conversation of this kind to `talk`, while they may."""
    _own(photograph_owners, kind, talk, may)
    photographs[kind] = _while_they_may(talk, may)


def _while_they_may(talk: Typed, may: May) -> Typed:
    async def guarded(draft: Draft, context: Context) -> None:
        refusal = await hindrance(may, context, draft.centre_id)
        if refusal is None:
            await talk(draft, context)
        elif refusal is ask_anew:
            await refusal(context)  # what is half-written waits
        else:
            await drafts.remove(context.tx, draft.telegram_id)
            await refusal(context)

    return guarded


def falls_due(kind: str, work: Due) -> None:
    """Call `work` when a schedule of this kind is due."""
    due_kinds[kind] = work


def looked_at_again(prefix: str, look: Look) -> None:
    """Ask `look` before a message is sent whose key begins with this, up to the first colon."""
    second_looks[prefix] = look


def unwritten(prefix: str, about: About) -> None:
    """Write nowhere where messages go whose key begins with this, up to the first colon."""
    unwritten_kinds[prefix] = about


def keeps_places(prefix: str, note: Note, leave: Leave) -> None:
    """Tell `note` the ref and id of messages whose ref begins with this, up to the first colon.

    And tell `leave` where a message in private has become a screen without a ref.
    """
    kept_places[prefix] = note
    if leave not in left_places:
        left_places.append(leave)


def deep_link(prefix: str, talk: Link, *, may: May, centre: LinkCentre | None = None) -> None:
    """Send whoever opens a link with this prefix, and may, to `talk`.

    The first id behind the prefix is its centre's, unless `centre` finds another way there.
    """
    _own(link_owners, prefix, talk, may)
    find = link_centres[prefix] = centre or _first_id

    async def guarded(rest: str, context: Context) -> None:
        about = await find(rest, context) if names_centre(may) else None
        if about is None and centre is None and names_centre(may):
            context.show(broken_link(context.speak))
            return
        refusal = await hindrance(may, context, about)
        if refusal is None:
            await talk(rest, context)
        else:
            await refusal(context)

    links[prefix] = guarded


async def _first_id(rest: str, _: Context) -> int | None:
    return linked_id(rest.partition("_")[0])


def linked_id(rest: str) -> int | None:
    """The id that stands behind a link's prefix, or None where it was cut off or made up."""
    return int(rest) if rest.isascii() and rest.isdecimal() and len(rest) <= MOST_DIGITS else None
