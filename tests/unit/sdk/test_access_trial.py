"""What a connector asks an administrator for is held against what it reads."""

from dataclasses import replace

import pytest

from connectors.n8n import CONNECTOR
from stackmap.sdk import Access, Tier
from stackmap.sdk.access_trial import access_mistakes


def asking(**changed: object) -> list[str]:
    """The mistakes of n8n's access with something changed."""
    assert CONNECTOR.access is not None
    return access_mistakes(replace(CONNECTOR, access=replace(CONNECTOR.access, **changed)))  # type: ignore[arg-type]  # options of several types


def tiers() -> tuple[Tier, ...]:
    assert CONNECTOR.access is not None
    return CONNECTOR.access.tiers


def test_a_connector_that_asks_for_what_it_reads_has_none() -> None:
    assert access_mistakes(CONNECTOR) == []
    assert access_mistakes(replace(CONNECTOR, access=None)) == []


def test_a_list_in_no_tier_and_one_in_two_are_named() -> None:
    first, second, third = tiers()
    assert asking(tiers=(first, second)) == [
        "credentials is in 0 tiers: it belongs in one",
        "projects is in 0 tiers: it belongs in one",
    ]
    assert asking(tiers=(first, second, replace(third, inventories=(*third.inventories, "users")))) == [
        "users is in 2 tiers: it belongs in one"
    ]


@pytest.mark.parametrize("part", ["answers", "grant", "inventories", "source"])
def test_a_tier_without_a_part_of_it_is_named(part: str) -> None:
    first, *others = tiers()
    empty = replace(first, **{part: type(getattr(first, part))()})
    assert f"the tier 'who is here' has no {part}" in asking(tiers=(empty, *others))


def test_lists_of_logins_of_which_nothing_is_told_are_named() -> None:
    assert asking(personal=()) == [
        "users reads people's logins: say in `personal` what it takes of them",
        "workflow-details reads people's logins: say in `personal` what it takes of them",
    ]


def test_a_list_that_there_is_not_is_named() -> None:
    first, *others = tiers()
    assert asking(tiers=(replace(first, inventories=("users", "user")), *others)) == ["there is no inventory user"]


def test_access_without_tiers_or_an_end_is_none() -> None:
    found = access_mistakes(replace(CONNECTOR, inventories=(), access=Access((), (), (), ())))
    assert found == ["n8n asks for no tier", "nothing says how the access is ended"]
