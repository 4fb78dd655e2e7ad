"""No answer with stand-ins holds a name: every output of the demo company, searched byte for byte."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch
from urllib.parse import unquote

import pytest

from stackmap.app import opening
from stackmap.app.opening import Question, Reading
from stackmap.app.pseudonyms import reading as pseudonyms_reading
from stackmap.app.workspace import Workspace
from stackmap.model import AccountType, Node, NodeKind
from tests.functional.cli import Done, inside

WHO = ("Dana Okafor", "Ravi Menon")
OUTPUTS: dict[str, tuple[str, ...]] = {
    "leave": ("leave", *WHO, "--all"),
    "leave-json": ("leave", *WHO, "--format", "json"),
    "check": ("check", "--all", "--fail-on", "never"),
    "check-json": ("check", "--format", "json", "--fail-on", "never"),
    "check-md": ("check", "--format", "md", "--fail-on", "never"),
    "check-csv": ("check", "--format", "csv", "--fail-on", "never"),
    "report-html": ("report", "--format", "html", "-o", "FILE"),
    "report-md": ("report", "--format", "md"),
    "onboard-html": ("onboard", "--format", "html", "-o", "FILE"),
    "onboard-md": ("onboard", "--format", "md"),
    "map": ("map", "-o", "FILE"),
    "bus-factor": ("bus-factor", "--all"),
    "bus-factor-json": ("bus-factor", "--format", "json"),
    "bus-factor-csv": ("bus-factor", "--format", "csv"),
    "everyone": ("bus-factor", "--everyone", "--all"),
    "everyone-json": ("bus-factor", "--everyone", "--format", "json"),
    "second-holders": ("bus-factor", "--second-holders", "--all"),
    "second-holders-json": ("bus-factor", "--second-holders", "--format", "json"),
    "second-holders-csv": ("bus-factor", "--second-holders", "--format", "csv"),
    "people": ("people", "--all"),
    "people-json": ("people", "--format", "json"),
    "people-csv": ("people", "--format", "csv"),
    "people-show": ("people", "show", WHO[0]),
    "people-show-json": ("people", "show", WHO[0], "--format", "json"),
    "facts": ("export", "facts"),
}
ORDINARY = {"grant": "the kind of a node", "olive": "the name of a colour in the map's style sheet"}
"""Words that are somebody's name here, and words of ours: these two are searched for with their other name only."""


@pytest.fixture(scope="module", name="demo")
def _demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pseudonyms")
    done = inside("demo", "--out", "demo", cwd=folder)
    assert done.code == 0, done.notes
    return folder / "demo"


@pytest.fixture(scope="module", name="hidden")
def _hidden(demo: Path) -> Reading:
    """Read once: what every command would open for itself."""
    return opening.open_reading(Workspace(demo), Question(pseudonymise=True))


def said(demo: Path, hidden: Reading, name: str, to: Path) -> tuple[Done, str]:
    """An answer and what is on the standard error, with the reading that was opened already."""
    arguments = [str(to) if word == "FILE" else word for word in OUTPUTS[name]]
    # The readings differ in nothing; opening the same one twenty times would only cost time.
    with patch.object(opening, "open_reading", lambda _, asked: _as_asked(asked, hidden)):
        done = inside(*arguments, "--pseudonymise", cwd=demo)
    return done, to.read_text(encoding="utf-8") if to.exists() else done.out


def _as_asked(asked: Question, hidden: Reading) -> Reading:
    assert asked.pseudonymise
    return hidden


def names_in(reading: Reading) -> set[str]:
    """Every word of every name and address of people and their logins, and the ids that people have here."""
    found: set[str] = set()
    for fact in reading.identity.facts:
        if not isinstance(fact, Node) or fact.kind not in {NodeKind.PERSON, NodeKind.ACCOUNT}:
            continue
        if fact.kind is NodeKind.ACCOUNT and fact.properties.get("account_type") != AccountType.HUMAN:
            continue
        email = str(fact.properties.get("email", ""))
        found |= set(re.findall(r"[^\W\d_]{3,}", fact.name.partition("@")[0].casefold()))
        if email and not email.startswith("marketing@"):
            found |= {email.casefold(), email.partition("@")[0].casefold()}
        if " " in fact.name:
            found |= {fact.name.casefold()}
        if fact.kind is NodeKind.PERSON and not fact.id.startswith("person-"):
            found.add(fact.id.casefold())
    return found - ORDINARY.keys()


