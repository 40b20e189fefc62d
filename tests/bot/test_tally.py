"""`voci tally`: text for people, JSON for programs, one clear sentence when something is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assembly.count import Counting
from assembly.counting.lot import order
from bot.cli import app
from bot.tally import STDIN, CannotTally, report

TENNESSEE = """\
4 1
42 1 2 3 4 0
26 2 3 4 1 0
15 3 4 2 1 0
17 4 3 2 1 0
0
"Memphis"
"Nashville"
"Chattanooga"
"Knoxville"
"Capital of Tennessee"
"""

PARTY = """\
5 3
4 1 0
2 2 1 0
8 3 4 0
4 3 5 0
1 4 0
1 5 0
0
"Oranges"
"Pears"
"Chocolate"
"Strawberries"
"Sweets"
"Food for a party"
"""


class Tallying:
    """Calls `voci tally` on a file with given text."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "ballots.blt"

    def run(self, text: str | bytes, *arguments: str) -> tuple[int, str, str]:
        self.file.write_bytes(text if isinstance(text, bytes) else text.encode())
        result = CliRunner().invoke(app, ["tally", str(self.file), *arguments])
        return result.exit_code, result.stdout, result.stderr

    def json(self, text: str, method: str, *arguments: str) -> dict[str, Any]:
        code, out, _ = self.run(text, "--method", method, "--json", *arguments)
        assert code == 0
        found: dict[str, Any] = json.loads(out)
        return found


@pytest.fixture
def tallying(tmp_path: Path) -> Tallying:
    return Tallying(tmp_path)


def test_the_rounds_as_a_table(tallying: Tallying) -> None:
    code, out, _ = tallying.run(PARTY, "--method", "stv-scottish")
    assert code == 0
    assert out == (
        """\
Food for a party
Scottish STV, 3 seats, 20 ballots

              round 1  round 2  round 3
Chocolate          12        6        6
Oranges             4        4        6
Strawberries        1        5        5
Sweets              1        3        3
Pears               2        2

Round 1: Chocolate is elected. The surplus of Chocolate moves on.
  Chocolate −6, Strawberries +4, Sweets +2
Round 2: Pears is excluded.
  Pears −2, Oranges +2
Round 3: Oranges and Strawberries are elected. Sweets is excluded.

Order:
  1. Chocolate (elected)
  2. Oranges (elected)
  3. Strawberries (elected)
  4. Sweets
  5. Pears

Chocolate, Oranges and Strawberries are elected; the quota is 6 votes.
"""
    )


def test_the_majorities_as_a_table(tallying: Tallying) -> None:
    _, out, _ = tallying.run(TENNESSEE, "--method", "schulze")
    assert (
        """\
Ballots that put the option of the row first:
                1   2   3   4
1 Nashville     –  68  68  58
2 Chattanooga  32   –  83  58
3 Knoxville    32  17   –  58
4 Memphis      42  42  42   –
"""
        in out
    )
    assert out.endswith("More ballots put Nashville before each other option than after it.\n")


def test_many_rounds_stand_in_several_blocks(tallying: Tallying) -> None:
    n = 16
    ballots = "".join(f"{number} {number} 0\n" for number in range(1, n + 1))
    names = "".join(f'"option {number}"\n' for number in range(1, n + 1))
    _, out, _ = tallying.run(f'{n} 1\n{ballots}0\n{names}"many"\n', "--method", "irv")
    assert max(len(line) for line in out.splitlines()[:40]) <= 100
    assert out.count("\n(no longer counts) ") == 2


