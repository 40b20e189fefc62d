"""A bot account: its token, its inbox and what it set about itself."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from sandbox.clock import Clock
from sandbox.updates import UpdateQueue
from sandbox.users import User

if TYPE_CHECKING:
    from sandbox.webhook import Webhook


class Bot(User):
    def __init__(
        self, bot_id: int, first_name: str, username: str, clock: Clock, noise: random.Random
    ) -> None:
        super().__init__(bot_id, first_name, username=username, is_bot=True)
        self.token = self.new_token(noise)
        self.updates = UpdateQueue(clock, noise)
        # People whose account the bot has come across, in whatever chat.
        self.known: set[int] = set()
        self.privacy_mode = True
        self.webhook: Webhook | None = None
        # Root addresses that get its webhook's calls in turn, as behind a load balancer.
        self.servers: list[str] = []
        # Without lines a person's updates may be on their way at once, which is harder than life.
        self.keeps_lines = True
        # Commands by scope and language, texts by field and language, menu buttons by chat.
        self.commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.menu_buttons: dict[int, dict[str, Any]] = {}

    def new_token(self, noise: random.Random) -> str:
        """Another one each time."""
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
        return f"{self.id}:{''.join(noise.choices(letters, k=35))}"

    @property
    def link(self) -> str:
        return f"https://t.me/{self.username}"

    def profile_json(self) -> dict[str, Any]:
        """The answer of getMe."""
        return {
            **self.as_json(),
            "can_join_groups": True,
            "can_read_all_group_messages": not self.privacy_mode,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
            "has_topics_enabled": False,
            "allows_users_to_create_topics": False,
            "can_manage_bots": False,
        }

    def inject(self, kind: str, content: dict[str, Any]) -> int | None:
        """Put a hand-made update into the inbox, however hostile. Returns its id."""
        return self.updates.put(kind, content)
