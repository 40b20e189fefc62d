"""What the page lets people do. Each act checks its own request and raises Refused."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from sandbox.chats import Chat, Message
from sandbox.errors import ApiError
from sandbox.page.theatre import Theatre
from sandbox.people import Person

Json = dict[str, Any]
LANGUAGES = ("en", "it", "de")
LONGEST_NAME = 64
LONGEST_LEAP = 400 * 86_400  # seconds
ANSWER_WITHIN = 10.0  # seconds of real time that a press waits for its answer


class Refused(Exception):
    """What was asked for can't be done; the page has words for each reason."""


Act = Callable[[Theatre, Person, Json], Awaitable[Json]]


async def say(theatre: Theatre, person: Person, asked: Json) -> Json:
    """Type something, in private or in the group, perhaps as an answer to a message."""
    chat = _chat(theatre, person, asked)
    reply_to = _message(chat, asked["reply_to"]) if asked.get("reply_to") else None
    try:
        person.say(chat, _string(asked, "text"), reply_to=reply_to)
    except (ApiError, ValueError) as error:
        raise Refused("unsendable") from error
    return {}


async def sticker(theatre: Theatre, person: Person, asked: Json) -> Json:
    """Send something that is no text."""
    try:
        person.send_sticker(_chat(theatre, person, asked))
    except ValueError as error:
        raise Refused("unsendable") from error
    return {}


async def press(theatre: Theatre, person: Person, asked: Json) -> Json:
    """Press a button, named by its place and its label: what was seen is what is pressed."""
    message = _message(_chat(theatre, person, asked), asked.get("message"))
    rows = (message.keyboard or {}).get("inline_keyboard", [])
    try:
        button = rows[_number(asked, "row")][_number(asked, "column")]
    except IndexError as error:
        raise Refused("changed") from error
    if button["text"] != asked.get("label") or "callback_data" not in button:
        raise Refused("changed")
    pressed = person.forge_press(message, button["callback_data"])
    try:
        answer = await pressed.answered(ANSWER_WITHIN)
    except TimeoutError as error:
        raise Refused("unanswered") from error
    return {"toast": answer.text, "alert": answer.show_alert}


async def answer(theatre: Theatre, person: Person, asked: Json) -> Json:
    """Choose an option of a poll, or take it back."""
    message = _message(_chat(theatre, person, asked), asked.get("message"))
    option = _number(asked, "option")
    poll = message.poll
    if poll is None:
        raise Refused("unreadable")
    chosen = set(poll.answers.get(person.id, ()))
    others = chosen if poll.allows_multiple_answers else chosen & {option}
    try:
        person.answer_poll(message, sorted(others ^ {option}))
    except ValueError as error:
        raise Refused("changed") from error
    return {}


async def follow(theatre: Theatre, person: Person, asked: Json) -> Json:
    """Open a link to the bot, which starts it."""
    try:
        person.open(_string(asked, "link"))
    except (LookupError, ValueError) as error:
        raise Refused("elsewhere") from error
    return {}


async def start(theatre: Theatre, person: Person, asked: Json) -> Json:
    """Press the start button of the bot's chat; unblocks it."""
    person.start(theatre.bot)
    return {}


async def block(theatre: Theatre, person: Person, asked: Json) -> Json:
    """Stop the bot."""
    person.block(theatre.bot)
    return {}


async def newcomer(theatre: Theatre, person: Person, asked: Json) -> Json:
    """Bring somebody new into the world: in the group, but without an invitation."""
    name = " ".join(_string(asked, "name").split())
    language = asked.get("language")
    if not 0 < len(name) <= LONGEST_NAME or language not in LANGUAGES:
        raise Refused("name")
    new = theatre.world.person(name, language_code=language)
    theatre.enter(new, "newcomer")
    group = theatre.current_group()
    if group is not None:
        new.join(group)
    return {"person": new.id}


async def move(theatre: Theatre, person: Person, asked: Json) -> Json:
    """Let time pass: a number of seconds, or up to the next thing due."""
    if asked.get("to") == "next":
        await theatre.pace.go_to_next()
    else:
        seconds = _number(asked, "seconds")
        if seconds > LONGEST_LEAP:
            raise Refused("clock")
        await theatre.pace.move(seconds)
    theatre.world.changed()
    return {}


ACTS: dict[str, Act] = {
    "say": say,
    "sticker": sticker,
    "press": press,
    "answer": answer,
    "follow": follow,
    "start": start,
    "block": block,
    "newcomer": newcomer,
    "move": move,
}


async def act(theatre: Theatre, asked: object) -> Json:
    """Do what was asked for. Raises Refused."""
    if not isinstance(asked, dict):
        raise Refused("unreadable")
    person = theatre.people().get(_number(asked, "person"))
    done = ACTS.get(str(asked.get("act")))
    if person is None or done is None:
        raise Refused("unreadable")
    return await done(theatre, person, asked)


def _chat(theatre: Theatre, person: Person, asked: Json) -> Chat:
    if asked.get("chat") == "private":
        return person.private(theatre.bot)
    group = theatre.current_group()
    if asked.get("chat") != "group" or group is None or not group.is_present(person):
        raise Refused("unreadable")
    return group


def _message(chat: Chat, message_id: object) -> Message:
    found = chat.messages.get(message_id) if isinstance(message_id, int) else None
    if found is None:
        raise Refused("changed")
    return found


def _string(asked: Json, name: str) -> str:
    value = asked.get(name)
    if not isinstance(value, str):
        raise Refused("unreadable")
    return value


def _number(asked: Json, name: str) -> int:
    value = asked.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Refused("unreadable")
    return value
