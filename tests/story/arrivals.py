"""Chapters 1 to 3: a centre is set up, people are invited, and come in."""

from __future__ import annotations

from kit.phrases import ANOTHER_NAME, ASK_TO_JOIN, GO_ON, UNDERSTOOD, USE_THE_SERVICE
from story.hands import Hand, Story

CENTRE = "Centro Aurora"
ROLES = {
    "user": "Users of the service",
    "family": "Family members",
    "professional": "Professionals",
}
# name, language, role, name that the assembly sees (None: "a member"), asked how they are
CAST = (
    ("Anna", "it", "user", "Anna", True),
    ("Bruno", "de", "user", "Bruno", True),
    ("Carla", "it", "user", "Stella", True),
    ("Dario", "en", "user", None, True),
    ("Elena", "it", "user", "Elena", True),
    ("Fritz", "de", "user", "Fritz", True),
    ("Gina", "it", "family", "Gina", True),
    ("Hans", "de", "family", "Hans", True),
    ("Iris", "en", "family", "Iris", True),
    ("Luca", "it", "family", "Luca", True),
    ("Marta", "it", "professional", "Marta", True),
    ("Nina", "de", "professional", "Nina", True),
    ("Otto", "en", "professional", "Otto", False),
)
MEMBERS = len(CAST) + 3  # with the two facilitators, and Paola who asks


async def set_up(story: Story) -> None:
    """The operator adds the bot, answers three questions, and passes a link on."""
    stage, operator = story.stage, story.stage.operator
    group = operator.create_group(CENTRE, kind="supergroup")
    story.found(group)
    operator.add(group, stage.bot)
    question = await stage.say(operator, "/setup", group)
    assert "Which language does the centre speak?" in question.words
    await stage.press(operator, question, "Italiano")
    assert "13:0" in question.words and question.labels[0] == "Sì, Roma"
    await stage.press(operator, question, "Sì, Roma")
    await stage.press(operator, question, CENTRE)
    assert question.words.startswith(f"{CENTRE}: tutto pronto.")


async def first_facilitator(story: Story) -> None:
    """The link makes the first who opens it a facilitator, once."""
    [button] = story.stage.last(story.group).buttons
    assert button.label == story.speak("Become the first facilitator")
    chiara, late = story.enter("Chiara", "it"), story.enter("Zoe", "en")
    await chiara.opens(button.url)
    chiara.reads("You are invited to facilitate.")
    await come_in(chiara, "Chiara", role=USE_THE_SERVICE, checkin=True)
    chiara.reads("You facilitate now: invite the others with /invite.")
    chiara.person.join(story.group)
    await late.opens(button.url)
    late.reads("That invitation has been used already. Ask for a new one:")


async def come_in(
    hand: Hand, name: str | None, *, role: str | None = None, checkin: bool = True
) -> None:
    """Three short screens, the consents, and the name that the assembly sees."""
    hand.reads("<b>Welcome to the assembly of {centre}.</b>", centre=CENTRE)
    await hand.presses_exactly(hand.says("I am {n} or older", n=14))
    hand.reads(
        "How you are: only you. The assembly reads averages with chance mixed in, and of too few "
        "people none: they tell little about you, not nothing."
    )
    await hand.presses(GO_ON)
    hand.reads(
        "No emergency service: nobody reads this right now. In an emergency call {number}.",
        number="112",
    )
    hand.reads("Not end-to-end encrypted: Telegram itself could read what passes through it.")
    await hand.presses(UNDERSTOOD)
    if role is not None:
        hand.reads("The three roles weigh the same. The group does not see your choice.")
        await hand.presses(role)
    await hand.presses("Yes" if checkin else "No, thank you")
    hand.reads("Which name may the assembly see?")
    if name is None:
        await hand.presses("Just “a member”")
    elif name == hand.person.first_name:
        await hand.presses_exactly(name)
    else:
        await hand.presses(ANOTHER_NAME)
        await hand.writes(name)
    hand.reads("You take part in the assembly of {centre} now.", centre=CENTRE)


