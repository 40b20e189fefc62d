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


TRIP = "A trip to the lake in spring"

MEETINGS: tuple[tuple[Matter, ...], ...] = (
    (
        Matter(
            "Letters in plain words",
            "agreed",
            {
                "en": Said(
                    "Two letters were read aloud. Nobody understood the second paragraph.",
                    "Two of us read every letter before it goes out.",
                    "Rewrite the letter to new people",
                ),
                "it": Said(
                    "Abbiamo letto due lettere ad alta voce. Il secondo paragrafo non l’ha capito "
                    "nessuno.",
                    "Due di noi leggono ogni lettera prima che parta.",
                    "Riscrivere la lettera per chi arriva",
                ),
                "de": Said(
                    "Zwei Briefe wurden vorgelesen. Den zweiten Absatz hat niemand verstanden.",
                    "Zwei von uns lesen jeden Brief, bevor er hinausgeht.",
                    "Den Brief an die Neuen umschreiben",
                ),
            },
            taker="Elif",
            named=True,
        ),
        Matter(
            TRIP,
            "goes-on",
            {
                "en": Said("The bus costs 480 euros. Who pays for it is open."),
                "it": Said("Il pullman costa 480 euro. Resta da vedere chi lo paga."),
                "de": Said("Der Bus kostet 480 Euro. Wer ihn bezahlt, ist offen."),
            },
        ),
    ),
    (
        Matter(
            "Longer opening hours on Saturdays",
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
            "Someone to come along to the job centre",
            "talked",
            {
                "en": Said("Three of us know the way there and like to come along."),
                "it": Said("Tre di noi conoscono la strada e vengono volentieri."),
                "de": Said("Drei von uns kennen den Weg und kommen gern mit."),
            },
        ),
    ),
    (
        Matter(
            "A quiet room",
            "agreed",
            {
                "en": Said(
                    "The office is too loud, the small room upstairs stands empty after lunch.",
                    "The small room upstairs is quiet every day from 2 to 4.",
                    "Paint a sign for the quiet room",
                ),
                "it": Said(
                    "In ufficio c’è troppo rumore, la stanzetta di sopra dopo pranzo è vuota.",
                    "La stanzetta di sopra è silenziosa ogni giorno dalle 14 alle 16.",
                    "Dipingere un cartello per la stanza silenziosa",
                ),
                "de": Said(
                    "Im Büro ist es zu laut, das kleine Zimmer oben steht nach dem Essen leer.",
                    "Im kleinen Zimmer oben ist jeden Tag von 14 bis 16 Uhr Stille.",
                    "Ein Schild für den Raum der Stille malen",
                ),
            },
        ),
        Matter(
            TRIP,
            "goes-on",
            {
                "en": Said("Where to, everybody chooses: the question goes to the group."),
                "it": Said("Dove andare lo scegliamo tutti: la domanda va nel gruppo."),
                "de": Said("Wohin, das wählen alle: Die Frage geht in die Gruppe."),
            },
        ),
    ),
)

# Of the first assembly's minutes: what somebody finds otherwise, and how they say it then.
OTHERWISE = {
    "en": ("It was 580 euros for the bus.", "The bus costs 580 euros. Who pays for it is open."),
    "it": (
        "Per il pullman erano 580 euro.",
        "Il pullman costa 580 euro. Resta da vedere chi lo paga.",
    ),
    "de": (
        "Für den Bus waren es 580 Euro.",
        "Der Bus kostet 580 Euro. Wer ihn bezahlt, ist offen.",
    ),
}
FINDS_OTHERWISE = "Anna"

CHAIRS = ("Nkechi", "Fatima", "Joseph")
RECORDERS = ("Giulia", "Hannah", "Miriam")
WISHES = {**dict.fromkeys(CHAIRS, "chair"), **dict.fromkeys(RECORDERS, "recorder")}
