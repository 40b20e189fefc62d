"""Who plays: people of a centre that speaks three languages. All of them are made up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """Somebody before they have an account.

    `part` is the role, `mood` how their weeks tend to be (0 to 4; None: wants no check-ins),
    `patience` how many of ten check-ins they answer. `shown` is the name for the assembly: a
    nickname, "" for the first name, None for "a member".
    """

    first_name: str
    last_name: str | None
    language: str
    part: str
    mood: int | None = 2
    patience: int = 9
    shown: str | None = ""
    facilitates: bool = False


OPERATOR = Figure("Olga", "Marchetti", "it", "operator")

FIGURES = (
    Figure("Chiara", "Bonetti", "it", "professional", 3, facilitates=True),
    Figure("Matteo", "Ferrari", "it", "user", 3, facilitates=True),
    Figure("Ingrid", "Oberhofer", "de", "family", 2, facilitates=True),
    Figure("Amina", "Diallo", "it", "user", 3),
    Figure("Lukas", "Pichler", "de", "user", 2, 8),
    Figure("Samir", "Haddad", "en", "user", 1),
    Figure("Giulia", "Conti", "it", "user", 3, shown="Giù"),
    Figure("Maria Antonietta Immacolata", "von Hohenstein-Castelbarco", "it", "user", 2),
    Figure("Tobias", "Gruber", "de", "user", 1, 7, shown=None),
    Figure("Nkechi", "Okafor", "en", "user", 4),
    Figure("Paolo", None, "it", "user", 2, 6),
    Figure("Elif", "Yıldız", "de", "user", 3),
    Figure("Davide", "Russo", "it", "user", None, shown=None),
    Figure("Светлана", "Moroz", "it", "user", 2, shown="Sveta"),
    Figure("Rosa", "De Santis", "it", "family", 2),
    Figure("Karl", "Mair", "de", "family", 1, 8),
    Figure("Fatima", "El Amrani", "it", "family", 3),
    Figure("Giorgio", "Lanza", "it", "family", 2, 5),
    Figure("Hannah", "Whitfield", "en", "family", 3),
    Figure("Anna", "Kofler", "de", "family", 2),
    Figure("Stefano", "Greco", "it", "professional", 3),
    Figure("Miriam", "Thaler", "de", "professional", 2),
    Figure("Joseph", "Mensah", "en", "professional", 4, shown="Joe"),
    Figure("Beatrice", "Fontana", "it", "professional", None),
)
