"""Asking for access, and being told which tier is reached, as a person would."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectors.n8n.sandbox import standin
from stackmap.collect import find_connectors
from stackmap.sdk import Request
from stackmap.sdk.sandbox import Reply, serve
from tests.functional.cli import Done, inside
from tests.functional.quick import unhurried_vendor
from tests.functional.vendor import ENVIRONMENT, KEY, company, server, workspace

MAIL, PAGE = "MAIL TO THE ADMINISTRATOR OF N8N", "PAGE FOR SECURITY ON READING N8N"


def tried(folder: Path, *deny: str, form: str = "text") -> Done:
    """`stackmap doctor` against an n8n that takes scopes from the key."""
    answers = standin(company(), key=KEY, version="2", deny=frozenset(deny))
    with serve(answers) as url, unhurried_vendor():
        return inside("doctor", "--quiet", "--format", form, cwd=workspace(folder, url), env=ENVIRONMENT)


def test_the_doctor_names_the_tier_and_the_permission_that_opens_the_next(tmp_path: Path) -> None:
    done = tried(tmp_path, "workflow:read", "credential:list", "project:list")
    assert done.code == 0
    assert done.out.startswith(
        "n8n\n"
        "  tier 1 of 3: who is here\n"
        "  For all of tier 2 (what belongs to whom): workflow:read (workflow-details\n"
        "    denied).\n"
    )
    assert "Mail to your admin: stackmap connectors show n8n --request\n" in done.out


def test_the_doctor_says_when_everything_is_reached(tmp_path: Path) -> None:
    done = tried(tmp_path)
    assert done.out.startswith("n8n\n  tier 3 of 3: the rest\n  users ")
    assert "Mail to your admin" not in done.out


def test_the_doctor_tells_the_tiers_to_programs(tmp_path: Path) -> None:
    (found,) = tried(tmp_path, "credential:list", form="json").json()["tiers"]
    assert (found["source"], found["reached"], found["of"]) == ("n8n", 2, 3)
    assert found["tiers"][2] == {
        "number": 3,
        "name": "the rest",
        "state": "in part",
        "missing": [{"inventory": "credentials", "state": "denied", "permissions": ["credential:list"]}],
    }


def test_a_wrong_key_reaches_no_tier_and_sends_nobody_to_an_admin(tmp_path: Path) -> None:
    with serve(server()) as url:
        folder = workspace(tmp_path, url)
        done = inside("doctor", "--quiet", cwd=folder, env={"N8N_API_KEY": "another-key-than-its-own"})
    assert done.out.startswith("n8n\n  no tier of 3 is reached\n  users                  denied ")
    assert "Mail to your admin" not in done.out


def test_a_wrong_address_reaches_no_tier(tmp_path: Path) -> None:
    with serve(lambda _request: Reply(404, {"message": "not found"})) as url:
        done = inside("doctor", "--quiet", cwd=workspace(tmp_path, url), env=ENVIRONMENT)
    assert "  no tier of 3 is reached\n" in done.out


def test_the_mail_and_the_page_come_together_with_the_address_of_the_workspace(tmp_path: Path) -> None:
    folder = workspace(tmp_path, "https://n8n.acme.example")
    (folder / "elsewhere").mkdir()
    done = inside("connectors", "show", "n8n", "--request", "-w", folder, cwd=folder / "elsewhere")
    assert done.code == 0
    assert done.out.index(MAIL) < done.out.index(PAGE)
    assert "  - https://n8n.acme.example\n" in done.out
    assert "GET /api/v1/users" in done.out
    assert KEY not in done.out


def test_no_workspace_is_needed_to_ask(tmp_path: Path) -> None:
    done = inside("connectors", "show", "n8n", "--request", "--tier", "1", "--format", "json", cwd=tmp_path)
    found = done.json()
    assert [tier["permissions"] for tier in found["tiers"]] == [["user:list"]]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("show", "n8n", "--request", "--tier", "4"), "n8n has tiers 1 to 3"),
        (("show", "n8n", "--request", "--tier", "0"), "n8n has tiers 1 to 3"),
        (("show", "n8n", "--tier", "1"), "--tier goes with --request"),
        (("--request",), "use: stackmap connectors"),
        (("show", "zapier", "--request"), "zapier is read from files"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else "",
)
def test_what_cannot_be_asked_for_is_said(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    done = inside("connectors", *arguments, cwd=tmp_path)
    assert done.code == 2
    assert says in done.notes


def test_the_name_by_which_stackmap_calls_is_the_one_that_the_page_tells(tmp_path: Path) -> None:
    seen: set[str] = set()
    answers = server()

    def listening(request: Request) -> Reply:
        seen.add(request.headers["user-agent"])
        return answers(request)

    with serve(listening) as url, unhurried_vendor():
        folder = workspace(tmp_path, url)
        inside("doctor", "--quiet", cwd=folder, env=ENVIRONMENT)
    (name,) = seen
    page = inside("connectors", "show", "n8n", "--request", cwd=folder).out
    assert f"the User-Agent is {name}." in " ".join(page.split())


ASKING = sorted(name for name, one in find_connectors().connectors.items() if one.access is not None)


@pytest.mark.parametrize("name", ASKING)
def test_whatever_tells_its_tiers_can_be_asked_for(tmp_path: Path, name: str) -> None:
    found = inside("connectors", "show", name, "--request", "--format", "json", cwd=tmp_path).json()
    assert len(found["tiers"]) == found["of"] > 1
    assert all(tier["permissions"] and tier["grant"] and tier["calls"] for tier in found["tiers"])
    assert found["hosts"]
    for form in ("text", "md"):
        assert inside("connectors", "show", name, "--request", "--format", form, cwd=tmp_path).code == 0


def test_the_first_systems_to_be_read_can_be_asked_for() -> None:
    assert {"hubspot", "n8n", "salesforce"} <= set(ASKING)
