"""Many edits in a row, on notes written in every style there is: nothing is lost, and the data are as asked for."""

import json
import random
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from stackmap.declared import manifest_template
from stackmap.declared.editing import Change, Drop, Extend, applied, edited
from stackmap.declared.editing.entries import account_changes, person_changes
from stackmap.declared.yaml_source import parse_yaml

EXAMPLE = (Path(__file__).parents[3] / "examples" / "stack.yaml").read_text(encoding="utf-8")

COMMENT = re.compile(r"# c\d+: 'said' \{so\}|^#.*", re.MULTILINE)
NAMES = ["Dana Okafor", "O'Neil", "José Núñez", "Yes", "李雷", "Kim: the second", "a #b", "1e3", "[x]"]


class Author:
    """Somebody who writes notes in a style of the moment, with a comment wherever one may stand."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.remarks = 0
        self.step = self.chance.choice((2, 2, 2, 4))

    def remark(self, indent: int = -1) -> str:
        """A comment behind a line, or one (or a blank line) below it; often none."""
        if self.chance.random() < 0.5:
            return "\n" if indent < 0 else self.chance.choice(("", "", "\n"))
        self.remarks += 1
        words = f"# c{self.remarks}: 'said' {{so}}"
        return f"  {words}\n" if indent < 0 else f"{' ' * indent}{words}\n"

    def text(self, words: str) -> str:
        plain = re.fullmatch(r"[\w@.-]+(?: \w+)*", words) and words not in {"Yes", "1e3"}
        quoted = [json.dumps(words, ensure_ascii=False), "'" + words.replace("'", "''") + "'"]
        return self.chance.choice([words, *quoted] if plain else quoted)

    def values(self, values: list[str], indent: int) -> str:
        written = [self.text(value) for value in values]
        style = self.chance.randrange(4)
        if len(values) == 1 and style == 0:
            return f" {written[0]}{self.remark()}"
        if style == 1:
            dashes = indent + self.chance.choice((0, self.step))
            return self.remark() + "".join(
                f"{' ' * dashes}- {item}{self.remark()}{self.remark(dashes)}" for item in written
            )
        if style == 2:
            lines = [f"{' ' * (indent + self.step)}{item},{self.remark()}" for item in written]
            return f" [{self.remark()}{''.join(lines)}{' ' * (indent + 1)}]{self.remark()}"
        return f" [{', '.join(written)}]{self.remark()}"

    def person(self, key: str) -> str:
        name, mails = self.chance.choice(NAMES), [f"{key}.{n}@x.test" for n in range(self.chance.randrange(3))]
        if self.chance.random() < 0.2:
            below = f"{{name: {json.dumps(name)}, emails: [{', '.join(mails)}]}}"
            return f"{' ' * self.step}{key}: {below}{self.remark()}"
        deep = 2 * self.step
        lines = [f"{' ' * deep}name: {self.text(name)}{self.remark()}"]
        lines += [f"{' ' * deep}emails:{self.values(mails, deep)}"] if mails else []
        lines += [f"{' ' * deep}team:{self.values(['ops'], deep)}"] if self.chance.random() < 0.3 else []
        self.chance.shuffle(lines)
        return f"{' ' * self.step}{key}:{self.remark()}" + "".join(line + self.remark(deep) for line in lines)

    def notes(self) -> str:
        people = [self.person(key) for key in "abc"[: self.chance.randrange(4)]]
        parts = [f"people:{self.remark()}{''.join(people)}"] if people else self.chance.choice(([], ["people:\n"]))
        parts.append("#teams:\n#  example:\nteams:\n  ops:" + self.remark())
        parts += self.chance.choice(([], [f"accounts: {{}}{self.remark()}"], ["accounts:\n  z/z/account/9:\n"]))
        blank = self.chance.choice(("", "\n", "\n\n"))
        text = self.remark(0) + blank + "".join(part + self.remark(0) + blank for part in parts)
        return text if self.chance.random() < 0.8 else text.rstrip("\n")


def one_edit(chance: random.Random, data: Mapping[str, Any], number: int) -> tuple[Change, ...]:
    """What a command might ask for, given what the notes hold."""
    people, accounts = list(data.get("people") or {}), list(data.get("accounts") or {})
    login = f"crm/prod/account/{number}"
    match chance.randrange(5):
        case 0 if people:
            return person_changes(chance.choice(people), emails=[f"n{number}@x.test"], logins=[login], new=False)
        case 1 if people:
            key = chance.choice(people)
            old = data["people"][key].get("emails") or []
            value = chance.choice(old if isinstance(old, list) else [old]) if old else None
            return (Drop(("people", key, "emails"), value), Extend(("people", key, "logins"), (login, f"{login}b")))
        case 2 if accounts:
            return account_changes(chance.choice(accounts), kind="integration", reason=chance.choice(NAMES), new=False)
        case 3:
            return account_changes(login, kind="shared", reason=chance.choice(["", *NAMES]), holders=people[:2])
    mails = [f"p{number}.{n}@x.test" for n in range(chance.randrange(3))]
    return person_changes(f"p{number}", name=chance.choice(NAMES), emails=mails, logins=[login])


def missing(part: list[str], whole: list[str]) -> int:
    """How many of the parts are not in the whole, in the same order."""
    most = [0] * (len(whole) + 1)
    for item in part:
        row = [0]
        for index, other in enumerate(whole):
            row.append(most[index] + 1 if item == other else max(most[index + 1], row[-1]))
        most = row
    return len(part) - most[-1]


def check_edit(old: str, changes: tuple[Change, ...]) -> str:
    new = edited(old, changes)
    gone = any(isinstance(change, Drop) for change in changes)
    lost = missing(COMMENT.findall(old), COMMENT.findall(new))
    assert lost == 0 or (gone and lost <= 2), "comments are kept, but for one on a line that was taken out"
    assert missing(old.splitlines(), new.splitlines()) <= 2 * len(changes), "only the lines asked for change"
    return new


@given(st.integers(0, 10**9), st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=50, phases=[Phase.generate])  # a seed has no smaller form
def test_edits_keep_every_comment_and_every_line_that_nobody_asked_for(seed: int, newline: str) -> None:
    text = Author(seed).notes().replace("\n", newline)
    chance, data = random.Random(seed), parse_yaml(text, "x").data
    for number in range(4):
        changes = one_edit(chance, data, number)
        text, data = check_edit(text, changes), applied(data, changes)
        assert parse_yaml(text, "x").data == data
        assert ("\n" in text.replace("\r\n", "")) == (newline == "\n"), "line endings stay what they were"


def test_the_template_and_the_example_survive_a_row_of_edits() -> None:
    for seed, text in enumerate((EXAMPLE, manifest_template())):
        chance, now = random.Random(seed), text
        for number in range(6):
            now = check_edit(now, one_edit(chance, parse_yaml(now, "x").data, number))
