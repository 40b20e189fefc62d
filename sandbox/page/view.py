"""What one person sees, as JSON: their private chat, the group, who else there is, the time."""

from __future__ import annotations

import json
from itertools import islice
from typing import Any

from sandbox.bots import Bot
from sandbox.chats import Chat, Group, Message
from sandbox.page.theatre import Theatre
from sandbox.people import Person

Json = dict[str, Any]
TOPIC_EVENTS = {
    "forum_topic_created": "topicOpened",
    "forum_topic_closed": "topicClosed",
    "forum_topic_reopened": "topicReopened",
}
SHOWN = 80  # messages of a chat


async def view(theatre: Theatre, person: Person) -> Json:
    """Everything that the page shows to somebody."""
    group = theatre.current_group()
    return {
        "revision": theatre.world.revision,
        "now": theatre.world.now(),
        "zone": theatre.zone,
        "next_due": await theatre.pace.next_due(),
        "bot": {"name": theatre.bot.first_name, "username": theatre.bot.username},
        "people": [_entry(theatre, each) for each in theatre.people().values()],
        "person": person.id,
        "private": {
            **_private(theatre, person),
            "language": await theatre.language_in(person.id),
        },
        "group": None
        if group is None
        else {**_group(theatre, group, person), "language": await theatre.language_in(group.id)},
    }


def _entry(theatre: Theatre, person: Person) -> Json:
    chat = theatre.world.private_chats.get((theatre.bot.id, person.id))
    said = chat.from_bots() if chat is not None else []
    return {
        "id": person.id,
        "name": full_name(person),
        "language": person.language_code or "en",
        "part": theatre.parts[person.id],
        "last": said[-1].id if said else 0,
    }


def full_name(person: Person) -> str:
    """First name and last name."""
    return " ".join(part for part in (person.first_name, person.last_name) if part)


def _private(theatre: Theatre, person: Person) -> Json:
    chat = person.private(theatre.bot)
    return {
        "blocked": chat.blocked,
        "started": chat.started,
        "commands": commands(theatre.bot, "all_private_chats", person.language_code),
        "messages": _messages(chat, person),
    }


def _group(theatre: Theatre, group: Group, person: Person) -> Json:
    return {
        "title": group.title,
        "present": group.is_present(person),
        "people": sum(
            each.is_present and not isinstance(each.user, Bot) for each in group.members.values()
        ),
        "commands": commands(theatre.bot, "all_group_chats", person.language_code),
        "messages": _messages(group, person),
    }


def commands(bot: Bot, scope: str, language: str | None) -> list[dict[str, str]]:
    """The commands that an app offers: those of the narrowest scope, in the best language."""
    for kind in (scope, "default"):
        for code in (language or "", ""):
            found = bot.commands.get((json.dumps({"type": kind}), code))
            if found:
                return found
    return []


def _messages(chat: Chat, person: Person) -> list[Json]:
    newest = islice(reversed(chat.messages.values()), SHOWN)
    return [_message(message, person) for message in reversed(list(newest))]


def _message(message: Message, person: Person) -> Json:
    sender = message.sender
    return {
        "id": message.id,
        "mine": sender is person,
        "bot": isinstance(sender, Bot),
        "who": full_name(sender) if isinstance(sender, Person) else sender.first_name,
        "sender": sender.id,
        "date": message.date,
        "edits": message.edits,
        "text": message.words,
        "entities": message.entities,
        "rows": _rows(message),
        "file": _file(message),
        "poll": _poll(message, person),
        "event": _event(message),
        "topic": message.topic.name if message.topic is not None else None,
    }


def _rows(message: Message) -> list[list[Json]]:
    rows = (message.keyboard or {}).get("inline_keyboard", [])
    return [[{"label": each["text"], "url": each.get("url")} for each in row] for row in rows]


def _file(message: Message) -> Json | None:
    file = message.file
    if file is None:
        return None
    return {"kind": file.kind, "name": file.name, "id": file.id, "size": len(file.data)}


def _poll(message: Message, person: Person) -> Json | None:
    """A poll with its figures, which everybody sees, and what the person has chosen."""
    poll = message.poll
    if poll is None:
        return None
    poll.pass_time(person.world.now())
    shown = poll.as_json()
    return {
        "question": poll.question,
        "options": [[each["text"], each["voter_count"]] for each in shown["options"]],
        "mine": poll.answers.get(person.id, []),
        "anonymous": poll.is_anonymous,
        "several": poll.allows_multiple_answers,
        "closed": poll.is_closed,
    }


def _event(message: Message) -> Json | None:
    """What is no text, in a word that the page translates, and whom it is about."""
    content = message.content
    if "new_chat_members" in content:
        return {"kind": "joined", "who": content["new_chat_members"][0]["first_name"]}
    if "left_chat_member" in content:
        return {"kind": "left", "who": content["left_chat_member"]["first_name"]}
    if "pinned_message" in content:
        return {"kind": "pinned", "who": ""}
    if "migrate_from_chat_id" in content or "migrate_to_chat_id" in content:
        return {"kind": "upgraded", "who": ""}
    for kind, word in TOPIC_EVENTS.items():
        if kind in content:
            return {"kind": word, "who": message.topic.name if message.topic else ""}
    return {"kind": "sticker", "who": ""} if "sticker" in content else None
