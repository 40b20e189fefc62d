"""Screens as Bot API calls: none is edited into itself, and nothing else is left out."""

from __future__ import annotations

import math
import sys
from typing import Any

import pytest
from markupsafe import Markup
from telegram.error import BadRequest, TimedOut

from bot import drawing
from bot.bucket import Urgency
from bot.calls import Place
from bot.sending import Sending
from bot.shown import REMEMBERED, Shown
from handlers.core.pictures import Bars, Picture, QrCode
from handlers.core.printouts.printout import Print, Printout
from handlers.core.screen import Button, Posted, Screen, posted
from handlers.core.unit_of_work import Show

ANNA = 7


class Bot:
    """Takes calls, and fails as it is told."""

    def __init__(self) -> None:
        self.edits: list[str] = []
        self.documents: list[tuple[str, str]] = []
        self.topics: list[int | None] = []
        self.trouble: Exception | None = None
        self.last = 0

    async def send_message(self, *_: Any, **more: Any) -> Any:
        self.topics.append(more["message_thread_id"])
        self.last += 1
        return type("Message", (), {"message_id": self.last})

    async def send_document(self, _: int, document: Any, *, caption: str, **__: Any) -> Any:
        self.documents.append((document.filename, caption))
        return type("Message", (), {"message_id": 1})

    async def send_photo(self, *_: Any, **__: Any) -> Any:
        assert self.trouble is not None
        raise self.trouble

    async def edit_message_text(self, text: str, *_: Any, **__: Any) -> None:
        self.edits.append(text)
        if self.trouble is not None:
            raise self.trouble

    async def edit_message_reply_markup(self, *_: Any, **__: Any) -> None:
        return


def screen(text: str, *urls: str) -> Posted:
    buttons = tuple((Button("Open", url=url),) for url in urls)
    return posted(Screen(Markup(text), buttons))  # noqa: S704


@pytest.fixture
def bot() -> Bot:
    return Bot()


@pytest.fixture
def sending(bot: Bot) -> Sending:
    made: Any = bot
    return Sending(made, Shown())


async def edit(sending: Sending, content: Posted, message_id: int = 1) -> None:
    await sending.edit(ANNA, message_id, content, Urgency.SCREEN)


async def test_a_message_is_not_edited_into_itself(bot: Bot, sending: Sending) -> None:
    message_id = await sending.post(
        Place(ANNA), screen("One.", "https://a.example"), Urgency.SCREEN
    )
    for content in (
        screen("One.", "https://a.example"),
        screen("One.", "https://b.example"),
        screen("Two."),
        screen("Two."),
        screen("One."),
    ):
        await edit(sending, content, message_id)
    assert bot.edits == ["One.", "Two.", "One."]
    await edit(sending, screen("One."), message_id + 1)
    assert len(bot.edits) == 4, "another message"


@pytest.mark.parametrize("trouble", [TimedOut(), BadRequest("something else")])
async def test_what_may_not_have_been_shown_is_asked_again(
    bot: Bot, sending: Sending, trouble: Exception
) -> None:
    await edit(sending, screen("One."))
    bot.trouble = trouble
    for text in ("Two.", "One."):
        with pytest.raises(type(trouble)):
            await edit(sending, screen(text))
    assert bot.edits == ["One.", "Two.", "One."]


async def test_what_telegram_calls_unchanged_is_done(bot: Bot, sending: Sending) -> None:
    bot.trouble = BadRequest("Message is not modified: specified new message content")
    await edit(sending, screen("One."))
    await edit(sending, screen("One."))
    assert bot.edits == ["One."]


