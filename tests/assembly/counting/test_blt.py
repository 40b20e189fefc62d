"""BLT files: what is read, what is written, and what is said of a broken one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.ranked_ballots import profiles

from assembly.counting.blt import Election, parse, write
from assembly.counting.blt_words import BrokenBlt
from assembly.ranking import Ballots, Ranking

# The example of Hill, Wichmann and Woodall's Algorithm 123, with an equal rank and comments.
ALGORITHM_123 = """\
# who is to be elected
4 2          # 4 candidates for 2 seats
-2
3 1 3 4 0
4 1 3 2 0
2 4 1=3 0
1 2 0
2 2=4=3 1 0  # all are named
1 3 4 2 0
0
"Adam"
"Basil"
"Charlotte # not a comment"
"Donald"
"Title"
"""


def test_an_election_is_read() -> None:
    assert parse(ALGORITHM_123.encode()) == Election(
        "Title",
        2,
        Ballots(
            ("Adam", "Basil", "Charlotte # not a comment", "Donald"),
            {
                (0, 2, 3): 3,
                (0, 2, 1): 4,
                (3, (0, 2)): 2,
                (1,): 1,
                ((1, 2, 3), 0): 2,
                (2, 3, 1): 1,
            },
            frozenset({1}),
        ),
    )


@pytest.mark.parametrize(
    "text",
    [
        '2 1\n1 1 0\n2 1 0\n0\n"a"\n"b"\n"t"\n',
        "2 1\n3 1 0\n0\na  # the first\nb\nt\n",
        '2 1\r\n3 1 0\r\n0\r\n"a"\r\n"b"\r\n"t"\r\n',
        '\ufeff2 1\n3 1 0\n0\n"a"\n"b"\n"t"',
        '2 1 3 1 0 0 "a" "b" "t"',
        '\n2\n1\n\n3\t1  0\n0\n  "a" "b"\n\n"t"\n\n# that was all\n',
    ],
)
def test_space_and_line_ends_do_not_matter(text: str) -> None:
    assert parse(text.encode()) == Election("t", 1, Ballots(("a", "b"), {(0,): 3}))


NAMES = '"a"\n"b"\n"t"\n'


@pytest.mark.parametrize(
    ("text", "line", "expected", "found"),
    [
        ("", 1, "the number of candidates, 1 or more", "the end of the file"),
        ("x 1", 1, "the number of candidates, 1 or more", "x"),
        ("0 1", 1, "the number of candidates, 1 or more", "0"),
        ("2", 1, "the number of seats, 1 or more", "the end of the file"),
        ("2 0\n", 1, "the number of seats, 1 or more", "0"),
        ("2 1.5\n", 1, "the number of seats, 1 or more", "1.5"),
        ("2 3\n", 1, "at most 2 seats", "3"),
        ("2 1\n-3\n", 2, "a withdrawn candidate from -1 to -2, each once", "-3"),
        ("2 1\n-0\n", 2, "a withdrawn candidate from -1 to -2, each once", "-0"),
        ("2 1\n-1 -1\n", 2, "a withdrawn candidate from -1 to -2, each once", "-1"),
        ("2 1\n-1\n-2\n", 3, "at least one candidate left", "all withdrawn"),
        (
            "2 1\n1 1 0\n",
            2,
            "the weight of a ballot, or 0 to end the ballots",
            "the end of the file",
        ),
        ("2 1\n1 1 0\n" + NAMES, 3, "the weight of a ballot, or 0 to end the ballots", '"a"'),
        ("2 1\n1 1 0\n-1\n", 3, "the weight of a ballot, or 0 to end the ballots", "-1"),
        ("2 1\n1.5 1 0\n", 2, "the weight of a ballot, or 0 to end the ballots", "1.5"),
        ("2 1\n1 1\n0\n" + NAMES, 2, "0 at the end of the ballot", "the end of the line"),
        ("2 1\n1 1 # 0\n", 2, "0 at the end of the ballot", "the end of the line"),
        ("2 1\n\n1 3 0\n", 3, "a candidate from 1 to 2, or 0 at the end of the ballot", "3"),
        ("2 1\n1 1=3 0\n", 2, "a candidate from 1 to 2, or 0 at the end of the ballot", "1=3"),
        ("2 1\n1 1= 0\n", 2, "a candidate from 1 to 2, or 0 at the end of the ballot", "1="),
        ("2 1\n1 0=1 0\n", 2, "a candidate from 1 to 2, or 0 at the end of the ballot", "0=1"),
        ("2 1\n1 ² 0\n", 2, "a candidate from 1 to 2, or 0 at the end of the ballot", "²"),
        ("2 1\n1 1 2 1 0\n", 2, "each candidate once on a ballot", "candidate 1 twice"),
        ("2 1\n1 2=2 0\n", 2, "each candidate once on a ballot", "candidate 2 twice"),
        ('2 1\n0\n"a"\n', 3, "the name of candidate 2 in quotation marks", "the end of the file"),
        ('2 1\n0\na "b"\n', 3, "the title in quotation marks", "the end of the file"),
        ('2 1\n0\n"a"\n"b"\n" "\n', 5, "the title in quotation marks", "nothing between them"),
        ('2 1\n0\na "b\n', 3, "a closing quotation mark", "the end of the line"),
        # two ballots, or one with its second rank left out?
        (
            "2 1\n1 2 0 1 0\n0\n" + NAMES,
            2,
            "the end of the line after the 0 that ends a ballot",
            "1",
        ),
        ('2 1\n0\n"a\n"b"\n', 3, "a closing quotation mark", "the end of the line"),
        ('2 1\n0\n" "\n', 3, "the name of candidate 1 in quotation marks", "nothing between them"),
        ('2 1\n0\n"a"\n"a"\n', 4, "another name for each candidate", '"a" again'),
        ('2 1\n0\n"a"\n"b"\n', 4, "the title in quotation marks", "the end of the file"),
        ("2 1\n0\n" + NAMES + "u\n", 6, "the end of the file after the title", "u"),
        ("2 1\n0\n" + NAMES + '"u"\n"v"\n"w"\n', 8, "the end of the file after the title", '"w"'),
        ("2 1\n" + "9" * 99, 2, "the weight of a ballot, or 0 to end the ballots", "9" * 40 + "…"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(
    text: str, line: int, expected: str, found: str
) -> None:
    with pytest.raises(BrokenBlt) as broken:
        parse(text.encode())
    assert (broken.value.line, broken.value.expected) == (line, expected)
    assert str(broken.value) == f"line {line}: expected {expected}, found {found}"


def test_bytes_that_are_not_utf_8_are_said_with_their_line() -> None:
    with pytest.raises(BrokenBlt) as broken:
        parse('2 1\n0\n"a"\n"Müller"\n"t"\n'.encode("latin-1"))
    assert str(broken.value) == "line 4: expected UTF-8, found the byte 0xfc"


NAME = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters='"'), min_size=1
).filter(lambda text: text == text.strip() and text)


@given(profiles(equal=True), st.lists(NAME, min_size=6, max_size=6, unique=True), st.data())
def test_what_is_written_is_read_again(
    profile: Ballots, names: list[str], data: st.DataObject
) -> None:
    n = len(profile.options)
    gone = data.draw(st.frozensets(st.integers(0, n - 1), max_size=n - 1))
    election = Election(
        names[5], data.draw(st.integers(1, n)), Ballots(tuple(names[:n]), profile.rankings, gone)
    )
    assert parse(write(election).encode()) == election


@given(st.binary(max_size=200) | st.text('0123456789 -=#"\n', max_size=60).map(str.encode))
def test_anything_is_read_or_said_to_be_broken(data: bytes) -> None:
    try:
        election = parse(data)
    except BrokenBlt as said:
        broken = said
    else:
        assert election.seats <= len(election.ballots.options)
        return
    assert 1 <= broken.line <= data.count(b"\n") + 1


@pytest.mark.parametrize("name", ['a "b"', "a\nb", " a", "", "a\x1b"])
def test_what_blt_can_not_say_is_not_written(name: str) -> None:
    with pytest.raises(ValueError, match="no way"):
        write(Election("t", 1, Ballots((name,), {})))
    with pytest.raises(ValueError, match="by their names"):
        write(Election("t", 1, Ballots(("a", "a"), {})))


def read(text: str) -> Election:
    return parse(text.encode())


SMALL = "2 1\n{}1 1 2 0\n0\n" + NAMES
PARTIES = "2 1\n1 1 2 0\n0\n{}\n"


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (SMALL.format("1 1 - 2 0\n1 - 1 0\n"), "line 2 and 1 more: a rank left out (-) is passed"),
        (SMALL.format("1 1=2 0\n"), "line 2: equal ranks (=) count as equal"),
        (SMALL.format("[tie 2 1 ]\n"), "line 2: [tie …] is passed over"),
        (SMALL.format("[droop precision=4]\n"), "line 2: [droop …] is passed over"),
        (SMALL.format("1 2 0,,\n,,\n"), "line 2 and 1 more: commas at the end of a line"),
        (SMALL.format("") + '"source"\n"remark"', "line 7 and 1 more: what follows the title"),
        (PARTIES.format('"a" "P"\n"b" "Q"\nt'), "line 4 and 1 more: the second text of the line"),
        (PARTIES.format('"a ""P"""\n"b" Q\n"t"'), "line 4: doubled quotation marks"),
        (PARTIES.format("# ALTERNATIVE NAME 1: a\n#ALTERNATIVE NAME 2: b\nt"), "line 6: the names"),
    ],
)
def test_what_is_read_in_one_of_several_ways_is_told(text: str, note: str) -> None:
    election = read(text)
    assert any(told.startswith(note) for told in election.notes), election.notes
    assert election.title == "t"


