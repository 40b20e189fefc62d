from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.written_polls import poll

from assembly.deciding import decide
from assembly.rule import DecisionMethod as Way
from assembly.rule import Rule
from assembly.suggestion import OptionsError, Typed, labels, read, suggest

BARE = [
    "Shall we open on Saturdays from 9 to 13?",
    "Longer opening hours on Saturdays",
    "Shall we meet on Monday or Tuesday?",  # "Tuesday" alone could be left out of anything
    "Shall we meet at 16:45?",
    "Proposal: shall we open on Saturdays or on Sundays?",
    "Shall we open on Saturdays? Many have asked, and we could.",
    "Who cleans the kitchen? Nobody does it now, and it shows every single Monday.",
    "Apriamo anche il sabato o chiudiamo prima il venerdì?",
    "Sollen wir am Samstag öffnen oder lieber am Sonntag?",
    "?",
    "",
    "or",
    ": , or ? oder",
]


@pytest.mark.parametrize("text", BARE)
def test_a_question_without_options(text: str) -> None:
    assert read(text).options == ()


@pytest.mark.parametrize(
    ("text", "question", "options"),
    [
        ("Which colour?\nBlue\nGreen\nYellow", "Which colour?", "Blue|Green|Yellow"),
        ("Which colour?\n- Blue\n- Green", "Which colour?", "Blue|Green"),
        ("Welche Farbe:\n• Blau\n\n• Grün", "Welche Farbe", "Blau|Grün"),
        ("Who?\n1. Anna\n2. Bruno\n3. Carla", "Who?", "Anna|Bruno|Carla"),
        ("Chi?\n1) Anna\n2) Bruno", "Chi?", "Anna|Bruno"),
        ("Wer?\na) Anna\nb) Bruno", "Wer?", "Anna|Bruno"),
        ("Wann?\n1. Mai\n2. Mai", "Wann?", "1. Mai|2. Mai"),
        ("Wann?\n3. Dezember\n5. Dezember", "Wann?", "3. Dezember|5. Dezember"),
        ("How long?\n1.5 hours\n2 hours", "How long?", "1.5 hours|2 hours"),
        ("Which colour for\nthe quiet room?\nBlue\nGreen", "Which colour for the quiet room?",
         "Blue|Green"),
        ("Which name?\nAurora?\nAlba?", "Which name?", "Aurora?|Alba?"),
        ("Which colour: blue, green or yellow?", "Which colour", "blue|green|yellow"),
        ("Which colour? Blue, green", "Which colour", "Blue|green"),
        ("Where shall we go, the sea or the mountains?", "Where shall we go",
         "the sea|the mountains"),
        ("Dove andiamo, al mare o in montagna?", "Dove andiamo", "al mare|in montagna"),
        ("Wohin fahren wir, ans Meer oder in die Berge?", "Wohin fahren wir",
         "ans Meer|in die Berge"),
        ("Che colore: blu, verde oppure giallo?", "Che colore", "blu|verde|giallo"),
        ("Tea or coffee?", "Tea or coffee?", "Tea|coffee"),
        ("Tè o caffè?", "Tè o caffè?", "Tè|caffè"),
        ("Which colour?\nBlue", "Which colour?", "Blue"),
    ],
)  # fmt: skip
def test_options_are_found(text: str, question: str, options: str) -> None:
    assert read(text) == Typed(question, tuple(options.split("|")))


@pytest.mark.parametrize(
    "text", ["Shall we paint it: yes or no?", "Paint it?\nYes\nNo", "Lo facciamo?\nSì\nNo"]
)
def test_yes_and_no_are_no_options(text: str) -> None:
    assert read(text).options == ()