async def test_without_what_draws_a_picture_its_words_come_alone(
    bot: Bot, sending: Sending, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    content = posted(Screen(Markup("About 3 of 4."), picture=Bars("How we are", (), 4.0)))
    message_id = await sending.post(Place(ANNA), content, Urgency.OUTBOX)
    assert message_id == 1
    await edit(sending, content, message_id)
    assert bot.edits == [], "known as the words that stand there"


async def test_where_a_picture_cannot_be_drawn_its_words_come_alone(
    bot: Bot, sending: Sending, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_: Picture) -> bytes:
        raise OSError("no space left, and what Anna wrote")

    monkeypatch.setattr(drawing, "draw", fails)
    content = posted(Screen(Markup("About 3 of 4."), picture=Bars("How we are", (), 4.0)))
    assert await sending.post(Place(ANNA), content, Urgency.OUTBOX) == 1
    assert [each.getMessage() for each in caplog.records] == [
        "a picture could not be drawn, its words come alone: OSError"
    ]


@pytest.mark.parametrize(
    "answer", ["IMAGE_PROCESS_FAILED", "PHOTO_INVALID_DIMENSIONS", "Message caption is too long"]
)
async def test_where_telegram_cannot_use_a_picture_its_words_come_alone(
    bot: Bot, sending: Sending, answer: str
) -> None:
    bot.trouble = BadRequest(answer)
    content = posted(Screen(Markup("Join."), picture=QrCode("https://t.me/voci_bot")))
    assert await sending.post(Place(ANNA), content, Urgency.OUTBOX) == 1


@pytest.mark.parametrize(
    ("missing", "sent"),
    [
        ((), ("voci-agenda.pdf", "<b>Agenda</b>")),
        (("typst",), ("voci-agenda.md", "<b>Agenda</b>\nAs text: a PDF can’t be &lt;made&gt;.")),
    ],
)
async def test_whoever_prints_is_told_where_it_comes_as_text(
    bot: Bot,
    sending: Sending,
    monkeypatch: pytest.MonkeyPatch,
    missing: tuple[str, ...],
    sent: tuple[str, str],
) -> None:
    for library in missing:
        monkeypatch.setitem(sys.modules, library, None)
    said = "As text: a PDF can’t be <made>."
    document = Printout("Agenda", "Centro Aurora", "en", "Page {n} of {all}", (), said)
    asked = Screen(Markup("<b>Agenda</b>"), file=Print("voci-agenda", document))
    await sending.post(Place(ANNA), posted(asked), Urgency.SCREEN)
    assert bot.documents == [sent]


async def test_a_code_to_be_scanned_needs_nothing_but_the_core(
    bot: Bot, sending: Sending, monkeypatch: pytest.MonkeyPatch
) -> None:
    for library in ("matplotlib", "fontTools", "typst"):
        monkeypatch.setitem(sys.modules, library, None)
    bot.trouble = TimedOut()
    with pytest.raises(TimedOut):  # it was drawn, and sent as a picture
        await sending.post(
            Place(ANNA),
            posted(Screen(Markup("Join."), picture=QrCode("https://t.me/voci_bot"))),
            Urgency.OUTBOX,
        )


async def test_it_remembers_a_bounded_number(bot: Bot, sending: Sending) -> None:
    for number in range(REMEMBERED + 1):
        await edit(sending, screen("One."), number)
    await edit(sending, screen("One."), REMEMBERED)
    assert len(bot.edits) == REMEMBERED + 1
    await edit(sending, screen("One."), 0)
    assert len(bot.edits) == REMEMBERED + 2


@pytest.mark.parametrize("topic", [None, 12])
async def test_a_new_message_stands_where_it_was_asked_for(
    bot: Bot, sending: Sending, topic: int | None
) -> None:
    words = Screen(Markup("One."), public=True)
    await sending.show(Show(-ANNA, words, topic=topic), math.inf)
    await sending.show(Show(-ANNA, words, 5, over_media=True, topic=topic), math.inf)
    assert bot.topics == [topic, topic]


async def test_where_pictures_are_not_wanted_the_words_go_alone(sending: Sending, bot: Bot) -> None:
    content = posted(Screen(Markup("How we are"), picture=Bars("How we are", ())))
    bot.trouble = BadRequest("Not enough rights to send photos to the chat")
    assert await sending.post(Place(ANNA), content, Urgency.OUTBOX) == 1
    bot.trouble = BadRequest("TOPIC_CLOSED")
    with pytest.raises(BadRequest):
        await sending.post(Place(ANNA), content, Urgency.OUTBOX)
    assert bot.last == 1