def test_the_rounds_as_json(tallying: Tallying) -> None:
    assert tallying.json(PARTY, "stv-scottish") == {
        "method": "stv-scottish",
        "seats": 3,
        "quota": 6,
        "winners": ["Chocolate", "Oranges", "Strawberries"],
        "order": [["Chocolate"], ["Oranges"], ["Strawberries"], ["Sweets"], ["Pears"]],
        "rounds": [
            {
                "votes": {
                    "Oranges": "4",
                    "Pears": "2",
                    "Chocolate": "12",
                    "Strawberries": "1",
                    "Sweets": "1",
                },
                "elected": ["Chocolate"],
                "excluded": [],
                "exhausted": "0",
                "transfers": {
                    "from": {"Chocolate": "6"},
                    "to": {"Strawberries": "4", "Sweets": "2"},
                    "exhausted": "0",
                },
            },
            {
                "votes": {
                    "Oranges": "4",
                    "Pears": "2",
                    "Chocolate": "6",
                    "Strawberries": "5",
                    "Sweets": "3",
                },
                "elected": [],
                "excluded": ["Pears"],
                "exhausted": "0",
                "transfers": {"from": {"Pears": "2"}, "to": {"Oranges": "2"}, "exhausted": "0"},
            },
            {
                "votes": {"Oranges": "6", "Chocolate": "6", "Strawberries": "5", "Sweets": "3"},
                "elected": ["Oranges", "Strawberries"],
                "excluded": ["Sweets"],
                "exhausted": "0",
            },
        ],
        "ties": [],
        "reason": "Chocolate, Oranges and Strawberries are elected; the quota is 6 votes.",
    }


@pytest.mark.parametrize(
    ("method", "winner", "fields"),
    [
        ("plurality", "Memphis", {"rounds"}),
        ("irv", "Knoxville", {"rounds"}),
        ("schulze", "Nashville", {"pairwise"}),
        ("ranked-pairs", "Nashville", {"pairwise"}),
        ("borda", "Nashville", {"rounds"}),
        ("stv-scottish", "Knoxville", {"rounds", "quota"}),
        ("stv-meek", "Knoxville", {"rounds", "quota"}),
    ],
)
def test_every_method_has_its_fields(
    tallying: Tallying, method: str, winner: str, fields: set[str]
) -> None:
    found = tallying.json(TENNESSEE, method)
    assert found["winners"] == [winner]
    always = {"method", "seats", "winners", "order", "ties", "reason"}
    assert set(found) == always | fields


def test_numbers_are_exact(tallying: Tallying) -> None:
    assert tallying.json(TENNESSEE, "stv-meek")["quota"] == "50.000000001"
    assert tallying.json(TENNESSEE, "stv-scottish")["quota"] == 51
    halves = '3 1\n1 1 0\n0\n"a"\n"b"\n"c"\n"t"\n'
    votes = tallying.json(halves, "borda")["rounds"][0]["votes"]
    assert votes == {"a": "2", "b": "0.5", "c": "0.5"}
    pairs = tallying.json(TENNESSEE, "schulze")["pairwise"]
    assert pairs["Memphis"] == {"Nashville": 42, "Chattanooga": 42, "Knoxville": 42}


def test_a_tie_is_told_and_never_decided(tallying: Tallying) -> None:
    tie = '2 1\n1 1 0\n1 2 0\n0\n"a"\n"b"\n"t"\n'
    for method in Counting:
        found = tallying.json(tie, method)
        assert found["winners"] == ["a", "b"] and found["order"] == [["a", "b"]]
        assert found["ties"] == [{"between": ["a", "b"], "decided_by": "nothing"}]
        assert found["reason"] == "a and b tie, and nothing decides between them."
        _, out, _ = tallying.run(tie, "--method", method)
        assert "1. a and b (could win)" in out and "decided by nothing." in out


