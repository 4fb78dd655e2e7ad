"""The stand-in is as strict as the recorded server."""

from typing import Any

import pytest

from tests.connectors.n8n.reading import KEY, ask, company, page, server

RECORDED: dict[str, tuple[int, str, dict[str, Any]]] = {
    "error-401-no-key": (401, "/workflows", {"key": None}),
    "error-401-wrong-key": (401, "/workflows", {"key": "not-a-key"}),
    "error-403-projects": (403, "/projects", {}),
    "error-405-credentials": (405, "/credentials", {}),
    "error-400-limit": (400, "/workflows", {"limit": "1000"}),
    "error-400-cursor": (400, "/workflows", {"cursor": "nonsense"}),
    "error-404-workflow": (404, "/workflows/absent0000000000", {}),
}


@pytest.mark.parametrize("name", sorted(RECORDED))
def test_it_refuses_in_the_recorded_words(name: str) -> None:
    status, path, options = RECORDED[name]
    reply = ask(server(), path, **options)
    assert (reply.status, reply.body) == (status, page(name))


@pytest.mark.parametrize(
    ("scope", "path", "method"),
    [
        ("user:list", "/users", "GET"),
        ("workflow:list", "/workflows", "GET"),
        ("workflow:read", "/workflows/w-intake", "GET"),
        ("credential:list", "/credentials", "GET"),
        ("project:list", "/projects", "GET"),
        ("securityAudit:generate", "/audit", "POST"),
    ],
)
def test_a_key_without_the_scope_is_forbidden(scope: str, path: str, method: str) -> None:
    assert ask(server(version="2"), path, method=method).status == 200
    reply = ask(server(version="2", deny={scope}), path, method=method)
    assert (reply.status, reply.body) == (403, page("error-403-audit-as-member"))


@pytest.mark.parametrize("query", [{"page": "2"}, {"limit": "many"}, {"cursor": ""}, {"excludePinnedData": "yes"}])
def test_a_question_it_does_not_know_is_an_error(query: dict[str, str]) -> None:
    assert ask(server(), "/workflows", **query).status == 400


def test_writing_is_not_for_stand_ins() -> None:
    for method in ("POST", "PUT", "DELETE"):
        assert ask(server(), "/workflows", method=method).status == 405


def test_an_unknown_address_is_not_found() -> None:
    assert ask(server(), "/secrets").status == 404


@pytest.mark.parametrize("limit", ["1", "2", "4", "9", "10"])
def test_pages_hold_every_workflow_once(limit: str) -> None:
    names, cursor = [], None
    while True:
        reply = ask(server(), "/workflows", limit=limit, **({"cursor": cursor} if cursor else {}))
        names += [row["id"] for row in reply.body["data"]]
        cursor = reply.body["nextCursor"]
        if cursor is None:
            break
    assert names == [row["id"] for row in company()["workflows"]]


def test_its_records_have_the_recorded_fields() -> None:
    workflows = ask(server(), "/workflows", excludePinnedData="true").body["data"]
    recorded = page("workflows-1")["data"]
    assert set(workflows[0]) == set(recorded[0])
    assert set(workflows[0]["shared"][0]) == set(recorded[0]["shared"][0])
    published = next(row["activeVersion"] for row in recorded if row["activeVersion"])
    assert set(workflows[0]["activeVersion"]) == set(published)
    assert set(ask(server(), "/users", includeRole="true").body["data"][0]) == set(page("users-1")["data"][0])
    assert set(ask(server(), "/users").body["data"][0]) == set(page("users-no-role")["data"][0])


def test_its_details_have_the_recorded_fields() -> None:
    detail, recorded = ask(server(), "/workflows/w-intake").body, page("workflow-health")
    assert set(detail) == set(recorded)
    ours, theirs = detail["shared"][0]["project"], recorded["shared"][0]["project"]
    assert set(ours) == set(theirs)
    ours_user, theirs_user = (home["projectRelations"][0]["user"] for home in (ours, theirs))
    assert set(ours_user) == set(theirs_user)


def test_pinned_data_comes_only_when_asked_for() -> None:
    with_pins = ask(server(), "/workflows").body["data"]
    without = ask(server(), "/workflows", excludePinnedData="true").body["data"]
    assert any(row.get("pinData") for row in with_pins)
    assert not any("pinData" in row for row in without)


def test_version_2_lists_credentials_with_the_project_that_keeps_them() -> None:
    rows = ask(server(version="2"), "/credentials").body["data"]
    assert [row["id"] for row in rows] == ["c-dana", "c-hub", "c-old"]
    assert rows[0]["shared"][0]["id"] == "p-dana"


def test_version_2_without_the_licence_has_no_projects() -> None:
    reply = ask(server(version="2", deny={"license"}), "/projects")
    assert (reply.status, reply.body) == (403, page("error-403-projects"))


def test_the_audit_names_unused_credentials_and_an_instance_without_risks_answers_an_empty_list() -> None:
    report = ask(server(), "/audit", method="POST").body["Credentials Risk Report"]
    assert [place["id"] for place in report["sections"][0]["location"]] == ["c-old"]


def test_its_key_is_in_no_repr() -> None:
    assert KEY not in repr(server().__self__)  # type: ignore[attr-defined]  # a bound method, typed as any server
