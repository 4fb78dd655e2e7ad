"""A workspace with a few logins and notes, and what `stackmap people` does in it."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from tests.functional.cli import Done, inside

NOTES = """\
# our notes
people:
  dana-okafor:   # the ops lead
    name: Dana Okafor
    emails: [d.okafor@larkfield.test]

systems:
  crm: {product: crm, tenant: prod}
"""

LOGINS: list[tuple[str, str, dict[str, object]]] = [
    ("crm/prod/account/1", "d.okafor", {"email": "d.okafor@larkfield.test", "account_type": "human"}),
    ("crm/prod/account/2", "svc-sync", {"email": "d.okafor@larkfield.test", "account_type": "integration"}),
    ("crm/prod/account/3", "Mia Sorensen", {"email": "mia@larkfield.test", "account_type": "human"}),
    ("mail/eu/account/6", "mia", {"email": "mia@larkfield.test", "account_type": "human"}),
    ("mail/eu/account/7", "Dana Kim", {"email": "dana.kim@larkfield.test", "account_type": "human", "active": False}),
    ("mail/eu/account/8", "ds\x1b[31mhidden", {"account_type": "human"}),
    ("mail/eu/account/9", "console", {"email": "team@larkfield.test", "account_type": "unknown"}),
]

IN_DIRECTORY: list[tuple[str, str, dict[str, object]]] = [
    (f"okta/acme/account/{key}", name, {"email": email, "account_type": "human", "directory_id": f"okta/acme:{key}"})
    for key, name, email in [("A", "Ann Lee", "ann@larkfield.test"), ("B", "Ann Leigh", "a.leigh@larkfield.test")]
]

Run: TypeAlias = Callable[..., Done]


def notes(folder: Path) -> str:
    return (folder / "stack.yaml").read_text(encoding="utf-8")


def ids_of(run: Run, *words: str) -> dict[str, list[str]]:
    """Everybody's logins."""
    people = run(*words, "--format", "json").json()["people"]
    return {person["id"]: [login["id"] for login in person["accounts"]] for person in people}


def refused(done: Done, folder: Path) -> str:
    """Why a command refused, once it is seen that it wrote nothing and told so with its code."""
    assert done.code == 2
    assert notes(folder) == NOTES
    return done.notes


SHARED = """
accounts:
  mail/eu/account/9:  # the team's
    type: shared
    holders: [Dana Okafor, kim]
"""


def imported(
    folder: Path, logins: Sequence[tuple[str, str, Mapping[str, object]]], account_type: str = "human"
) -> None:
    """Import further logins of one type."""
    lines = [
        {
            "type": "node",
            "kind": "Account",
            "id": key,
            "name": name,
            "properties": {"account_type": account_type, **properties},
        }
        for key, name, properties in logins
    ]
    (folder / "more.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    done = inside("import", "more.jsonl", cwd=folder)
    assert done.code == 0, done.notes


def running(folder: Path) -> Run:
    """Write the notes, import the logins, and say how to run `stackmap people` there."""
    (folder / "stack.yaml").write_text(NOTES, encoding="utf-8")
    lines: list[dict[str, Any]] = [
        {"type": "node", "kind": "Account", "id": key, "name": name, "properties": properties}
        for key, name, properties in (*LOGINS, *IN_DIRECTORY)
    ]
    lines.append({"type": "node", "kind": "Automation", "id": "crm/prod/automation/1", "name": "Nightly sync"})
    lines.append({"type": "edge", "kind": "RUNS_AS", "from": "crm/prod/automation/1", "to": "crm/prod/account/1"})
    (folder / "facts.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    done = inside("import", "facts.jsonl", cwd=folder)
    assert done.code == 0, done.notes

    def run(*words: str, stdin: str = "") -> Done:
        return inside("people", *words, cwd=folder, stdin=stdin)

    return run