def test_what_decided_a_tie_is_told(tallying: Tallying) -> None:
    earlier = '4 1\n6 1 0\n3 2 1 0\n5 3 0\n2 4 2 0\n0\n"a"\n"b"\n"c"\n"d"\n"t"\n'
    [tie] = tallying.json(earlier, "irv")["ties"]
    assert tie == {"between": ["b", "c"], "decided_by": "the votes in round 1"}
    either = '3 1\n5 1 0\n3 2 1 0\n3 3 1 0\n0\n"a"\n"b"\n"c"\n"t"\n'
    [tie] = tallying.json(either, "irv")["ties"]
    assert tie["decided_by"] == "nothing, the same win either way"
    matters = '3 1\n4 1 0\n3 2 3 0\n3 3 1 0\n0\n"a"\n"b"\n"c"\n"t"\n'
    found = tallying.json(matters, "irv")
    assert found["reason"] == (
        "a and c could win, but only one can: nothing decides the tie between b and c."
    )
    _, out, _ = tallying.run(matters, "--method", "irv")
    assert "Tie in round 1 between b and c: decided by nothing." in out
    assert "1. a, b and c (a and c could win)" in out


SURE = '4 2\n5 1 0\n3 2 0\n3 3 0\n1 4 0\n0\n"a"\n"b"\n"c"\n"d"\n"t"\n'


@pytest.mark.parametrize("method", ["plurality", "approval", "schulze", "stv-scottish", "stv-meek"])
def test_who_is_elected_whatever_a_tie_comes_to_is_told_so(tallying: Tallying, method: str) -> None:
    found = tallying.json(SURE, method)
    assert found["reason"] == (
        "a is elected in any case. b and c could win, but only one of them can: "
        "nothing decides the tie between b and c."
    )
    _, out, _ = tallying.run(SURE, "--method", method)
    assert "1. a (elected)" in out and "2. b and c (could win)" in out


def test_who_is_sure_and_who_is_not_are_told_apart_in_one_place(tallying: Tallying) -> None:
    text = '4 2\n2 2 4 1 0\n1 4 1 2 0\n2 1 2 3 0\n0\n"a"\n"b"\n"c"\n"d"\n"t"\n'
    _, out, _ = tallying.run(text, "--method", "ranked-pairs")
    assert "1. a, b and d (b elected, a and d could win)" in out
    assert "b is elected in any case. a and d could win, but only one of them can" in out


@pytest.mark.parametrize(
    ("text", "method", "reason"),
    [
        ('2 2\n1 1 0\n0\n"a"\n"b"\n"t"\n', "stv-meek", "There are no more options than seats"),
        ('2 1\n1 0\n0\n"a"\n"b"\n"t"\n', "irv", "No ballot names an option that stands"),
        ('2 1\n3 1 0\n0\n"a"\n"b"\n"t"\n', "approval", "a has the most approvals: 3."),
        ('3 2\n3 1 0\n2 2 0\n0\n"a"\n"b"\n"c"\n"t"\n', "plurality", "a and b have the most first"),
        ('3 2\n3 1 2 0\n0\n"a"\n"b"\n"c"\n"t"\n', "schulze", "a and b are first in the order"),
        (
            '3 1\n8 1 2 3 0\n7 2 3 1 0\n6 3 1 2 0\n0\n"a"\n"b"\n"c"\n"t"\n',
            "schulze",
            "No option is ahead of every other; a has the strongest",
        ),
        (
            '3 1\n8 1 2 3 0\n7 2 3 1 0\n6 3 1 2 0\n0\n"a"\n"b"\n"c"\n"t"\n',
            "ranked-pairs",
            "No option is ahead of every other; a comes first when",
        ),
    ],
)
def test_the_reason_is_a_sentence(tallying: Tallying, text: str, method: str, reason: str) -> None:
    assert tallying.json(text, method)["reason"].startswith(reason)


def test_seats_can_be_asked_for(tallying: Tallying) -> None:
    found = tallying.json(PARTY, "stv-scottish", "--seats", "1")
    assert (found["seats"], found["quota"], found["winners"]) == (1, 11, ["Chocolate"])
    found = tallying.json(PARTY, "irv")
    assert found["seats"] == 1
    assert found["reason"].endswith("has 3 seats, of which an instant runoff fills one.")


