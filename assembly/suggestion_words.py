"""What a question asks for, by its words in English, Italian and German; all casefolded."""

from __future__ import annotations

import re

QUESTION_WORD = re.compile(
    r"(?:(?:for|in|on|at|to|with|a|per|con|in|da|di|für|mit|zu|an|auf|um)\s+)?"
    r"(?:which|what|who|whom|where|when|how|qual[ei]?|che|cosa|chi|dove|quando|come|quant[oaie]"
    r"|welche[rnms]?|was|wer|wen|wem|wo|wohin|wann|wie|womit|wofür)\b"
)

CONSENT = re.compile(
    r"\b(?:by|with) consent\b|\bconsent\?|\b(?:we|you|all|everybody|everyone) consent\b"
    r"|\bobjections?\b|\b(?:does|do|anybody|anyone|you) .*\bobject\b"
    r"|\bobiezion[ei]\b|\bobietta?\b|\bobiettare\b"
    r"|\bkonsent\b|\beinw[aä]nde?\b"
)
CONSENSUS = re.compile(r"\bconsensus\b|\bconsenso\b|\bkonsens\b|\bunanim|\beinstimmig|\beinmütig")

SHARES = re.compile(
    r"\b(?:share out|divide|distribute|allocate|split|spend|budget|money|dots)\b"
    r"|\bhow (?:much time|many hours)\b"
    r"|\b(?:divid\w+|ripart\w+|distribu\w+|spend\w+|spesa|soldi|denaro|euro)\b|€"
    r"|\bquant[oe] (?:tempo|ore)\b"
    r"|\b(?:verteil\w*|aufteil\w*|teilen .* auf|ausgeben|geld|geben wir .* aus)\b"
    r"|\bwie viele? (?:zeit|stunden)\b"
)

WHEN = re.compile(
    r"\bwhen\b|\b(?:what|which) (?:day|date|time|evening|morning|afternoon|week|month)s?\b"
    r"|\bquando\b|\b(?:quale?|quali|che) (?:giorn[oi]|dat[ae]|or[ae]|sera|settimana|mese|mesi)\b"
    r"|\bwann\b|\bwelche\w* (?:tage?n?|termine?|datum|uhrzeit|abend|woche|monat)\b"
    r"|\bum wie ?viel uhr\b"
)
ACCEPTABLE = re.compile(
    r"\blive with\b|\bacceptable\b|\b(?:work|works|suit|suits|fine|okay|ok)\b.*\b(?:you|us)\b"
    r"|\bwhich of these (?:could|can|would)\b"
    r"|\bconvivere\b|\baccettabil[ei]\b|\b(?:va|vanno|andrebbe|andrebbero) bene\b"
    r"|\bleben können\b|\bkönn\w+ .*\bleben\b|\bakzeptabel\b|\bin ordnung\b|\bpass(?:t|en)\b"
)
HOW_MUCH = re.compile(
    r"\bhow (?:important|good|useful|urgent|well)\b|\brate\b"
    r"|\bquanto (?:è|sono|vi|ti) \w*|\bvaluta(?:te|re)?\b"
    r"|\bwie (?:wichtig|gut|nützlich|dringend)\b|\bbewerte\w*\b"
)

MONTH = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre"
    r"|dicembre|januar|jänner|februar|märz|mai|juni|juli|oktober|dezember)\b"
)
MOMENT = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b"
    r"|\b(?:luned[iì]|marted[iì]|mercoled[iì]|gioved[iì]|venerd[iì]|sabato|domenica)\b"
    r"|\b(?:mon|diens|donners|frei|sams|sonn)tags?\b|\bmittwochs?\b|\bsonnabends?\b"
    r"|\d\s*\.?\s*(?:of )?" + MONTH.pattern + r"|^" + MONTH.pattern + r"(?: \d+)?$"
    r"|\b\d{1,2}[:.]\d\d\b|\b\d{1,2}[./]\d{1,2}[./]|\b\d{1,2}/\d{1,2}\b"
    r"|\b\d{1,2}\s*(?:uhr|am|pm|o.clock|h)\b|\bore \d"
)

