"""What is typed while a series is chosen, an hour or a place: sealed with the facilitator's key."""

from __future__ import annotations

from dataclasses import replace

from assembly.series import shape, shaped
from handlers.assemblies.series.presses import Part, PickPart
from handlers.assemblies.series.screens.choosing import Chosen
from handlers.core.context import Context
from handlers.core.sealed_draft import Content, SealedDraft
from storage.drafts import Draft

KIND = "series"
_drafts = SealedDraft(KIND, b"draft:%d:series")


async def ask(chosen: Chosen, part: Part, context: Context) -> None:
    """What is typed next is this part of it; a place that was typed before stays."""
    found = await find(context)
    kept = {"place": found["place"]} if found and is_about(found, chosen.series_id) else {}
    await _keep(chosen, kept, part.value, context)


async def set_place(chosen: Chosen, place: str | None, context: Context) -> None:
    """Keep the place until it is announced; nothing is waited for any more."""
    await _keep(chosen, {"place": place}, "", context)


async def place(series_id: int, otherwise: str | None, context: Context) -> str | None:
    """The place that was typed for this series, or the other one."""
    found = await find(context)
    if found is None or not is_about(found, series_id):
        return otherwise
    typed: str | None = found["place"]
    return typed


async def forget(context: Context) -> None:
    """It is announced, or left."""
    await _drafts.forget(context)


async def find(context: Context) -> Content | None:
    """What of a series lies there, if that is the conversation the member is in."""
    found = await _drafts.find(context)
    return found[1] if found is not None else None


async def read(draft: Draft, context: Context) -> tuple[Chosen, Part] | None:
    """What is being chosen, and which part is waited for; None where nothing is."""
    content = await _drafts.read(draft, context)
    rhythm = shaped(content["shape"]) if content else None
    if content is None or rhythm is None or not draft.step:
        return None
    ids = context.centre.id, content["series_id"]
    return Chosen(*ids, rhythm, content["minutes"], content["length"]), Part(draft.step)


def is_about(content: Content, series_id: int) -> bool:
    """Whether a place lies there that was typed for this series."""
    return content["series_id"] == series_id and "place" in content


def chosen(press: PickPart, context: Context) -> Chosen | None:
    """What a button carries; None for what no button of ours carries."""
    return of(press.series_id, press.shape, press.minutes, press.length, context)


def of(
    series_id: int, form: str, minutes: int, length: int, context: Context, later: int = 0
) -> Chosen | None:
    """The same, from its parts."""
    rhythm = shaped(form)
    fits = 0 <= minutes < 24 * 60 and 1 <= length <= 24 * 60 and 0 <= later < 52
    if rhythm is None or not fits:
        return None
    made = Chosen(context.centre.id, series_id, rhythm, minutes, length)
    return replace(made, later=later)


async def _keep(chosen: Chosen, kept: Content, step: str, context: Context) -> None:
    content = {
        "series_id": chosen.series_id,
        "shape": shape(chosen.rhythm),
        "minutes": chosen.minutes,
        "length": chosen.length,
        **kept,
    }
    await _drafts.keep(content, context, step)
