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
LARGEST_FILE = 100_000_000  # bytes
LARGEST_NUMBER = 10**9

DIGITS = "0123456789abcdefghij"  # the sign of each option on a ballot, from the first option on
SCORES = "012345"
WORDS = {
    "majority": ("yes", "no", "abstain"),
    "consent": ("consent", "object"),
    "consensus": ("agree", "abstain", "aside", "block"),
}
REASONED = ("object", "aside", "block")
RANKED = ("irv", "schulze", "ranked-pairs", "stv-scottish", "stv-meek")
ROLES = ("user", "family", "professional")
BY_ROLE = {  # the rules about roles that a method has
    "none": (*WORDS, *RANKED, "approval", "score", "dots"),
    "each-role": ("majority", "consensus"),
    "equal-weights": ("majority", "consensus", "approval", "score"),
}
CALLED = {
    "decision": "the number of the decision was",
    "question": "the question was",
    "option": "the options were",
    "rule": "the rule was",
    "lot": "the lot, which breaks ties, was",
    "turnout": "the turnout was",
    "hall": "the ballots of the hall were",
    "result": "the result was",
    "roll": "the roll was",
}
NOT_SHOWN = """\
What this does not show: that nobody stuffed the list. Whoever ran the bot while the decision was
open could have added people or ballots before it was sealed. It shows that the list is consistent,
and with your tracker that it has your ballot. A ballot of the hall is only a number here, and who
was entitled is only a hash."""

# ------------------------------------------------------------------------- the form of each line

HASH = re.compile("[0-9a-f]{64}")
FRACTION = re.compile("[0-9]{1,9}(/[1-9][0-9]{0,8})?")
TRACKER = re.compile("[0-9A-HJKMNP-TV-Z]{10}")  # Crockford's base 32
HEADS = {"by_phone": int, "electorate": int, "in_hall": int, "present": (int, None)}
OF = {"electorate", "present"}
QUORUM = {"each_role": bool, "number": (int, None), "of": OF, "share": FRACTION}
SHAPES: dict[str, Any] = {
    "decision": int,
    "question": str,
    "option": str,
    "rule": {
        "base": {"yes-no", "yes-no-abstain", "cast", "present", "entitled"},
        "dots": int,
        "electorate": {"all", *ROLES, "present", "named"},
        "method": {*BY_ROLE["none"]},
        "parity": {*BY_ROLE},
        "quorum": QUORUM,
        "seats": int,
        "secrecy": {"secret"},
        "threshold": FRACTION,
    },
    "lot": {"commitment": HASH, "order": [int], "seed": HASH},
    "turnout": {
        **HEADS,
        "cast": int,
        "each_role": (bool, None),
        "electorate_hash": HASH,
        "needed": int,
        "roles": (dict.fromkeys(ROLES, HEADS), None),
    },
    "hall": (
        {"ballots": int, "choice": str},
        {"ballots": int, "choice": str, "role": ({*ROLES}, None)},
    ),
    "result": {"result": str, "why": str, "winners": [int]},
    "roll": HASH,
    "digests": dict.fromkeys(PARTS, HASH),
    "ballot": (
        {"choice": str, "reason": str, "tracker": TRACKER},
        {"choice": str, "reason": str, "role": {*ROLES}, "tracker": TRACKER},
    ),
}


def fits(value: Any, shape: Any) -> bool:
    """Whether a value has a shape: a tuple has alternatives, a set the words that are allowed."""
    if isinstance(shape, tuple):
        return any(fits(value, one) for one in shape)
    if isinstance(shape, dict):
        if not isinstance(value, dict) or value.keys() != shape.keys():
            return False
        return all(fits(value[key], shape[key]) for key in shape)
    if isinstance(shape, list):
        return isinstance(value, list) and all(fits(one, shape[0]) for one in value)
    if isinstance(shape, set):
        return isinstance(value, str) and value in shape
    if isinstance(shape, re.Pattern):
        return isinstance(value, str) and shape.fullmatch(value) is not None
    if shape is int:
        return type(value) is int and 0 <= value <= LARGEST_NUMBER
    return value is None if shape is None else isinstance(value, shape)


def refuse(text: str) -> Any:
    raise ValueError(text)


def whole(text: str) -> int:
    return int(text) if len(text) <= 10 else refuse(text)


def from_json(raw: bytes) -> Any:
    """The value of JSON in its canonical form, numbers being whole; raises ValueError for others"""
    text = raw.decode("utf-8")
    try:
        value = json.loads(text, parse_int=whole, parse_float=refuse, parse_constant=refuse)
    except RecursionError:
        refuse("too deep")
    if json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True) != text:
        refuse("not canonical")
    return value


def digest(raw: bytes) -> str:
    return sha256(raw).hexdigest()


def clean(text: str) -> str:
    """Text in one line, without what could steer a terminal, and not endless."""
    text = " ".join(text.split()) if len(text) <= 500 else text[:499] + "…"
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)


# ------------------------------------------------------------------------------ reading the file


class CannotRead(Exception):
    """This is not a list that Voci published; the message is a sentence."""


