"""Who may read, take away and erase: everybody their own, also after they have left."""

from __future__ import annotations

from functools import wraps

from handlers.core.context import Context
from handlers.core.guards import P, PressTalk, enter
from handlers.core.speech import Speech
from handlers.profile.screens import me as screens
from storage import centres, members, people
from storage.members import Member, Presser


def pressed_by_oneself(talk: PressTalk[P]) -> PressTalk[P]:
    """The press answers whoever is, or was, a member of the centre it names, in private."""

    @wraps(talk)
    async def guarded(press: P, context: Context) -> None:
        centre_id: int = press.centre_id  # type: ignore[attr-defined]
        if not context.in_private or context.person is None:
            context.toast(context.speak("This is for your private chat with me."), alert=True)
        elif await enter(context, centre_id) or await _reenter(context, centre_id):
            await talk(press, context)
        else:
            context.show(screens.nothing_held(context.speak))

    return guarded


async def former(context: Context) -> bool:
    """Find the centre that somebody who is in none has left last; False for everybody else."""
    mine = await members.of_person(context.tx, context.who().id)
    left = [member for member in mine if member.status == "left"]
    return bool(left) and await _stand_in(context, left[-1])


async def _reenter(context: Context, centre_id: int) -> bool:
    member = await members.find(context.tx, centre_id, context.who().id)
    return member is not None and await _stand_in(context, member)


async def _stand_in(context: Context, member: Member) -> bool:
    """Let somebody act as a guard does, without any rights but these."""
    person = await people.find(context.tx, member.telegram_id)
    centre = await centres.get(context.tx, member.centre_id)
    language = person.language if person else context.speak.language
    # In 0 centres: no centre's name heads what they are shown.
    presser = Presser(member, centre, facilitates=False, language=language, centres=0)
    context.act_as(presser, Speech.of(centre, language))
    return True
