"""Which updates a feature is given: its own presses as they were sent, new messages only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from telegram import Update

from handlers.core import registration
from handlers.core.press import Press
from handlers.core.registration import GROUP, PRIVATE, WRITTEN, command, presses

from .conftest import IN_GROUP, NOW, Scene, pressed, written


@dataclass(frozen=True, slots=True)
class Chime(Press, tag="test-chime"):
    number: int


@dataclass(frozen=True, slots=True)
class Ring(Press, tag="test-ring"):
    number: int


@dataclass(frozen=True, slots=True)
class Bell(Press, tag="test-bell"):
    pass


def press(data: str) -> Update:
    update: dict[str, Any] = pressed()
    update["callback_query"]["data"] = data
    return Update.de_json({"update_id": 1, **update}, None)


async def unheard(*_: Any) -> None:
    raise AssertionError("nobody asked")


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("test-ring:5", Ring(5)),
        ("test-ring:x", None),
        ("test-ring", None),
        ("test-ringing:5", None),
        ("test-bell", None),
        ("", None),
    ],
)
def test_a_feature_is_given_its_own_presses(data: str, found: Press | None) -> None:
    assert presses(Ring, unheard).check_update(press(data)) == found


def test_a_press_without_fields_is_found_by_its_tag_alone() -> None:
    assert presses(Bell, unheard).check_update(press("test-bell")) == Bell()
    assert presses(Bell, unheard).check_update(press("test-bell:1")) is None


@pytest.mark.parametrize("update", [{}, written()])
def test_what_is_no_press_is_none(update: Any) -> None:
    handler = presses(Ring, unheard)
    assert handler.check_update(Update.de_json({"update_id": 1, **update}, None)) is None
    assert handler.check_update("an update of another kind") is None


async def test_the_feature_gets_what_was_decoded(scene: Scene) -> None:
    heard: list[Any] = []

    async def talk(ring: Chime, context: Any) -> None:
        heard.extend((ring, context))

    handler, context = presses(Chime, talk), scene.context(pressed())
    await handler.handle_update(press("test-chime:5"), None, Chime(5), context)  # type: ignore[arg-type]
    assert heard == [Chime(5), context]


async def test_a_command_gets_the_context(scene: Scene) -> None:
    heard: list[Any] = []

    async def talk(context: Any) -> None:
        heard.append(context)

    handler, context = command("help", talk, PRIVATE), scene.context(written("/help"))
    await handler.callback(context.incoming, context)
    assert heard == [context]
    assert handler.commands == {"help"} and handler.filters is PRIVATE
    assert command("help", talk).filters is WRITTEN


CHANNEL = {"id": -1009, "type": "channel", "title": "News"}


@pytest.mark.parametrize(
    ("update", "places"),
    [
        (written(), (True, True, False)),
        (written(chat=IN_GROUP), (True, False, True)),
        ({"edited_message": written()["message"] | {"edit_date": NOW}}, (False, False, False)),
        ({"channel_post": written(chat=CHANNEL)["message"]}, (False, False, False)),
    ],
    ids=["private", "group", "edited", "channel"],
)
def test_only_new_messages_are_heard(update: Any, places: tuple[bool, ...]) -> None:
    heard = Update.de_json({"update_id": 1, **update}, None)
    assert tuple(bool(where.check_update(heard)) for where in (WRITTEN, PRIVATE, GROUP)) == places


@pytest.fixture
def registers(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("conversations", "resumes", "due_kinds", "second_looks", "links"):
        monkeypatch.setattr(registration, name, {})
    monkeypatch.setattr(registration, "joining_pieces", set())


@pytest.mark.usefixtures("registers")
def test_what_is_registered_is_found_under_its_kind() -> None:
    async def other(*_: Any) -> None: ...

    registration.typed("letter", unheard, resume=other)
    registration.typed("novel", other, resume=unheard, joins_pieces=True)
    registration.falls_due("tea", unheard)  # type: ignore[arg-type]
    registration.looked_at_again("close", unheard)  # type: ignore[arg-type]
    registration.deep_link("join", unheard)
    assert registration.conversations == {"letter": unheard, "novel": other}
    assert registration.resumes == {"letter": other, "novel": unheard}
    assert registration.joining_pieces == {"novel"}
    assert registration.due_kinds == {"tea": unheard}
    assert registration.second_looks == {"close": unheard}
    assert registration.links == {"join": unheard}
