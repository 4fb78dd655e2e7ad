"""Hostile names do no harm in any of the text formats."""

import pytest

from stackmap.render.guards import csv_cell, markdown, plain


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "[31mred [0m"),
        ("one\ntwo\r\nthree", "one two three"),
        ("abc\u202edcba", "abc dcba"),
        ("zero\u200bwidth", "zero width"),
        ("Überführung 営業", "Überführung 営業"),
    ],
)
def test_plain_text_is_one_line_without_control_characters(hostile: str, shown: str) -> None:
    assert plain(hostile) == shown


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("[x](javascript:1)", r"\[x\](javascript:1)"),
        ("a|b", r"a\|b"),
        ("<img src=x>", r"\<img src=x\>"),
        ("# heading", r"\# heading"),
        ("- item", r"\- item"),
        ("1. item", r"1\. item"),
        ("a\n# b", "a # b"),
        ("back\\slash", "back\\\\slash"),
        ("re-point (now)", "re-point (now)"),
    ],
)
def test_markdown_shows_what_stands_there(hostile: str, shown: str) -> None:
    assert markdown(hostile) == shown


@pytest.mark.parametrize("hostile", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "  =1", "\n=1"])
def test_no_cell_is_a_formula(hostile: str) -> None:
    assert csv_cell(hostile).startswith("'")


def test_no_cell_commands_a_terminal() -> None:
    assert csv_cell("a\x1b[31mb\u202ec\x9bd") == "a [31mb c d"


def test_a_harmless_cell_stays_as_it_is() -> None:
    assert csv_cell("Nightly sync = ok") == "Nightly sync = ok"