class Line:
    """A line: its number from 1, its bytes, its value (None: malformed), and a ballot's link."""

    def __init__(self, number: int, raw: bytes) -> None:
        self.number, self.raw = number, raw
        self.name, _, self.rest = raw.partition(b" ")
        self.value: Any = None
        self.link = ""


class Sheet:
    """The lines by their names, and what was found. `well_formed`: all can be counted again."""

    def __init__(self) -> None:
        self.lines: dict[str, list[Line]] = {name: [] for name in SECTIONS}
        self.findings: list[tuple[int, str]] = []
        self.unsure: list[str] = []
        self.well_formed = True

    def find(self, at: int | str, sentence: str) -> None:
        """Note what is wrong in a line, or in a part."""
        self.findings.append((self.at(at) if isinstance(at, str) else at, sentence))

    def malformed(self, at: int | str, sentence: str) -> None:
        self.find(at, sentence)
        self.well_formed = False

    def value(self, name: str) -> Any:
        """The value of a part that has one line; None where that is missing or malformed."""
        return self.lines[name][0].value if self.lines[name] else None

    def values(self, name: str) -> list[Any]:
        return [line.value for line in self.lines[name]]

    def at(self, name: str) -> int:
        """The first line of a part, or where it should have been."""
        for section in SECTIONS[SECTIONS.index(name) :]:
            if self.lines[section]:
                return self.lines[section][0].number
        return 1


def read(data: bytes) -> Sheet:
    """Sort the lines by their names, and check the form of each; raises CannotRead."""
    if not data:
        raise CannotRead("the file is empty.")
    rows = data.split(b"\n")
    if rows[0] != FIRST_LINE and not rows[-2:][0].startswith(b"seal "):
        raise CannotRead('this is no list of Voci\'s: the first line is not "voci-decision 1".')
    sheet = Sheet()
    if rows[0] != FIRST_LINE:
        sheet.malformed(1, 'the first line has to be "voci-decision 1".')
    if rows[-1] == b"":
        rows.pop()
    else:
        sheet.malformed(len(rows), "the file does not end at the end of a line.")
    if data.count(b"\r\n") > len(rows) // 2:
        sheet.malformed(1, "the lines end in CR LF: a program changed that; they end in LF.")
    latest = 0
    for number, raw in enumerate(rows[1:], 2):
        line = Line(number, raw)
        name = line.name.decode("ascii", "replace")
        if name not in SECTIONS:
            sheet.malformed(number, f'no line begins with "{clean(name)}".')
            continue
        if SECTIONS.index(name) < latest:
            sheet.malformed(number, f'a line "{name}" does not belong here, but further up.')
        latest = max(latest, SECTIONS.index(name))
        sheet.lines[name].append(line)
        if not parse(line, name):
            sheet.malformed(number, f'this line "{name}" is not well formed.')
    for name in SECTIONS:
        if name not in SEVERAL and len(sheet.lines[name]) != 1:
            count = len(sheet.lines[name])
            sheet.malformed(name, f'one line "{name}" was expected, not {count}.')
    return sheet


def parse(line: Line, name: str) -> bool:
    """Fill in what a line says; whether it is well formed."""
    rest = line.rest
    try:
        if name in ("head", "seal"):
            line.value = rest.decode("utf-8")
            return fits(line.value, HASH)
        if name == "ballot":
            link, _, rest = rest.partition(b" ")
            line.link, line.rest = link.decode("utf-8"), rest
        value = from_json(rest)
    except ValueError:  # UnicodeDecodeError and JSONDecodeError are ValueErrors
        return False
    if not fits(value, SHAPES[name]) or (name == "ballot" and not fits(line.link, HASH)):
        return False
    line.value = value
    return True


# ------------------------------------------------------------------------- digests, head and chain


def check_digests(sheet: Sheet) -> str:
    """Compare each part with its digest, and all with the head. Hands back the head to go on from.

    If the parts give the head, only the line of digests can be wrong; if the digests give it, a
    part is; if the digests are those of the parts, the head is.
    """
    lines = sheet.lines
    computed = {part: digest(b"".join(line.raw + b"\n" for line in lines[part])) for part in PARTS}
    text = f"digests {json.dumps(computed, separators=(',', ':'), sort_keys=True)}".encode()
    raw = b"".join(line.raw for line in lines["digests"])
    true, head, stated = digest(text + b"\n"), sheet.value("head"), sheet.value("digests")
    if raw == text and true != head:
        sheet.find("head", "the head was changed: the digests give another.")
        return true
    if true == head and raw != text:
        sheet.find("digests", "the digests were changed: the head binds others.")
    elif true != head:
        if digest(raw + b"\n") != head:
            sheet.find("digests", "neither these digests nor the parts give the head.")
        for part in PARTS:
            if stated is not None and computed[part] != stated[part]:
                numbers = [line.number for line in lines[part]]
                where = f" (lines {numbers[0]} to {numbers[-1]})" if len(numbers) > 1 else ""
                sheet.find(part, f"{CALLED[part]} changed{where}: the digest is another.")
    return str(head or true)


