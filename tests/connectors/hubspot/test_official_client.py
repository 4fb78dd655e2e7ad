"""HubSpot's own Python client, unchanged, reads the stand-in: its paths, paging and errors are the real ones."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hubspot import HubSpot
from hubspot.crm import owners
from hubspot.settings import users

from stackmap.sdk import StandIn, serve
from stackmap.sdk.sandbox import faulty, status
from tests.connectors.hubspot.reading import TOKEN, company, server


@contextmanager
def client(answers: StandIn, token: str = TOKEN) -> Iterator[Any]:
    with serve(answers) as url:
        yield HubSpot(access_token=token, host=url, base_url=url)


def get(api: Any, path: str, **query: str) -> Any:
    """A call by the client's own way for what it has no method for."""
    return api.api_request({"path": path, "qs": query})


def test_it_reads_all_pages_of_users() -> None:
    with client(server(most=0)) as api:
        first = api.settings.users.users_api.get_page(limit=3)
        rest = api.settings.users.users_api.get_page(limit=3, after=first.paging.next.after)
    assert [user.id for user in [*first.results, *rest.results]] == [user["id"] for user in company()["users"]]
    assert rest.paging is None
    assert (first.results[0].email, first.results[0].super_admin) == ("ana.admin@example.test", True)
    assert first.results[1].role_ids == ["31", "32"]


def test_it_reads_roles_and_teams() -> None:
    with client(server()) as api:
        roles = api.settings.users.roles_api.get_all().results
        teams = api.settings.users.teams_api.get_all().results
    assert [role.name for role in roles] == ["Content", "Reports"]
    assert [(team.name, team.user_ids, team.secondary_user_ids) for team in teams] == [
        ("Marketing", ["501", "502"], []),
        ("Web", ["504"], ["502"]),
    ]


@pytest.mark.parametrize(("archived", "expected"), [(False, ["9001", "9002", "9003", "9004"]), (True, None)])
def test_it_reads_owners_and_those_who_left(archived: bool, expected: list[str] | None) -> None:
    rows = company()["owners"]
    with client(server()) as api:
        found = api.crm.owners.get_all(archived=archived)
    assert [one.id for one in found] == (expected or [row["id"] for row in rows if row["archived"]])
    assert {one.archived for one in found} == {archived}
    assert [one.user_id_including_inactive for one in found] == [
        row["userIdIncludingInactive"] for row in rows if row["archived"] is archived
    ]
    assert all(one.created_at.tzinfo for one in found), "times are read as times"


def test_it_reads_the_account() -> None:
    with client(server()) as api:
        assert get(api, "/account-info/v3/details").json()["portalId"] == 146020001


@pytest.mark.parametrize(("log", "rows"), [("security", "security"), ("login", "logins"), ("audit-logs", "audit")])
def test_it_reads_all_pages_of_the_logs(log: str, rows: str) -> None:
    found, after = list[str](), dict[str, str]()
    with client(server()) as api:
        while True:
            page = get(api, f"/account-info/v3/activity/{log}", limit="3", **after).json()
            found += [row["id"] for row in page["results"]]
            if "paging" not in page:
                break
            after = {"after": page["paging"]["next"]["after"]}
    assert found == [row["id"] for row in company()[rows]]


def users_of(api: Any) -> Any:
    return api.settings.users.users_api.get_page()


def owners_of(api: Any) -> Any:
    return api.crm.owners.owners_api.get_page()


def test_a_wrong_token_is_its_unauthorized_exception() -> None:
    with client(server(), "another") as api, pytest.raises(users.exceptions.UnauthorizedException) as caught:
        users_of(api)
    assert "INVALID_AUTHENTICATION" in caught.value.body


@pytest.mark.parametrize(
    ("call", "deny", "kind"),
    [
        (users_of, {"settings.users.read"}, users.exceptions.ForbiddenException),
        (owners_of, {"crm.objects.owners.read", "automation"}, owners.exceptions.ForbiddenException),
    ],
)
def test_a_missing_scope_is_its_forbidden_exception(
    call: Callable[[Any], Any], deny: set[str], kind: type[Exception]
) -> None:
    with client(server(deny=deny)) as api, pytest.raises(kind) as caught:
        call(api)
    assert "MISSING_SCOPES" in str(caught.value)


def test_an_unknown_user_is_its_not_found_exception() -> None:
    with client(server()) as api, pytest.raises(users.exceptions.NotFoundException):
        api.settings.users.users_api.get_by_id("nobody")


def test_a_spent_limit_is_its_api_exception() -> None:
    spent = faulty(server(), "/settings/", status(429, {"status": "error", "category": "RATE_LIMITS"}))
    with client(spent) as api, pytest.raises(users.ApiException) as caught:
        users_of(api)
    assert caught.value.status == 429
