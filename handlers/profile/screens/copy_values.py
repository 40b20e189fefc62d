"""What stands behind a code in the copy that a person reads, in words."""

from __future__ import annotations

from handlers.core.speech import later

YES_OR_NO = frozenset(
    {
        "active",
        "checkin",
        "company_welcome",
        "for_facilitators",
        "in_no_summary",
        "revoked",
        "with_name",
        "writable",
    }
)
YES, NO = later("yes"), later("no")
SKIPPED = later("skipped")

ROLES = {
    "user": later("user of the service"),
    "family": later("family member"),
    "professional": later("professional"),
}

VALUES = {
    "role": ROLES,
    "wanted_role": ROLES,
    "status": {
        "active": later("you take part"),
        "left": later("you have left"),
        "open": later("open"),
        "withdrawn": later("taken back"),
        "settled": later("settled"),
        "hidden": later("hidden by the facilitators"),
        "merged": later("put together with another one"),
        "taken-down": later("taken down by two facilitators"),
        "shown": later("can be read"),
        "closed": later("over"),
        "taken": later("taken over"),
        "answered": later("answered"),
        "snoozed": later("put off"),
        "done": later("answered"),
        "skipped": later("left out"),
        "waiting": later("waits"),
        "holds": later("holds"),
        "sending": later("is being sent"),
        "sent": later("sent"),
        "uncertain": later("perhaps sent"),
        "failed": later("not taken by Telegram"),
        "dropped": later("given up"),
        "paused": later("waits until Telegram lets it through"),
    },
    "purpose": {"part": later("taking part"), "checkin": later("check-ins")},
    "duty": {"chair": later("chairing"), "recorder": later("taking notes")},
    "answer": {
        "asked": later("not answered yet"),
        "yes": later("yes"),
        "maybe": later("perhaps"),
        "no": later("no"),
        "here": later("you are there"),
        "accepted": later("welcomed"),
        "declined": later("declined for now"),
    },
    "action": {
        "put": later("put to everybody"),
        "extended": later("extended"),
        "closed": later("closed early"),
        "cancelled": later("cancelled"),
        "hall_entered": later("ballots from the room entered"),
        "hall_confirmed": later("ballots from the room confirmed"),
        "list_confirmed": later("a list of names confirmed"),
        "hall_restarted": later("ballots from the room counted again"),
        "comment_hidden": later("a comment hidden"),
        "comment_shown": later("a comment shown again"),
        "taken_down": later("taken down, with another facilitator"),
        "put_back": later("put back on the list"),
        "merged": later("put together with another one"),
    },
    "part": {
        "began": later("begun"),
        "asked": later("asked for"),
        "confirmed": later("confirmed"),
        "entered": later("entered"),
        "checked": later("checked"),
        "photograph": later("a photograph"),
        "proposed": later("proposed"),
        "answered": later("answered"),
    },
    "fact": {
        "responsible": later("Responsible"),
        "address": later("Address"),
        "contact": later("Contact"),
        "officer": later("Data protection officer"),
        "basis": later("Legal basis"),
        "host": later("Computer"),
        "age": later("Age"),
    },
    "now": {"to be agreed to anew": later("to be agreed to anew")},
    "reminders": {
        "in private too": later("in your own chat too"),
        "switched off": later("switched off"),
    },
    "questionnaire": {
        "weekly": later("the weekly ones"),
        "pulse": later("about the assemblies"),
    },
    "help_with_my_ballot": {
        "none": later("nobody helps you"),
        "link made": later("you made a link for a helper"),
        "accepted": later("somebody has said that they help you"),
        "entered": later("somebody has entered your ballot"),
    },
    "choice": {
        "yes": later("yes"),
        "no": later("no"),
        "abstain": later("abstained"),
    },
    "kind": {
        "propose": later("a proposal"),
        "comment": later("a comment under a proposal"),
        "agreement": later("what an assembly is agreed on"),
        "question": later("a question to everybody"),
        "convene": later("an assembly"),
        "cancel-decision": later("why a question is cancelled"),
        "my-name": later("your name"),
        "nickname": later("your name"),
        "asking_name": later("your name"),
        "contacts": later("whom to call"),
        "fact": later("who is responsible"),
        "guardian": later("the code of a guardian’s paper"),
        "centre-name": later("the centre’s name"),
    },
}