def follows(link: str, ballots: list[Line], at: int, seal: str) -> bool:
    """Whether the ballot at a place follows on a link; after the last one, whether the seal does"""
    if at == len(ballots):
        return link == seal
    return digest(f"{link} ".encode() + ballots[at].rest) == ballots[at].link


def tracker_of(line: Line) -> str:
    return str(line.value["tracker"]) if line.value else ""


def check_chain(sheet: Sheet, link: str) -> None:
    """Follow the links from the head to the seal, and say what happened where one is broken."""
    ballots, seal = sheet.lines["ballot"], str(sheet.value("seal"))
    ordered = sorted(ballots, key=tracker_of)
    if ordered != ballots and all(
        follows(ordered[at - 1].link if at else link, ordered, at, seal)
        for at in range(len(ballots) + 1)
    ):
        moved = next(at for at, line in enumerate(ballots) if line is not ordered[at])
        sheet.find(ballots[moved].number, "from here on the ballots were put into another order.")
        return
    turnout = sheet.value("turnout")
    missing = (turnout["by_phone"] if turnout else len(sheet.lines["roll"])) - len(ballots)
    seen: dict[bytes, int] = {}
    for at, line in enumerate(ballots):
        computed = digest(f"{link} ".encode() + line.rest)
        further = range(at + 1, min(at + 100, len(ballots)) + 1)
        if computed == line.link:
            link = line.link
        elif line.rest in seen:
            number = seen[line.rest]
            sheet.find(line.number, f"this ballot was doubled: it is the one of line {number}.")
        elif any(follows(link, ballots, later, seal) for later in further):
            sheet.find(line.number, "this ballot was added: the chain goes on without it.")
        elif follows(computed, ballots, at + 1, seal):
            sheet.find(line.number, "the link of this ballot was changed.")
            link = computed
        elif missing > 0:
            sheet.find(line.number, "before this ballot one was dropped: the chain has a gap.")
            missing, link = missing - 1, line.link
        else:
            sheet.find(line.number, "this ballot was changed: the chain binds another.")
            link = line.link
        seen.setdefault(line.rest, line.number)
    if link != seal:
        what = "before the seal a ballot was dropped" if missing > 0 else "the seal was changed"
        sheet.find("seal", f"{what}: it is not the last link.")


# --------------------------------------------------------------------- what the lines have to obey


def check_sorted(sheet: Sheet, name: str, keys: list[str], what: str) -> None:
    """Lines sorted by a key that none share with another."""
    lines = sheet.lines[name]
    for at in range(1, len(lines)):
        if keys[at] == keys[at - 1]:
            sheet.find(lines[at].number, f"{what} stands in the line above already.")
        elif keys[at] < keys[at - 1]:
            sheet.find(lines[at].number, f"{what} is not in its place: it sorts further up.")


def check_numbers(sheet: Sheet) -> None:
    """Whether ballots, roll, hall and turnout are numbers of the same people."""
    turnout, at = sheet.value("turnout"), sheet.at("turnout")
    ballots, roll = len(sheet.lines["ballot"]), len(sheet.lines["roll"])
    by_phone, cast, electorate = (turnout[key] for key in ("by_phone", "cast", "electorate"))
    hall, in_hall = sum(heap["ballots"] for heap in sheet.values("hall")), turnout["in_hall"]
    if ballots != by_phone:
        sheet.find("ballot", f"{ballots} ballots, but {by_phone} were cast by phone.")
    if roll != by_phone:
        sheet.find("roll", f"{roll} lines on the roll, but {by_phone} took part by phone.")
    if cast != by_phone + hall:
        sheet.find(at, f"{cast} ballots in all, but {by_phone} by phone and {hall} in the hall.")
    if by_phone > electorate:
        sheet.find(at, f"{by_phone} ballots of an electorate of {electorate}.")
    if hall > in_hall:
        sheet.find(at, f"{hall} ballots of {in_hall} people in the hall.")
    for key in HEADS if turnout["roles"] else ():
        parts = [turnout["roles"][role][key] for role in ROLES]
        if None in (*parts, turnout[key]):
            if {*parts, turnout[key]} != {None}:
                sheet.find(at, f"{key} is told by role, or on the whole, but not both.")
        elif sum(parts) != turnout[key] and (key != "in_hall" or sum(parts) > turnout[key]):
            sheet.find(at, f"{key} of the roles adds up to {sum(parts)}, not {turnout[key]}.")


def check_ballots(sheet: Sheet) -> None:
    """Whether each ballot, by phone and in the hall, is one by this rule; and the trackers."""
    rule, options = sheet.value("rule"), len(sheet.lines["option"])
    lines = sheet.lines["ballot"]
    check_sorted(sheet, "ballot", [tracker_of(line) for line in lines], "this tracker")
    roles = sheet.value("turnout")["roles"]
    needs_role = roles is not None and rule["parity"] != "none"
    for line in [*lines, *sheet.lines["hall"]]:
        said, in_hall = line.value, line.name == b"hall"
        choice = said["choice"]
        if not (valid(choice, rule, options) or (in_hall and choice == "invalid")):
            sheet.malformed(line.number, f'"{clean(choice)}" is no ballot by this rule.')
        if said.get("reason") and choice not in REASONED:
            sheet.find(line.number, "a reason, where none is asked for.")
        has_role = "role" in said and (said["role"] is not None or not needs_role)
        if has_role != (roles is not None if in_hall else needs_role):
            sheet.malformed(line.number, "a role, where the rule has none, or none where it has.")
    for role in ROLES if needs_role else ():
        cast = sum(line.value.get("role") == role for line in lines)
        if cast != roles[role]["by_phone"]:
            at = sheet.at("turnout")
            sheet.find(at, f"{cast} ballots of the role {role}, not {roles[role]['by_phone']}.")