def test_withdrawn_candidates_and_equal_ranks(tallying: Tallying) -> None:
    text = '3 1\n-1\n3 1 2 0\n2 1=3 0\n0\n"a"\n"b"\n"c"\n"t"\n'
    found = tallying.json(text, "irv")
    assert found["winners"] == ["b"] and found["order"] == [["b"], ["c"]]
    assert found["rounds"][0]["votes"] == {"b": "3", "c": "2"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--method", "foo"), "There is no method foo; there are plurality, irv,"),
        (("--method", "IRV"), "There is no method IRV;"),
        (("--method", "irv", "--seats", "2"), "--seats 2: an instant runoff fills one seat;"),
        (("--method", "borda", "--seats", "0"), "--seats 0: from 1 to 5 options"),
        (("--method", "borda", "--seats", "6"), "--seats 6: from 1 to 5 options"),
        (("--method", "borda", "--seats", "x"), "--seats"),
        ((), "--method"),
    ],
)
def test_wrong_arguments_are_said(
    tallying: Tallying, arguments: tuple[str, ...], said: str
) -> None:
    code, out, err = tallying.run(PARTY, *arguments)
    assert (code, out) == (2, "") and said in err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2 1\n1 3 0\n", "line 2: expected a candidate from 1 to 2, or 0 at the end of the ballot"),
        ("2 1\n1 1 0\n", "line 2: expected the weight of a ballot, or 0 to end the ballots, found"),
        (b'1 1\n0\n"\xff"\n"t"\n', "line 3: expected UTF-8, found the byte 0xff."),
        ("1 1\n1 \x1b[31m 0\n", "found \ufffd[31m."),
    ],
)
def test_a_broken_file_is_said_with_its_line(
    tallying: Tallying, text: str | bytes, said: str
) -> None:
    code, out, err = tallying.run(text, "--method", "borda")
    assert (code, out) == (2, "")
    assert err.startswith(f"{tallying.file}, line ") and said in err
    assert len(err.strip().splitlines()) == 1


def test_a_file_that_can_not_be_read_is_said(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["tally", str(tmp_path / "none"), "--method", "irv"])
    assert result.exit_code == 2
    assert result.stderr == f"{tmp_path / 'none'} can't be read: No such file or directory.\n"


@pytest.mark.parametrize("method", ["plurality", "irv", "stv-scottish", "stv-meek"])
def test_a_method_that_can_not_have_equal_ranks_says_so(tallying: Tallying, method: str) -> None:
    text = '2 1\n1 1=2 0\n0\n"a"\n"b"\n"t"\n'
    code, _, err = tallying.run(text, "--method", method)
    assert code == 2
    assert f"{method} follows one option after the other, and a ballot ranks a and b" in err


def test_names_can_not_steer_the_terminal(tallying: Tallying) -> None:
    text = '1 1\n1 1 0\n0\n"\x1b[2Ja\u202eb"\n"t"\n'
    _, out, _ = tallying.run(text, "--method", "borda")
    assert "\ufffd[2Ja\ufffdb" in out and "\x1b" not in out and "\u202e" not in out
    assert tallying.json(text, "borda")["winners"] == ["\x1b[2Ja\u202eb"]


def test_counting_loads_neither_bot_nor_settings() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import bot.cli, bot.tally, sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    heavy = {"telegram", "pydantic", "aiosqlite", "storage", "handlers", "sandbox", "bot.settings"}
    assert heavy & set(loaded) == set()


TIED = '3 1\n1 1 0\n1 2 0\n1 3 0\n0\n"a"\n"b"\n"c"\n"A tie"\n'


def test_a_tie_goes_by_the_lot_of_a_question(tallying: Tallying) -> None:
    seed = bytes(range(32))
    lucky = "abc"[order(seed, 3)[0]]
    code, out, _ = tallying.run(TIED, "--method", "irv", "--lot", seed.hex())
    assert code == 0
    assert "decided by the order drawn." in out and f"{lucky} (elected)" in out