@pytest.mark.parametrize(
    ("question", "way"),
    [
        ("Shall we open on Saturdays?", Way.MAJORITY),
        ("Do we introduce a new consent form for photos?", Way.MAJORITY),
        ("Does anybody object to the new rules?", Way.CONSENT),
        ("Are there objections to the new rules?", Way.CONSENT),
        ("Ci sono obiezioni alle nuove regole?", Way.CONSENT),
        ("Gibt es Einwände gegen die neuen Regeln?", Way.CONSENT),
        ("Do we have consensus on the charter?", Way.CONSENSUS),
        ("C'è consenso sulla carta dei valori?", Way.CONSENSUS),
        ("Haben wir Konsens über die Charta?", Way.CONSENSUS),
    ],
)
def test_without_options(question: str, way: Way) -> None:
    assert suggest(question, ()).method is way


FOUR = ("Anna", "Bruno", "Carla", "Dario")


@pytest.mark.parametrize(
    ("question", "options", "way", "seats"),
    [
        ("Which colour for the quiet room?", ("Blue", "Green", "Yellow"), Way.IRV, 1),
        ("Which colour for the 3 rooms?", ("Blue", "Green", "Yellow", "Red"), Way.IRV, 1),
        ("Who speaks for us?", FOUR, Way.IRV, 1),
        ("Chi parla per noi?", FOUR, Way.IRV, 1),
        ("Welche Farbe nehmen wir?", ("Blau", "Grün"), Way.IRV, 1),
        ("Which trip for 3 people?", FOUR, Way.IRV, 1),
        ("Which room for the two facilitators?", FOUR, Way.IRV, 1),
        ("When do we meet?", ("early", "late"), Way.APPROVAL, 1),
        ("Quale giorno va bene?", ("uno", "due"), Way.APPROVAL, 1),
        ("Welcher Termin passt euch?", ("früh", "spät"), Way.APPROVAL, 1),
        ("The trip?", ("Saturday 6 December", "Sunday 7 December"), Way.APPROVAL, 1),
        ("La gita?", ("sabato", "domenica", "mai"), Way.APPROVAL, 1),
        ("Der Ausflug?", ("3. Mai", "10. Mai"), Way.APPROVAL, 1),
        ("The meeting?", ("16:30", "17.00"), Way.APPROVAL, 1),
        ("Which of these could you live with?", FOUR, Way.APPROVAL, 1),
        ("Con quali potresti convivere?", FOUR, Way.APPROVAL, 1),
        ("Mit welchen Farben könntest du leben?", FOUR, Way.APPROVAL, 1),
        ("Which two trips shall we do?", FOUR, Way.APPROVAL, 2),
        ("Quali due gite facciamo?", FOUR, Way.APPROVAL, 2),
        ("How do we spend the 500 euro?", FOUR, Way.DOTS, 1),
        ("Come dividiamo i soldi?", FOUR, Way.DOTS, 1),
        ("Wie verteilen wir das Geld?", FOUR, Way.DOTS, 1),
        ("Wofür geben wir 500 € aus?", FOUR, Way.DOTS, 1),
        ("How important is each of these?", FOUR, Way.SCORE, 1),
        ("Wie wichtig ist dir das?", FOUR, Way.SCORE, 1),
        ("Elect 3", FOUR, Way.STV_SCOTTISH, 3),
        ("We elect our two delegates", FOUR, Way.STV_SCOTTISH, 2),
        ("Chi sono i due delegati?", FOUR, Way.STV_SCOTTISH, 2),
        ("Eleggiamo tre persone", FOUR, Way.STV_SCOTTISH, 3),
        ("Wir wählen drei Sprecherinnen", FOUR, Way.STV_SCOTTISH, 3),
        ("Drei Sprecherinnen?", FOUR, Way.STV_SCOTTISH, 3),
        ("Which two people shall go?", FOUR, Way.STV_SCOTTISH, 2),
        ("Whom do we elect for 2 years?", FOUR, Way.IRV, 1),
        ("Elect 3 delegates for 2 years", FOUR, Way.STV_SCOTTISH, 3),
        ("Who speaks for us for the next 2 months?", FOUR, Way.IRV, 1),
        ("Chi eleggiamo per 2 anni?", FOUR, Way.IRV, 1),
        ("Chi eleggiamo per due mandati?", FOUR, Way.IRV, 1),
        ("Chi eleggiamo alle 3?", FOUR, Way.IRV, 1),
        ("Eleggiamo per 2 anni tre delegati", FOUR, Way.STV_SCOTTISH, 3),
        ("Wen wählen wir für 2 Jahre?", FOUR, Way.IRV, 1),
        ("Wen wählen wir am 3. Mai?", FOUR, Way.IRV, 1),
        ("Wen wählen wir mit 50 % der Stimmen?", FOUR, Way.IRV, 1),
        ("Wir wählen zwei Delegierte für drei Jahre", FOUR, Way.STV_SCOTTISH, 2),
        ("Which two days shall we meet?", FOUR, Way.APPROVAL, 2),
    ],
)
def test_with_options(question: str, options: tuple[str, ...], way: Way, seats: int) -> None:
    rule = suggest(question, options)
    assert (rule.method, rule.seats) == (way, seats)
    assert rule.options == options
    assert rule.dots == (10 if way is Way.DOTS else 0)


