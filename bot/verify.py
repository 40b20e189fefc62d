"""Check the list that Voci published of a closed secret decision, with nothing but the list.

    python verify.py FILE                        does everything in it fit together?
    python verify.py FILE --tracker 7K3QX0ZB5M   and: what does the ballot with my tracker say?
    python verify.py FILE --roll 17:SALT         and: do I stand on the roll (member number, salt)?

One file, Python's standard library only: take it, read it, run it anywhere. It recomputes every
hash and counts all ballots again, in its own way. docs/verifying.md describes the format,
docs/counting.md the counting. The exit code is 0 if everything fits, 1 if something does not
(every finding is named, with its line), 2 if the file can't be read.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
from collections import Counter
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

FIRST_LINE = b"voci-decision 1"
PARTS = ("decision", "question", "option", "rule", "lot", "turnout", "hall", "result", "roll")
SECTIONS = (*PARTS, "digests", "head", "ballot", "seal")  # in this order
SEVERAL = ("option", "hall", "roll", "ballot")  # any number of lines; of all others exactly one
SIGNS = "0123456789abcdefghij"  # of the options on a ballot, from the first option on
ROLES = ("user", "family", "professional")
EDITION = 2  # the latest of the rules of counting that is known here
MOST_BYTES, MOST_LINES = 32 * 2**20, 400_000
MOST_PIECES = 50  # of one line that a mail program broke
MOST_GAPS = 50  # in the chain that are looked at closely
MOST_SHOWN = 100  # findings
FEWEST = 5  # ballots by phone of each role, where roles are told
UNCOUNTABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
NOT_SHOWN = """\
What this does not show: that nobody stuffed the list. Whoever ran the bot while the decision was
open could have added people or ballots before it was sealed. It shows that the list is consistent,
and with your tracker that it has your ballot. A ballot of the hall is only a number here, and who
was entitled is only a hash.

Compare this seal with the one that was posted in the group:"""

# ------------------------------------------------------------------------------ reading the file


class CannotRead(Exception):
    """This is not a list that Voci published; the message is a sentence."""


class Line:
    """A line: its number from 1, its bytes, its value (None: unreadable), and a ballot's link."""

    def __init__(self, number: int, raw: bytes) -> None:
        self.number, self.raw = number, raw
        name, _, self.rest = raw.partition(b" ")
        link, _, ballot = self.rest.partition(b" ")
        self.name, self.link = name.decode("ascii", "replace"), link.decode("ascii", "replace")
        if self.name == "ballot":
            self.rest = ballot
        try:
            text = self.rest.decode("utf-8")
            self.value: Any = text if self.name in ("head", "seal") else json.loads(text)
        except (ValueError, RecursionError):
            self.value = None


class Sheet:
    """The lines by their names, what was found (line and sentence), what can't be told, and what
    was put right because only bytes had been saved otherwise."""

    counted = False  # whether the ballots were counted again

    def __init__(self) -> None:
        self.mended: list[str] = []
        self.lines: dict[str, list[Line]] = {name: [] for name in SECTIONS}
        self.findings: list[tuple[int, str]] = []
        self.unsure: list[str] = []

    def expect(self, good: bool, at: int | str, sentence: str) -> None:
        """Note what is wrong in a line, or in a part: then where it begins, or should have."""
        if isinstance(at, str):
            later = SECTIONS[SECTIONS.index(at) :]
            at = next((line.number for name in later for line in self.lines[name]), 1)
        if not good:
            self.findings.append((at, sentence))

    def value(self, name: str) -> Any:
        """The value of a part that has one line."""
        return self.lines[name][0].value if self.lines[name] else None

    def values(self, name: str) -> list[Any]:
        return [line.value for line in self.lines[name]]


def read(data: bytes) -> Sheet:
    """Sort the lines by their names; raises CannotRead."""
    rows = data.split(b"\n")
    if rows[0] != FIRST_LINE and not rows[-2:][0].startswith(b"seal "):
        raise CannotRead('this is no list of Voci\'s: the first line is not "voci-decision 1"')
    sheet = Sheet()
    sheet.expect(rows[0] == FIRST_LINE, 1, 'the first line has to be "voci-decision 1".')
    sheet.expect(rows[-1] == b"", len(rows), "the file does not end at the end of a line.")
    latest = 0
    for number, raw in enumerate(rows[1:-1], 2):
        line = Line(number, raw)
        known = line.name in SECTIONS
        sheet.expect(known, number, f'no line begins with "{clean(line.name)}".')
        if known:
            section = SECTIONS.index(line.name)
            belongs = f'a line "{line.name}" does not belong here, but further up.'
            sheet.expect(section >= latest, number, belongs)
            latest = max(latest, section)
            sheet.lines[line.name].append(line)
    for name in SECTIONS:
        count = len(sheet.lines[name])
        said = f'one line "{name}" was expected, not {count}.'
        sheet.expect(name in SEVERAL or count == 1, name, said)
    return sheet


def mend(data: bytes) -> tuple[bytes, list[str]]:
    """The file as it was published, where an editor saved it otherwise; and what was put right."""
    said = []
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            data = data.decode("utf-16").encode()
        except ValueError:
            raise CannotRead(
                "this is no list of Voci's: it begins like UTF-16, but is not"
            ) from None
        said.append("it was saved as UTF-16.")
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
        said.append("it begins with a byte order mark.")
    if b"\r\n" in data:
        data = data.replace(b"\r\n", b"\n")
        said.append("its lines end in CR LF.")
    if b"\r" in data and b"\n" not in data:
        data = data.replace(b"\r", b"\n")
        said.append("its lines end in CR.")
    if data.endswith(b"\n\n"):
        data = data.rstrip(b"\n") + b"\n"
        said.append("it ends in empty lines.")
    if data and not data.endswith(b"\n"):
        data += b"\n"
        said.append("the end of its last line is missing.")
    return data, said


def tidied(data: bytes) -> tuple[bytes, list[str]]:
    """What may have been put around or into the lines, taken away; only right if all fits then."""
    said = []
    try:
        data.decode("utf-8")
    except ValueError:
        # Five bytes mean nothing in Windows-1252; they are left to be found wrong.
        data = data.decode("cp1252", "replace").encode()
        said.append("it was saved in Windows-1252 instead of UTF-8.")
    for sentence, pattern, instead in UNTIDY:
        tidy = re.sub(pattern, instead, data)
        if tidy != data:
            data = tidy
            said.append(sentence)
    return data, said


