"""What a Salesforce administrator is asked for, held against readings with just that."""

import pytest

from connectors.salesforce import CONNECTOR
from stackmap.app.tiers import permissions, reached
from stackmap.model import Coverage
from stackmap.render.doctor import Standing
from tests.connectors.salesforce.reading import asked, read, server
from tests.support.tiers import judged, promised, standings, untold

SECOND = {"ManageUsers"}
THIRD = {"CustomizeApplication", "ExternalClientAppViewer"}
"""What these tiers ask for beside those before, as the stand-in knows it. The fourth asks for nothing more."""


@pytest.fixture(scope="module")
def first() -> tuple[Coverage, ...]:
    """A reading with the permissions of the first tier alone."""
    return read(server(deny=SECOND | THIRD)).coverage


@pytest.fixture(scope="module")
def second() -> tuple[Coverage, ...]:
    """A reading with what the first two tiers ask for."""
    return read(server(deny=THIRD)).coverage


@pytest.fixture(scope="module")
def whole() -> tuple[Coverage, ...]:
    """A reading with all of them."""
    return read(server()).coverage


def test_the_checks_that_are_promised_can_be_judged(
    first: tuple[Coverage, ...], second: tuple[Coverage, ...], whole: tuple[Coverage, ...]
) -> None:
    assert judged(first) == promised(CONNECTOR, 1)
    assert judged(second) == promised(CONNECTOR, 2) | {"OO02"}, "the lists of alarms ask for nothing more either"
    assert judged(whole) == promised(CONNECTOR, 4)


def test_which_logins_are_frozen_is_what_makes_checks_of_who_is_on_judgeable() -> None:
    assert promised(CONNECTOR, 1) == set()
    assert promised(CONNECTOR, 2) == {"OO11", "PA09", "SA01", "SA02"}


def test_alarms_are_all_that_the_last_tier_adds_to_what_can_be_judged() -> None:
    assert promised(CONNECTOR, 4) - promised(CONNECTOR, 3) == {"OO02"}


def test_with_everything_every_tier_is_reached(whole: tuple[Coverage, ...]) -> None:
    assert standings(CONNECTOR, whole) == [Standing.REACHED] * 4


def test_the_permission_that_makes_the_first_tier_whole_is_named(first: tuple[Coverage, ...]) -> None:
    tier = reached(CONNECTOR, "salesforce", first).tiers[0]
    assert tier.standing is Standing.IN_PART
    assert [(gap.inventory, gap.permissions) for gap in tier.gaps] == [("users", ("Manage Users",))]


def test_each_tier_asks_for_what_no_tier_before_it_asked_for_and_the_first_for_nothing_that_allows_changes() -> None:
    assert [permissions(CONNECTOR, number) for number in (1, 2, 3, 4)] == [
        ("API Enabled", "View All Users", "View Setup and Configuration"),
        ("Manage Users",),
        ("Customize Application", "View External Client Apps (ExternalClientAppViewer)"),
        ("Manage Users or Monitor Login History",),
    ]


def test_every_call_that_is_made_stands_in_the_page_or_the_mail() -> None:
    answers, sent = asked(server())
    read(answers)
    assert sent
    looked_up = {call for call in untold(CONNECTOR, sent) if call[1].endswith("/describe")}
    assert looked_up, "objects that columns refer to are looked up, too; the page says so in general"
    assert untold(CONNECTOR, sent) - looked_up == {("POST", "/services/oauth2/token")}
    assert CONNECTOR.access is not None
    assert any("POST /services/oauth2/token" in step for step in CONNECTOR.access.tiers[0].grant)


def test_a_permission_is_named_though_other_lists_that_ask_for_it_were_read() -> None:
    tier = reached(CONNECTOR, "salesforce", read(server(deny={"ViewSetup"})).coverage).tiers[0]
    assert [(gap.inventory, gap.permissions) for gap in tier.gaps] == [("admins", ("View Setup and Configuration",))]
