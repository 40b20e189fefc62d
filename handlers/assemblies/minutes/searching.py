"""In which minutes a word stands: the newest first, some minutes at a time."""

from __future__ import annotations

from assembly import minutes_search
from assembly.clean_text import clean
from assembly.minutes import filled
from assembly.minutes_search import looked_for
from handlers.assemblies.minutes import composing, naming
from handlers.assemblies.minutes.presses import FoundMinutes, SearchMinutes
from handlers.assemblies.minutes.screens import searching as screens
from handlers.core.context import Context
from handlers.core.half_written import asks_first
from handlers.core.may import May
from handlers.core.registration import App, presses, typed
from storage import drafts, minutes
from storage.drafts import Draft

KIND = "minutes-search"
AT_ONCE = 10  # minutes that are read before it is seen whether a page is full
MOST = 60  # minutes that are looked through for one press: nobody waits longer
HEAVIEST = 1_500_000  # characters of them, after which no more are begun: half a second's work


async def ask(press: SearchMinutes, context: Context) -> None:
    """The next text that is typed is what is looked for."""
    if await asks_first(press, context, same=KIND):
        return
    telegram_id, centre_id = context.member.telegram_id, context.centre.id
    await drafts.save(context.tx, Draft(telegram_id, centre_id, KIND, "", None, None, context.now))
    context.show(screens.ask(centre_id, context.speak))


async def take_text(draft: Draft, context: Context) -> None:
    """A word, or several that all have to be there."""
    word = looked_for(clean(context.text))
    if not word:
        context.show(screens.ask(context.centre.id, context.speak))
        return
    await drafts.remove(context.tx, draft.telegram_id)
    await _look(word, 0, context)


async def look(press: FoundMinutes, context: Context) -> None:
    """Further back."""
    await _look(looked_for(press.word), max(0, press.skip), context)


async def resume(_: Draft, context: Context) -> None:
    context.show(screens.ask(context.centre.id, context.speak))


async def _look(word: str, skip: int, context: Context) -> None:
    tx, centre = context.tx, context.centre
    hits: list[screens.Found] = []
    known = await naming.names(tx, centre.id, context.speak)
    seen, read = skip, 0
    more = True
    while more and len(hits) < screens.PAGE and seen < skip + MOST and read < HEAVIEST:
        found = await minutes.page(tx, centre.id, seen, AT_ONCE)
        more = len(found) == AT_ONCE
        for kept in found:
            if len(hits) == screens.PAGE or read >= HEAVIEST:
                more = True
                break
            seen, read = seen + 1, read + len(kept.words)
            said = {each.id: each.words for each in await minutes.corrections(tx, kept.assembly_id)}
            told = await composing.whole(tx, context.services.keys, centre, kept, context.now)
            hit = minutes_search.find(filled(told, naming.beside(known, said)), word)
            if hit is not None:
                hits.append(screens.Found(kept.assembly_id, told.starts_at, hit))
    context.show(screens.found(centre.id, word, hits, seen if more else None, context.speak))


def register(app: App) -> None:
    app.add_handler(presses(SearchMinutes, ask, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(FoundMinutes, look, may=May.MEMBERS_IN_PRIVATE))
    typed(KIND, take_text, resume=resume, may=May.MEMBERS_IN_PRIVATE)