@pytest.mark.parametrize(
    "question", ["We elect 4 delegates", "Eleggiamo quattro delegati", "Wir wählen 5 Delegierte"]
)
def test_as_many_places_as_names_leave_nothing_to_choose(question: str) -> None:
    with pytest.raises(OptionsError) as caught:
        suggest(question, FOUR)
    assert (caught.value.kind, caught.value.count) == ("places", 4)


def test_labels_are_cleaned() -> None:
    assert labels(["  Blue\u200b ", "Light\n green", "👍"]) == ("Blue", "Light green", "👍")
    assert len(labels([str(n) for n in range(20)])) == 20


@pytest.mark.parametrize(
    ("texts", "kind", "label"),
    [
        ((), "few", ""),
        (("Blue",), "few", ""),
        (tuple(str(n) for n in range(21)), "many", ""),
        (("Blue", "Green", "BLUE"), "double", "BLUE"),
        (("Straße", "STRASSE"), "double", "STRASSE"),
        (("Blue", "x" * 61), "long", "x" * 61),
        (("Blue", "\u200b"), "empty", "\u200b"),
    ],
)
def test_labels_that_do_not_fit(texts: tuple[str, ...], kind: str, label: str) -> None:
    with pytest.raises(OptionsError) as caught:
        labels(texts)
    assert (caught.value.kind, caught.value.label, caught.value.count) == (kind, label, len(texts))


def suggested(typed: Typed) -> Rule | None:
    """None where as many are to be elected as there are names."""
    try:
        return suggest(typed.question, typed.options)
    except OptionsError:
        return None


@given(st.text())
def test_anything_can_be_read(text: str) -> None:
    typed = read(text)
    rule = suggested(typed)
    assert rule is None or rule.options == typed.options
    assert rule is None or rule.seats == 1 or rule.seats < len(rule.options)


@given(
    st.lists(
        st.sampled_from(["who", "elect", "3", "due", "or", "oder", ",", ": ", "? ", "\n", "- ",
                         "1. ", "2. ", "people", "delegati", "Mai", "per", "99", " "])
    )
)  # fmt: skip
def test_any_mix_of_what_it_looks_for_can_be_read(parts: list[str]) -> None:
    for text in ("".join(parts), " ".join(parts)):
        typed = read(text)
        rule = suggested(typed)
        assert rule is None or rule.options == typed.options


def test_a_consensus_usually_takes_two_thirds() -> None:
    rule = suggested(read("Do we have consensus on the charter?"))
    assert rule is not None
    assert rule.threshold == Fraction(2, 3)
    assert decide(rule, poll(rule, "20 agree 20 aside")).result == "not_carried"
    assert decide(rule, poll(rule, "20 agree 10 aside")).result == "carried"
