"""No key in any file, output, log or traceback, whatever goes wrong; and no name from a vendor does harm."""

from __future__ import annotations

import base64
import csv
import io
import logging
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import pytest

from stackmap.sdk import Reply, StandIn, serve
from stackmap.sdk.sandbox import Fault, faulty
from tests.functional.cli import Done, inside
from tests.functional.quick import unhurried_vendor
from tests.functional.test_faults import FAULTS, LISTS, broken
from tests.functional.vendor import ENVIRONMENT, KEY, collect, company, server, stored, workspace

FORMS = {KEY, quote(KEY), quote(KEY, safe=""), quote_plus(KEY), base64.b64encode(KEY.encode()).decode(), KEY[4:24]}


def echoing(code: int) -> Fault:
    """A vendor that repeats the key it was given, wherever a body has room for it."""

    def fault(_standin: StandIn) -> StandIn:
        body = {"message": f"the key {KEY} is not good", "code": KEY, "error": {"code": KEY}, "hint": quote(KEY)}
        return lambda _request: Reply(code, body, {"x-asked-with": KEY, "location": f"/login?key={quote(KEY)}"})

    return fault


@contextmanager
def _logged() -> Iterator[list[str]]:
    """Everything that any logger says, at any level."""
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    keep, level = Keep(logging.DEBUG), logging.root.level
    logging.root.addHandler(keep)
    logging.root.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        logging.root.removeHandler(keep)
        logging.root.setLevel(level)


