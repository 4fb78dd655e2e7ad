"""YAML that people write: every mistake is pointed at, none is a traceback."""

import pytest

from stackmap.declared.written import decode
from stackmap.declared.yaml_source import parse_yaml
from stackmap.errors import ConfigError

TEN = "[{0}, {0}, {0}, {0}, {0}, {0}, {0}, {0}, {0}, {0}]"
LAUGHS = (
    "a: &a "
    + TEN.format("x")
    + "".join(f"\n{name}: &{name} " + TEN.format(f"*{before}") for before, name in zip("abcde", "bcdef", strict=True))
)

BROKEN = {
    "a duplicate key": ("a: 1\nb: 2\na: 3\n", "line 3, column 1: this key stands here a second time"),
    "a tab": ("people:\n\t- x\n", "line 2, column 1: a tab; indent with blanks"),
    "an open bracket": ("a: [1,\n", "line 2, column 1: the file ends too early: a bracket is not closed"),
    "an open bracket before others": ("a: [x, y\nb: 1\n", "line 1, column 4: this bracket [ is opened and not closed"),
    "a closing bracket": ("a: ]\n", "line 1, column 4: ] stands where a value should"),
    "an open quote": ('a: "x\nb: y\n', "line 1, column 4: this quote is opened and never closed"),
    "text after a quote": ("a: 'Dana's'\n", "line 1, column 10: text goes on after a closing quote"),
    "a colon in a text": ("a:\n  b: leads: late\n", "line 2, column 11: a colon inside a text: put the text in quotes"),
    "a missing colon": ("a:\n  b\n  c: 1\n", "line 3, column 4: the line above lacks its colon"),
    "too much indent": ("a:\n  b: x\n    c: y\n", "line 3, column 6: check the indent of this line"),
    "too little indent": ("a:\n  b: x\n c: y\n", "line 3, column 2: check the indent of this line"),
    "a text with an at sign": ("a: @dana\n", "line 1, column 4: a text that starts with @ needs quotes"),
    "a backslash": ('a: "C:\\Users"\n', "a backslash inside double quotes means something else"),
    "a list behind a key": ("a: - b\n", "line 1, column 4: a list's first `- ` belongs on a line of its own"),
    "a list at the top": ("- a\n", "line 1, column 1: expected `key: value` lines"),
    "a word at the top": ("nothing\n", "line 1, column 1: expected `key: value` lines"),
    "two documents": ("a: 1\n---\nb: 2\n", "line 2, column 1: a second document (---) begins here"),
    "a key that is a number": ("ok: 1\n2026: x\n", "line 2, column 1: a key must be text"),
    "a key that is a list": ("? [a, b]\n: 1\n", "a key must be text"),
    "keys within keys": ("? " * 100, "line 1, column 3: a key must be text"),
    "a tag": ("a: !!python/object:os.system x\n", "line 1, column 4: tags (!...) have no meaning here"),
    "an alias to nothing": ("a: *nobody\n", "line 1, column 4: a text that starts with * needs quotes"),
    "aliases that expand hugely": (LAUGHS, "too many or too deeply nested"),
    "deep brackets": ("a: x\nb: " + "[" * 100_000, "line 2, column 104: brackets nested too deeply"),
    "deep lists": ("a:\n  " + "- " * 2000 + "x", "nested too deeply"),
}


@pytest.mark.parametrize(("text", "says"), BROKEN.values(), ids=BROKEN)
def test_broken_yaml_is_named_with_its_place(text: str, says: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_yaml(text, "stack.yaml")
    assert str(caught.value).startswith("stack.yaml")
    assert says in str(caught.value)


def test_every_key_and_value_has_its_place() -> None:
    source = parse_yaml("a:\n  b: 1\n  c: [x, y]\n", "f.yaml")
    assert source.data == {"a": {"b": 1, "c": ["x", "y"]}}
    assert (source.key("a", "c").line, source.key("a", "c").column) == (3, 3)
    assert (source.value("a", "c", 1).line, source.value("a", "c", 1).column) == (3, 10)
    assert source.value("a", "nowhere") == source.value("a")


def test_an_empty_file_says_nothing() -> None:
    assert parse_yaml("", "f.yaml").data == {}
    assert parse_yaml("# only a comment\n", "f.yaml").data == {}


def test_an_alias_that_holds_itself_holds_nothing() -> None:
    assert parse_yaml("a: &a\n  b: *a\n", "f.yaml").data == {"a": {"b": None}}


def test_merged_keys_are_read() -> None:
    source = parse_yaml("base: &b {x: 1}\nmore:\n  <<: *b\n  y: 2\n", "f.yaml")
    assert source.data["more"] == {"x": 1, "y": 2}


def test_words_that_look_like_answers_stay_words() -> None:
    text = "country: no\nday: 2027-03-31\nwhen: 2026-11-22T09:00:00Z\n"
    found = {"country": "no", "day": "2027-03-31", "when": "2026-11-22T09:00:00Z"}
    assert parse_yaml(text, "f.yaml").data == found


NO_TEXT = {
    "UTF-16": ("a: 1".encode("utf-16"), "line 1: it is saved as UTF-16"),
    "Latin-1": (b"a: 1\nb: caf\xe9\n", "line 2, column 7: not UTF-8"),
    "a NUL": (b"a: 1\nb: x\x00y\n", "line 2, column 5: a control character (U+0000)"),
    "too much": (b"#" * 6_000_000, "larger than 5 MB"),
}


@pytest.mark.parametrize(("content", "says"), NO_TEXT.values(), ids=NO_TEXT)
def test_what_is_no_text_is_named_with_its_place(content: bytes, says: str) -> None:
    with pytest.raises(ConfigError) as caught:
        decode(content, "stack.yaml")
    assert says in str(caught.value)


def test_a_mark_that_some_editors_write_is_let_through() -> None:
    assert decode(b"\xef\xbb\xbfa: 1\r\n", "stack.yaml") == "a: 1\r\n"