def valid(choice: str, rule: Any, options: int) -> bool:
    method = rule["method"]
    if method in WORDS:
        return choice in WORDS[method]
    signs = [DIGITS.find(sign) for sign in choice]
    if method in ("score", "dots"):
        if len(choice) != options:
            return False
        if method == "score":
            return set(choice) <= {*SCORES, "-"}
        return -1 not in signs and sum(signs) <= rule["dots"]
    if any(not 0 <= sign < options for sign in signs) or len({*signs}) < len(signs):
        return False
    return method != "approval" or signs == sorted(signs)


def check_rule(sheet: Sheet) -> None:
    """Whether ballots can be counted by this rule at all."""
    rule, options = sheet.value("rule"), len(sheet.lines["option"])
    quorum, method, turnout = rule["quorum"], rule["method"], sheet.value("turnout")
    at = sheet.at("rule")
    if method not in BY_ROLE[rule["parity"]]:
        sheet.malformed(at, f"{method} has no rule about roles.")
    if (
        method in ("majority", "consensus")
        and not Fraction(1, 2) <= Fraction(rule["threshold"]) <= 1
    ):
        sheet.malformed(at, "the threshold has to be from one half to one.")
    if method not in WORDS and not (1 <= options <= len(DIGITS) and rule["seats"] >= 1):
        sheet.malformed(at, f"{options} options for {rule['seats']} seats can't be counted.")
    if method == "irv" and rule["seats"] != 1:
        sheet.malformed(at, "an instant runoff has one winner.")
    if Fraction(quorum["share"]) > 1:
        sheet.malformed(at, "a quorum is a share of at most all.")
    of_present = quorum["of"] == "present" and quorum["number"] is None
    of_present = of_present or (method == "majority" and rule["base"] == "present")
    if of_present and turnout["present"] is None:
        sheet.malformed(at, "the rule goes by those present, and nobody counted them.")


def check_lot(sheet: Sheet) -> None:
    """Whether the seed is the one that was committed to, and the order follows from it."""
    lot, at = sheet.value("lot"), sheet.at("lot")
    seed, options = lot["seed"], range(len(sheet.lines["option"]))
    if digest(seed.encode()) != lot["commitment"]:
        sheet.find(at, "the seed of the lot is not the one that was committed to.")
    order = sorted(options, key=lambda option: digest(f"{seed} {option + 1}".encode()))
    if lot["order"] != order:
        sheet.find(at, "the order of the lot does not follow from its seed.")
    if sorted(lot["order"]) != list(options):
        sheet.malformed(at, "the lot is not an order of all options.")


# -------------------------------------------------------------------------------- counting it again


Answer = tuple[str, str, list[int]]  # result, why, winners
NOTHING_SAID: Answer = ("no_result", "nothing_said", [])
ROLES_HIDDEN = (
    "The rule goes by the roles, and of some role fewer than 5 took part, so that the file "
    "does not say whose role is what."
)
SILENT = {**dict.fromkeys(RANKED, ""), "approval": "", "score": "-", "dots": "0"}


class Group:
    """Everybody, or one role: ballots by what they say, and head-counts with those in the hall."""

    def __init__(self, sheet: Sheet, role: str | None) -> None:
        turnout = sheet.value("turnout")
        heads = turnout if role is None else turnout["roles"][role]
        self.said: Counter[str] = Counter()
        hall = 0
        for ballot in sheet.values("ballot"):
            if role is None or ballot.get("role") == role:
                self.said[ballot["choice"]] += 1
        for heap in sheet.values("hall"):
            if heap["ballots"] and (role is None or heap.get("role") == role):
                self.said[heap["choice"]] += heap["ballots"]
                hall += heap["ballots"]
        self.cast = heads["by_phone"] + hall
        self.entitled = heads["electorate"] + heads["in_hall"]
        self.present = None if heads["present"] is None else heads["present"] + heads["in_hall"]

    def papers(self) -> list[tuple[str, int]]:
        """What ballots with options say, without the invalid ones."""
        return [(choice, n) for choice, n in self.said.items() if choice != "invalid"]


