"""Texts of the package name only commands and options that there are."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from stackmap.cli import app

ROOT = Path(__file__).parents[1]
TEXTS = sorted(
    path.relative_to(ROOT)
    for folder in ("stackmap", "connectors")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".py", ".md", ".yaml"}
)

GROUP = typer.main.get_command(app)
assert isinstance(GROUP, TyperGroup)
COMMANDS = {
    **GROUP.commands,
    **{
        f"{name} {below}": command
        for name, group in GROUP.commands.items()
        if isinstance(group, TyperGroup)
        for below, command in group.commands.items()
    },
}
"""Commands by name, those of a group by both names."""

GROUPS = {name for name, command in COMMANDS.items() if isinstance(command, TyperGroup)}
OPTIONS = {
    name: {"--help", *(word for parameter in command.params for word in (*parameter.opts, *parameter.secondary_opts))}
    for name, command in {"": GROUP, **COMMANDS}.items()
}
TAKING_WORDS = {
    name for name, command in COMMANDS.items() if any(item.param_type_name == "argument" for item in command.params)
}

_QUOTED = re.compile(r'([`"])stackmap ([a-z][^`"\n]*)\1')
_ADVISED = re.compile(
    r"(?:[:(]\s*|\n\s+|\b(?:run|use|or|and|then|next|with)\s+)stackmap ([a-z][a-z-]*(?: [a-z]+\b)?)", re.IGNORECASE
)
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
_FOREIGN = re.compile(r"command:\[[^\]]*\]")
"""The words of another program, in a reference to a secret that it prints."""


def strings(path: Path) -> Iterator[str]:
    """What somebody may read: the strings of a module, the whole of any other file."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        yield source
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "X" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _named(words: list[str]) -> tuple[str, list[str]]:
    """The command that words begin with, and the rest of them. A group's next word is its command, if it is a word."""
    both = len(words) > 1 and words[0] in GROUPS and re.fullmatch("[a-z]+", words[1])
    return (" ".join(words[:2]), words[2:]) if both else (words[0], words[1:])


def wrong(text: str) -> list[str]:
    """Commands and options that a text names and nobody can use."""
    found = [_named(words.split())[0] for words in _ADVISED.findall(text) if _named(words.split())[0] not in COMMANDS]
    for _, line in _QUOTED.findall(text):
        command, words = _named(line.split())
        found += [] if command in COMMANDS else [command.rpartition(" ")[2]]
        found += [word for word in words if word.startswith("--") and word not in OPTIONS.get(command, ())]
        if command not in TAKING_WORDS:
            found += [word for word in words if re.fullmatch("[a-z]+", word)]
    known = set().union(*OPTIONS.values())
    return found + [option for option in _OPTION.findall(_FOREIGN.sub("", text)) if option not in known]


@pytest.mark.parametrize("path", TEXTS, ids=str)
def test_every_command_and_option_that_a_text_names_exists(path: Path) -> None:
    assert [(word, text[:80]) for text in strings(ROOT / path) for word in wrong(text)] == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("`stackmap schema stack.yaml` prints it", "schema"),
        ("there is no reading 3 (`stackmap snapshots` lists all)", "snapshots"),
        ('Run "stackmap people propose" and confirm', "propose"),
        ("`stackmap people merge A B --limit 3`", "--limit"),
        ("`stackmap connectors show NAME --mail`", "--mail"),
        ("`stackmap check --everyone`", "--everyone"),
        ("then run stackmap colect again", "colect"),
        ("Examples:\n\n  stackmap frobnicate", "frobnicate"),
        ("to take the good lines: --skip-bat", "--skip-bat"),
    ],
)
def test_a_command_or_option_that_nobody_made_is_seen(text: str, word: str) -> None:
    assert word in wrong(text)


def test_the_options_of_another_program_are_its_own() -> None:
    assert wrong('set it to command:["sf","org","--target-org","prod"]#result.accessToken, then --snapshot 3') == []
    assert wrong('command:["sf"], then --snapshoot 3') == ["--snapshoot"]


@pytest.mark.parametrize("text", ["what stackmap reads, and why", "a newer stackmap wrote the database"])
def test_the_name_alone_is_no_command(text: str) -> None:
    assert wrong(text) == []