UNTIDY = (
    ("its lines were quoted, as mail programs do.", rb"(?m)^> ?", b""),
    ("there are spaces at the ends of its lines.", rb"(?m)(?<![ \t])[ \t]+$", b""),
    ("there are empty lines in it.", rb"\A\n+|(?<=\n)\n+", b""),
)


def unwrapped(data: bytes, joint: bytes) -> bytes:
    """The lines as they were before a mail program broke them: what has no name goes on, and so
    does what begins like a name where the line before is not yet whole."""
    rows: list[list[bytes]] = []
    for row in data.split(b"\n")[:-1]:
        named = row.partition(b" ")[0] in NAMES
        if not rows or (named and is_whole(rows[-1], joint)):
            rows.append([row])
        else:
            rows[-1].append(row)
    return b"\n".join([*(joined(pieces, joint) for pieces in rows), b""])


NAMES = {name.encode() for name in SECTIONS}


def is_whole(pieces: list[bytes], joint: bytes) -> bool:
    return len(pieces) > MOST_PIECES or Line(1, joined(pieces, joint)).value is not None


def joined(pieces: list[bytes], joint: bytes) -> bytes:
    *first_ones, last = pieces
    return b"".join(row if row.endswith(b" ") else row + joint for row in first_ones) + last


def digest(raw: bytes) -> str:
    return sha256(raw).hexdigest()


def clean(text: str) -> str:
    """Text in one line, without what could steer a terminal, and not endless."""
    text = " ".join(text.split())[:500]
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)


# ------------------------------------------------------------------------- digests, head and chain


def check_digests(sheet: Sheet) -> str:
    """Compare each part with its digest, and all with the head. Hands back the head to go on from.

    If the parts give the head, only the line of digests can be wrong; if the digests are those of
    the parts, only the head can; otherwise parts were changed.
    """
    lines = sheet.lines
    computed = {part: digest(b"".join(line.raw + b"\n" for line in lines[part])) for part in PARTS}
    text = f"digests {json.dumps(computed, separators=(',', ':'), sort_keys=True)}".encode()
    stands = b"".join(line.raw for line in lines["digests"])
    true, head, stated = digest(text + b"\n"), str(sheet.value("head")), sheet.value("digests")
    if stands == text:
        sheet.expect(true == head, "head", "the head was changed: the digests give another.")
        return true
    if true == head:
        sheet.expect(False, "digests", "the digests were changed: the head binds others.")
        return head
    good = digest(stands + b"\n") == head
    sheet.expect(good, "digests", "neither these digests nor the parts give the head.")
    for part in PARTS:
        same = isinstance(stated, dict) and computed[part] == stated.get(part)
        numbers = [line.number for line in lines[part]]
        where = f" (lines {numbers[0]} to {numbers[-1]})" if len(numbers) > 1 else ""
        sheet.expect(same, part, f"the {part} was changed{where}: the digest is another.")
    return head


def check_chain(sheet: Sheet, link: str) -> None:
    """Follow the links from the head to the seal, and say what happened where one is broken."""
    ballots, seal = sheet.lines["ballot"], str(sheet.value("seal"))
    missing = len(sheet.lines["roll"]) - len(ballots)
    seen, gaps = dict[bytes, int](), 0

    def follows(link: str, lines: list[Line]) -> bool:
        ends = link == seal
        return ends or any(digest(f"{link} ".encode() + line.rest) == line.link for line in lines)

    for at, line in enumerate(ballots):
        computed = digest(f"{link} ".encode() + line.rest)
        further = ballots[at + 1 : at + 100] if gaps < MOST_GAPS else []
        said = ""
        if computed == line.link:
            link = computed
        elif line.rest in seen:
            said = f"this ballot was doubled: it is the one of line {seen[line.rest]}."
        elif follows(link, further):
            said = "this ballot was added: the chain goes on without it."
        elif follows(computed, further[:1]):
            said, link = "the link of this ballot was changed.", computed
        elif missing > 0:
            said, link = "before this ballot one was dropped: the chain has a gap.", line.link
            missing -= 1
        else:
            said, link = "this ballot was changed: the chain binds another.", line.link
        sheet.expect(not said, line.number, said)
        gaps += bool(said)
        seen.setdefault(line.rest, line.number)
    what = "before the seal a ballot was dropped" if missing > 0 else "the seal was changed"
    sheet.expect(link == seal, "seal", f"{what}: it is not the last link.")


# --------------------------------------------------------------------- what the lines have to obey


HASH = re.compile("[0-9a-f]{64}")
TRACKER = re.compile("[0-9A-HJKMNP-TV-Z]{10}")
MOST, MOST_OPTIONS = 10**9, 20
WHYS = {
    "carried": ("reached", "roles_agree", "no_objection", "no_block"),
    "not_carried": (
        *("missed", "tie", "a_role_disagrees", "objections", "blocked"),
        "too_little_agreement",
    ),
    "chosen": ("counted",),
    "no_quorum": ("too_few", "too_few_in_a_role"),
    "no_result": ("nothing_said", "none_enough"),
}
RESULTS = {why: result for result, whys in WHYS.items() for why in whys}
REASONED = ("object", "aside", "block")  # what a reason is asked for
PARITIES = {  # the rules about roles under which a method can be counted; of all others none
    "majority": ("each-role", "equal-weights"),
    "consensus": ("each-role", "equal-weights"),
    "approval": ("equal-weights",),
    "score": ("equal-weights",),
}
OF_ONE = ("irv", "schulze", "ranked-pairs")  # methods that have one winner


def text(value: Any) -> bool:
    return isinstance(value, str)


def boolean(value: Any) -> bool:
    return isinstance(value, bool)


def number(value: Any) -> bool:
    return type(value) is int and 0 <= value < MOST


def positive(value: Any) -> bool:
    return number(value) and value > 0


def numbers(value: Any) -> bool:
    return isinstance(value, list) and all(number(one) for one in value)


