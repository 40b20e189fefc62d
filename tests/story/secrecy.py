"""What must not be heard: by the group, by other members, in the log, by Telegram."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable

from kit.phrases import ABSTAINED, SAID_NO, SAID_YES
from story.arrivals import CENTRE
from story.hands import Story

from handlers.assemblies.duty_presses import AnswerDuty, GiveDutyUp, TellMyName
from handlers.assemblies.presses import Attend, ChooseReminders, Here
from handlers.checkins.presses import Answer
from handlers.checkins.screens.questionnaire import WORDINGS, asked, scale
from handlers.core.press import decode
from handlers.core.screens.uncertain_posts import ItIsThere, PostAgain
from handlers.decisions.in_person.presses import CheckCount
from handlers.membership.presses import AnswerRequest

# Whose name may stand in whose private chat: who put something forward with their name (Anna,
# Iris, Fritz), who invited or asked to join (Chiara, Paola, Vito: to facilitators alone).
SIGNED = {"Anna", "Iris", "Fritz"}
TOLD_TO_FACILITATORS = {"Chiara", "Paola", "Vito"}
FACILITATORS = {"Chiara", "Bernd"}
MORE_NAMES = ("Stella", "Dado")
ENDS = (
    *(Attend, Here, ChooseReminders, AnswerRequest, CheckCount, ItIsThere, PostAgain, Answer),
    *(AnswerDuty, GiveDutyUp, TellMyName),
)
ROLE_WORDS = re.compile(r"\b(utent|familiar|professionist|operator|volontari)", re.IGNORECASE)


def group_hears_nothing(story: Story) -> None:
    """No names, no roles, no choices, no answers, no presence, in any version of any post."""
    heard = "\n".join(story.heard)
    assert CENTRE in heard, "it was listened to"
    assert not names_in(heard, [*story.people, *MORE_NAMES])
    assert not ROLE_WORDS.search(heard), ROLE_WORDS.search(heard)
    for said in (SAID_YES, SAID_NO, ABSTAINED):
        assert story.says(said) not in heard
    summary = story.says("Between 10 and 19 of us answered.")
    for post in story.heard:
        for question in WORDINGS:
            assert asked(story.speak, question) not in post
            words = [word for word in scale(story.speak, question) if f"“{word}”" in post]
            assert not words or summary in post, f"an answer in {post!r}"


def others_learn_nothing(story: Story) -> None:
    """In nobody's own chat stands anybody else's name, but where they wanted it."""
    for name, hand in story.people.items():
        allowed = {name} | SIGNED
        if name in FACILITATORS:
            allowed |= TOLD_TO_FACILITATORS
        chat = "\n".join("\n".join([each.words, *each.labels]) for each in hand.chat)
        found = names_in(chat, [each for each in story.people if each not in allowed])
        assert not found, f"{name} reads of {found}"


def what_is_over_has_no_buttons(story: Story) -> None:
    """Weeks after the assembly and the questions nothing of them can be pressed any more."""
    world = story.stage.world
    chats = [*world.groups.values(), *world.private_chats.values()]
    pressed = [
        (message.words, decode(button.data))
        for chat in chats
        for message in chat.from_bots()
        for button in message.buttons
        if button.data is not None
    ]
    assert [(words, each) for words, each in pressed if isinstance(each, ENDS)] == []


def names_in(text: str, names: Iterable[str]) -> list[str]:
    """Those of the names that stand in the text as words."""
    return [name for name in names if re.search(rf"\b{name}\b", text)]


def log_is_clean(story: Story, records: list[logging.LogRecord]) -> None:
    """No error, no traceback; neither names nor words of people, nor the token."""
    token, said = story.stage.bot.token, []
    for record in records:
        text = record.getMessage()
        if record.levelno >= logging.ERROR or record.exc_info:
            said.append(f"{text} {record.exc_info}")
        assert token not in text and not names_in(text, story.people), text
    assert said == []


def telegram_refused_nothing(story: Story) -> None:
    """Not one call that Telegram would refuse, and none over its limits.

    The poll that a dying process leaves behind is ended by the next one's: nobody hears of it.
    """
    refused = [(each.method, each.code) for each in story.stage.world.calls(ok=False)]
    ended = [each for each in refused if each == ("getUpdates", 409)]
    assert len(ended) <= story.restarted
    assert [each for each in refused if each not in ended] == []
