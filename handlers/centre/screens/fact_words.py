"""What each fact of a centre is called, how it is asked for, and what can be chosen."""

from __future__ import annotations

from assembly.centre_facts import Age, Basis, Fact
from handlers.core.speech import later

TITLES = {
    Fact.RESPONSIBLE: later("Responsible"),
    Fact.ADDRESS: later("Address"),
    Fact.CONTACT: later("Contact"),
    Fact.OFFICER: later("Data protection officer"),
    Fact.BASIS: later("Legal basis"),
    Fact.HOST: later("Computer"),
    Fact.AGE: later("Age"),
}
QUESTIONS = {
    Fact.RESPONSIBLE: later(
        "<b>Who is responsible for the data of your centre?</b>\n"
        "Write the name of the body: the association, the cooperative, the health service."
    ),
    Fact.ADDRESS: later("<b>What is the body’s address?</b>"),
    Fact.CONTACT: later(
        "<b>Where can people ask about their data?</b>\nWrite a mail address or a number."
    ),
    Fact.OFFICER: later(
        "<b>Has the body a data protection officer?</b>\n"
        "Then write how to reach them. Many small bodies need none."
    ),
    Fact.BASIS: later(
        "<b>Why may the body keep the data?</b>\nVoci always asks each person for consent, too."
    ),
    Fact.HOST: later(
        "<b>Who runs the computer on which Voci lives, and in which country does it stand?</b>\n"
        "If you don’t know, ask whoever set Voci up."
    ),
    Fact.AGE: later(
        "<b>From which age does somebody agree for themselves?</b>\n"
        "Who is younger needs a guardian’s word on paper. As long as you say nothing, it is 14."
    ),
}
CHOICES = {
    Basis.CONSENT: later("Consent only"),
    Basis.MEMBERS: later("Members of a non-profit body"),
    Basis.CARE: later("A task in health or social care"),
}

AGES = {
    Age.FOURTEEN: later("From 14"),
    Age.SIXTEEN: later("From 16"),
    Age.EIGHTEEN: later("From 18"),
    Age.OFF: later("Ask nobody"),
}