def recount(sheet: Sheet) -> list[Answer]:
    """Every (result, why, winners) that the ballots allow; none where they can't tell.

    There is more than one where the rule goes by roles, and they are hidden.
    """
    rule, turnout = sheet.value("rule"), sheet.value("turnout")
    everybody, roles = Group(sheet, None), None
    if turnout["roles"]:
        roles = [
            group for group in (Group(sheet, role) for role in ROLES) if group.entitled
        ] or None
    needed = least(rule["quorum"], everybody)
    if needed != turnout["needed"]:
        at = sheet.at("turnout")
        sheet.find(at, f"{needed} ballots were needed by the rule, not {turnout['needed']}.")
    if everybody.cast < needed:
        return [("no_quorum", "too_few", [])]
    each = quorum_in_each(sheet, rule["quorum"], roles)
    if each is False:
        return [("no_quorum", "too_few_in_a_role", [])]
    if rule["method"] == "majority":
        return by_majority(sheet, everybody, roles)
    if rule["method"] == "consent":
        return by_consent(everybody)
    if rule["method"] == "consensus":
        return by_consensus(sheet, everybody, roles)
    if not any(choice.strip(SILENT[rule["method"]]) for choice, _ in everybody.papers()):
        return [NOTHING_SAID]
    if rule["parity"] != "none" and roles is None:
        sheet.unsure.append(f"{ROLES_HIDDEN} The winners can't be counted again.")
        return []
    return [("chosen", "counted", choose(sheet, everybody, roles))]


