"""Screens of the list: what the assembly talks about, and one proposal with its voices."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from markupsafe import Markup

from assembly.immutable import immutable
from assembly.roles import Role
from assembly.voices import from_all_groups, has_waited
from handlers.core.names import known_as
from handlers.core.navigation import ShowAgenda, ShowComments, StartProposal
from handlers.core.screen import Button, DeepLink, Screen, column, lines, paragraphs
from handlers.core.screens.home import to_home
from handlers.core.screens.own_points import as_read
from handlers.core.speech import Speech
from handlers.proposals.comment_presses import SeeDeeds
from handlers.proposals.merge_presses import FindAlike
from handlers.proposals.presses import (
    AgendaPage,
    AskBack,
    EditProposal,
    ReportProposal,
    SeeProposal,
    Support,
    WithdrawProposal,
)
from handlers.proposals.takedown_presses import AskTakeDown
from storage.proposals import Proposal

PAGE = 5  # proposals on one screen
YEAR = 365 * 24 * 3600


@immutable
class AgendaNow:
    """What stands on a centre's list now.

    `starts_at` is the assembly that it is for, None while none is convened. `fixed` is its agenda
    once that is frozen: of each point the id of its proposal, None where it is of none. With what
    the assembly `begins`: the titles of the first points, which are of none.
    """

    items: tuple[Proposal, ...]
    sizes: Mapping[Role, int]
    starts_at: int | None = None
    fixed: tuple[int | None, ...] | None = None
    begins: tuple[str, ...] = ()

    @property
    def ordered(self) -> tuple[Proposal, ...]:
        """What is fixed in its order, then the others in theirs."""
        fixed = self.fixed or ()
        place = {proposal_id: n for n, proposal_id in enumerate(fixed)}
        return tuple(sorted(self.items, key=lambda item: place.get(item.id, len(fixed))))

    @property
    def numbered(self) -> tuple[tuple[int, Proposal], ...]:
        """The same, those that are points with the number that they have on the agenda."""
        fixed = self.fixed or ()
        items, later = self.ordered, count(len(fixed) + 1)
        return tuple(
            (fixed.index(item.id) + 1 if item.id in fixed else next(later), item) for item in items
        )


def listing(found: AgendaNow, centre_id: int, page: int, speak: Speech, now: int) -> Screen:
    """A page of the list in private; a page that is not there becomes the last one."""
    items = found.ordered
    propose = Button(str(speak("Propose something")), StartProposal(centre_id))
    if not items:
        empty = paragraphs(_heading(found, speak), speak("Nothing is on the list yet."))
        return Screen(empty, ((propose,), (to_home(speak, centre_id),)))
    page = min(max(page, 0), (len(items) - 1) // PAGE)
    first, after = page * PAGE, page * PAGE + PAGE
    numbers = tuple(
        Button(str(number), SeeProposal(centre_id, item.id))
        for number, item in found.numbered[first:after]
    )
    turns = []
    if page:
        turns.append(Button(str(speak("Earlier ones")), AgendaPage(centre_id, page - 1)))
    if after < len(items):
        turns.append(Button(str(speak("More")), AgendaPage(centre_id, page + 1)))
    rows = (numbers, tuple(turns), (propose,), (to_home(speak, centre_id),))
    return Screen(
        paragraphs(_heading(found, speak), _points(found, first, speak, now)),
        tuple(row for row in rows if row),
    )


def public_listing(
    found: AgendaNow, centre_id: int, link: DeepLink, take_part: Button, speak: Speech, now: int
) -> Screen:
    """The top of the list in the group; everything personal opens in private."""
    items = found.ordered
    rest = len(items) - PAGE
    text = paragraphs(
        _heading(found, speak),
        _points(found, 0, speak, now) if items else speak("Nothing is on the list yet."),
        speak.many("And one more.", "And {n} more.", rest) if rest > 0 else None,
    )
    numbers = tuple(
        Button(str(number), url=link(f"p_{item.id}")) for number, item in found.numbered[:PAGE]
    )
    whole = Button(str(speak("Open in private")), url=link(f"agenda_{centre_id}"))
    rows = (numbers, (whole, take_part)) if items else ((whole, take_part),)
    return Screen(text, rows, public=True)


@immutable
class Under:
    """What stands under a proposal: how many `comments` can be read, and whether facilitators did
    something here that everybody can read (`deeds`)."""

    comments: int = 0
    deeds: bool = False


_NOTHING = Under()


def proposal(
    item: Proposal,
    viewer_id: int,
    small: bool,
    speak: Speech,
    *,
    under: Under = _NOTHING,
    facilitates: bool = False,
) -> Screen:
    """One proposal; `small`: the viewer's group is so small that the list's order may tell.

    `facilitates`: the viewer can ask it back to its author.
    """
    ids = (item.centre_id, item.id)
    back = Button(str(speak("Back to the list")), ShowAgenda(item.centre_id))
    doors = _doors(item, under, speak)
    if not item.is_open:
        return Screen(paragraphs(text(item), _over(item, speak)), (*doors, (back,)))
    voice = speak("Take my voice back") if item.supported else speak("This matters to me too")
    rows: list[tuple[Button, ...]] = []
    if item.author_id == viewer_id:
        change = Button(str(speak("Change it")), EditProposal(*ids))
        rows.append(
            (change, Button(str(speak("Take it back")), WithdrawProposal(*ids, sure=False)))
        )
    elif facilitates:
        rows.append((Button(str(speak("Ask to rethink it")), AskBack(*ids)),))
        rows.append((Button(str(speak("Take it down")), AskTakeDown(*ids)),))
    else:
        hurts = Button(str(speak("This is about me, or hurts")), ReportProposal(*ids, False))
        rows.append((hurts,))
    if facilitates:
        alike = Button(str(speak("Put it together with a similar one")), FindAlike(*ids))
        rows.append((alike,))
    warned = small and not item.supported
    return Screen(
        paragraphs(
            text(item),
            lines(author(item, speak), capital(voices(item.voices, speak)) + "."),
            small_group(speak) if warned else None,
        ),
        ((Button(str(voice), Support(*ids, on=not item.supported)),), *doors, *rows, (back,)),
    )


def _doors(item: Proposal, under: Under, speak: Speech) -> tuple[tuple[Button, ...], ...]:
    """To what stands under it, and to what facilitators did here."""
    found = []
    if under.comments or item.is_open:
        label = speak.many("1 comment", "{n} comments", under.comments)
        if not under.comments:
            label = speak("Questions and thoughts")
        found.append(Button(label.unescape(), ShowComments(item.centre_id, item.id, 0)))
    if under.deeds:
        done = speak("What facilitators did here")
        found.append(Button(str(done), SeeDeeds(item.centre_id, item.id)))
    return column(*found)


def gone(speak: Speech, centre_id: int) -> Screen:
    """A link or a press names a proposal that this centre does not have."""
    back = Button(str(speak("Back to the list")), ShowAgenda(centre_id))
    return Screen(speak("That is not on the list any more. Nothing was changed."), ((back,),))


def text(item: Proposal) -> Markup:
    """Title and reason as their author wrote them."""
    return written(item.title, item.reason)


def written(title: str, reason: str | None) -> Markup:
    """Somebody's words: the title in bold, the reason in italics."""
    return lines(
        Markup("<b>{}</b>").format(title),
        Markup("<i>{}</i>").format(reason) if reason else None,
    )


