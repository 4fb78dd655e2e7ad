"""A command edits stack.yaml as a careful person would: the lines that were asked for, and nothing else."""

from pathlib import Path

import pytest

from stackmap.declared import manifest_template, parse_manifest
from stackmap.declared.editing import (
    Change,
    Drop,
    Extend,
    Put,
    account_changes,
    edited,
    lines_to_write,
    person_changes,
)
from stackmap.declared.yaml_source import parse_yaml
from stackmap.errors import ConfigError

EXAMPLE = (Path(__file__).parents[3] / "examples" / "stack.yaml").read_text(encoding="utf-8")

DANA = """\
# notes
people:
  dana:
    name: Dana Okafor   # the ops lead
    emails: d.okafor@example.test
    # she married in May
  ravi:
    name: Ravi Menon

teams:
  ops: {name: Marketing Ops}
"""


def change(old: str, *changes: Change) -> str:
    return edited(old, changes)


def new_lines(old: str, new: str) -> list[str]:
    """The lines of the new text, once it is seen that those of the old are all there, in order."""
    left = new.splitlines()
    for line in old.splitlines():
        assert line in left, f"this line is gone: {line}"
        left.remove(line)
    return left


def test_a_person_is_added_behind_the_last_one() -> None:
    new = change(DANA, *person_changes("lena", name="Lena Vogt", emails=["l.vogt@example.test"]))
    assert new == DANA.replace(
        "    name: Ravi Menon\n",
        "    name: Ravi Menon\n  lena:\n    name: Lena Vogt\n    emails: l.vogt@example.test\n",
    )


def test_a_second_address_makes_a_list_of_the_line_and_keeps_its_comment() -> None:
    old = DANA.replace("okafor@example.test", "okafor@example.test  # the old one")
    new = change(old, *person_changes("dana", emails=["dana@new.test"], new=False))
    line = "    emails: [d.okafor@example.test, dana@new.test]  # the old one"
    assert new == old.replace("    emails: d.okafor@example.test  # the old one", line)