@pytest.mark.parametrize("seed", ["", "ab", "x" * 64])
def test_what_is_no_seed(tallying: Tallying, seed: str) -> None:
    code, _, err = tallying.run(TIED, "--method", "irv", "--lot", seed)
    assert code == 2
    assert "--lot: a seed has 64 signs from 0 to 9 and a to f." in err


def test_ties_that_are_too_many_are_said_to_be(tallying: Tallying) -> None:
    n = 1000
    names = "".join(f'"{number}"\n' for number in range(n))
    ring = "".join(f"1 {number + 1} {(number + 1) % n + 1} 0\n" for number in range(n))
    code, out, _ = tallying.run(f'{n} 1\n{ring}0\n{names}"ring"\n', "--method", "irv")
    assert code == 0
    assert "There are too many ties to follow, so who wins is not known." in out
    assert "could win" not in out


def test_ballots_come_from_standard_input() -> None:
    done = CliRunner().invoke(app, ["tally", "-", "--method", "irv"], input="1 1\n2 1 0\n0\na\nt\n")
    assert (done.exit_code, "a has 2 of the 2 votes" in done.stdout) == (0, True)
    broken = CliRunner().invoke(app, ["tally", "-", "--method", "irv"], input="x")
    assert broken.stderr.startswith("standard input, line 1: expected the number of candidates")


def test_how_a_line_was_read_is_told_beside_the_result(tallying: Tallying) -> None:
    text = '2 1\n2 1 - 2 0\n0\n"a" "P"\n"b" "Q"\n"t"\n'
    code, out, err = tallying.run(text, "--method", "irv", "--json")
    assert code == 0 and json.loads(out)["winners"] == ["a (P)"]
    assert err.splitlines() == [
        f"{tallying.file}, line 2: a rank left out (-) is passed over, and the next one moves up.",
        f"{tallying.file}, line 4 and 1 more: the second text of the line stands behind the name.",
    ]


def test_shares_that_the_elected_keep_are_told(tallying: Tallying) -> None:
    rounds = tallying.json(PARTY, "stv-meek")["rounds"]
    assert "kept" not in rounds[0]
    assert rounds[1]["kept"] == {"Chocolate": "0.416666667"}
    given, got = rounds[0]["transfers"]["from"], rounds[0]["transfers"]["to"]
    assert set(given) == {"Chocolate"} and set(got) == {"Strawberries", "Sweets"}
    _, out, _ = tallying.run(PARTY, "--method", "stv-meek")
    assert "What the elected keep of each ballot:\n" in out and "0.416666667" in out