def readings_of(text: str) -> Iterator[str]:
    """The text as it stands, and as a browser, an address bar and a JSON reader would see it."""
    yield text
    yield html.unescape(text)
    yield unquote(text)
    yield unquote(html.unescape(text))
    yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)


def leaks(text: str, names: set[str]) -> dict[str, str]:
    """The names that stand in a text as words or parts of joined words, each with what stands around it."""
    pattern = re.compile(
        "(?<![a-z])(?:" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + ")(?![a-z])"
    )
    found = {}
    for seen in readings_of(text):
        low = seen.casefold()
        for hit in pattern.finditer(low):
            found[hit[0]] = low[max(0, hit.start() - 30) : hit.end() + 30]
    return found


@pytest.fixture(scope="module", name="names")
def _names(hidden: Reading) -> set[str]:
    assert hidden.behind
    names = names_in(hidden.behind.reading)
    assert {"okafor", "dana okafor", "r.menon", "haddad", "d.okafor@larkfield.test", "dana-okafor"} <= names
    return names


@pytest.mark.parametrize("name", OUTPUTS)
def test_no_name_stands_in_an_answer(demo: Path, hidden: Reading, names: set[str], tmp_path: Path, name: str) -> None:
    done, text = said(demo, hidden, name, tmp_path / "answer")
    assert done.code == 0, done.notes
    assert len(text) > 200
    assert leaks(text + done.notes, names) == {}


def test_the_same_search_finds_names_in_answers_without_stand_ins(demo: Path, names: set[str]) -> None:
    for arguments in (("leave", *WHO), ("export", "facts"), ("people", "--all")):
        assert len(leaks(inside(*arguments, cwd=demo).out, names)) > 5


def test_a_command_opens_its_reading_with_stand_ins_by_itself(demo: Path, names: set[str]) -> None:
    done = inside("leave", "r.menon@larkfield.test", "--pseudonymise", cwd=demo)
    assert re.search(r"If Person \w{4} left", done.out)
    assert leaks(done.out + done.notes, names) == {}


@pytest.mark.parametrize("place", ["_edge", "_node", "_said", "id"])
def test_every_place_that_is_rewritten_is_needed(demo: Path, names: set[str], place: str) -> None:
    """Without any one of them the facts hold names: nothing else would catch them."""
    untouched = {
        "_edge": lambda _, edge: edge,
        "_node": lambda _, node: node,
        "_said": lambda _, value: value,
        "id": lambda _, node_id: node_id,
    }
    with patch.object(pseudonyms_reading.Pseudonyms, place, untouched[place]):
        facts = inside("export", "facts", "--pseudonymise", cwd=demo).out
    assert leaks(facts, names)


def test_text_answers_say_what_stand_ins_do_not_hide(demo: Path, hidden: Reading, tmp_path: Path) -> None:
    for name in ("leave", "report-md", "onboard-md"):
        _, text = said(demo, hidden, name, tmp_path / "answer")
        assert re.search("team Data: 2 people", text)
        assert "can guess who is meant" in " ".join(text.split())
    done, text = said(demo, hidden, "leave-json", tmp_path / "answer")
    assert "team Data: 2 people" in done.notes
    json.loads(text)


def test_what_is_exported_with_stand_ins_can_be_imported_and_ties_the_same_logins(
    demo: Path, hidden: Reading, tmp_path: Path
) -> None:
    assert inside("export", "facts", "--pseudonymise", "-o", tmp_path / "facts.jsonl", cwd=demo).code == 0
    assert inside("import", "facts.jsonl", cwd=tmp_path).code == 0
    there = opening.open_reading(Workspace(tmp_path)).stack
    by_address = {
        account.id: {tie.person for tie in account.holders}
        for account in hidden.stack.accounts.values()
        if account.id in there.accounts  # not what only the notes speak of: they are not exported
        and any(item.record.startswith("e-mail") for tie in account.holders for item in tie.link.evidence)
    }
    assert len(by_address) > 40
    pairs = [(one, other) for one in by_address for other in by_address if one < other]
    for one, other in pairs:
        together = by_address[one] == by_address[other]
        assert (there.accounts[one].holders[0].person == there.accounts[other].holders[0].person) is together


def test_the_salt_is_in_no_answer(demo: Path, hidden: Reading, tmp_path: Path) -> None:
    from stackmap.store import stored_salt

    salt = stored_salt(demo / "stackmap.db")
    assert len(salt) == 64
    for name in ("facts", "map", "leave-json"):
        done, text = said(demo, hidden, name, tmp_path / name)
        assert salt not in text + done.notes
    assert salt not in inside("export", "facts", cwd=demo).out