@pytest.mark.parametrize(
    ("written", "then"),
    [
        ("[a@x.test]", "[a@x.test, n@x.test]"),
        ("[ a@x.test, ]", "[ a@x.test, n@x.test, ]"),
        ("[]", "[n@x.test]"),
        ("'a@x.test'", "['a@x.test', n@x.test]"),
        (
            "\n      - a@x.test  # first\n      # the end",
            "\n      - a@x.test  # first\n      # the end\n      - n@x.test",
        ),
        ("\n    - a@x.test", "\n    - a@x.test\n    - n@x.test"),
        ("[\n      a@x.test,  # first\n      b@x.test   # last\n    ]",) * 2,
        ("[a@x.test, n@x.test]", "[a@x.test, n@x.test]"),
    ],
)
def test_a_list_grows_in_the_style_it_is_written_in(written: str, then: str) -> None:
    old = f"people:\n  a:\n    name: A\n    emails: {written}\n    team: []\n".replace("emails: \n", "emails:\n")
    new = change(old, *person_changes("a", emails=["n@x.test"], new=False))
    expected = then if then != written or "n@x" in written else then.replace("b@x.test   #", "b@x.test, n@x.test   #")
    assert new == f"people:\n  a:\n    name: A\n    emails: {expected}\n    team: []\n".replace(
        "emails: \n", "emails:\n"
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("last", ["", "\n", "\n\n\n"])
def test_line_endings_the_mark_and_the_last_line_break_stay(newline: str, mark: str, last: str) -> None:
    old = mark + (DANA.rstrip("\n") + last).replace("\n", newline)
    new = change(old, *person_changes("lena", name="Lena"), *account_changes("x/y/account/1", kind="shared"))
    assert new.startswith(mark)
    assert new.count("\ufeff") == len(mark)
    assert new.replace("\r\n", "").count("\n") == (0 if newline == "\r\n" else new.count("\n"))
    assert new.endswith(newline) == bool(last)
    assert "\r\r" not in new
    assert new_lines(old, new)[:2] == ["  lena:", "    name: Lena"]


def test_a_new_section_stands_in_the_order_of_the_template() -> None:
    new = change(DANA, Put(("accounts", "crm/p/account/1", "type"), "human"), Put(("domains",), [["a.test", "b.test"]]))
    assert list(parse_yaml(new, "x").data) == ["people", "teams", "domains", "accounts"]
    more = "\ndomains:\n  - [a.test, b.test]\n\naccounts:\n  crm/p/account/1:\n    type: human\n"
    assert new == DANA + more


def test_a_section_that_comes_first_goes_above_the_comment_of_the_next() -> None:
    old = "# notes\n\n# who works together\nteams:\n  ops:\n"
    new = change(old, *person_changes("a", name="A"))
    assert new == "# notes\n\npeople:\n  a:\n    name: A\n\n# who works together\nteams:\n  ops:\n"


def test_in_the_template_a_section_stands_below_its_example_which_stays() -> None:
    template = manifest_template()
    new = change(template, *person_changes("a", name="A"), *account_changes("crm/p/account/1", kind="human"))
    assert new_lines(template, new) == [
        *("people:", "  a:", "    name: A"),
        *("accounts:", "  crm/p/account/1:", "    type: human"),
    ]
    assert new.index("#  ravi-menon:") < new.index("\npeople:") < new.index("# Teams:")
    assert new.index("holders: [dana-okafor") < new.index("\naccounts:") < new.index("# Systems,")


@pytest.mark.parametrize("old", ["", "# only a comment\n", "---\n", "\n\n"])
def test_an_empty_file_gets_its_first_section(old: str) -> None:
    new = change(old, *person_changes("a", name="A"))
    assert new.startswith(old)
    assert parse_yaml(new, "x").data == {"people": {"a": {"name": "A"}}}


@pytest.mark.parametrize("written", ["people:", "people:   # who", "people: {}", "people: ~  # who", "people: null"])
def test_a_section_that_holds_nothing_yet_is_filled(written: str) -> None:
    old = f"{written}\nteams:\n  ops:\n"
    new = change(old, *person_changes("a", name="A", emails=["a@x.test"]))
    assert parse_yaml(new, "x").data["people"] == {"a": {"name": "A", "emails": "a@x.test"}}
    assert new.endswith("\nteams:\n  ops:\n")
    assert ("# who" in new) == ("# who" in old)


def test_what_is_in_brackets_stays_in_brackets() -> None:
    old = "people: {a: {name: A, emails: [a@x.test]}}  # all\n"
    new = change(old, *person_changes("b", name="B"), *person_changes("a", emails=["c@x.test"], new=False))
    assert new == "people: {a: {name: A, emails: [a@x.test, c@x.test]}, b: {name: B}}  # all\n"


@pytest.mark.parametrize(
    "value",
    [
        *(
            "plain",
            "two words",
            "d.okafor@example.test",
            "crm:dana",
            "crm/prod/account/5",
            "O'Neil",
            "José Núñez",
            "李雷",
        ),
        *("yes", "NO", "null", "~", "1e3", "0x1F", "12:30", "2026-11-22", "007", ".inf", "-", "-5", "- a", "<<", "="),
        *(
            "@dana",
            "#1",
            "a #b",
            "a: b",
            "a:",
            " lead",
            "trail ",
            "a, b",
            "[x]",
            "{x",
            "*x",
            "&x",
            "!x",
            "%x",
            "`x",
            "|",
        ),
        *(
            '"q"',
            "'q'",
            'say "hi"',
            "?x",
            "? x",
            "back\\slash",
            "tab\there",
            "line\nbreak",
            "\u2028",
            "\x1b[31m",
            "\x85",
        ),
        *("true ", "---", "...", "x: ", "\U0001f600", "non\u00a0break", "\ufeff"),
    ],
)
@pytest.mark.parametrize("brackets", [False, True])
def test_any_text_comes_back_as_it_was(value: str, brackets: bool) -> None:
    old = "people: {b: {name: B}}\n" if brackets else "people:\n  b:\n    name: B\n"
    new = edited(old, [Put(("people", "a"), {"name": f"x{value}" if not value.strip() else value, "team": []})])
    assert parse_yaml(new, "x").data["people"]["a"]["name"] in {value, f"x{value}"}


@pytest.mark.parametrize("value", ["Dana Okafor", "d.okafor@example.test", "crm:dana", "crm/prod/account/5", "José"])
def test_what_needs_no_quotes_has_none(value: str) -> None:
    assert lines_to_write([Put(("people", "a", "name"), value)]).endswith(f"name: {value}")


@pytest.mark.parametrize("value", ["yes", "1e3", "@dana", "#1", " lead", "2026-11-22", "a: b"])
def test_what_another_reader_would_take_for_something_else_is_quoted(value: str) -> None:
    assert lines_to_write([Put(("people", "a", "name"), value)]).endswith(f"name: '{value}'")


def test_an_accounts_type_is_set_and_its_reason_replaced_where_it_stands() -> None:
    old = (
        "accounts:\n  crm/p/account/1:\n    type: human   # or not?\n    reason: >-\n      so we\n      said\n\n# end\n"
    )
    new = change(old, *account_changes("crm/p/account/1", kind="integration", reason="a robot", new=False))
    assert new == "accounts:\n  crm/p/account/1:\n    type: integration   # or not?\n    reason: a robot\n\n# end\n"
    bare = change(new, *account_changes("crm/p/account/1", kind="human", reason="", new=False))
    assert bare == "accounts:\n  crm/p/account/1:\n    type: human   # or not?\n\n# end\n"


def test_taking_away_leaves_nothing_empty_behind() -> None:
    old = (
        "# top\npeople:\n  a:\n    name: A\n    logins: [x/y/account/1, x/y/account/2]  # both\n\n# t\nteams:\n  ops:\n"
    )
    one = change(old, Drop(("people", "a", "logins"), "x/y/account/1"))
    assert one == old.replace("x/y/account/1, ", "")
    none = change(one, Drop(("people", "a", "logins"), "x/y/account/2"))
    assert none == old.replace("    logins: [x/y/account/1, x/y/account/2]  # both\n", "")
    assert change(none, Drop(("people", "a"))) == "# top\n\n# t\nteams:\n  ops:\n"
    assert change(old, Drop(("people", "nobody"))) == old


@pytest.mark.parametrize(
    ("written", "gone", "then"),
    [
        ("[a, b, c]", "c", "[a, b]"),
        ("[a, b, c]", "b", "[a, c]"),
        ("\n    - a  # 1\n    # 2\n    - b", "b", "\n    - a  # 1\n    # 2"),
        ("[\n      a, # 1\n      b # 2\n    ]", "b", "[\n      a # 1\n # 2\n    ]"),
    ],
)
def test_one_value_of_a_list_is_taken_out(written: str, gone: str, then: str) -> None:
    old = f"teams:\n  ops:\n    members: {written}\npeople: {{a: {{name: A}}, b: {{name: B}}, c: {{name: C}}}}\n"
    new = change(old, Drop(("teams", "ops", "members"), gone))
    assert new == old.replace(written, then)


def test_what_is_too_clever_is_refused_with_the_lines_to_write() -> None:
    old = "people:\n  a:\n    name: A\n    emails: &mine [a@x.test]\nteams:\n  ops:\n    members: *mine\n"
    old = old.replace("a@x.test", "a")
    with pytest.raises(ConfigError, match=r"cannot be edited safely by a command(.|\n)*emails: n@x\.test$"):
        edited(old, [Extend(("people", "a", "emails"), ("n@x.test",))])


def test_an_anchor_that_nobody_follows_is_no_hindrance() -> None:
    old = "people:\n  a:\n    name: A\n    emails: &mine [a@x.test]\n"
    assert change(old, *person_changes("a", emails=["b@x.test"], new=False)) == old.replace("]", ", b@x.test]")


def test_a_text_that_would_be_wrong_is_not_made() -> None:
    with pytest.raises(ConfigError, match="another person has this address too"):
        edited(DANA, person_changes("x", name="X", emails=["d.okafor@example.test"]))


def test_every_section_of_the_example_can_be_extended() -> None:
    new = change(
        EXAMPLE,
        *person_changes("new", name="Nina New", emails=["n@larkfield.test", "nina@larkfield.test"]),
        *account_changes("google-ads:agency", kind="integration", holders=["Nina New"], new=False),
        Extend(("domains",), (["a.test", "b.test"],)),
        Extend(("links", "budget-upload", "backup"), ("new",)),
    )
    untouched = EXAMPLE.replace("    type: shared\n", "").replace("    holders: [Dana Okafor, Ravi Menon]\n", "")
    assert len(new_lines(untouched, new)) >= 7
    assert parse_manifest(new).hints.people[-1].emails == ("n@larkfield.test", "nina@larkfield.test")
    assert "    holders: [Dana Okafor, Ravi Menon, Nina New]\n" in new
    assert "  - [larkfield.test, larkfield.co.test]\n  - [a.test, b.test]\n" in new
