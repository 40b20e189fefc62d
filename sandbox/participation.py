"""What people do in groups and channels: coming, going, managing, speaking as somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox import membership
from sandbox.chats import Group, Message
from sandbox.text import message_text
from sandbox.topics import Topic
from sandbox.users import ANONYMOUS_ADMIN, CHANNEL_BOT, SERVICE_NOTIFICATIONS, User

if TYPE_CHECKING:
    from sandbox.world import World


class Participant(User):
    """A person as groups know them; `Person` adds everything else."""

    def __init__(
        self,
        world: World,
        account_id: int,
        first_name: str,
        last_name: str | None,
        username: str | None,
        language_code: str | None,
    ) -> None:
        super().__init__(account_id, first_name, last_name, username, language_code)
        self.world = world

    def create_group(self, title: str, *, kind: str = "group") -> Group:
        """A new group with oneself as its creator."""
        return self.world.group(title, self, kind=kind)

    def join(self, group: Group) -> None:
        membership.add(self.world, group, self, self)

    def leave(self, group: Group) -> None:
        membership.remove(self.world, group, self, self)

    def add(self, group: Group, user: User) -> None:
        """Bring a person or a bot into a group."""
        membership.add(self.world, group, self, user)

    def remove(self, group: Group, user: User) -> None:
        """Put a person or a bot out of a group."""
        membership.remove(self.world, group, self, user)

    def promote(self, group: Group, user: User) -> None:
        membership.set_status(self.world, group, self, user, "administrator")

    def demote(self, group: Group, user: User) -> None:
        membership.set_status(self.world, group, self, user, "member")

    def restrict(self, group: Group, user: User, *, may_write: bool = False) -> None:
        """Take somebody's right to write, or give it back."""
        membership.restrict(self.world, group, self, user, may_write=may_write)

    def let_write(self, group: Group, *, members: bool) -> None:
        """Let administrators alone write, or all; bots hear nothing of it."""
        group.members_may_write = members
        self.world.changed()

    def delete_group(self, group: Group) -> None:
        """Delete a group for everybody; bots hear nothing of it."""
        group.is_deleted = True
        self.world.changed()

    def open_topic(self, group: Group, name: str) -> Topic:
        """A new topic; the first makes a forum of the group, which then has a general one too."""
        group.topics.turn_on()
        topic = group.topics.open(group.next_message_id, name)
        began = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        self.world.post(group, self, topic=topic, content=began)
        return topic

    def close_topic(self, group: Group, topic: Topic) -> None:
        """Nobody but administrators writes there any more."""
        topic.is_closed = True
        self.world.post(group, self, topic=topic, content={"forum_topic_closed": {}})

    def reopen_topic(self, group: Group, topic: Topic) -> None:
        topic.is_closed = False
        self.world.post(group, self, topic=topic, content={"forum_topic_reopened": {}})

    def delete_topic(self, group: Group, topic: Topic) -> None:
        """Delete a topic with everything in it; bots hear nothing of it."""
        del group.topics.by_id[topic.id]
        for message in list(group.messages.values()):
            if message.topic is topic:
                group.remove(message)
        self.world.changed()

    def upgrade(self, group: Group) -> Group:
        """Turn a basic group into a supergroup; returns the new chat, with its new id."""
        return membership.upgrade(self.world, group, self)

    def say_anonymously(self, group: Group, text: str) -> Message:
        """Speak as the group, as an anonymous administrator does."""
        words, entities = message_text(text, None, None)
        return self.world.post(
            group, ANONYMOUS_ADMIN, sender_chat=group, text=words, entities=entities
        )

    def say_as_channel(self, group: Group, channel: Group, text: str) -> Message:
        """Speak in a group in the name of a channel."""
        words, entities = message_text(text, None, None)
        return self.world.post(
            group, CHANNEL_BOT, sender_chat=channel, text=words, entities=entities
        )

    def publish(self, channel: Group, text: str) -> Message:
        """Post in a channel; a group linked to it gets the automatic forward."""
        words, entities = message_text(text, None, None)
        post = self.world.post(channel, self, sender_chat=channel, text=words, entities=entities)
        for group in self.world.groups.values():
            if group.linked_channel is channel:
                self.world.post(
                    group,
                    SERVICE_NOTIFICATIONS,
                    sender_chat=channel,
                    text=words,
                    entities=entities,
                    content={"is_automatic_forward": True},
                )
        return post
