"""What the assemblies of the series talk about, in the language of the centre."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Said:
    """What is said at a point: noted, agreed on without a ballot, and to be done from it."""

    note: str
    agreed: str | None = None
    task: str | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """A point that comes to something: the proposal (by its English title), and how it ends.

    `taker` takes the task (first name; None: nobody has yet), and shows their name or does not.
    """

    title: str
    ending: Literal["agreed", "decided", "talked", "goes-on"]
    said: dict[str, Said]
    taker: str | None = None
    named: bool = False


QUIET, SATURDAYS = "A quiet room", "Longer opening hours on Saturdays"

# In the order in which they come up: what has most voices first, what is carried over again.
MEETINGS: tuple[tuple[Matter, ...], ...] = (
    (
        Matter(
            "Plan the kitchen duty together",
            "agreed",
            {
                "en": Said(
                    "Last week the same three people cooked every day.",
                    "Each Monday we share out the kitchen duty, two people a day.",
                    "Hang the kitchen list by the door",
                ),
                "it": Said(
                    "La settimana scorsa hanno cucinato sempre le stesse tre persone.",
                    "Ogni lunedì ci dividiamo i turni di cucina, due persone al giorno.",
                    "Appendere la lista della cucina vicino alla porta",
                ),
                "de": Said(
                    "Letzte Woche haben immer dieselben drei gekocht.",
                    "Jeden Montag teilen wir den Küchendienst auf, zwei Leute am Tag.",
                    "Die Küchenliste neben der Tür aufhängen",
                ),
            },
            taker="Elif",
            named=True,
        ),
        Matter(
            SATURDAYS,
            "goes-on",
            {
                "en": Said("Heating and light cost 480 euros a year. Who opens is not clear yet."),
                "it": Said(
                    "Riscaldamento e luce costano 480 euro l’anno. Chi apre non si sa ancora."
                ),
                "de": Said(
                    "Heizung und Licht kosten 480 Euro im Jahr. Wer aufsperrt, ist noch offen."
                ),
            },
        ),
    ),
    (
        Matter(
            SATURDAYS,
            "decided",
            {
                "en": Said(
                    "From 2 to 6 in the afternoon would be a beginning.",
                    task="Ask who can open on Saturdays",
                ),
                "it": Said(
                    "Dalle 14 alle 18 sarebbe un inizio.", task="Chiedere chi può aprire il sabato"
                ),
                "de": Said(
                    "Von 14 bis 18 Uhr wäre ein Anfang.",
                    task="Fragen, wer samstags aufsperren kann",
                ),
            },
            taker="Stefano",
        ),
        Matter(
            QUIET,
            "goes-on",
            {
                "en": Said("The office is too loud. We look at the small room upstairs."),
                "it": Said("In ufficio c’è troppo rumore. Andiamo a vedere la stanzetta di sopra."),
                "de": Said("Im Büro ist es zu laut. Wir sehen uns das kleine Zimmer oben an."),
            },
        ),
    ),
    (
        Matter(
            QUIET,
            "agreed",
            {
                "en": Said(
                    "We have seen the small room: after lunch it stands empty.",
                    "The small room upstairs is quiet every day from 2 to 4.",
                    "Paint a sign for the quiet room",
                ),
                "it": Said(
                    "Abbiamo visto la stanzetta: dopo pranzo è vuota.",
                    "La stanzetta di sopra è silenziosa ogni giorno dalle 14 alle 16.",
                    "Dipingere un cartello per la stanza silenziosa",
                ),
                "de": Said(
                    "Wir haben das kleine Zimmer gesehen: Nach dem Essen steht es leer.",
                    "Im kleinen Zimmer oben ist jeden Tag von 14 bis 16 Uhr Stille.",
                    "Ein Schild für den Raum der Stille malen",
                ),
            },
        ),
        Matter(
            "An evening for families every month",
            "talked",
            {
                "en": Said("Four of us come to the first evening and bring something to eat."),
                "it": Said("Alla prima serata veniamo in quattro, con qualcosa da mangiare."),
                "de": Said("Zum ersten Abend kommen vier von uns und bringen etwas zu essen mit."),
            },
        ),
    ),
)

# Of the first assembly's minutes: what somebody finds otherwise, and how they say it then.
OTHERWISE = {
    "en": (
        "Heating and light were 580 euros.",
        "Heating and light cost 580 euros a year. Who opens is not clear yet.",
    ),
    "it": (
        "Riscaldamento e luce erano 580 euro.",
        "Riscaldamento e luce costano 580 euro l’anno. Chi apre non si sa ancora.",
    ),
    "de": (
        "Heizung und Licht waren 580 Euro.",
        "Heizung und Licht kosten 580 Euro im Jahr. Wer aufsperrt, ist noch offen.",
    ),
}
FINDS_OTHERWISE = "Anna"

CHAIRS = ("Nkechi", "Fatima", "Joseph")
RECORDERS = ("Giulia", "Hannah", "Miriam")
WISHES = {**dict.fromkeys(CHAIRS, "chair"), **dict.fromkeys(RECORDERS, "recorder")}
