"""A list of odds as people write it, and what is refused."""

from __future__ import annotations

import pytest

from stackmap.app.odds.listed import Line, read_odds, refused
from stackmap.errors import UsageError


def _read(line: str) -> Line:
    [found] = read_odds(line, "odds.txt")
    return found


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Dana Okafor, 0.3", ("Dana Okafor", 0.3)),
        ("Dana Okafor, 30 %", ("Dana Okafor", 0.3)),
        ("Dana Okafor\t30%", ("Dana Okafor", 0.3)),
        ("Dana Okafor; 0,3", ("Dana Okafor", 0.3)),
        ("Dana Okafor; 2,5 percent", ("Dana Okafor", 0.025)),
        ("Dana Okafor, 30,5 %", ("Dana Okafor", 0.305)),
        ("Okafor, Dana, 0,3", ("Okafor, Dana", 0.3)),
        ('"Dana Okafor","30,5 %"', ("Dana Okafor", 0.305)),
        ('"Okafor, Dana", 0.3', ("Okafor, Dana", 0.3)),
        ('"Okafor; Dana", 0.3', ("Okafor; Dana", 0.3)),
        ('"Dana Okafor";"30 %"', ("Dana Okafor", 0.3)),
        ("d.okafor@larkfield.test,1", ("d.okafor@larkfield.test", 1.0)),
        ("person-1, 0", ("person-1", 0.0)),
        ("person-1, 100 %", ("person-1", 1.0)),
        ("person #1, 5 %   # said her manager", ("person #1", 0.05)),
        ("A, 1e-3", ("A", 0.001)),
        ("A; 1,5E-1 %", ("A", 0.0015)),
        ("A, 1,5e1 %", ("A", 0.15)),
        ("A, 1e2 %", ("A", 1.0)),
        ("A, .3", ("A", 0.3)),
        ("Dana Okafor: 30%", ("Dana Okafor", 0.3)),
        ("Dana Okafor: 0.3", ("Dana Okafor", 0.3)),
        ("crm:d.okafor: 30,5 %", ("crm:d.okafor", 0.305)),
        ("crm:7,5 %", ("crm:7", 0.05)),
        ("crm: d.okafor, 5 %", ("crm: d.okafor", 0.05)),
        ("A, \uff13\uff10 \uff05", ("A", 0.3)),
        ("A, 30 \ufe6a", ("A", 0.3)),
        ("A, \u0663\u0660 \u066a", ("A", 0.3)),
        ("A, 99.999999999 %", ("A", 0.99999999999)),
    ],
)
def test_a_line_names_somebody_and_how_likely(line: str, said: tuple[str, float]) -> None:
    found = _read(line)
    assert (found.person, found.wrong) == (said[0], "")
    assert found.chance == pytest.approx(said[1])


def test_headings_and_comments_are_passed_over_and_every_line_keeps_its_number() -> None:
    found = read_odds("\ufeffperson,probability\n# ours\n\nB, 0.1\nA, 0.2\n", "odds.txt")
    assert [(line.said.line, line.person, line.chance) for line in found] == [(4, "B", 0.1), (5, "A", 0.2)]


@pytest.mark.parametrize("text", ["", "\n# nobody yet\n", "person; probability\n"])
def test_a_list_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"the list of odds is empty \(odds\.txt\); write, say:"):
        read_odds(text, "odds.txt")


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("Dana Okafor", "it does not say how likely"),
        ("crm:d.okafor", "it does not say how likely"),
        ("crm:5", "it does not say how likely"),
        (": 30 %", "it does not say how likely"),
        ("A, 101 \uff05", "at most 100 %"),
        (", 0.2", "it names nobody"),
        ("A, 30", "at most 1, unless a % stands behind it"),
        ("A, 101 %", "at most 100 %"),
        ("A,30,5%", "a comma parts columns, too"),
        ("A,30,5", "a comma parts columns, too"),
        ("A, -0.1", "must be a number between"),
        ("A, nan", "must be a number between"),
        ("A, 1e-1000", "must be a number between"),
        ("A, 300", "at most 100 %"),
        ("A; 300,0", "at most 100 %"),
        ("A, 300,5 %", "at most 100 %"),
        ("A; 3,00", "at most 1, unless a % stands behind it"),
        ("A,300,0", "a comma parts columns, too"),
        ("A, 1.000,5 %", "a comma parts columns, too"),
        ("A, 100.00000000000000000001 %", "at most 100 %"),
        ("A, 99.99999999999999999 %", "too near to 100 % to be told from it"),
        ("A; 99,99999999999999999 %", "too near to 100 % to be told from it"),
        ("A, 0.99999999999999999999", "too near to 100 % to be told from it"),
        ("A, 1e-400", "too near to 0 % to be told from it"),
        ("A, likely", "must be a number between"),
        ("A,", "must be a number between"),
    ],
)
def test_of_a_line_that_cannot_be_used_it_is_said_why_without_a_name(line: str, wrong: str) -> None:
    found = _read(line)
    assert wrong in found.wrong
    assert "Dana" not in found.wrong


def test_ten_lines_that_cannot_be_used_are_told_at_once_with_their_places() -> None:
    lines = read_odds("\n".join(["Dana Okafor", *["A, x"] * 10]), "lists/odds.txt")
    first, *_, last, more, example = str(refused([(line, line.wrong) for line in lines], hushed=False)).splitlines()
    assert first == 'lists/odds.txt:1: in the line "Dana Okafor": it does not say how likely'
    assert last.startswith('lists/odds.txt:10: in the line "A, x": ')
    assert more == "and 1 more line that cannot be used"
    assert example.endswith('write, say: "Dana Okafor", 30 %')


def test_hushed_they_are_told_by_number_alone() -> None:
    lines = read_odds("Ravi Menon", "for-ravi.txt")
    told = str(refused([(line, line.wrong) for line in lines], hushed=True))
    assert told.splitlines()[0] == "line 1 of the list of odds: it does not say how likely"
    assert "ravi" not in told.casefold()


def test_a_very_long_line_is_refused_at_once() -> None:
    assert "must be a number between" in _read("," * 100_000 + " " * 100_000 + "x").wrong


def test_a_percentage_is_the_share_that_was_written_to_the_last_digit() -> None:
    written = [f"{tenths / 10:.1f}" for tenths in range(1001)]
    assert [_read(f"A, {one} %").chance for one in written] == [float(f"{one}e-2") for one in written]