def author(item: Proposal, speak: Speech) -> Markup:
    """By whom, only where the author wants it said, and whether the words were changed since."""
    if item.author_name:
        said = speak("Put forward by {name}.", name=known_as(item.author_name, speak))
    else:
        said = speak("Put forward without a name.")
    if item.edited_at is None:
        return said
    return said + " " + speak("Edited on {day}.", day=speak.short_day(item.edited_at))


def voices(n: int, speak: Speech) -> Markup:
    """How many, never who."""
    return speak.many("one voice", "{n} voices", n) if n else speak("no voice yet")


def small_group(speak: Speech) -> Markup:
    """To a member of a small group, before they add their voice."""
    return speak(
        "Nobody is told who adds a voice. But few people here have your role: the "
        "order of the list may give a voice of yours away."
    )


def capital(words: Markup) -> Markup:
    """The words with a capital letter, for the start of a sentence."""
    return words[:1].upper() + words[1:]


def _heading(found: AgendaNow, speak: Speech) -> Markup:
    if found.starts_at is None:
        return speak("<b>What we talk about at the next assembly</b>")
    return speak("<b>What we talk about on {moment}</b>", moment=speak.moment(found.starts_at))


def _points(found: AgendaNow, first: int, speak: Speech, now: int) -> Markup:
    top = found.ordered[:1]
    before = () if first else enumerate(found.begins, 1)
    return lines(
        *(Markup("{}. {}").format(number, as_read(title, speak)) for number, title in before),
        *(
            Markup("{}. {} · {}").format(
                number, item.title, _standing(found, item, item in top, speak, now)
            )
            for number, item in found.numbered[first : first + PAGE]
        ),
    )


def _standing(found: AgendaNow, item: Proposal, first: bool, speak: Speech, now: int) -> Markup:
    """`9 voices from all three roles · on the list since October`: each stands for itself."""
    said = voices(item.voices, speak)
    if from_all_groups(item.supporters, found.sizes):
        said = speak("{n} voices from all three roles", n=item.voices)
    if found.fixed is not None and item.id not in found.fixed:
        return said + " · " + speak("came later")
    if first or not has_waited(item.created_at, now):
        return said
    if now - item.created_at > YEAR:
        return said + " · " + speak("on the list for more than a year")
    return said + " · " + speak("on the list since {month}", month=speak.month(item.created_at))


def _over(item: Proposal, speak: Speech) -> Markup:
    if item.status == "withdrawn":
        return speak("This was taken back. It is not on the list any more.")
    return speak("The assembly has dealt with this. It is not on the list any more.")
