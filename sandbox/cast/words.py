"""What the cast says, in the language of the centre."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Idea:
    """A proposal: who puts it forward (first name), with their name or without, and the words."""

    by: str
    named: bool
    words: dict[str, tuple[str, str | None]]


CENTRE = "Centro Aurora"
PLACE = "Via Roma 12"

FIRST_IDEAS = (
    Idea(
        "Amina",
        True,
        {
            "en": (
                "Longer opening hours on Saturdays",
                "On Saturdays many of us have nowhere to go.",
            ),
            "it": (
                "Aperti più a lungo il sabato",
                "Il sabato molti di noi non hanno un posto dove andare.",
            ),
            "de": (
                "Samstags länger offen haben",
                "Samstags wissen viele von uns nicht, wohin.",
            ),
        },
    ),
    Idea(
        "Tobias",
        False,
        {
            "en": ("A quiet room", "Sometimes I need ten minutes without voices around me."),
            "it": ("Una stanza silenziosa", "A volte ho bisogno di dieci minuti senza voci."),
            "de": ("Ein Raum für Stille", "Manchmal brauche ich zehn Minuten ohne Stimmen."),
        },
    ),
    Idea(
        "Rosa",
        True,
        {
            "en": (
                "An evening for families every month",
                "We learn from each other, and nobody has to explain why they are tired.",
            ),
            "it": (
                "Una serata al mese per i familiari",
                "Impariamo gli uni dagli altri, e nessuno deve spiegare perché è stanco.",
            ),
            "de": (
                "Ein Abend im Monat für Angehörige",
                "Wir lernen voneinander, und niemand muss erklären, warum er müde ist.",
            ),
        },
    ),
    Idea(
        "Joseph",
        True,
        {
            "en": ("Plan the kitchen duty together", None),
            "it": ("Decidere insieme i turni di cucina", None),
            "de": ("Den Küchendienst zusammen planen", None),
        },
    ),
)

LATER_IDEAS = (
    Idea(
        "Lukas",
        True,
        {
            "en": ("A trip to the lake in spring", "Last year we talked for weeks about it."),
            "it": ("Gita al lago in primavera", "L’anno scorso ne abbiamo parlato per settimane."),
            "de": (
                "Im Frühling ein Ausflug zum See",
                "Letztes Jahr haben wir lange davon erzählt.",
            ),
        },
    ),
    Idea(
        "Samir",
        True,
        {
            "en": (
                "Someone to come along to the job centre",
                "Alone I turn around at the door.",
            ),
            "it": (
                "Qualcuno che accompagni al centro per l’impiego",
                "Da solo torno indietro davanti alla porta.",
            ),
            "de": (
                "Begleitung zum Arbeitsamt",
                "Allein kehre ich vor der Tür wieder um.",
            ),
        },
    ),
    Idea(
        "Karl",
        False,
        {
            "en": ("Letters in plain words", "I read them three times and still have to call."),
            "it": ("Lettere in parole semplici", "Le leggo tre volte e poi devo telefonare."),
            "de": ("Briefe in einfachen Worten", "Ich lese sie dreimal und rufe dann doch an."),
        },
    ),
)


def titles(language: str) -> dict[str, str]:
    """The titles of all ideas in a language, by their English ones."""
    return {each.words["en"][0]: each.words[language][0] for each in FIRST_IDEAS + LATER_IDEAS}


# What is asked of everybody, with its options: to be put in order.
OUTING = {
    "en": """Where shall we go in spring?
The lake at Caldonazzo
The botanical garden
Verona by train
The farm with the donkeys
A walk along the river""",
    "it": """Dove andiamo in primavera?
Al lago di Caldonazzo
All’orto botanico
A Verona in treno
Alla fattoria con gli asini
Una passeggiata lungo il fiume""",
    "de": """Wohin fahren wir im Frühling?
An den See von Caldonazzo
In den botanischen Garten
Mit dem Zug nach Verona
Auf den Hof mit den Eseln
Ein Spaziergang am Fluss""",
}

# What is said in the group in between, by whom.
CHATTER = {
    "en": (
        ("Giulia", "Good morning everybody, the coffee machine works again ☕"),
        ("Anna", "Thank you for yesterday, it did me good."),
        ("Nkechi", "I bring a cake on Thursday. No nuts in it."),
    ),
    "it": (
        ("Giulia", "Buongiorno a tutti, la macchina del caffè funziona di nuovo ☕"),
        ("Anna", "Grazie per ieri, mi ha fatto bene."),
        ("Nkechi", "Giovedì porto una torta. Senza noci."),
    ),
    "de": (
        ("Giulia", "Guten Morgen zusammen, die Kaffeemaschine geht wieder ☕"),
        ("Anna", "Danke für gestern, das hat gutgetan."),
        ("Nkechi", "Am Donnerstag bringe ich Kuchen mit. Ohne Nüsse."),
    ),
}

PROGRESS = {
    "setup": "  the centre is set up, three people facilitate",
    "joined": "  {n} people have joined",
    "proposed": "  they have proposed and added their voices",
    "series": "  they meet every week from now on",
    "assembly": "  assembly {n} has met",
    "asked": "  five places for an outing wait to be put in order",
    "ready": "  in two days they meet again",
}
