"""The context: what an update says about who acts and where, and where a screen goes."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any, cast

import pytest
from kit.phrases import PRIVATE_ONLY
from markupsafe import Markup

from assembly.roles import Role
from handlers.core import guards
from handlers.core.context import Context, Unguarded
from handlers.core.screen import Screen
from handlers.core.screens import home
from handlers.core.speech import Speech
from handlers.core.unit_of_work import Show, Toast
from storage.centres import Centre
from storage.members import Member, Presser

from .conftest import ANNA, APPLICATION, GROUP, IN_GROUP, NOW, Scene, person, pressed, written

WORDS = Screen(Markup("Words."))
PUBLIC = replace(WORDS, public=True)
CHANNEL = {"id": -1009, "type": "channel", "title": "News"}


def test_a_message(scene: Scene) -> None:
    context = scene.context(written("/start  inv_abc "))
    assert (context.text, context.argument) == ("/start  inv_abc ", "inv_abc")
    assert (context.now, context.tx, context.services) == (
        NOW,
        scene.unit.tx,
        scene.unit.services,
    )
    assert context.application is APPLICATION
    assert context.who().id == ANNA and context.speak.language == "de"
    assert context.message is not None and context.message.message_id == 5


def test_a_press_has_no_text_and_the_message_of_its_button(scene: Scene) -> None:
    context = scene.context(pressed())
    assert (context.text, context.argument) == ("", "")
    assert context.message is not None and context.message.message_id == 9


def test_a_sticker_has_no_text(scene: Scene) -> None:
    assert scene.context(written(None)).text == ""


@pytest.mark.parametrize(
    ("kind", "private", "group"),
    [
        ("private", True, False),
        ("group", False, True),
        ("supergroup", False, True),
        ("channel", False, False),
    ],
)
def test_where_it_is(scene: Scene, kind: str, private: bool, group: bool) -> None:
    context = scene.context(written(chat={"id": ANNA, "type": kind}))
    assert (context.in_private, context.in_group) == (private, group)


def test_where_it_is_nowhere(scene: Scene) -> None:
    context = scene.context({})
    assert (context.in_private, context.in_group, context.person) == (False, False, None)
    assert context.speak.language == "en"
    context.show(WORDS)
    assert scene.unit.shows == []


@pytest.mark.parametrize(
    "update",
    [
        written(by=person(is_bot=True)),
        written(chat=IN_GROUP, sender_chat=IN_GROUP),
        written(chat=IN_GROUP, sender_chat=CHANNEL),
    ],
    ids=["bot", "anonymous admin", "channel"],
)
def test_a_bot_or_a_chat_is_nobody(scene: Scene, update: Any) -> None:
    context = scene.context(update)
    assert context.person is None
    with pytest.raises(PermissionError):
        context.who()


def test_a_private_chat_without_a_person_is_shown_nothing(scene: Scene) -> None:
    scene.context(written(by=person(is_bot=True))).show(WORDS)
    assert scene.unit.shows == []


@pytest.mark.parametrize("alert", [False, True])
def test_a_toast(scene: Scene, alert: bool) -> None:
    context = scene.context(pressed())
    context.toast("Thanks.", alert=alert)
    assert scene.unit.toast == Toast("Thanks.", alert)
    context.toast("Again.")
    assert scene.unit.toast == Toast("Again.", False)


def test_a_screen_answers_a_message_anew_and_a_press_in_its_place(scene: Scene) -> None:
    scene.context(written()).show(WORDS, ref="words")
    scene.context(pressed()).show(WORDS, ref="words")
    scene.context(pressed()).show(WORDS, anew=True)
    assert scene.unit.shows == [
        Show(ANNA, WORDS, ref="words"),
        Show(ANNA, WORDS, 9, False, "words"),
        Show(ANNA, WORDS),
    ]


IN_TOPIC: dict[str, Any] = {"message_thread_id": 12, "is_topic_message": True}


def test_what_is_asked_in_a_topic_is_answered_there(scene: Scene) -> None:
    scene.context(written(chat=IN_GROUP, **IN_TOPIC)).show(PUBLIC)
    scene.context(pressed(IN_GROUP, **IN_TOPIC)).show(PUBLIC, anew=True)
    assert scene.unit.shows == [Show(GROUP, PUBLIC, topic=12)] * 2
    scene.unit.shows.clear()
    # A thread of answers to a message is no topic, and a private chat has none.
    scene.context(written(chat=IN_GROUP, message_thread_id=12)).show(PUBLIC)
    scene.context(written(**IN_TOPIC)).show(WORDS)
    assert scene.unit.shows == [Show(GROUP, PUBLIC), Show(ANNA, WORDS)]


PHOTO = {"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}
DOCUMENT = {"file_id": "1", "file_unique_id": "1"}


@pytest.mark.parametrize("media", [{"photo": [PHOTO]}, {"document": DOCUMENT}])
def test_over_a_picture_or_a_file_it_is_said_so(scene: Scene, media: Any) -> None:
    scene.context(pressed(**media)).show(WORDS)
    assert scene.unit.shows == [Show(ANNA, WORDS, 9, over_media=True)]


def test_over_a_message_that_is_too_old_nothing_is_known(scene: Scene) -> None:
    """Telegram tells only its number: text or picture, it is edited as text."""
    scene.context(pressed(date=0)).show(WORDS)
    assert scene.unit.shows == [Show(ANNA, WORDS, 9, over_media=False)]


def test_only_public_screens_stand_in_a_group(scene: Scene) -> None:
    scene.context(written(chat=IN_GROUP)).show(PUBLIC)
    scene.context(pressed(chat=IN_GROUP)).show(PUBLIC)
    assert scene.unit.shows == [Show(GROUP, PUBLIC), Show(GROUP, PUBLIC, 9)]
    with pytest.raises(ValueError, match="public"):
        scene.context(written(chat=IN_GROUP)).show(WORDS)
    context = scene.context(pressed(chat=IN_GROUP))
    context.show(WORDS)
    assert scene.unit.toast == Toast(context.speak(PRIVATE_ONLY), True)
    assert len(scene.unit.shows) == 2


async def test_the_centre_is_on_top_for_a_member_of_several(scene: Scene) -> None:
    await scene.another_centre()
    context = scene.context(pressed(chat=IN_GROUP))
    await guards.enter(context)
    context.show(PUBLIC)
    context.show_privately(WORDS, ref="r")
    headed = home.standing(context.speak, WORDS, scene.centre)
    assert scene.unit.shows == [Show(GROUP, PUBLIC, 9), Show(ANNA, headed, ref="r")]
    private = scene.context(written())
    await guards.enter(private)
    private.show(WORDS)
    assert scene.unit.shows[-1] == Show(ANNA, headed)


async def test_a_member_of_one_centre_knows_where_they_are(scene: Scene) -> None:
    context = scene.context(written())
    await guards.enter(context)
    context.show(WORDS)
    context.show_privately(WORDS)
    assert scene.unit.shows == [Show(ANNA, WORDS), Show(ANNA, WORDS)]


AURORA = Centre(7, -100, "Aurora", "it", "Europe/Rome", None, None, Fraction(1, 2), 0)
MEMBER = Member(3, 7, 11, Role.USER, "Anna", "active", 0)


def unguarded() -> Context:
    return Context(cast(Any, None))


@pytest.mark.parametrize("asked", ["member", "centre", "facilitates"])
def test_a_handler_without_a_guard_learns_what_it_lacks(asked: str) -> None:
    with pytest.raises(Unguarded, match="no guard"):
        getattr(unguarded(), asked)


@pytest.mark.parametrize("facilitates", [True, False])
def test_a_guard_gives_everything_in_one_step(facilitates: bool) -> None:
    context, speak = unguarded(), Speech("de", AURORA.zone)
    presser = Presser(MEMBER, AURORA, facilitates=facilitates, language="de", centres=1)
    context.act_as(presser, speak)
    assert (context.member, context.centre) == (MEMBER, AURORA)
    assert context.facilitates is facilitates
    assert context.speak is speak
