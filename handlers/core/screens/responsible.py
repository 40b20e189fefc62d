"""Who is responsible for what Voci keeps, and what everybody can do about it."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from assembly.centre_facts import Authority, Basis, Fact, authority
from assembly.retention import Kept
from handlers.core.mentions import linked
from handlers.core.press import Press
from handlers.core.screen import Button, Screen, lines, paragraphs
from handlers.core.speech import Speech, later
from storage.centre_facts import Facts

BASES = {
    Basis.CONSENT: later(
        "Your consent (GDPR, art. 6 (1) (a) and 9 (2) (a)). You can take it back at any time."
    ),
    Basis.MEMBERS: later(
        "Your consent, and that you belong to a body that seeks no profit (GDPR, art. 9 (2) (d))."
    ),
    Basis.CARE: later(
        "Your consent, and the body’s task in health or social care (GDPR, art. 6 (1) (e) and "
        "9 (2) (h))."
    ),
}
COMPLAINT = {
    Authority.ITALY: later(
        "You can complain to the Garante per la protezione dei dati personali, "
        "www.garanteprivacy.it."
    ),
    Authority.AUSTRIA: later("You can complain to the Datenschutzbehörde, dsb.gv.at."),
    Authority.OTHER: later("You can complain to the data protection authority of your country."),
}


def named(speak: Speech, facts: Facts) -> Markup:
    """One line: who it is, or that nobody has written it yet."""
    body, contact = facts.get(Fact.RESPONSIBLE), facts.get(Fact.CONTACT)
    if body is None:
        return speak(
            "Who is responsible for your data is not written down yet: ask those who facilitate."
        )
    if contact is None:
        return speak("Responsible for your data: {body}.", body=body)
    return speak(
        "Responsible for your data: {body}, {contact}.", body=body, contact=linked(contact)
    )


def page(speak: Speech, centre: str, facts: Facts, further: Press, *ways: Button) -> Screen:
    """What has to be told before anybody agrees (GDPR, art. 13); the rest is behind `further`."""
    on = Button(speak("Who else gets them, and how long").unescape(), further)
    return Screen(
        paragraphs(
            lines(
                speak("<b>Who is responsible for your data in {centre}</b>", centre=centre),
                *_who(speak, facts),
            ),
            lines(speak("<b>Why the body may keep them</b>"), basis(speak, facts)),
            lines(
                speak("<b>What you can do</b>"),
                speak(
                    "See, take with you, correct or erase what is kept about you, have it kept and "
                    "not used, be in no summary: /me."
                ),
                speak(COMPLAINT[authority(speak.zone.key)]),
            ),
        ),
        tuple((way,) for way in (on, *ways)),
    )


def recipients(
    speak: Speech, centre: str, facts: Facts, periods: Mapping[Kept, int], *ways: Button
) -> Screen:
    """The rest of it. `periods`: for how many days each thing is kept in this centre."""
    return Screen(
        paragraphs(
            lines(
                speak("<b>{centre}: who else gets your data</b>", centre=centre),
                *_recipients(speak, facts),
            ),
            lines(speak("<b>How long</b>"), *_periods(speak, periods)),
        ),
        tuple((way,) for way in ways),
    )


def basis(speak: Speech, facts: Facts) -> Markup:
    """The legal basis in words; Voci asks for consent, whatever else there is."""
    return speak(BASES[Basis(facts.get(Fact.BASIS, Basis.CONSENT))])


def _who(speak: Speech, facts: Facts) -> list[Markup]:
    body = facts.get(Fact.RESPONSIBLE)
    if body is None:
        return [named(speak, facts)]
    told = [Markup("{}").format(body)]
    if address := facts.get(Fact.ADDRESS):
        told.append(Markup("{}").format(address))
    if contact := facts.get(Fact.CONTACT):
        told.append(speak("Contact: {contact}", contact=linked(contact)))
    if officer := facts.get(Fact.OFFICER):
        told.append(speak("Data protection officer: {officer}", officer=linked(officer)))
    return told


def _recipients(speak: Speech, facts: Facts) -> list[Markup]:
    host = facts.get(Fact.HOST)
    return [
        speak("Telegram carries every message and could read it. It keeps its own copy."),
        speak("Voci runs on a computer of: {host}", host=host)
        if host
        else speak("Whoever runs the computer on which Voci lives; ask who that is."),
    ]


def _periods(speak: Speech, periods: Mapping[Kept, int]) -> list[Markup]:
    return [
        speak.many(
            "While you take part; when you have left, one more day.",
            "While you take part; when you have left, {n} more days.",
            periods[Kept.LEFT],
        ),
        speak.many(
            "What you answer to check-ins: one day, or less if you choose so.",
            "What you answer to check-ins: {n} days, or less if you choose so.",
            periods[Kept.ANSWERS],
        ),
        speak("What you began on your way in, and left there: 14 days."),
    ]