def _leaks(folder: Path, done: Done, lines: list[str]) -> list[str]:
    """Where the key shows."""
    shown = {"stdout": done.out, "stderr": done.notes, "logs": "\n".join(lines)}
    places = {name: text.encode() for name, text in shown.items()}
    places |= {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return [name for name, found in places.items() if any(form.encode() in found for form in FORMS)]


def _run(folder: Path, *command: str) -> tuple[Done, list[str]]:
    with _logged() as lines, unhurried_vendor():
        return inside("--debug", *command, cwd=folder, env=ENVIRONMENT), lines


@pytest.mark.parametrize("fault", [*FAULTS, "none"])
def test_the_key_shows_nowhere_whatever_every_list_answers(tmp_path: Path, fault: str) -> None:
    standin = server() if fault == "none" else faulty(server(), "/", FAULTS[fault])
    asked_before: list[str] = []
    with serve(standin) as url:
        folder = workspace(tmp_path / "workspace", url)
        for command in (("init", "--yes"), ("doctor",), ("collect",), ("doctor", "--format", "json")):
            done, lines = _run(folder, *command)
            asked_before += lines
            assert _leaks(folder, done, lines) == [], f"{fault}: {command}"
    assert any("/api/v1/" in line for line in asked_before), "nothing was logged: there is nothing to judge"


@pytest.mark.parametrize("name", LISTS)
def test_the_key_shows_nowhere_when_one_list_fails(tmp_path: Path, name: str) -> None:
    for fault in ("500", "not json", "cut"):
        with serve(broken(name, fault)) as url:
            folder = workspace(tmp_path / fault.replace(" ", "-"), url)
            done, lines = _run(folder, "collect")
            assert done.code == 0
            assert _leaks(folder, done, lines) == [], fault


@pytest.mark.parametrize("code", [200, 302, 400, 401, 403, 500])
def test_a_vendor_that_repeats_the_key_is_not_repeated(tmp_path: Path, code: int) -> None:
    for where in ("/", "/api/v1/users"):
        with serve(faulty(server(), where, echoing(code))) as url:
            folder = workspace(tmp_path / where.replace("/", "-"), url)
            for command in (("doctor",), ("collect",)):
                done, lines = _run(folder, *command)
                assert _leaks(folder, done, lines) == [], command


def test_a_key_in_a_file_is_read_and_not_copied(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(f"{KEY}\n", encoding="utf-8")
    with serve(server()) as url:
        folder = workspace(tmp_path / "workspace", url, key=f"file:{secret}")
        secret.chmod(0o644)
        open_to_all, lines = _run(folder, "collect")
        assert open_to_all.code == 2
        assert _leaks(folder, open_to_all, lines) == []
        secret.chmod(0o600)
        done, lines = _run(folder, "collect")
    assert done.code == 0, done.notes
    assert _leaks(folder, done, lines) == []


@pytest.mark.parametrize(
    "written", [KEY, f'"{KEY}"', f"env:{KEY}\n    tenant: two", f"command:{KEY}", f"keyring:{KEY}"]
)
def test_a_key_written_into_the_settings_is_refused_and_not_repeated(tmp_path: Path, written: str) -> None:
    folder = workspace(tmp_path, "http://127.0.0.1:9", key=written)
    settings = (folder / "stackmap.yaml").read_bytes()
    for command in (("collect",), ("doctor",)):
        done, lines = _run(folder, *command)
        assert done.code in {2, 3}
        assert done.code == 3 or "Traceback" in done.notes, "--debug shows the traceback"
        (folder / "stackmap.yaml").unlink()
        assert _leaks(folder, done, lines) == [], command
        (folder / "stackmap.yaml").write_bytes(settings)


@pytest.mark.parametrize("key", [f"{KEY}\nsecond line", f"{KEY}\x7f", f"{KEY} é €", f"{KEY}\x00"])
def test_a_key_that_no_header_can_carry_is_not_repeated(tmp_path: Path, key: str) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(key.encode())
    secret.chmod(0o600)
    with serve(server()) as url:
        folder = workspace(tmp_path / "workspace", url, key=f"file:{secret}")
        done, lines = _run(folder, "collect")
    assert done.code == 2
    assert _leaks(folder, done, lines) == []


HOSTILE = {
    "escape": "\x1b[31mred\x1b[0m\x1b]0;title\x07",
    "lines": "Nightly\nExit code 0\r\nall is well",
    "bidi": "sync \u202egnihton\u2066 done\u200b",
    "formula": '=HYPERLINK("http://evil.example.test","open")',
    "other formulas": "+1+1",
    "minus": "-2+3",
    "at": "@SUM(A1)",
    "tab": "\t=1+1",
}


NOTES = """\
accounts:
  n8n/made-up/account/u-dana: {type: human}
  n8n/made-up/account/u-emil: {type: human}
  n8n/made-up/account/u-olga: {type: human}
"""


def _hostile_company(name: str) -> dict[str, Any]:
    made = company()
    for user in made["users"]:
        if "firstName" in user:
            user["firstName"] = f"{name} {user['firstName']}"
    for row in (*made["workflows"], *made["credentials"], *made["projects"]):
        row["name"] = f"{name} {row['name']}"
    return made


TEXTS = (
    ("leave", "dana.kim@example.test"),
    ("leave", "dana.kim@example.test", "--all"),
    ("leave", "Somebody Kim"),
    ("leave", "example.test"),
    ("bus-factor", "--all"),
    ("bus-factor", "--everyone"),
    ("bus-factor", "--second-holders", "--all"),
    ("check", "--all", "--fail-on", "never"),
    ("check", "--format", "md", "--fail-on", "never"),
    ("people",),
)
TABLES = (
    ("bus-factor", "--format", "csv"),
    ("bus-factor", "--everyone", "--format", "csv"),
    ("bus-factor", "--second-holders", "--format", "csv"),
    ("check", "--format", "csv", "--fail-on", "never"),
    ("people", "--format", "csv"),
)


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_names_reach_no_terminal_and_no_spreadsheet(tmp_path: Path, kind: str) -> None:
    # Such a name does not look like a person's, so the notes have to say that it is one.
    (tmp_path / "stack.yaml").write_text(NOTES, encoding="utf-8")
    with serve(server(_hostile_company(HOSTILE[kind]))) as url:
        done = collect(workspace(tmp_path, url))
    assert done.code == 0, done.notes
    assert any(HOSTILE[kind] in getattr(fact, "name", "") for fact in stored(tmp_path).facts)
    for command in TEXTS:
        answer = inside(*command, cwd=tmp_path)
        assert _harmful(answer.out + answer.notes) == set(), command
        assert "\nExit code 0" not in answer.out + answer.notes, command
    for command in TABLES:
        answer = inside(*command, cwd=tmp_path)
        assert answer.code == 0, answer.notes
        cells = [cell for row in csv.reader(io.StringIO(answer.out.lstrip("\ufeff"))) for cell in row]
        assert len(cells) > 10, command
        assert [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))] == [], command


def _harmful(text: str) -> set[str]:
    return {char for char in text if char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp")}