def test_ordinary_files_need_no_notes() -> None:
    assert read(SMALL.format("(paper 7) 1 2 0  # an id\n")).notes == ()
    assert read(SMALL.format("[nick x y]\n[withdrawn y]\n3 x y 0\n")).notes == ()


def test_ids_nicknames_and_options_are_read() -> None:
    election = read(SMALL.format("[nick x y]\n-2\n(paper 7) 1 2 x 0\n(8) 1 0\n4 y=x 0\n"))
    rankings: dict[Ranking, int] = {(1, 0): 1, (): 1, ((0, 1),): 4, (0, 1): 1}
    assert election == Election("t", 1, Ballots(("a", "b"), rankings, frozenset({1})))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('"a" "P"\n"b" "P"\n"c" "Q"\n"t"', ("a (P)", "b (P)", "c (Q)")),
        ('a "P"\n"b" P\n"c" "Q"\n"t"', ("a (P)", "b (P)", "c (Q)")),
        ('"""a"" ""P"" "\n"""b"" ""P"" "\n"""c"" ""Q"" "\nt', ("a (P)", "b (P)", "c (Q)")),
        ('"a" "P"\n"b" "P"\n"c" ""\n"t"', ("a (P)", "b (P)", "c")),
        ('"a" "b"\n"c" "t"', ("a", "b", "c")),
        ("a (P)\nb (Q), Q\nc,,\nt", ("a (P)", "b (Q), Q", "c")),
    ],
)
def test_names_stand_alone_or_beside_a_party(text: str, names: tuple[str, ...]) -> None:
    election = read(f"3 1\n1 1 0\n0\n{text}\n")
    assert (election.ballots.options, election.title) == (names, "t")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # the names of two candidates, or of one and her party?
        ('3 1\n0\n"a" "b"\n"c"\n"d"\n"t"\n', "line 3: expected one text in each line, or a name"),
        ('3 1\n0\n"a" "b"\n"c"\n"d" "e"\n"t"\n"u"\n', "line 3: expected one text in each line"),
        ('2 1\n0\n"a" "b" "c"\n"d" "e"\n"t"\n', "line 3: expected one text in each line"),
        (PARTIES.format('"a ""P"""\n"b"\n"t"'), "line 4: expected one text in each line, or a"),
        ('1 1\n0\n"a""b"\n"t"\n', "line 3: expected a closing quotation mark"),
        ('1 1\n0\n"" ""\n"t"\n', "line 3: expected the name of candidate 1"),
        (PARTIES.format('"a" "P"\n"" "Q"\n"t"'), "line 5: expected the name of candidate 2"),
        ("2 1\n0\n# ALTERNATIVE NAME 1: a\n# ALTERNATIVE NAME 3: b\nt\n", "line 5: expected the"),
        ("2 1\n(7) 2 1 0\n", "line 2: expected the weight 1 of a ballot with an id, found 2"),
        ("2 1\n(7 1 1 0\n", "line 2: expected ) at the end of the id, found the end of the line"),
        ("2 1\n1 (1 2) 0\n", "line 2: expected a candidate from 1 to 2"),
        ("2 1\n1 -2 0\n", "line 2: expected a candidate from 1 to 2"),
        ("2 1\n[undeclared 2]\n", "line 2: expected the option withdrawn, nick, tie or droop"),
        ("2 1\n[]\n", "line 2: expected the option withdrawn, nick, tie or droop"),
        ("2 1\n[withdrawn 2\n]\n", "line 2: expected ] at the end of the option"),
        ("2 1\n[withdrawn]\n", "line 2: expected the option withdrawn, nick"),
        ("2 1\n[withdrawn 3]\n", "line 2: expected a withdrawn candidate from -1 to -2, each once"),
        ("2 1\n-2\n[withdrawn 2]\n", "line 3: expected a withdrawn candidate from -1 to -2"),
        ("2 1\n[nick a]\n", "line 2: expected [nick …] with 2 different words that are no numbers"),
        ("2 1\n[nick a a]\n", "line 2: expected [nick …] with 2 different words"),
        ("2 1\n[nick 2 1]\n", "line 2: expected [nick …] with 2 different words"),
        ("2 1\n[nick a b]\n1 c 0\n", "line 3: expected a candidate from 1 to 2"),
        ("999999999999 1\n1 1 0\n0\na\n", "line 4: expected the name of candidate 2"),
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(text: str, said: str) -> None:
    with pytest.raises(BrokenBlt) as broken:
        read(text)
    assert str(broken.value).startswith(said)


@given(profiles(equal=True), st.sets(st.integers(1, 30)))
def test_plain_lines_are_read_like_any_others(profile: Ballots, others: set[int]) -> None:
    names = tuple(f"n{number}" for number in range(len(profile.options)))
    lines = write(Election("t", 1, Ballots(names, profile.rankings))).splitlines()
    end = lines.index("0")
    told = [f"{line}  # told" if at in others else line for at, line in enumerate(lines[:end])]
    assert read("\n".join(told + lines[end:])).ballots.rankings == profile.rankings


PAGE = Path(__file__).parents[3] / "docs" / "counting.md"
SAMPLES = re.findall(r"```blt\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_samples_of_the_page_hold_the_same_votes(sample: str) -> None:
    election = read(sample)
    names = tuple(name.partition(" (")[0] for name in election.ballots.options)
    assert names == ("Ann", "Ben", "Cleo")
    assert (election.title, election.seats) == ("Who keeps the key", 1)
    assert election.ballots.rankings == {(0, 1): 2, (1,): 1}
    assert election.ballots.withdrawn == {2}
    assert election.notes


def test_the_page_has_a_sample_of_each_dialect() -> None:
    assert len(SAMPLES) == 4
