"""Lists of one entry a line: names, odds and sentences by the same rules."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from stackmap.app.lists import STANDARD_INPUT, called, lines_in, masked, text_of
from stackmap.app.odds.listed import read_odds
from stackmap.app.what_if.scenario import sentences_in
from stackmap.errors import UsageError

TEXT = '\ufeff# ours\n\n "A # 1", 3 % # since May\r\n#B, 4 %\n\tC #2, 5 %\n'
READERS: list[Callable[[str, str], list[tuple[int, str]]]] = [
    lambda text, file: [(one.line, one.text) for one in lines_in(text, file)],
    lambda text, file: [(one.line, one.text) for one in sentences_in(text, file)],
    lambda text, file: [(one.said.line, one.said.text) for one in read_odds(text, file)],
]


@pytest.mark.parametrize("read", READERS)
def test_every_list_has_the_same_comments_and_line_numbers(read: Callable[[str, str], list[tuple[int, str]]]) -> None:
    assert read(TEXT, "list.txt") == [(3, '"A # 1", 3 %'), (5, "C #2, 5 %")]


def test_a_file_is_text_in_utf8_or_what_is_wrong_is_said(tmp_path: Path) -> None:
    (tmp_path / "good").write_text("Zoë\n", encoding="utf-8")
    (tmp_path / "bad").write_bytes("Zoë\n".encode("utf-16"))
    assert text_of(tmp_path / "good", "the list", str) == "Zoë\n"
    assert text_of(STANDARD_INPUT, "the list", lambda: "typed") == "typed"
    for name, why in (("bad", "is not text in UTF-8"), ("none", "there is no file"), ("", "is a directory")):
        with pytest.raises(UsageError, match=f"the list cannot be read: .*{why}"):
            text_of(tmp_path / name, "the list", str)


def test_the_standard_input_has_a_name_in_errors() -> None:
    assert (called(STANDARD_INPUT), called(Path("list.txt"))) == ("standard input", "list.txt")
    assert next(lines_in("A", "list.txt")).told == 'list.txt:1: in the line "A"'


def test_what_stands_in_quotation_marks_is_masked_in_a_text_of_the_same_length() -> None:
    assert masked('a "b" \u201cc # d\u201d e') == "a \0\0\0 \0\0\0\0\0\0\0 e"
    never_closed = "\u201c" * 50_000
    assert masked(never_closed) == never_closed
