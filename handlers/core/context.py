"""The context that every handler gets: who acts, where, and the open unit of work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, cast

from telegram import Message, Update, User
from telegram.constants import ChatType
from telegram.ext import Application, CallbackContext, ExtBot

from handlers.core.press import Press
from handlers.core.redirect import follow
from handlers.core.screen import Screen
from handlers.core.screens.home import standing
from handlers.core.speech import Speech, known_language
from handlers.core.unit_of_work import CURRENT, Services, Show, Toast, UnitOfWork
from storage.centres import Centre
from storage.engine.transaction import Transaction
from storage.joinings import Joining
from storage.members import Member, Presser

if TYPE_CHECKING:
    _Base = CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]
else:
    _Base = CallbackContext


class Unguarded(RuntimeError):
    """A handler asked who acts in which centre, and no guard has looked: a mistake of ours."""


class Context(_Base):
    """What a handler gets: `tx`, `now` and `speak` always; who acts where, once a guard has looked.

    `person` is whoever pressed or wrote, None for a bot, an anonymous admin or a channel.
    `presser` is that person as a member of a centre; `member`, `centre` and `facilitates` are read
    from it, and raise Unguarded before a guard (handlers/core/may.py) has found one. So does
    `joining`, for whoever is on their way in.
    """

    unit: UnitOfWork
    incoming: Update
    speak: Speech
    person: User | None
    presser: Presser | None = None
    _joining: Joining | None = None

    @classmethod
    def from_update(
        cls, update: object, application: Application[Any, Any, Any, Any, Any, Any]
    ) -> Self:
        """The context of an update in the open unit of work; no guard has let anybody in yet."""
        context = super().from_update(update, application)
        context.unit = CURRENT.get()
        context.incoming = cast(Update, update)
        context.person = actor(context.incoming)
        user = context.incoming.effective_user
        context.speak = Speech(known_language(user.language_code if user else None))
        return context

    @property
    def tx(self) -> Transaction:
        """The transaction in which the whole update is dealt with."""
        return self.unit.tx

    @property
    def now(self) -> int:
        """UTC epoch seconds of this unit of work."""
        return self.unit.now

    @property
    def services(self) -> Services:
        """What there is besides the database: keys, noise, the bot's own name."""
        return self.unit.services

    def act_as(self, presser: Presser, speak: Speech) -> None:
        """From now on this member acts, and is spoken to like this."""
        self.presser, self.speak = presser, speak

    @property
    def member(self) -> Member:
        """Who acts; raises Unguarded before a guard has looked."""
        return self._acting().member

    @property
    def centre(self) -> Centre:
        """The centre they act in; raises Unguarded before a guard has looked."""
        return self._acting().centre

    @property
    def facilitates(self) -> bool:
        """Whether they hold the duty there now; raises Unguarded before a guard has looked."""
        return self._acting().facilitates

    def joins(self, joining: Joining, speak: Speech) -> None:
        """From now on this person is on the way in, and is spoken to like this."""
        self._joining, self.speak = joining, speak

    @property
    def joining(self) -> Joining:
        """How far they have come on the way in; raises Unguarded before a guard has looked."""
        if self._joining is None:
            raise Unguarded("no guard has found who comes in here: see handlers/core/may.py")
        return self._joining

    def _acting(self) -> Presser:
        if self.presser is None:
            raise Unguarded("no guard has found who acts here: see handlers/core/may.py")
        return self.presser

    @property
    def message(self) -> Message | None:
        """The message that was written, or that carries the pressed button."""
        return self.incoming.effective_message

    @property
    def text(self) -> str:
        """What was typed; empty for a press, a sticker and the like."""
        message = self.incoming.message
        return (message.text or "") if message else ""

    @property
    def replied(self) -> str:
        """What this person wrote above a message of ours that answers it, and now is pressed.

        Telegram hands it over with the press, so nothing of it has to be kept until then. Empty
        where it was deleted, or was no text; of a command it is what follows it.
        """
        query = self.incoming.callback_query
        message = query.message if query is not None else None
        above = message.reply_to_message if isinstance(message, Message) else None
        author = above.from_user if above is not None else None
        if above is None or author is None or self.person is None or author.id != self.person.id:
            return ""
        text = above.text or ""
        return text.partition(" ")[2].strip() if text.startswith("/") else text

    @property
    def argument(self) -> str:
        """What follows the command, for example a deep link's payload."""
        _, _, rest = self.text.partition(" ")
        return rest.strip()

    @property
    def in_private(self) -> bool:
        """Whether it came from somebody's own chat with the bot."""
        chat = self.incoming.effective_chat
        return chat is not None and chat.type == ChatType.PRIVATE

    @property
    def in_group(self) -> bool:
        """Whether it came from a group, a centre's or any other."""
        chat = self.incoming.effective_chat
        return chat is not None and chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)

    @property
    def topic(self) -> int | None:
        """The group's topic in which this was said; None in the general one, and elsewhere."""
        message = self.message
        if not self.in_group or message is None or not message.is_topic_message:
            return None
        return message.message_thread_id

    def who(self) -> User:
        """The person who acts; guards have made sure that there is one. Raises PermissionError."""
        if self.person is None:
            raise PermissionError("nobody acts here")
        return self.person

    def toast(self, text: str, *, alert: bool = False) -> None:
        """Answer the press; the words vanish by themselves unless it is an alert."""
        self.unit.toast = Toast(text, alert)

    def show(
        self,
        screen: Screen,
        *,
        ref: str | None = None,
        anew: bool = False,
        headed: bool = True,
        reply: bool = False,
        about: int | None = None,
    ) -> None:
        """Show a screen where the person is: in the pressed message's place, or `anew`.

        A new message is remembered as `ref`. In private it is `headed` with the centre it is about,
        for somebody who takes part in several. A `reply` stands under what was written. In
        private one `about` an open decision loses its buttons when that is over (unwritten.py).
        """
        chat = self.incoming.effective_chat
        if chat is None or (self.in_private and self.person is None):
            return  # a bot's private chat has nobody in it who reads
        query = self.incoming.callback_query
        if self.in_private:
            screen = self._headed(screen) if headed else screen
        elif not screen.public and query is not None:
            # A button made up by somebody: in a group there are none that lead to such a screen.
            self.toast(self.speak("This is for your private chat with me."), alert=True)
            return
        elif not screen.public:
            raise ValueError("only public screens may stand in a group")
        if query is None or query.message is None or anew:
            written = self.message.message_id if reply and self.message is not None else None
            self.unit.shows.append(
                Show(chat.id, screen, ref=ref, reply_to=written, topic=self.topic, about=about)
            )
            return
        pressed = query.message
        media = isinstance(pressed, Message) and bool(pressed.photo or pressed.document)
        self.unit.shows.append(
            Show(chat.id, screen, pressed.message_id, media, ref, topic=self.topic, about=about)
        )

    def show_privately(self, screen: Screen, *, ref: str | None = None) -> None:
        """Show a screen in the person's own chat, wherever they are now."""
        self.unit.shows.append(Show(self.who().id, self._headed(screen), ref=ref))

    async def go(self, press: Press) -> None:
        """Lead on to the screen behind this press; the feature that owns it answers."""
        await follow(press, self)

    def _headed(self, screen: Screen) -> Screen:
        """With the centre it is about on top, for somebody who takes part in several."""
        if self.presser is None or self.presser.centres < 2:
            return screen
        return standing(self.speak, screen, self.presser.centre)


def actor(update: Update) -> User | None:
    """The human being who acts: never a bot, an anonymous admin or a channel."""
    message = update.message
    if message is not None and message.sender_chat is not None:
        return None
    user = update.effective_user
    return user if user is not None and not user.is_bot else None
