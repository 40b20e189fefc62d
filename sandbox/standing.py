"""How somebody stands in a group: Telegram's status and the rights it carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.users import User

PRESENT = frozenset(("creator", "administrator", "member", "restricted"))


@dataclass(slots=True, eq=False)
class Membership:
    """One person's or bot's standing in one group."""

    user: User
    status: str
    is_anonymous: bool = False
    custom_title: str | None = None
    may_write: bool = True  # of somebody restricted

    @property
    def is_present(self) -> bool:
        return self.status in PRESENT

    @property
    def is_admin(self) -> bool:
        return self.status in ("creator", "administrator")

    def as_json(self) -> dict[str, Any]:
        fields: dict[str, Any] = {"user": self.user.as_json(), "status": self.status}
        if self.is_admin:
            fields["is_anonymous"] = self.is_anonymous
            if self.custom_title is not None:
                fields["custom_title"] = self.custom_title
        if self.status == "administrator":
            fields["can_be_edited"] = False
            fields |= dict.fromkeys(ADMIN_RIGHTS, True)
        if self.status == "restricted":
            fields |= dict.fromkeys(RESTRICTED_RIGHTS, False) | {"is_member": True}
            fields["can_send_messages"] = self.may_write
        if self.status in ("kicked", "restricted"):
            fields["until_date"] = 0
        return fields


ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
)

RESTRICTED_RIGHTS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_edit_tag",
    "can_react_to_messages",
)