def matching(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def one_of(*values: Any) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and value in values


def or_null(shape: Any) -> Callable[[Any], bool]:
    return lambda value: value is None or fits(value, shape)


def between(least: Fraction, most: Fraction) -> Callable[[Any], bool]:
    def good(value: Any) -> bool:
        try:
            return least <= fraction(value) <= most and value == str(fraction(value))
        except UNCOUNTABLE:
            return False

    return good


def fits(value: Any, shape: Any) -> bool:
    """Whether a value is of a shape: a test, or the keys of an object with a shape each. A key that
    begins with ? can be missing; there are no others."""
    if not isinstance(shape, dict):
        return bool(shape(value))
    keys = {key.lstrip("?"): key for key in shape}
    return (
        isinstance(value, dict)
        and {*value} <= {*keys}
        and all(
            fits(value[name], shape[key]) if name in value else key != name
            for name, key in keys.items()
        )
    )


HEADS = {
    "by_phone": number,
    "electorate": number,
    "in_hall": number,
    "present": or_null(number),
}


def shapes() -> dict[str, Any]:
    """What each line has to look like."""
    quorum = {
        "each_role": boolean,
        "number": or_null(number),
        "of": one_of("electorate", "present"),
        "share": between(Fraction(0), Fraction(1)),
    }
    rule = {
        "base": one_of("yes-no", "yes-no-abstain", "cast", "present", "entitled"),
        "dots": number,
        "?edition": lambda value: number(value) and value > 1,
        "electorate": one_of("all", *ROLES, "present", "named"),
        "method": one_of(*METHODS),
        "parity": one_of("none", "each-role", "equal-weights"),
        "quorum": quorum,
        "seats": positive,
        "secrecy": one_of("secret"),
        "threshold": between(Fraction(1, 2), Fraction(1)),
    }
    turnout = {
        **HEADS,
        "cast": number,
        "each_role": or_null(boolean),
        "electorate_hash": matching(HASH),
        "needed": number,
        "roles": or_null(dict.fromkeys(ROLES, HEADS)),
    }
    return {
        "decision": positive,
        "question": text,
        "option": text,
        "rule": rule,
        "lot": {"commitment": matching(HASH), "order": numbers, "seed": matching(HASH)},
        "turnout": turnout,
        "hall": {"ballots": positive, "choice": text, "?role": or_null(one_of(*ROLES))},
        "result": {"result": one_of(*WHYS), "why": text, "winners": numbers},
        "roll": matching(HASH),
        "digests": dict.fromkeys(PARTS, matching(HASH)),
        "head": matching(HASH),
        "ballot": {
            "choice": text,
            "reason": text,
            "tracker": matching(TRACKER),
            "?role": one_of(*ROLES),
        },
        "seal": matching(HASH),
    }


def check_shapes(sheet: Sheet) -> bool:
    """Whether every line says what the format says, in the one form; no key unknown or doubled."""
    before = len(sheet.findings)
    for name, shape in shapes().items():
        for line in sheet.lines[name]:
            good = line.value is not None and fits(line.value, shape)
            said = f"this is no {name} as the format has it: a key, a type or a number is wrong."
            sheet.expect(good, line.number, said)
            if good and name not in ("head", "seal"):
                form = json.dumps(
                    line.value, ensure_ascii=False, separators=(",", ":"), sort_keys=True
                )
                same = form.encode("utf-8", "surrogatepass") == line.rest
                sheet.expect(same, line.number, "this is not JSON in the one form of the format.")
    options, known = sheet.values("option"), set[str]()
    for line in sheet.lines["option"]:
        sheet.expect(str(line.value) not in known, line.number, "this option is there twice.")
        known.add(str(line.value))
    said = f"{len(options)} options: there are at most {MOST_OPTIONS}."
    sheet.expect(len(options) <= MOST_OPTIONS, "option", said)
    whole_file = all(sheet.lines[name] for name in SECTIONS if name not in SEVERAL)
    return whole_file and before == len(sheet.findings)


def check_fitting(sheet: Sheet) -> bool:
    """Whether the ballots can be counted by this rule: it, options and turnout fit together."""
    before, rule, options = len(sheet.findings), sheet.value("rule"), len(sheet.lines["option"])
    known = rule.get("edition", 1) <= EDITION
    sheet.expect(known, "rule", "this edition of the rules is newer than this verifier.")
    of_words = isinstance(METHODS[rule["method"]][0], tuple)
    sheet.expect(of_words != bool(options), "option", "options and method do not fit together.")
    sheet.expect(rule["seats"] <= max(options, 1), "rule", "more seats than options.")
    one = rule["seats"] == 1 or rule["method"] not in OF_ONE
    sheet.expect(one, "rule", "several seats, by a method that has one winner.")
    roles = rule["parity"] in ("none", *PARITIES.get(rule["method"], ()))
    sheet.expect(roles, "rule", "a rule about roles, by a method that has none.")
    several = rule["parity"] == "none" or rule["electorate"] not in ROLES
    sheet.expect(several, "rule", "a rule about roles, with an electorate of one role.")
    dots = rule["method"] != "dots" or 0 < rule["dots"] < len(SIGNS)
    sheet.expect(dots, "rule", f"dots are from 1 to {len(SIGNS) - 1}.")
    quorum = rule["quorum"]
    of_present = quorum["of"] == "present" and quorum["number"] is None and quorum["share"] != "0"
    of_present |= rule["method"] == "majority" and rule["base"] == "present"
    of_present |= rule["electorate"] == "present"
    known = not of_present or sheet.value("turnout")["present"] is not None
    sheet.expect(known, "turnout", "the rule goes by those present, and nobody counted them.")
    return before == len(sheet.findings)


def check_words(sheet: Sheet) -> None:
    """Whether the question and each option say anything."""
    for name in ("question", "option"):
        for line in sheet.lines[name]:
            blank = text(line.value) and not line.value.strip()
            sheet.expect(not blank, line.number, f"this {name} is empty.")


def check_roles(sheet: Sheet) -> None:
    """Whether what is told by role adds up to the totals, and no role has more ballots than people.

    Where roles are told, nobody but people in the hall can be without one.
    """
    rule, turnout = sheet.value("rule"), sheet.value("turnout")
    roles, quorum = turnout["roles"], rule["quorum"]
    asked = quorum["each_role"] is (turnout["each_role"] is not None)
    sheet.expect(asked, "turnout", "the rule and the turnout differ about a quorum by role.")
    by_roles = rule["parity"] != "none"
    good = roles is None or by_roles or quorum["each_role"]
    sheet.expect(good, "turnout", "roles are told, but the rule does not go by them.")
    for line in [*sheet.lines["ballot"], *sheet.lines["hall"]]:
        shown = roles is not None and (by_roles or line.name == "hall")
        good = ("role" in line.value) is shown
        sheet.expect(good, line.number, "a role is missing here, or must not be told.")
    if roles is None:
        return
    for key in HEADS:
        parts = [heads[key] for heads in roles.values()]
        if turnout[key] is None or None in parts:
            good = turnout[key] is None and {*parts} == {None}
        else:
            left_out = key == "in_hall" and not by_roles
            good = sum(parts) <= turnout[key] if left_out else sum(parts) == turnout[key]
        sheet.expect(good, "turnout", f"{key} of the roles and of all do not add up.")
    for role, heads in roles.items():
        left_out = rule["electorate"] in ROLES and rule["electorate"] != role
        said = f"people of the role {role}, with an electorate of the role {rule['electorate']}."
        sheet.expect(not left_out or heads["electorate"] == 0, "turnout", said)
        good = heads["by_phone"] <= heads["electorate"]
        said = f"{heads['by_phone']} ballots of the role {role}, of {heads['electorate']} people."
        sheet.expect(good, "turnout", said)
        hall = sum(heap["ballots"] for heap in sheet.values("hall") if heap["role"] == role)
        said = f"{hall} ballots of {heads['in_hall']} people in the hall, of the role {role}."
        sheet.expect(hall <= heads["in_hall"], "turnout", said)
        few = heads["electorate"] + heads["in_hall"] > 0 and heads["by_phone"] < FEWEST
        sheet.expect(
            not few, "turnout", f"roles are told, though few of the role {role} took part."
        )


def check_numbers(sheet: Sheet) -> None:
    """Whether ballots, roll, hall and turnout are numbers of the same people."""
    turnout, ballots = sheet.value("turnout"), sheet.values("ballot")
    by_phone, cast, electorate = (turnout[key] for key in ("by_phone", "cast", "electorate"))
    hall, in_hall = sum(heap["ballots"] for heap in sheet.values("hall")), turnout["in_hall"]
    for part in ("ballot", "roll"):
        count = len(sheet.lines[part])
        said = f'{count} lines "{part}", but {by_phone} took part by phone.'
        sheet.expect(count == by_phone, part, said)
    said = f"{by_phone} ballots by phone: fewer than {FEWEST} are never published."
    sheet.expect(by_phone >= FEWEST, "turnout", said)
    said = f"{cast} ballots in all, but {by_phone} by phone and {hall} in the hall."
    sheet.expect(cast == by_phone + hall, "turnout", said)
    said = f"{by_phone} ballots of an electorate of {electorate}."
    sheet.expect(by_phone <= electorate, "turnout", said)
    if sheet.value("rule")["electorate"] == "present" and turnout["present"] is not None:
        # Otherwise more can be present than entitled: people of other roles, or who have just
        # joined.
        said = f"an electorate of {electorate} of those present, who were {turnout['present']}."
        sheet.expect(electorate <= turnout["present"], "turnout", said)
    sheet.expect(hall <= in_hall, "turnout", f"{hall} ballots of {in_hall} people in the hall.")
    if turnout["roles"] and sheet.value("rule")["parity"] != "none":
        for role in ROLES:
            stated = turnout["roles"][role]["by_phone"]
            count = sum(ballot["role"] == role for ballot in ballots)
            said = f"{count} ballots of the role {role}, not {stated}."
            sheet.expect(count == stated, "turnout", said)


def check_ballots(sheet: Sheet) -> None:
    """Whether each ballot is one by this rule; roll and trackers are sorted, none there twice."""
    rule, options = sheet.value("rule"), len(sheet.lines["option"])
    for line in [*sheet.lines["ballot"], *sheet.lines["hall"]]:
        choice = line.value["choice"]
        good = valid(choice, rule, options) or (line.name == "hall" and choice == "invalid")
        sheet.expect(good, line.number, f'"{clean(choice)}" is no ballot by this rule.')
        good = not line.value.get("reason") or choice in REASONED
        sheet.expect(good, line.number, "a reason, where none is asked for.")
    for name in ("roll", "ballot"):
        keys = [value if name == "roll" else value["tracker"] for value in sheet.values(name)]
        for line, key, before in zip(sheet.lines[name][1:], keys[1:], keys, strict=False):
            sheet.expect(before < key, line.number, "this is not in its place, or there twice.")


def valid(choice: str, rule: Any, options: int) -> bool:
    form, _ = METHODS[rule["method"]]
    if isinstance(form, tuple):
        return choice in form
    signs = [SIGNS.find(sign) for sign in choice]
    if form == "scores":
        return len(choice) == options and {*choice} <= {*"-012345"}
    if form == "dots":
        return len(choice) == options and -1 not in signs and sum(signs) <= rule["dots"]
    in_order = form != "any" or signs == sorted(signs)
    return in_order and all(0 <= n < options for n in signs) and len({*signs}) == len(signs)


def check_lot(sheet: Sheet) -> None:
    """Whether the seed is the one that was committed to, and the order follows from it."""
    lot, options = sheet.value("lot"), range(len(sheet.lines["option"]))
    good = digest(lot["seed"].encode()) == lot["commitment"]
    sheet.expect(good, "lot", "the seed of the lot is not the one that was committed to.")
    order = sorted(options, key=lambda option: digest(f"{lot['seed']} {option + 1}".encode()))
    good = lot["order"] == order
    sheet.expect(good, "lot", "the order of the lot does not follow from its seed.")


# -------------------------------------------------------------------------------- counting it again

MALFORMED = "something is malformed: it can't be counted again."
HIDDEN = """\
The rule goes by the roles, and of some role fewer than 5 took part, so that the file does not say
whose role is what: the ballots can't be counted again."""


def whole(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("a number of people or ballots")
    return value


def fraction(text: str) -> Fraction:
    """A share like 2/3: in no longer form, since 1e999999999 would be counted with for ever."""
    if not re.fullmatch("[0-9]{1,9}(/[0-9]{1,9})?", text):
        raise ValueError("a share")
    return Fraction(text)


class Group:
    """Everybody, or one role: ballots by what they say, and head-counts with those in the hall."""

    def __init__(self, sheet: Sheet, role: str | None = None) -> None:
        turnout = sheet.value("turnout")
        heads = turnout["roles"][role] if role else turnout
        self.cast, self.said = whole(heads["by_phone"]), Counter[str]()
        for ballot in sheet.values("ballot"):
            if role in (None, ballot.get("role")):
                self.said[ballot["choice"]] += 1
        for heap in sheet.values("hall"):
            if whole(heap["ballots"]) and role in (None, heap.get("role")):
                self.said[heap["choice"]] += heap["ballots"]
                self.cast += heap["ballots"]
        self.entitled = whole(heads["electorate"]) + whole(heads["in_hall"])
        self.present = 0 if heads["present"] is None else heads["present"] + heads["in_hall"]
        # What ballots with options say, without the invalid ones.
        self.papers = [(choice, n) for choice, n in self.said.items() if choice != "invalid"]

    def quorum(self, quorum: Any) -> int:
        """How many ballots are asked for: a number, or a share rounded up."""
        if quorum["number"] is not None:
            return whole(quorum["number"])
        of = self.entitled if quorum["of"] == "electorate" else self.present
        return -(-fraction(quorum["share"]) * of // 1)


def edition(rule: Any) -> int:
    """Of the rules of counting; the first is not named."""
    return whole(rule.get("edition", 1))


def recount(sheet: Sheet) -> tuple[str, list[int]] | None:
    """Why it came out so, which tells the result, and the winners; None where the rule goes by
    roles, and these are hidden."""
    rule, turnout, everybody = sheet.value("rule"), sheet.value("turnout"), Group(sheet)
    quorum, options = rule["quorum"], len(sheet.lines["option"])
    needed = everybody.quorum(quorum)
    said = f"{needed} ballots were needed by the rule, not {turnout['needed']}."
    sheet.expect(needed == turnout["needed"], "turnout", said)
    if everybody.cast < needed:
        return "too_few", []
    roles = []
    if rule["parity"] != "none" or quorum["each_role"]:
        if not turnout["roles"]:
            sheet.unsure.append(HIDDEN)
            check_totals(sheet, everybody, options)
            return None
        roles = [group for group in (Group(sheet, role) for role in ROLES) if group.entitled]
    short = any(group.cast < min(group.quorum(quorum), group.entitled) for group in roles)
    if quorum["each_role"]:
        said = "whether each role reached the quorum does not follow from its ballots."
        sheet.expect(turnout["each_role"] is not short, "turnout", said)
    if quorum["each_role"] and short:
        return "too_few_in_a_role", []
    return by_rule(sheet, everybody, roles, options)


def check_totals(sheet: Sheet, everybody: Group, options: int) -> None:
    """Where roles are hidden, whether the totals of all allow the result that stands here."""
    rule, stated = sheet.value("rule"), sheet.value("result")
    parity, all_alike, quorum = rule["parity"], {**rule, "parity": "none"}, rule["quorum"]
    why, winners = found = by_rule(sheet, everybody, [], options, all_alike)
    if sheet.value("turnout")["each_role"] is False:
        asked = fraction(quorum["share"]) if quorum["number"] is None else quorum["number"]
        good = asked > 0 and everybody.cast < everybody.entitled
        good = good and (stated["why"], stated["winners"]) == ("too_few_in_a_role", [])
    elif parity == "none":
        good = (stated["why"], stated["winners"]) == found
    elif RESULTS[why] in ("chosen", "no_result"):
        most = by_rule(sheet, everybody, [], options, {**all_alike, "seats": max(options, 1)})[1]
        winners, seats = stated["winners"], min(rule["seats"], len(most))
        good = stated["why"] == why and winners == sorted({*winners} & {*most})[: len(winners)]
        good = good and len(winners) == (seats if why == "counted" else 0)
    else:
        good = stated["why"] in by_roles_unseen(rule, everybody, why) and not stated["winners"]
    said = "the totals of all do not allow this result, whatever the roles."
    sheet.expect(good, "result", said)


def by_roles_unseen(rule: Any, everybody: Group, why: str) -> set[str]:
    """What a majority or a consensus could have come to, of which only the totals are known.

    `why` is what they come to without roles. Where all who are entitled agreed, each role did.
    """
    agree, of = agreement(rule, everybody)
    all_agree = agree == everybody.entitled
    if why == "blocked":
        return {why}
    if rule["parity"] == "each-role":
        if RESULTS[why] == "not_carried":
            return {why}
        return {"roles_agree"} if all_agree else {"roles_agree", "a_role_disagrees"}
    carried, missed = ENDS[rule["method"]]
    could = {carried} if enough(rule, highest_mean(agree, of)) else set()
    return could if all_agree else could | {missed}


def highest_mean(agree: int, of: int) -> Fraction:
    """The most that the mean of up to three roles' shares can be: one person each in all but one
    of the roles, and these agree."""
    means = [Fraction(0)]
    for alone in range(min(agree, len(ROLES) - 1) + 1):
        rest = Fraction(agree - alone, of - alone or 1)
        means.append((alone + rest) / (alone + 1 if of > alone else alone or 1))
    return max(means)


def by_rule(
    sheet: Sheet, everybody: Group, roles: list[Group], options: int, rule: Any = None
) -> tuple[str, list[int]]:
    """Why it came out so and the winners, by the rule of the file or another, once enough took
    part."""
    rule = rule or sheet.value("rule")
    form, count = METHODS[rule["method"]]
    silent = {"scores": "-" * options, "dots": "0" * options}.get(str(form), "")
    if all(choice in (silent, "abstain") for choice, _ in everybody.papers):
        return "nothing_said", []
    if isinstance(form, tuple):
        return count(rule, everybody, roles), []
    seats, lot = whole(rule["seats"]), sheet.value("lot")["order"]
    if not options or not seats:
        raise ValueError("nothing to choose")
    if form == "order" and edition(rule) > 1:  # whom nobody names fills no seat
        seats = min(seats, len({sign for choice, _ in everybody.papers for sign in choice}))
    groups = roles if rule["parity"] == "equal-weights" else [everybody]
    winners = count(rule, everybody, groups, options, seats, lot)
    return "counted" if winners else "none_enough", winners


def shares(
    rule: Any, everybody: Group, roles: list[Group], share: Callable[[Group], Fraction]
) -> list[Fraction]:
    """The shares that have to be enough: of all, of each role too, or the mean of the roles."""
    if rule["parity"] == "equal-weights":
        return [sum(map(share, roles), Fraction(0)) / len(roles)]
    groups = [everybody, *roles] if rule["parity"] == "each-role" else [everybody]
    return [share(group) for group in groups]


def agreement(rule: Any, group: Group) -> tuple[int, int]:
    """How many agree, and of how many, by a majority or a consensus."""
    said = group.said
    if rule["method"] == "consensus":
        return said["agree"], said["agree"] + said["aside"] + said["block"]
    of = {
        "yes-no": said["yes"] + said["no"],
        "yes-no-abstain": said["yes"] + said["no"] + said["abstain"],
        "cast": group.cast,
        "present": max(group.present, group.cast),
        "entitled": group.entitled,
    }[rule["base"]]
    return said["yes"], of


def enough(rule: Any, share: Fraction) -> bool:
    threshold = fraction(rule["threshold"])
    if rule["method"] == "majority" and threshold == Fraction(1, 2):
        return share > threshold
    return share >= threshold


def by_threshold(rule: Any, everybody: Group, roles: list[Group]) -> str:
    """Why a majority or a consensus without blocks came out so."""

    def share(group: Group) -> Fraction:
        """0 where nobody said anything."""
        agree, of = agreement(rule, group)
        return Fraction(agree, of or 1)

    reached, missed = ENDS[rule["method"]]
    together, *each = shares(rule, everybody, roles, share)
    if not enough(rule, together):
        return missed
    if rule["parity"] != "each-role":
        return reached
    return "roles_agree" if all(enough(rule, one) for one in each) else "a_role_disagrees"


ENDS = {"majority": ("reached", "missed"), "consensus": ("no_block", "too_little_agreement")}


def majority(rule: Any, everybody: Group, roles: list[Group]) -> str:
    why = by_threshold(rule, everybody, roles)
    yes, of = agreement(rule, everybody)
    halves = rule["parity"] != "equal-weights" and everybody.said["no"] == yes and 2 * yes == of
    return "tie" if why == "missed" and halves and rule["threshold"] == "1/2" else why


def consent(_: Any, everybody: Group, __: list[Group]) -> str:
    return "objections" if everybody.said["object"] else "no_objection"


def consensus(rule: Any, everybody: Group, roles: list[Group]) -> str:
    return "blocked" if everybody.said["block"] else by_threshold(rule, everybody, roles)


# ------------------------------------------------------------------------- several options, counted

Ranking = tuple[int, ...]
Papers = Counter[Ranking]  # ballots by their rankings


def by_figures(
    told: Callable[[Group, int], tuple[int, int]], scored: bool = False
) -> Callable[..., list[int]]:
    """Count by a figure that each option has; `told` hands it back, and what it is a share of."""

    def count(
        rule: Any, everybody: Group, groups: list[Group], options: int, seats: int, lot: list[int]
    ) -> list[int]:
        # The mean of the groups' shares, and by score how many scored the option. What got nothing
        # is never chosen; in the first edition, by score, only what nobody scored. Since then an
        # option needs scores from half as many as scored the one that most have scored.
        figures, first_edition = {}, edition(rule) == 1
        most = max(told(everybody, option)[1] for option in range(options))
        for option in range(options):
            total, of = told(everybody, option)
            enough = first_edition or 2 * of >= most
            if of and enough and (total or (scored and first_edition)):
                parts = [told(group, option) for group in groups]
                mean = sum((Fraction(a, b or 1) for a, b in parts), Fraction(0)) / len(parts)
                figures[option] = mean, of if scored else 0
        best = sorted({*figures.values()}, reverse=True)
        return first(([n for n in figures if figures[n] == one] for one in best), seats, lot)

    return count


def approvals(group: Group, option: int) -> tuple[int, int]:
    """How many named an option, of all who named any."""
    agreed = sum(n for choice, n in group.papers if SIGNS[option] in choice)
    return agreed, sum(n for choice, n in group.papers if choice)


def scores(group: Group, option: int) -> tuple[int, int]:
    """What an option got, of so many who gave it a score."""
    given = [(choice[option], n) for choice, n in group.papers if choice[option] != "-"]
    return sum(SIGNS.index(sign) * n for sign, n in given), sum(n for _, n in given)


def dots(group: Group, option: int) -> tuple[int, int]:
    return sum(SIGNS.index(choice[option]) * n for choice, n in group.papers), 1


def by_rankings(
    count: Callable[[Papers, int, int, list[int]], list[int]],
) -> Callable[..., list[int]]:
    """Count by what all together put in order. Blank ballots count for nobody, and for no quota."""

    def ranked(
        _: Any, everybody: Group, __: list[Group], options: int, seats: int, lot: list[int]
    ) -> list[int]:
        papers = Counter[Ranking]()
        for choice, ballots in everybody.papers:
            papers[tuple(SIGNS.index(sign) for sign in choice)] += ballots
        del papers[()]
        return count(papers, options, seats, lot)

    return ranked


def first(order: Iterable[list[int]], seats: int, lot: list[int]) -> list[int]:
    """The first options of an order; if a place is larger than the seats left, by the lot."""
    winners: list[int] = []
    for place in order:
        free = seats - len(winners)
        winners += place if len(place) <= free else sorted(sorted(place, key=lot.index)[:free])
    return winners


def pairwise(papers: Papers, options: int) -> list[list[int]]:
    """How many ballots put one option before another; those not named rank last together."""
    matrix = [[0] * options for _ in range(options)]
    for ranking, ballots in papers.items():
        below = set(range(options))
        for option in ranking:
            below.remove(option)
            for other in below:
                matrix[option][other] += ballots
    return matrix


def layers(better: list[set[int]]) -> Iterable[list[int]]:
    """Places: first all than whom none is better, then the same among the rest."""
    left = set(range(len(better)))
    while left:
        place = {option for option in left if not any(option in better[one] for one in left)}
        yield sorted(place)
        left -= place


def schulze(papers: Papers, options: int, seats: int, lot: list[int]) -> list[int]:
    """An option is better where its strongest path is stronger than the other's to it."""
    matrix, all_ = pairwise(papers, options), range(options)
    path = [[row[b] if row[b] > matrix[b][a] else 0 for b in all_] for a, row in enumerate(matrix)]
    for by in all_:
        for a in all_:
            for b in all_:
                path[a][b] = max(path[a][b], min(path[a][by], path[by][b]))
    better = [{b for b in all_ if path[a][b] > path[b][a]} for a in all_]
    return first(layers(better), seats, lot)


def ranked_pairs(papers: Papers, options: int, seats: int, lot: list[int]) -> list[int]:
    """Lock the strongest majorities first; equal ones, that of the luckier option, over the less"""
    matrix, all_ = pairwise(papers, options), range(options)
    pairs = [(a, b) for a in all_ for b in all_ if matrix[a][b] > matrix[b][a]]
    pairs.sort(key=lambda ab: (-matrix[ab[0]][ab[1]], lot.index(ab[0]), -lot.index(ab[1])))
    after: list[set[int]] = [set() for _ in all_]
    for a, b in pairs:
        if a not in after[b]:
            for one in all_:
                if one == a or a in after[one]:
                    after[one] |= {b} | after[b]
    return first(layers(after), seats, lot)


def earlier(tied: list[int], history: list[dict[int, int]], pick: Callable[..., int]) -> list[int]:
    """Whom the most recent rounds leave in a tie; in the last one they are equal anyway."""
    for votes in reversed(history):
        extreme = pick(votes[option] for option in tied)
        tied = [option for option in tied if votes[option] == extreme]
    return tied


def by_votes(options: Iterable[int], votes: Mapping[int, int]) -> list[int]:
    return sorted(options, key=lambda option: (-votes[option], option))


def instant_runoff(papers: Papers, options: int, _: int, lot: list[int]) -> list[int]:
    left, history = list(range(options)), list[dict[int, int]]()
    while True:
        votes = dict.fromkeys(left, 0)
        for ranking, ballots in papers.items():
            for option in [option for option in ranking if option in votes][:1]:
                votes[option] += ballots
        best = max(left, key=votes.__getitem__)
        if 2 * votes[best] > sum(votes.values()) or len(left) == 1:
            return [best]
        fewest = min(votes.values())
        history.append(votes)
        going = earlier([option for option in left if votes[option] == fewest], history, min)
        others = [votes[option] for option in left if option not in going]
        if not others or len(going) * fewest >= min(others):  # they can't all go at once
            going = [max(going, key=lot.index)]
        left = [option for option in left if option not in going]


def scottish(papers: Papers, options: int, seats: int, lot: list[int]) -> list[int]:
    """Single transferable vote as in Scotland; votes in hundred-thousandths."""
    unit = 10**5
    quota = (sum(papers.values()) // (seats + 1) + 1) * unit
    held: dict[int, list[tuple[int, Ranking, int]]] = {option: [] for option in range(options)}
    hopeful, elected = set(held), list[int]()
    votes, history = dict.fromkeys(held, 0), list[dict[int, int]]()

    def hand_on(pile: list[tuple[int, Ranking, int]]) -> None:
        for value, ranking, ballots in pile:
            for option in [option for option in ranking if option in hopeful][:1]:
                held[option].append((value, ranking, ballots))
                votes[option] += value * ballots

    hand_on([(unit, ranking, ballots) for ranking, ballots in papers.items()])
    while True:
        elected += by_votes((n for n in hopeful if votes[n] >= quota), votes)
        hopeful -= {*elected}
        if len(hopeful) <= seats - len(elected) or len(elected) == seats:
            return (elected + by_votes(hopeful, votes))[:seats]
        history.append(dict(votes))
        most = max((votes[option] for option in elected), default=0)
        if most > quota:
            moving = earlier([n for n in elected if votes[n] == most], history, max)
            option = min(moving, key=lot.index)
            pile, held[option], votes[option] = held[option], [], quota
            hand_on([(value * (most - quota) // most, ranking, n) for value, ranking, n in pile])
            continue
        fewest = min(votes[option] for option in hopeful)
        going = earlier([n for n in hopeful if votes[n] == fewest], history, min)
        option = max(going, key=lot.index)
        hopeful.remove(option)
        if len(hopeful) <= seats - len(elected):
            return elected + by_votes(hopeful, votes)
        votes[option] = 0
        hand_on(held.pop(option))


def meek(papers: Papers, options: int, seats: int, lot: list[int]) -> list[int]:
    """Single transferable vote by Meek's method; votes and shares in thousand-millionths."""
    unit, omega = 10**9, 1000
    keep = dict.fromkeys(range(options), unit)
    hopeful, elected = set(keep), list[int]()
    before = None  # the surplus with the shares of before
    while True:
        votes = dict.fromkeys(keep, 0)
        for ranking, ballots in papers.items():
            left = unit
            for option in (option for option in ranking if option in keep):
                kept = -(-left * keep[option] // unit)
                votes[option] += kept * ballots
                left -= kept
        quota = sum(votes.values()) // (seats + 1) + 1
        surplus = max(0, sum(votes[option] - quota for option in elected))
        reached = by_votes((option for option in hopeful if votes[option] >= quota), votes)
        if not (reached or surplus < omega or (before is not None and surplus >= before)):
            before = surplus
            for option in elected:  # they keep less, until they have no more than the quota
                due = -(-keep[option] * quota // unit)
                keep[option] = -(-due * unit // votes[option])
            continue
        before = None
        elected += reached
        hopeful -= {*reached}
        if not reached and len(hopeful) > seats - len(elected):
            most = min(votes[n] for n in hopeful) + max(surplus, omega) + sum(papers.values())
            option = max((n for n in hopeful if votes[n] <= most), key=lot.index)
            hopeful.remove(option)
            del keep[option]
        if len(hopeful) <= seats - len(elected) or len(elected) == seats:
            return (elected + by_votes(hopeful, votes))[:seats]


# What a ballot looks like by each method: one of these words, any options, options in order, scores
# or dots. And how it is counted: why it came out so, or the winners by number, best first.
METHODS: dict[str, tuple[tuple[str, ...] | str, Callable[..., Any]]] = {
    "majority": (("yes", "no", "abstain"), majority),
    "consent": (("consent", "object"), consent),
    "consensus": (("agree", "abstain", "aside", "block"), consensus),
    "approval": ("any", by_figures(approvals)),
    "score": ("scores", by_figures(scores, scored=True)),
    "dots": ("dots", by_figures(dots)),
    "irv": ("order", by_rankings(instant_runoff)),
    "schulze": ("order", by_rankings(schulze)),
    "ranked-pairs": ("order", by_rankings(ranked_pairs)),
    "stv-scottish": ("order", by_rankings(scottish)),
    "stv-meek": ("order", by_rankings(meek)),
}

# ---------------------------------------------------------------------------------- the whole of it


def check(data: bytes) -> Sheet:
    """Check a file's bytes; what is wrong stands in `findings`. Raises CannotRead."""
    data, mended = mend(data)
    sheet, failed = None, CannotRead()
    try:
        sheet = examine(data)
    except CannotRead as error:
        failed = error
    if sheet is None or sheet.findings:
        for tidy, said in otherwise(data):
            try:
                again = examine(tidy)
            except CannotRead:
                continue
            if not again.findings:
                sheet = again
                mended += said
                break
    if sheet is None:
        raise failed
    sheet.mended = mended
    return sheet


def otherwise(data: bytes) -> Iterable[tuple[bytes, list[str]]]:
    """What the file may have been before it was saved, pasted or sent, and what happened to it."""
    tidy, said = tidied(data)
    if tidy != data:
        yield tidy, said
    for joint in (b" ", b""):
        whole = unwrapped(tidy, joint)
        if whole != tidy:
            yield whole, [*said, "its lines were broken, as mail programs do."]


def examine(data: bytes) -> Sheet:
    """Check the bytes as they stand."""
    sheet = read(data)
    check_chain(sheet, check_digests(sheet))
    good = check_shapes(sheet)
    fitting = good and check_fitting(sheet)
    try:
        check_words(sheet)
        check_numbers(sheet)
        check_ballots(sheet)
        check_lot(sheet)
        if not good:
            raise ValueError("not as the format has it")
        if not fitting:
            return sheet
        check_roles(sheet)
        again, stated = recount(sheet), sheet.value("result")
        sheet.counted = not sheet.unsure
        good = stated["why"] in WHYS[stated["result"]]
        sheet.expect(good, "result", "what came of it and why contradict each other.")
        if again is not None:
            why, winners = again
            result = RESULTS[why]
            said = f"counted again, the ballots give: {in_words(sheet, result, winners)}."
            same = (result, winners) == (stated["result"], stated["winners"])
            sheet.expect(same, "result", said)
            if same and good:
                said = f'counted again, the reason is "{why}", not "{clean(stated["why"])}".'
                sheet.expect(why == stated["why"], "result", said)
    except UNCOUNTABLE:
        sheet.unsure = []
        sheet.expect(False, "rule", MALFORMED)
    return sheet


def in_words(sheet: Sheet, result: str, winners: list[int]) -> str:
    names = ", ".join(str(sheet.values("option")[n]) for n in winners)
    return clean(result.replace("_", " ") + (f": {names}" if names else ""))


def report(sheet: Sheet) -> list[str]:
    """What was found, and what was counted, in sentences."""
    count = len(sheet.findings)
    if count:
        first_line = "1 thing does not fit:" if count == 1 else f"{count} things do not fit:"
        found = [f"line {number}: {said}" for number, said in sorted(sheet.findings)]
        more = [f"And {count - MOST_SHOWN} more."] if count > MOST_SHOWN else []
        return [first_line, *found[:MOST_SHOWN], *more]
    turnout, stated = sheet.value("turnout"), sheet.value("result")
    fits_together = "Everything in this file fits together."
    if sheet.unsure:
        fits_together = (
            "Nothing in this file contradicts itself, but its result was not counted again."
        )
    cast, by_phone, needed = (turnout[key] for key in ("cast", "by_phone", "needed"))
    return [
        fits_together,
        f"The question: {clean(sheet.value('question'))}",
        f"By {sheet.value('rule')['method']}: {cast} ballots, {by_phone} of them by phone; "
        f"{needed} were needed.",
        f"The result: {in_words(sheet, stated['result'], stated['winners'])}.",
    ]


def ballot_in_words(sheet: Sheet, choice: str) -> str:
    """What a ballot says, with the options' names."""
    (form, _), options = METHODS[sheet.value("rule")["method"]], sheet.values("option")
    if isinstance(form, tuple):
        return choice
    if form in ("scores", "dots"):
        return ", ".join(f"{name}: {sign}" for name, sign in zip(options, choice, strict=True))
    between = ", " if form == "any" else " > "
    return between.join(options[SIGNS.index(sign)] for sign in choice) or "blank"


def find_tracker(sheet: Sheet, asked: str) -> tuple[str, bool]:
    """What the ballot with a tracker says, and whether there is one; as it stands if in doubt."""
    for line in sheet.lines["ballot"]:
        ballot = line.value if isinstance(line.value, dict) else {}
        if ballot.get("tracker") == asked.strip().upper():
            said, reason = str(ballot.get("choice")), ballot.get("reason")
            said = said if sheet.findings else ballot_in_words(sheet, said)
            because = f" (reason: {reason})" if reason else ""
            return clean(f"Your ballot is in line {line.number}: {said}{because}."), True
    return clean(f"No ballot here has the tracker {asked}."), False


def find_member(sheet: Sheet, asked: str) -> tuple[str, bool]:
    """Whether a member stands on the roll, as a sentence too."""
    member, _, salt = asked.partition(":")
    line_of_mine = f"{sheet.value('decision')}:{member.strip()}:{salt.strip().lower()}"
    mine = digest(line_of_mine.encode("utf-8", "replace"))
    for line in sheet.lines["roll"]:
        if line.value == mine:
            return f"You stand on the roll, in line {line.number}: you took part by phone.", True
    return "Nobody with this number and salt stands on the roll.", False


def read_bounded(path: Path) -> bytes:
    """A file's bytes; raises OSError, or CannotRead before memory is spent on something else."""
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES or data.count(b"\n") > MOST_LINES:
        raise CannotRead(
            f"it has more than {MOST_BYTES // 2**20} MiB or {MOST_LINES} lines, which no list has"
        )
    return data


def verify(path: Path, tracker: str | None = None, roll: str | None = None) -> tuple[str, int]:
    """The text to show and the exit code: 0 all fits, 1 something does not, 2 can't be read."""
    try:
        sheet = check(read_bounded(path))
    except (CannotRead, OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        return clean(f"{path} can't be read: {why}."), 2
    text, good = report(sheet) + sheet.unsure, not sheet.findings
    for asked, find in ((tracker, find_tracker), (roll, find_member)):
        if asked is not None:
            sentence, found = find(sheet, asked)
            text, good = [*text, sentence], good and found
    last = [clean(str(sheet.value("seal")))]
    if not sheet.counted:
        last += ["", "Nothing was counted again here."]
    text = [*(f"Put right before reading: {said}" for said in sheet.mended), *text]
    return "\n".join([*text, "", NOT_SHOWN, *last]), 0 if good else 1


def main() -> int:
    parser = argparse.ArgumentParser(
        description="Check the list that Voci published of a closed secret decision."
    )
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument("--tracker", help="show the ballot with this tracker")
    parser.add_argument("--roll", metavar="NUMBER:SALT", help="look for this member on the roll")
    asked = parser.parse_args()
    text, code = verify(asked.file, asked.tracker, asked.roll)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without umlauts
    sys.stdout.write(text + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