class Outline(HTMLParser):
    """The texts of a page by the element in which they stand, and what has attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: dict[str, list[str]] = {}
        self.scopes: list[str] = []
        self.open: list[str] = []
        self.language = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.language = self.language or (found.get("lang") or "")
        if tag != "meta":
            self.open.append(tag)
        if tag == "th":
            self.scopes.append(found.get("scope") or "none")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.setdefault(self.open[-1], []).append(data)


HOSTILE = PARTY.replace('"Pears"', '"<script>alert(1)</script> &amp;"').replace(
    "Food for a party", "=1+1 <b>"
)


@pytest.mark.parametrize("method", Counting)
def test_the_page_has_headings_captions_and_no_markup_from_a_file(
    tallying: Tallying, method: Counting
) -> None:
    code, out, _ = tallying.run(HOSTILE, "--method", method, "--format", "html")
    page = Outline(out)
    assert code == 0 and page.open == [] and page.language == "en"
    assert page.texts["h1"] == page.texts["title"] == ["=1+1 <b>"]
    assert "script" not in page.texts and "b" not in page.texts
    assert any("<script>alert(1)</script> &amp;" in text for text in page.texts["td"])
    assert page.texts["caption"][0] == "Order"
    assert set(page.scopes) == {"col", "row"}
    [reason] = page.texts["strong"]
    assert "<script>" in reason or "Chocolate" in reason


def test_the_page_tells_ties_and_rounds(tallying: Tallying) -> None:
    either = '3 1\n5 1 0\n3 2 1 0\n3 3 1 0\n0\n"a"\n"b"\n"c"\n"t"\n'
    _, out, _ = tallying.run(either, "--method", "irv", "--format", "html")
    page = Outline(out)
    assert page.texts["h2"] == ["Round by round", "Ties"]
    assert "Round 1: b is excluded.\n  b −3, a +3" in page.texts["li"]


def test_the_table_for_spreadsheets(tallying: Tallying) -> None:
    file = PARTY.replace('"Pears"', '"=Pears, ripe"')
    code, _, _ = tallying.run(file, "--method", "stv-scottish", "--format", "csv")
    assert code == 0
    arguments = ["tally", str(tallying.file), "--method", "stv-scottish", "--format", "csv"]
    out = CliRunner().invoke(app, arguments).stdout_bytes.decode()
    assert out.startswith("\ufeffOrder\r\nplace,option,result\r\n1,Chocolate,elected\r\n")
    assert '5,"\'=Pears, ripe",\r\n\r\nVotes in each round\r\n' in out
    assert "option,round 1,round 2,round 3\r\nChocolate,12,6,6\r\n" in out
    assert "What moved after each round\r\nafter,option,gave,got\r\nround 1,Chocolate,6,\r\n" in out
    assert out.endswith("round 2,Oranges,,2\r\n")


def test_a_format_that_there_is_not(tallying: Tallying) -> None:
    code, out, err = tallying.run(PARTY, "--method", "irv", "--format", "pdf")
    assert (code, out) == (2, "")
    assert err == "There is no format pdf; there are text, json, html, csv.\n"


def test_two_formats_at_once(tallying: Tallying) -> None:
    code, out, err = tallying.run(PARTY, "--method", "irv", "--json", "--format", "csv")
    assert (code, out, err) == (2, "", "--json and --format csv can't both be had.\n")
    both = tallying.run(PARTY, "--method", "irv", "--json", "--format", "json")
    assert both == tallying.run(PARTY, "--method", "irv", "--json")


LONG = PARTY.replace("Strawberries", "Strawberries out of the garden of the neighbours")


def test_no_line_of_the_rounds_is_wider_than_a_terminal(tallying: Tallying) -> None:
    _, out, _ = tallying.run(LONG, "--method", "stv-meek")
    _, _, rounds = out.partition("\nRound 1:")
    rounds, _, _ = rounds.partition("\n\nOrder:")
    assert rounds.count("neighbours +") == 1
    assert max(map(len, rounds.splitlines())) <= 100


def test_numbers_stand_to_the_right_and_wide_tables_scroll(tallying: Tallying) -> None:
    _, out, _ = tallying.run(PARTY, "--method", "stv-scottish", "--format", "html")
    assert '<tr><th scope="row">Chocolate</th><td class="number">12</td>' in out
    assert '<tr><th scope="row">1</th><td>Chocolate</td><td>elected</td></tr>' in out
    assert '<th scope="col">option</th><th scope="col" class="number">round 1</th>' in out
    assert out.count("<table>") == out.count('class="wide" role="region" aria-label=')


def test_more_candidates_than_anybody_compares_are_told(tallying: Tallying) -> None:
    names = "".join(f'"{number}"\n' for number in range(1001))
    code, _, error = tallying.run(f'1001 1\n1 1 0\n0\n{names}"T"\n', "--method", "schulze")
    assert code == 2
    assert error.endswith("has 1001 candidates; up to 1000 can be counted.\n")


def test_standard_input_that_was_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(CannotTally, match=r"^standard input can't be read: there is none\.$"):
        report(STDIN, "irv", None, None, "text")
