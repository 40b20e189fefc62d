"""Coming, going, being promoted: changes of membership and what the bots are told of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.bots import Bot
from sandbox.chats import Chat, Group
from sandbox.standing import Membership
from sandbox.users import User

if TYPE_CHECKING:
    from sandbox.world import World


def change_json(
    chat: Chat, actor: User, old: Membership, new: Membership, date: int
) -> dict[str, Any]:
    """A ChatMemberUpdated from one status to another."""
    return {
        "chat": chat.as_json(),
        "from": actor.as_json(),
        "date": date,
        "old_chat_member": old.as_json(),
        "new_chat_member": new.as_json(),
    }


def set_status(
    world: World, group: Group, actor: User, user: User, status: str, *, may_write: bool = True
) -> None:
    """Give somebody a status in a group and tell the bots."""
    old, new = group.membership(user), Membership(user, status, may_write=may_write)
    if (old.status, old.may_write) == (status, may_write):
        return
    change = change_json(group, actor, old, new, world.now())
    listeners = dict(group.bots)
    group.set_membership(new)
    if isinstance(user, Bot):
        user.known.add(actor.id)
        user.updates.put("my_chat_member", change)
    for bot in listeners.values():
        if bot is not user and group.membership(bot).is_admin:
            bot.updates.put("chat_member", change)
    world.changed()


def restrict(world: World, group: Group, actor: User, user: User, *, may_write: bool) -> None:
    """Take somebody's right to write, or give it back, and tell the bots."""
    set_status(world, group, actor, user, "restricted", may_write=may_write)


def add(world: World, group: Group, actor: User, user: User) -> None:
    """Somebody joins (actor and user are the same) or is brought in."""
    set_status(world, group, actor, user, "member")
    if group.kind != "channel":
        world.post(
            group,
            actor,
            content={
                "new_chat_members": [user.as_json()],
                "new_chat_member": user.as_json(),
                "new_chat_participant": user.as_json(),
            },
        )


def remove(world: World, group: Group, actor: User, user: User) -> None:
    """Somebody leaves (actor and user are the same) or is put out."""
    if group.kind != "channel":
        left = {"left_chat_member": user.as_json(), "left_chat_participant": user.as_json()}
        world.post(group, actor, content=left)
    set_status(world, group, actor, user, "left" if actor is user else "kicked")


def upgrade(world: World, group: Group, actor: User) -> Group:
    """Make a supergroup of a basic group: a new chat with a new id and the same people."""
    if group.kind != "group" or group.migrated_to is not None:
        raise ValueError("only a basic group becomes a supergroup, and once")
    new = Group(world.new_group_id("supergroup"), "supergroup", group.title or "")
    for membership in group.members.values():
        new.set_membership(membership)
    world.groups[new.id] = new
    world.post(group, actor, content={"migrate_to_chat_id": new.id})
    group.migrated_to = new.id
    world.post(new, actor, content={"migrate_from_chat_id": group.id})
    return new