async def invite(host: Hand, guest: str, people: int) -> str:
    """A link for so many; it comes as words and as a picture."""
    await host.writes("/invite")
    await host.presses(guest, str(people))
    shown = host.chat[0]
    assert shown.file is not None and shown.file.data.startswith(b"\x89PNG"), "a QR picture"
    host.reads("I keep no copy of the link: pass it on now.")
    return host.link()


async def second_facilitator(story: Story) -> None:
    """While there is only one facilitator, nobody has to confirm."""
    chiara, bernd = story["Chiara"], story.enter("Bernd", "de")
    link = await invite(chiara, "Somebody as facilitator", 1)
    bernd.person.join(story.group)
    await bernd.opens(link)
    await come_in(bernd, "Bernd", role="I work here")
    bernd.reads("You facilitate now: invite the others with /invite.")


async def everybody(story: Story) -> None:
    """One link a role, for many: each opens once a second facilitator agrees."""
    for role, guest in ROLES.items():
        link = await invite(story["Chiara"], guest, 20)
        early = next(each for each in CAST if each[2] == role)
        await _confirm(story, story.enter(early[0], early[1]), role, link)
        for name, language, part, shown, checkin in CAST:
            if part == role:
                hand = story.people.get(name) or story.enter(name, language)
                hand.person.join(story.group)
                await hand.opens(link)
                await come_in(hand, shown, checkin=checkin)
    chiara = story["Chiara"]
    await chiara.writes("/invite")
    await chiara.presses("Open invitations")
    assert chiara.says("for professionals") in chiara.chat[0].words
    assert "t.me" not in chiara.chat[0].words


FOR = {
    "user": "for users of the service",
    "family": "for family members",
    "professional": "for professionals",
}


async def _confirm(story: Story, early: Hand, role: str, link: str) -> None:
    chiara, bernd = story["Chiara"], story["Bernd"]
    chiara.reads("It opens as soon as a second facilitator has confirmed it.")
    await early.opens(link)
    early.reads(
        "This invitation is not confirmed yet: a second facilitator has to agree. "
        "Please open it again later."
    )
    who = bernd.speak(FOR[role])
    bernd.reads("{name} has made an invitation: {who}.", name="Chiara", who=who)
    await bernd.presses("Confirm")
    chiara.reads(
        "Invitation ({who}): it is confirmed, and its link opens now.",
        who=chiara.speak(FOR[role]),
    )


async def asking(story: Story) -> None:
    """Two have no invitation; they ask with the link under a post of the group."""
    await story["Anna"].writes_in_group("/agenda")
    listed = story.post(story.says("Nothing is on the list yet."))
    [link] = [each.url for each in listed.buttons if each.label == story.speak(ASK_TO_JOIN)]
    chiara, bernd = story["Chiara"], story["Bernd"]
    paola, vito = story.enter("Paola", "it"), story.enter("Vito", "it")
    for asker in (paola, vito):
        await asker.opens(link)
        await asker.presses(ASK_TO_JOIN, USE_THE_SERVICE, asker.person.first_name)
        asker.reads("Your request is with the facilitators of {centre}.", centre=CENTRE)
    ask = "{name} asks to take part, as a user of the service."
    await story.stage.move(10)
    bernd.reads(ask, name="Vito")
    bernd.reads(ask, name="Paola")
    await bernd.presses_exactly("Vito")
    await bernd.presses("Decline …", "Decline the request")
    bernd.reads("{name} has been told: not now.", name="Vito")
    vito.reads("This is about Voci only: your place at the centre is untouched.")
    await story.stage.move(10)
    chiara.reads(ask, name="Paola")
    await chiara.presses("Welcome them")
    paola.reads("The facilitators of {centre} welcome you.", centre=CENTRE)
    await story.stage.move(10)
    bernd.finds("{name} has been welcomed.", name="Paola")
    paola.person.join(story.group)
    await paola.presses(GO_ON)
    await come_in(paola, "Paola")


async def chapter(story: Story) -> None:
    """All of it, in order."""
    await set_up(story)
    await first_facilitator(story)
    await second_facilitator(story)
    await everybody(story)
    await asking(story)
    assert len(story.heard) < 12, "the group heard the setup and one list, and no joins"
