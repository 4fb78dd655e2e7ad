"""What a HubSpot administrator is asked for, held against readings with just that."""

import pytest

from connectors.hubspot import CONNECTOR
from stackmap.app.tiers import permissions, reached
from stackmap.render.doctor import Standing
from stackmap.sdk import Reply, Request
from tests.connectors.hubspot.reading import read, server
from tests.support.tiers import beyond, judged, promised, standings, untold


@pytest.mark.parametrize("number", [1, 2, 3])
def test_with_the_scopes_of_some_tiers_alone_these_are_reached_and_no_other(number: int) -> None:
    coverage = read(server(deny=beyond(CONNECTOR, number))).coverage
    assert standings(CONNECTOR, coverage) == [
        Standing.REACHED if at < number else Standing.NOT_REACHED for at in range(3)
    ]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_checks_that_are_promised_for_a_tier_can_be_judged_with_it(number: int) -> None:
    assert judged(read(server(deny=beyond(CONNECTOR, number))).coverage) == promised(CONNECTOR, number)


def test_each_tier_asks_for_scopes_that_no_tier_before_it_asked_for() -> None:
    assert [permissions(CONNECTOR, number) for number in (1, 2, 3)] == [
        ("settings.users.read", "settings.users.teams.read", "crm.objects.owners.read"),
        ("automation", "crm.schemas.contacts.read"),
        ("account-info.security.read",),
    ]


def test_a_missing_scope_is_named_with_the_lists_that_it_opens() -> None:
    found = reached(CONNECTOR, "hubspot", read(server(deny={"settings.users.teams.read"})).coverage)
    assert found.number == 0
    assert [(gap.inventory, gap.permissions) for gap in found.tiers[0].gaps] == [
        ("teams", ("settings.users.teams.read",))
    ]


def test_every_call_that_is_made_stands_in_the_page_for_security() -> None:
    sent: list[Request] = []
    answers = server()

    def listening(request: Request) -> Reply:
        sent.append(request)
        return answers(request)

    read(listening)
    assert sent
    assert untold(CONNECTOR, sent) == set()