_NUMBERS = {
    word: number
    for number, words in {
        2: "two due zwei",
        3: "three tre drei",
        4: "four quattro vier",
        5: "five cinque fünf",
        6: "six sei sechs",
        7: "seven sette sieben",
        8: "eight otto acht",
        9: "nine nove neun",
        10: "ten dieci zehn",
    }.items()
    for word in words.split()
}
_UNIT = (
    r"(?:years?|terms?|months?|weeks?|days?|hours?|minutes?|times?|percent|euros?|pounds?|dollars?"
    r"|ann[oi]|mandat[oi]|mes[ei]|settiman[ae]|giorn[oi]|or[ae]|minut[oi]|volt[ae]|per cento"
    r"|jahre?n?|amtszeit(?:en)?|monate?n?|wochen?|tage?n?|stunden?|minuten?|uhr|mal|prozent"
    r"|franken|am|pm|" + MONTH.pattern + r")\b"
)
# Before a number that says how long or when, not how many: "per 2 anni", "am 3. Mai".
_WHEN = (
    "for", "by", "on", "at", "in", "until", "after", "per", "il", "alle", "entro", "dopo", "für",
    "am", "um", "bis", "nach",
)  # fmt: skip
_BEFORE = "".join(rf"(?<!\b{word} )" for word in _WHEN)
_COUNT = _BEFORE + r"\b(\d{1,2}|" + "|".join(_NUMBERS) + r")\b(?!\.?\s*(?:[%€$£]|" + _UNIT + r"))"
_FEW_WORDS = r"(?:\s+[^\W\d]+){0,2}?\s+"
_ELECT = (
    r"\b(?:elect|appoint|elegg\w+|elezione|nomin\w+|wähl\w+|wahl|benenn\w+)\b" + _FEW_WORDS + _COUNT
)
TO_ACT = re.compile(
    r"(?:please |let.?s |let us |we |wir |bitte )?"
    r"(?:elect|appoint|choose|pick|rank|rate|share out|divide"
    r"|elegg(?:i|ete|iamo)|nomin(?:a|ate|iamo)|scegli(?:amo|ete)?|scegliete|ordina(?:te)?"
    r"|ripart(?:i|ite|iamo)|divid(?:i|ete|iamo)"
    r"|wähl(?:e|t|en)|bestimm(?:e|t|en)|benenn(?:e|t|en)|verteil(?:e|t|en))\b"
    r"|(?:election|elezione|wahl) "
)
_CHOSEN_PEOPLE = (
    r"(?:delegates|representatives|facilitators|speakers|spokespersons|spokespeople|councillors"
    r"|delegat[ie]|rappresentanti|facilitator[ie]|facilitatric[ei]|portavoce|referenti|consiglieri"
    r"|delegierte\w*|sprecher\w*|vertreter\w*|moderator\w*|beauftragte\w*)"
)
_PEOPLE = r"(?:people|persons|members|candidates|persone|membri|candidat[ie]|personen|leute\w*)"
_TO_ELECT = (
    re.compile(_ELECT),
    re.compile(r"(?<!for the )(?<!per [ile] )(?<!für die )" + _COUNT
               + r"\s+(?:\w+\s+)?" + _CHOSEN_PEOPLE + r"\b"),
    re.compile(r"^(?:who|chi|wer|wen|which|quali|welche)\b.*?" + _COUNT
               + r"\s+" + _PEOPLE + r"\b"),
)  # fmt: skip
_TO_CHOOSE = re.compile(  # the number stands before what is chosen, which may well be days
    r"(?:\bwhich|\bchoose|\bpick|\bquali|\bscegli\w*|\bwelche|\bsuchen wir)"
    r"(?:\s+(?:our|the|le|i|die))?\s+(\d{1,2}|" + "|".join(_NUMBERS) + r")\b(?!\s*[%€$£])"
)


def to_elect(words: str) -> int | None:
    """How many people are to be elected, if the question says that it is several."""
    return next((_number(found[1]) for each in _TO_ELECT if (found := each.search(words))), None)


def to_choose(words: str) -> int | None:
    """How many of the options are to be chosen, if the question says so."""
    found = _TO_CHOOSE.search(words)
    return _number(found[1]) if found else None


def _number(word: str) -> int:
    return _NUMBERS.get(word) or int(word)
