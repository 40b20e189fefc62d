"""Which updates a feature is given: its own presses as they were sent, new messages only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from telegram import Update

from assembly.immutable import immutable
from handlers.core import registration
from handlers.core.may import May
from handlers.core.press import Press
from handlers.core.registration import GROUP, PRIVATE, WRITTEN, command, presses
from storage import drafts
from storage.drafts import Draft

from .conftest import IN_GROUP, NOW, Scene, person, pressed, written


@immutable
class Chime(Press, tag="test-chime"):
    number: int


@immutable
class Ring(Press, tag="test-ring"):
    number: int


@immutable
class Knock(Press, tag="test-knock"):
    centre_id: int


@immutable
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
    assert presses(Ring, unheard, may=May.ANYBODY).check_update(press(data)) == found


def test_a_press_without_fields_is_found_by_its_tag_alone() -> None:
    assert presses(Bell, unheard, may=May.ANYBODY).check_update(press("test-bell")) == Bell()
    assert presses(Bell, unheard, may=May.ANYBODY).check_update(press("test-bell:1")) is None


@pytest.mark.parametrize("update", [{}, written()])
def test_what_is_no_press_is_none(update: Any) -> None:
    handler = presses(Ring, unheard, may=May.ANYBODY)
    assert handler.check_update(Update.de_json({"update_id": 1, **update}, None)) is None
    assert handler.check_update("an update of another kind") is None


async def test_the_feature_gets_what_was_decoded(scene: Scene) -> None:
    heard: list[Any] = []

    async def talk(ring: Chime, context: Any) -> None:
        heard.extend((ring, context))

    handler, context = presses(Chime, talk, may=May.ANYBODY), scene.context(pressed())
    await handler.handle_update(press("test-chime:5"), None, Chime(5), context)  # type: ignore[arg-type]
    assert heard == [Chime(5), context]


async def test_a_command_gets_the_context(scene: Scene) -> None:
    heard: list[Any] = []

    async def talk(context: Any) -> None:
        heard.append(context)

    handler = command("help", talk, PRIVATE, may=May.ANYBODY)
    context = scene.context(written("/help"))
    await handler.callback(context.incoming, context)
    assert heard == [context]
    assert handler.commands == {"help"} and handler.filters is PRIVATE
    assert command("help", talk, may=May.ANYBODY).filters is WRITTEN


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
    for name in (
        *("conversations", "resumes", "due_kinds", "second_looks", "links"),
        *("press_owners", "conversation_owners", "link_owners", "link_centres"),
    ):
        monkeypatch.setattr(registration, name, {})
    monkeypatch.setattr(registration, "joining_pieces", set())


@pytest.mark.usefixtures("registers")
def test_what_is_registered_is_found_under_its_kind() -> None:
    async def other(*_: Any) -> None: ...

    async def rung(*_: Any) -> bool:
        return True

    async def looked(*_: Any) -> None: ...

    registration.typed("letter", unheard, resume=other, may=May.ANYBODY)
    registration.typed("novel", other, resume=unheard, may=May.MEMBERS, joins_pieces=True)
    registration.falls_due("tea", rung)
    registration.looked_at_again("close", looked)
    registration.deep_link("join", unheard, may=May.WITH_LINK)
    assert set(registration.conversations) == set(registration.resumes) == {"letter", "novel"}
    assert registration.joining_pieces == {"novel"}
    assert registration.due_kinds == {"tea": rung}
    assert registration.second_looks == {"close": looked}
    assert registration.links.keys() == {"join"}
    assert registration.conversation_owners["novel"] == (other, May.MEMBERS)


@pytest.mark.usefixtures("registers")
@pytest.mark.parametrize(
    "register",
    [
        lambda **may: presses(Ring, unheard, **may),
        lambda **may: command("help", unheard, **may),
        lambda **may: registration.typed("letter", unheard, resume=unheard, **may),
        lambda **may: registration.deep_link("join", unheard, **may),
    ],
    ids=["press", "command", "conversation", "link"],
)
def test_what_does_not_say_who_may_is_refused(register: Callable[..., Any]) -> None:
    with pytest.raises(TypeError, match="may"):
        register()
    register(may=May.ANYBODY)


@pytest.mark.usefixtures("registers")
def test_a_press_for_members_says_of_which_centre() -> None:
    with pytest.raises(TypeError, match="Ring is for MEMBERS, and names no centre"):
        presses(Ring, unheard, may=May.MEMBERS)


@pytest.mark.usefixtures("registers")
def test_nothing_has_two_owners() -> None:
    async def other(*_: Any) -> None: ...

    for _ in range(2):  # a process may build its application again
        presses(Ring, unheard, may=May.ANYBODY)
        registration.typed("letter", unheard, resume=other, may=May.ANYBODY)
        registration.deep_link("join", unheard, may=May.WITH_LINK)
    with pytest.raises(ValueError, match="Ring"):
        presses(Ring, other, may=May.ANYBODY)
    with pytest.raises(ValueError, match="Ring"):
        presses(Ring, unheard, may=May.ANYBODY_IN_PRIVATE)
    with pytest.raises(ValueError, match="letter"):
        registration.typed("letter", other, resume=other, may=May.ANYBODY)
    with pytest.raises(ValueError, match="join"):
        registration.deep_link("join", other, may=May.WITH_LINK)


class Inside:
    """Remembers who was let in, and with what."""

    def __init__(self) -> None:
        self.heard: list[Any] = []

    async def __call__(self, *what: Any) -> None:
        self.heard.append(what[0])


STRANGER = person(99, "it")


@pytest.mark.usefixtures("registers")
async def test_only_who_may_is_heard(scene: Scene) -> None:
    inside = Inside()
    handler = presses(Knock, inside, may=May.MEMBERS)
    knock = Knock(scene.centre.id)
    for by, heard in ((STRANGER, []), (person(), [knock])):
        context = scene.context(pressed(by=by))
        await handler.handle_update(context.incoming, None, knock, context)  # type: ignore[arg-type]
        assert inside.heard == heard


@pytest.mark.usefixtures("registers")
async def test_who_is_led_on_passes_the_same_guard(scene: Scene) -> None:
    inside = Inside()
    presses(Knock, inside, may=May.FACILITATORS)
    await scene.context(pressed()).go(Knock(scene.centre.id))
    assert inside.heard == []
    await scene.facilitating()
    await scene.context(pressed()).go(Knock(scene.centre.id))
    assert inside.heard == [Knock(scene.centre.id)]


@pytest.mark.usefixtures("registers")
async def test_a_conversation_ends_with_what_somebody_types_who_may_not(scene: Scene) -> None:
    inside, asked = Inside(), Inside()
    registration.typed("letter", inside, resume=asked, may=May.FACILITATORS)
    draft = Draft(scene.anna.telegram_id, scene.centre.id, "letter", "", None, None, NOW)
    await drafts.save(scene.tx, draft)
    context = scene.context(written())
    await registration.resumes["letter"](draft, context)
    assert scene.unit.shows == []
    await registration.conversations["letter"](draft, context)
    assert (inside.heard, asked.heard) == ([], [])
    assert await drafts.find(scene.tx, draft.telegram_id) is None
    await scene.facilitating()
    await registration.resumes["letter"](draft, scene.context(written()))
    await registration.conversations["letter"](draft, scene.context(written()))
    assert inside.heard == asked.heard == [draft]


@pytest.mark.usefixtures("registers")
async def test_a_link_opens_for_members_of_the_centre_in_it(scene: Scene) -> None:
    inside = Inside()
    registration.deep_link("list", inside, may=May.MEMBERS)
    for rest in (f"{scene.centre.id + 1}", f"{scene.centre.id + 1}_5", "cut off", ""):
        await registration.links["list"](rest, scene.context(written()))
    assert inside.heard == [] and len(scene.unit.shows) == 4
    for rest in (f"{scene.centre.id}", f"{scene.centre.id}_5"):
        await registration.links["list"](rest, scene.context(written()))
    assert len(inside.heard) == 2
