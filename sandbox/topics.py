"""The topics of a group that has them: opened, closed, deleted, and what then can't be written.

The general topic always is: messages there carry no thread, and it is named by none in a call.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sandbox.errors import bad_request

GENERAL = 1  # its id in Telegram, which sending refuses all the same


@dataclass(slots=True, eq=False)
class Topic:
    """One topic; its id is that of the service message with which it began."""

    id: int
    name: str
    is_closed: bool = False

    @property
    def thread(self) -> int | None:
        """What messages there carry as `message_thread_id`."""
        return None if self.id == GENERAL else self.id


@dataclass(slots=True)
class Topics:
    """Those of one group, by id. Without the general one the group has no topics at all."""

    by_id: dict[int, Topic] = field(default_factory=dict)

    @property
    def are_on(self) -> bool:
        """Whether the group is a forum."""
        return GENERAL in self.by_id

    @property
    def general(self) -> Topic | None:
        """The topic of messages that name none."""
        return self.by_id.get(GENERAL)

    def turn_on(self) -> Topic:
        """Make the group a forum; returns its general topic."""
        return self.by_id.setdefault(GENERAL, Topic(GENERAL, "General"))

    def open(self, thread: int, name: str) -> Topic:
        """A new topic, which begins with the message of this id."""
        self.turn_on()
        topic = self.by_id[thread] = Topic(thread, name)
        return topic

    def named(self, thread: int, *, manages: bool) -> Topic | None:
        """Where a message goes that names this thread (0 for none); None without topics.

        `manages`: the writer may write into closed ones. Raises ApiError 400.
        """
        topic = self.general if thread == 0 else self.by_id.get(thread)
        if thread == GENERAL or (thread and topic is None):
            raise bad_request("message thread not found")
        if topic is not None and topic.is_closed and not manages:
            raise bad_request("TOPIC_CLOSED")
        return topic
