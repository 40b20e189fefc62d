"""How each language is written: what a text must not have, and what stands in its place.

The rules hold for what people read, so for English, which is in the code, as for the catalogues.
"""

from __future__ import annotations

import re

from assembly.immutable import immutable


@immutable
class Rule:
    """`wrong` is a pattern of regular expressions; `right` says in a few words what to write."""

    wrong: str
    right: str


EVERYWHERE = (
    Rule(r"'", "the apostrophe ’"),
    Rule(r'"', "the quotation marks of the language"),
    Rule(r"\.\.\.", "…"),
    Rule(r"  ", "one space"),
    Rule(r" [,.;:?!](?!\w)", "no space before a mark"),
)
RULES = {
    "en": (
        Rule(r"[„«»]", "“ and ”"),
        Rule(r"(?i)\b(each|every|another|own) group\b", "role: a group is the chat"),
        Rule(r"(?i)\bhall\b", "room"),
    ),
    "it": (
        Rule(r"[„“”]", "« and »"),
        Rule(r"(?i)\bprem(i|ere|ut[oaie])\b", "tocca, toccare, toccato"),
        Rule(r"\bvoc[ei]\b", "sostegno, or riga; Voci is the product"),
        Rule(r"(?i)\b(ogni|altro|altri|per) grupp[oi]\b", "ruolo: il gruppo is the chat"),
        Rule(r"(?i)\b(a|ad|al|all’|in|nel|di|del|da|dal|su) ?\{centre\}", "the name set apart"),
        Rule(r"(?i)\bchi ha detto cosa\b", "che cosa"),
    ),
    "de": (
        Rule(r"[«»”]", "„ and “"),
        Rule(r"(?i)\b(ge|an)?drück(e|en|t|st)?\b", "tippe, tippen, angetippt"),
        Rule(r" %", "a no-break space before %"),
        Rule(r"\bNutzer(innen|n)?\b", "Nutzende"),
        Rule(r"\b[Dd]ienst\b", "Angebot"),
        Rule(r"(?i)\b(jede|anderen?|eigenen?) gruppe\b", "Rolle: die Gruppe is the chat"),
        Rule(r"(?i)\b(an|aus|bei|beim|für|im|in|von|vom|zu|zum) \{centre\}", "the name set apart"),
    ),
}
_TAG = re.compile(r"<[^>]*>")


def faults(language: str, text: str) -> list[str]:
    """What in this text its language writes otherwise, a few words each; tags don't count."""
    plain = _TAG.sub("", text)
    broken = (rule for rule in (*EVERYWHERE, *RULES[language]) if re.search(rule.wrong, plain))
    return [f"write {rule.right}" for rule in broken]