def least(quorum: Any, group: Group) -> int:
    """How many ballots the quorum asks for, of everybody or of one role: its share rounded up."""
    if quorum["number"] is not None:
        return int(quorum["number"])
    of = group.entitled if quorum["of"] == "electorate" else group.present
    return -(-Fraction(quorum["share"]) * (of or 0) // 1)


def quorum_in_each(sheet: Sheet, quorum: Any, roles: list[Group] | None) -> bool | None:
    """Whether each role reached the quorum, as far as it can be told; None: not asked for."""
    stated, each = sheet.value("turnout")["each_role"], None
    if quorum["each_role"] and roles is None:
        sheet.unsure.append(f"{ROLES_HIDDEN} Whether each reached the quorum can't be told.")
        return bool(stated)
    if quorum["each_role"]:
        each = all(group.cast >= min(least(quorum, group), group.entitled) for group in roles or ())
    if stated != each:
        sheet.find("turnout", f"each_role is {each} by the ballots, not {stated}.")
    return each


def by_majority(sheet: Sheet, everybody: Group, roles: list[Group] | None) -> list[Answer]:
    rule, yes, no = sheet.value("rule"), everybody.said["yes"], everybody.said["no"]
    threshold = Fraction(rule["threshold"])
    if yes + no == 0:
        return [NOTHING_SAID]

    def share(group: Group) -> Fraction | None:
        said = group.said
        of = {
            "yes-no": said["yes"] + said["no"],
            "yes-no-abstain": said["yes"] + said["no"] + said["abstain"],
            "cast": group.cast,
            "present": max(group.present or 0, group.cast),
            "entitled": group.entitled,
        }[rule["base"]]
        return Fraction(said["yes"], of) if of else None

    def reaches(part: Fraction | None) -> bool:
        if part is None:
            return False
        return part > threshold if threshold == Fraction(1, 2) else part >= threshold

    tie = threshold == Fraction(1, 2) == share(everybody) and yes == no
    missed = "tie" if tie and rule["parity"] != "equal-weights" else "missed"
    return weigh(sheet, everybody, roles, share, reaches, ("reached", missed))


def by_consent(everybody: Group) -> list[Answer]:
    if everybody.said["object"]:
        return [("not_carried", "objections", [])]
    return [("carried", "no_objection", []) if everybody.said["consent"] else NOTHING_SAID]


def by_consensus(sheet: Sheet, everybody: Group, roles: list[Group] | None) -> list[Answer]:
    def share(group: Group) -> Fraction | None:
        of = sum(group.said[word] for word in ("agree", "aside", "block"))
        return Fraction(group.said["agree"], of) if of else None

    def reaches(part: Fraction | None) -> bool:
        return part is not None and part >= Fraction(sheet.value("rule")["threshold"])

    if share(everybody) is None:
        return [NOTHING_SAID]
    if everybody.said["block"]:
        return [("not_carried", "blocked", [])]
    whys = ("no_block", "too_little_agreement")
    return weigh(sheet, everybody, roles, share, reaches, whys)


def weigh(
    sheet: Sheet,
    everybody: Group,
    roles: list[Group] | None,
    share: Callable[[Group], Fraction | None],
    reaches: Callable[[Fraction | None], bool],
    whys: tuple[str, str],
) -> list[Answer]:
    """Carried or not: by the share of everybody, by each role's too, or by the mean of the roles'.

    `whys` are the words for reaching the threshold on the whole, and for missing it.
    """
    carried: Answer = ("carried", whys[0], [])
    missed: Answer = ("not_carried", whys[1], [])
    agree: Answer = ("carried", "roles_agree", [])
    disagree: Answer = ("not_carried", "a_role_disagrees", [])
    hidden = f"{ROLES_HIDDEN} Whether it was carried can't be counted again."
    parity = sheet.value("rule")["parity"]
    if parity == "equal-weights":
        if roles is None:
            sheet.unsure.append(hidden)
            return [carried, missed]
        mean = sum((share(group) or Fraction(0) for group in roles), Fraction(0)) / len(roles)
        return [carried if reaches(mean) else missed]
    if parity == "none" or not reaches(share(everybody)):
        return [carried if reaches(share(everybody)) else missed]
    if roles is None:
        sheet.unsure.append(hidden)
        return [agree, disagree]
    return [agree if all(reaches(share(group)) for group in roles) else disagree]


# ------------------------------------------------------------------------- several options, counted

Ranking = tuple[int, ...]


def choose(sheet: Sheet, everybody: Group, roles: list[Group] | None) -> list[int]:
    """The winners by number, best first."""
    rule, options = sheet.value("rule"), len(sheet.lines["option"])
    method, seats, lot = rule["method"], rule["seats"], sheet.value("lot")["order"]
    if method in ("approval", "score", "dots"):
        groups = (roles or []) if rule["parity"] == "equal-weights" else [everybody]
        return first(places(figures(rule, options, everybody, groups)), seats, lot)
    papers: Counter[Ranking] = Counter()
    for choice, ballots in everybody.papers():
        papers[tuple(DIGITS.index(sign) for sign in choice)] += ballots
    if method in ("schulze", "ranked-pairs"):
        matrix = pairwise(papers, options)
        better = schulze(matrix) if method == "schulze" else ranked_pairs(matrix, lot)
        return first(layers(better), seats, lot)
    del papers[()]  # blank ballots count for nobody, and for no quota
    if method == "irv":
        return instant_runoff(papers, options, lot)
    return (scottish if method == "stv-scottish" else meek)(papers, options, seats, lot)


def told(method: str, group: Group, option: int) -> tuple[int, int]:
    """What an option got: approvals, scores or dots; and of how many that is to be a share."""
    if method == "approval":
        agreed = sum(n for choice, n in group.papers() if DIGITS[option] in choice)
        return agreed, sum(n for choice, n in group.papers() if choice)
    given = [(choice[option], n) for choice, n in group.papers() if choice[option] != "-"]
    total = sum(DIGITS.index(sign) * n for sign, n in given)
    return total, sum(n for _, n in given) if method == "score" else 1


def figures(
    rule: Any, options: int, everybody: Group, groups: list[Group]
) -> dict[int, tuple[Fraction, int]]:
    """The mean of the groups' shares, and then, by score, how many scored the option.

    Options that got nothing have none and are never chosen, but by approval without roles.
    """
    found = {}
    method = rule["method"]
    for option in range(options):
        total, of = told(method, everybody, option)
        if of if method == "score" else total or (method, rule["parity"]) == ("approval", "none"):
            parts = [told(method, group, option) for group in groups]
            shares = [Fraction(part, whole) for part, whole in parts if whole]
            mean = sum(shares, Fraction(0)) / len(groups)
            found[option] = (mean, of if method == "score" else 0)
    return found


def places(figures: Mapping[int, Any]) -> list[list[int]]:
    """Options by their figure, the highest first; those with equal figures share a place."""
    found: dict[Any, list[int]] = {}
    for option in sorted(figures):
        found.setdefault(figures[option], []).append(option)
    return [found[figure] for figure in sorted(found, reverse=True)]


def first(order: list[list[int]], seats: int, lot: list[int]) -> list[int]:
    """The first options of an order; if a place is larger than the seats left, by the lot."""
    winners: list[int] = []
    for place in order:
        free = seats - len(winners)
        if len(place) > free:
            return winners + sorted(sorted(place, key=lot.index)[:free])
        winners += place
    return winners


def pairwise(papers: Mapping[Ranking, int], options: int) -> list[list[int]]:
    """How many ballots put one option before another; those not named rank last together."""
    matrix = [[0] * options for _ in range(options)]
    for ranking, ballots in papers.items():
        below = set(range(options))
        for option in ranking:
            below.remove(option)
            for other in below:
                matrix[option][other] += ballots
    return matrix


def layers(better: list[set[int]]) -> list[list[int]]:
    """Places: first all than whom none is better, then the same among the rest."""
    left, order = set(range(len(better))), []
    while left:
        place = {option for option in left if not any(option in better[one] for one in left)}
        order.append(sorted(place))
        left -= place
    return order


def schulze(matrix: list[list[int]]) -> list[set[int]]:
    """For each option, those to which its strongest path is stronger than theirs to it."""
    all_ = range(len(matrix))
    path = [
        [n if n > matrix[b][a] else 0 for b, n in enumerate(row)] for a, row in enumerate(matrix)
    ]
    for by in all_:
        for a in all_:
            for b in all_:
                path[a][b] = max(path[a][b], min(path[a][by], path[by][b]))
    return [{b for b in all_ if path[a][b] > path[b][a]} for a in all_]


def ranked_pairs(matrix: list[list[int]], lot: list[int]) -> list[set[int]]:
    """Lock the strongest majorities first; equal ones, that of the luckier option, over the less"""
    all_ = range(len(matrix))
    pairs = [(a, b) for a in all_ for b in all_ if matrix[a][b] > matrix[b][a]]
    pairs.sort(
        key=lambda pair: (-matrix[pair[0]][pair[1]], lot.index(pair[0]), -lot.index(pair[1]))
    )
    after: list[set[int]] = [set() for _ in all_]
    for a, b in pairs:
        if a not in after[b]:
            for one in all_:
                if one == a or a in after[one]:
                    after[one] |= {b} | after[b]
    return after


def earlier(tied: list[int], history: list[dict[int, int]], pick: Callable[..., int]) -> list[int]:
    """Whom the most recent rounds leave in a tie."""
    for votes in reversed(history):
        extreme = pick(votes[option] for option in tied)
        tied = [option for option in tied if votes[option] == extreme]
    return tied


def instant_runoff(papers: Mapping[Ranking, int], options: int, lot: list[int]) -> list[int]:
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
        going = earlier([option for option in left if votes[option] == fewest], history, min)
        others = [votes[option] for option in left if option not in going]
        if not others or len(going) * fewest >= min(others):  # they can't all go at once
            going = [max(going, key=lot.index)]
        history.append(votes)
        left = [option for option in left if option not in going]


def scottish(papers: Mapping[Ranking, int], options: int, seats: int, lot: list[int]) -> list[int]:
    """Single transferable vote as in Scotland; votes in hundred-thousandths."""
    unit = 10**5
    quota = (sum(papers.values()) // (seats + 1) + 1) * unit
    held: dict[int, list[tuple[int, Ranking, int]]] = {option: [] for option in range(options)}
    hopeful, elected, surplus = set(held), [], {}
    votes, history = dict.fromkeys(held, 0), list[dict[int, int]]()

    def hand_on(pile: list[tuple[int, Ranking, int]]) -> None:
        for value, ranking, ballots in pile:
            for option in [option for option in ranking if option in hopeful][:1]:
                held[option].append((value, ranking, ballots))
                votes[option] += value * ballots

    def by_votes(some: Iterable[int]) -> list[int]:
        return sorted(some, key=lambda option: (-votes[option], option))

    hand_on([(unit, ranking, ballots) for ranking, ballots in papers.items()])
    while True:
        for option in by_votes(option for option in hopeful if votes[option] >= quota):
            elected.append(option)
            hopeful.remove(option)
            if votes[option] > quota:
                surplus[option] = votes[option] - quota
        if len(elected) == seats or len(hopeful) <= seats - len(elected):
            return elected + (by_votes(hopeful) if len(elected) < seats else [])
        before, history = history, [*history, dict(votes)]
        if surplus:
            most = max(surplus.values())
            going = earlier([o for o in surplus if surplus[o] == most], before, max)
            moving = min(going, key=lot.index)
            over, total = surplus.pop(moving), votes[moving]
            pile, held[moving], votes[moving] = held[moving], [], quota
            hand_on([(value * over // total, ranking, n) for value, ranking, n in pile])
            continue
        fewest = min(votes[option] for option in hopeful)
        going = sorted(option for option in hopeful if votes[option] == fewest)
        if fewest or len(hopeful) - len(going) < seats - len(elected):
            going = [max(earlier(going, before, min), key=lot.index)]
        hopeful -= {*going}
        if len(hopeful) <= seats - len(elected):
            return elected + by_votes(hopeful)
        for option in going:
            votes[option] = 0
            hand_on(held.pop(option))


def meek(papers: Mapping[Ranking, int], options: int, seats: int, lot: list[int]) -> list[int]:
    """Single transferable vote by Meek's method; votes and shares in thousand-millionths."""
    unit, omega = 10**9, 1000
    keep = dict.fromkeys(range(options), unit)
    hopeful: set[int] = set(keep)
    elected: list[int] = []

    def distribute() -> tuple[dict[int, int], int]:
        votes = dict.fromkeys(keep, 0)
        for ranking, ballots in papers.items():
            left = unit
            for option in ranking:
                if option in keep:
                    kept = -(-left * keep[option] // unit)
                    votes[option] += kept * ballots
                    left -= kept
        return votes, sum(votes.values()) // (seats + 1) + 1

    def by_votes(some: Iterable[int], votes: Mapping[int, int]) -> list[int]:
        return sorted(some, key=lambda option: (-votes[option], option))

    def settle() -> tuple[dict[int, int], int, int]:
        before = None
        while True:
            votes, quota = distribute()
            surplus = max(0, sum(votes[option] - quota for option in elected))
            done = any(votes[option] >= quota for option in hopeful) or surplus < omega
            if done or (before is not None and surplus >= before):
                return votes, quota, surplus
            before = surplus
            for option in elected:
                due = -(-keep[option] * quota // unit)
                keep[option] = -(-due * unit // votes[option])

    if options <= seats:
        return by_votes(hopeful, distribute()[0])
    while True:
        votes, quota, surplus = settle()
        reached = by_votes((option for option in hopeful if votes[option] >= quota), votes)
        elected += reached
        hopeful -= {*reached}
        if not reached:
            fewest = min(votes[option] for option in hopeful)
            margin = max(surplus, omega) + sum(papers.values())
            going = [option for option in hopeful if votes[option] <= fewest + margin]
            voteless = not any(votes[option] for option in going)
            if not voteless or len(hopeful) - len(going) < seats - len(elected):
                going = [max(going, key=lot.index)]
            hopeful -= {*going}
            for option in going:
                del keep[option]
        if len(hopeful) <= seats - len(elected):
            return elected + by_votes(hopeful, votes)
        if len(elected) >= seats:
            return elected


# ---------------------------------------------------------------------------------- the whole of it


def check(data: bytes) -> Sheet:
    """Check a file's bytes; what is wrong stands in `findings`. Raises CannotRead."""
    sheet = read(data)
    check_chain(sheet, check_digests(sheet))
    if sheet.well_formed:
        check_numbers(sheet)
        check_sorted(sheet, "roll", sheet.values("roll"), "this line of the roll")
        check_ballots(sheet)
        check_rule(sheet)
        check_lot(sheet)
    if sheet.well_formed:
        answers, stated = recount(sheet), sheet.value("result")
        if answers and (stated["result"], stated["why"], stated["winners"]) not in answers:
            again = in_words(sheet, *answers[0])
            sheet.find("result", f"counted again, the ballots give: {again}.")
    else:
        sheet.unsure.append("As something is not well formed, the ballots can't be counted again.")
    return sheet


def in_words(sheet: Sheet, result: str, why: str, winners: list[int]) -> str:
    options = sheet.values("option")
    names = [options[n] if n < len(options) else f"no. {n}" for n in winners]
    said = f"{result} ({why})".replace("_", " ")
    return clean(f"{said}: {', '.join(names)}" if names else said)


def ballot_in_words(sheet: Sheet, choice: str) -> str:
    """What a ballot says, with the options' names."""
    rule, options = sheet.value("rule"), sheet.values("option")
    if rule["method"] in WORDS:
        return choice
    if rule["method"] in ("score", "dots"):
        return ", ".join(f"{name}: {sign}" for name, sign in zip(options, choice, strict=True))
    between = ", " if rule["method"] == "approval" else " > "
    return between.join(options[DIGITS.index(sign)] for sign in choice) or "blank"


def report(sheet: Sheet) -> list[str]:
    """What was found, and what was counted, in sentences."""
    if sheet.findings:
        count = len(sheet.findings)
        text = ["1 thing does not fit:" if count == 1 else f"{count} things do not fit:"]
        text += [f"line {number}: {clean(said)}" for number, said in sorted(sheet.findings)]
    else:
        turnout, method = sheet.value("turnout"), sheet.value("rule")["method"]
        cast, by_phone, needed = (turnout[key] for key in ("cast", "by_phone", "needed"))
        text = [
            "Everything in this file fits together.",
            f"The question: {clean(sheet.value('question'))}",
            f"By {method}: {cast} ballots, {by_phone} of them by phone; {needed} were needed.",
            f"The result: {in_words(sheet, **sheet.value('result'))}.",
        ]
    return text + sheet.unsure


def find_tracker(sheet: Sheet, asked: str) -> tuple[str, bool]:
    """What the ballot with a tracker says, and whether there is one."""
    for line in sheet.lines["ballot"]:
        if line.value and line.value["tracker"] == asked.strip().upper():
            said, reason = line.value["choice"], line.value["reason"]
            if sheet.well_formed:
                said = ballot_in_words(sheet, said)
            because = f" (reason: {reason})" if reason else ""
            return clean(f"Your ballot is in line {line.number}: {said}{because}."), True
    return clean(f"No ballot here has the tracker {asked}."), False


def find_member(sheet: Sheet, asked: str) -> tuple[str, bool]:
    """Whether a member stands on the roll, as a sentence too."""
    member, _, salt = asked.partition(":")
    mine = digest(f"{sheet.value('decision')}:{member.strip()}:{salt.strip().lower()}".encode())
    for line in sheet.lines["roll"]:
        if line.value == mine:
            return f"You stand on the roll, in line {line.number}: you took part by phone.", True
    return "Nobody with this number and salt stands on the roll.", False


def verify(path: Path, tracker: str | None = None, roll: str | None = None) -> tuple[str, int]:
    """The text to show and the exit code: 0 all fits, 1 something does not, 2 can't be read."""
    try:
        if not path.is_file():
            raise CannotRead("there is no such file.")
        if path.stat().st_size > LARGEST_FILE:
            raise CannotRead(f"it is larger than {LARGEST_FILE} bytes.")
        sheet = check(path.read_bytes())
    except CannotRead as unreadable:
        return clean(f"{path} can't be checked: {unreadable}"), 2
    except OSError as error:
        return clean(f"{path} can't be read: {error.strerror}."), 2
    text, good = report(sheet), not sheet.findings
    for asked, find in ((tracker, find_tracker), (roll, find_member)):
        if asked is not None:
            sentence, found = find(sheet, asked)
            text.append(sentence)
            good = good and found
    seal = clean(str(sheet.value("seal")))
    text += [
        "",
        NOT_SHOWN,
        "",
        "Compare this seal with the one that was posted in the group:",
        seal,
    ]
    return "\n".join(text), 0 if good else 1


def main() -> int:
    parser = argparse.ArgumentParser(
        description="Check the list that Voci published of a closed secret decision."
    )
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument("--tracker", help="show the ballot with this tracker")
    parser.add_argument("--roll", metavar="NUMBER:SALT", help="look for this member on the roll")
    asked = parser.parse_args()
    text, code = verify(asked.file, asked.tracker, asked.roll)
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
