"""More, while a question is being prepared: each thing about it can be chosen or typed."""

from __future__ import annotations

from dataclasses import replace

from assembly import suggestion
from assembly.alphabet import place
from assembly.choosing import Topic, chosen, needs_present, topics, typed
from assembly.fitting import Misfit, instead, misfits
from assembly.rule import Electorate, Rule, Secrecy
from assembly.suggestion import OptionsError
from handlers.core.context import Context
from handlers.core.home import outdated
from handlers.core.may import May
from handlers.core.registration import App, presses
from handlers.decisions.putting import draft
from handlers.decisions.putting.draft import Question
from handlers.decisions.putting.presses import (
    Choose,
    PickName,
    ShowChoices,
    ShowMore,
    ShowNames,
    WithoutOptions,
)
from handlers.decisions.putting.preview import People, fitted, found, people, show_preview
from handlers.decisions.putting.screens import options as screens
from storage import members

TYPED = frozenset({Topic.OPTIONS, Topic.THRESHOLD, Topic.QUORUM, Topic.SEATS, Topic.DOTS})


async def show_more(_: ShowMore, context: Context) -> None:
    question = await found(context)
    if question is not None:
        await _more(question, context)


async def show_choices(press: ShowChoices, context: Context) -> None:
    """What there is to choose; from here on what is typed answers this."""
    question = await found(context)
    if question is None:
        return
    if press.topic not in topics(question.rule):
        await _more(question, context)
        return
    await ask_again(question, press.topic, context)


async def choose(press: Choose, context: Context) -> None:
    question = await found(context)
    if question is not None:
        await _wish(question, press.topic, press.wish, context, nearest=press.nearest)


async def without_options(_: WithoutOptions, context: Context) -> None:
    question = await found(context)
    if question is not None:
        await _with_options(question, (), context)


async def show_names(press: ShowNames, context: Context) -> None:
    question = await found(context)
    if question is not None:
        await _names(question, press.page, context)


async def pick_name(press: PickName, context: Context) -> None:
    """Somebody is chosen by name, or not any more; the rule is then that of a named list."""
    question = await found(context)
    if question is None:
        return
    active = {each.id for each in await members.active(context.tx, context.centre.id)}
    named = (
        {*question.named, press.member_id} if press.on else {*question.named} - {press.member_id}
    )
    rule = replace(question.rule, electorate=Electorate.NAMED)
    question = replace(question, named=tuple(sorted(named & active)), rule=rule)
    await _names(question, press.page, context)


async def take_text(question: Question, topic: Topic, context: Context) -> None:
    """What was asked for, as it was typed."""
    if topic is not Topic.OPTIONS:
        wish = typed(topic, context.text)
        if wish is None:
            screen = screens.not_understood(context.centre.id, topic, context.speak)
            context.show(screen)
            return
        await _wish(question, topic, wish, context)
        return
    read = suggestion.read("?\n" + context.text)
    try:
        await _with_options(question, suggestion.labels(read.options), context)
    except OptionsError as error:
        context.show(screens.options_misfit(context.centre.id, error, context.speak))


async def ask_again(question: Question, topic: Topic, context: Context) -> None:
    """The choices about one thing."""
    step = topic.value if topic in TYPED else ""
    await draft.keep(replace(question, step=step), context)
    centre_id, rule, speak = context.centre.id, question.rule, context.speak
    if topic is Topic.OPTIONS:
        context.show(screens.ask_options(centre_id, rule, speak))
        return
    there = await people(question, context)
    present = there.present is not None
    context.show(screens.choices(centre_id, rule, topic, there.number, speak, present=present))


async def _wish(
    question: Question, topic: Topic, wish: str, context: Context, *, nearest: bool = False
) -> None:
    """Take the choice if it fits; otherwise say at once why not, and what does."""
    wished = chosen(question.rule, topic, wish)
    if wished is None:
        await outdated(context)
        return
    there = await people(replace(question, rule=wished), context)
    if there.present is None and needs_present(wished):
        await outdated(context)
        return
    named = wished.electorate is Electorate.NAMED
    if topic is Topic.ELECTORATE and named and not context.facilitates:
        context.toast(context.speak("Facilitators can do this."), alert=True)
        return
    if topic is Topic.ELECTORATE and named and not question.named:
        await _names(replace(question, rule=wished), 0, context)
        return
    if topic is Topic.ELECTORATE:
        wished = _as_secret_as_possible(wished, there)
    possible = instead(wished, there.heads)
    if nearest and possible is not None:
        await show_preview(replace(question, rule=possible), context)
    elif there.anybody and (unfit := misfits(wished, there.heads)):
        number, speak = there.number, context.speak
        context.show(
            screens.does_not_fit(context.centre.id, unfit, topic, wish, possible, number, speak)
        )
    else:
        await _more(replace(question, rule=wished), context)


def _as_secret_as_possible(wished: Rule, there: People) -> Rule:
    """With other people, what were too few to be secret may be enough."""
    if wished.secrecy is not Secrecy.SEALED:
        return wished
    secret = replace(wished, secrecy=Secrecy.SECRET)
    too_few = {Misfit.TOO_FEW_FOR_SECRET, Misfit.ONLY_OPEN}
    return wished if too_few & {*misfits(secret, there.heads)} else secret


async def _with_options(question: Question, options: tuple[str, ...], context: Context) -> None:
    """Other options; the way of deciding stays if it still can."""
    rule = question.rule
    if bool(options) is bool(rule.options):
        rule = replace(rule, options=options)
    else:
        suggested = suggestion.suggest(question.text or "", options)
        rule = replace(
            suggested, quorum=rule.quorum, electorate=rule.electorate, secrecy=rule.secrecy
        )
    await _more(await fitted(replace(question, rule=rule), context), context)


async def _more(question: Question, context: Context) -> None:
    question = replace(question, step="")
    await draft.keep(question, context)
    there = await people(question, context)
    screen = screens.more(
        context.centre.id,
        question.text or "",
        question.rule,
        there.number,
        question.commitment,
        context.speak,
    )
    context.show(screen)


async def _names(question: Question, page: int, context: Context) -> None:
    await draft.keep(replace(question, step=""), context)
    active = await members.active(context.tx, context.centre.id)
    by_name = sorted(active, key=lambda each: (place(each.name), each.id))
    screen = screens.names(context.centre.id, by_name, question.named, page, context.speak)
    context.show(screen)


def register(app: App) -> None:
    app.add_handler(presses(ShowMore, show_more, may=May.CHAIRS))
    app.add_handler(presses(ShowChoices, show_choices, may=May.CHAIRS))
    app.add_handler(presses(Choose, choose, may=May.CHAIRS))
    app.add_handler(presses(WithoutOptions, without_options, may=May.CHAIRS))
    app.add_handler(presses(ShowNames, show_names, may=May.FACILITATORS))
    app.add_handler(presses(PickName, pick_name, may=May.FACILITATORS))
