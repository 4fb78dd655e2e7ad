"""Which tier of access a source reached, and what the next one lacks. Unknown never looks reached."""

import json

import pytest

from stackmap.model import Coverage, FixBy, Reach
from stackmap.render.doctor import Gap, SourceTiers, Standing, TierStanding, doctor_json, doctor_text

READ = TierStanding("who is here", Standing.REACHED, ())
TOKENS = Gap("tokens", Reach.DENIED, ("Manage Users",), admin=True)
FREEZES = Gap("freezes", Reach.DENIED, ("Manage Users",), admin=True)
JOBS = Gap("jobs", Reach.FAILED, (), admin=False)
DENIED = TierStanding("what runs as whom", Standing.NOT_REACHED, (TOKENS, FREEZES, JOBS))
NOT_THERE = TierStanding("logs", Standing.NOT_THERE, ())


def covered(state: Reach = Reach.COMPLETE, inventory: str = "users") -> Coverage:
    fix_by = None if state is Reach.COMPLETE else FixBy.ADMIN
    return Coverage("crm", "crm", inventory, state, fix_by=fix_by, reason="" if fix_by is None else "no", records=3)


def told(*tiers: TierStanding, coverage: tuple[Coverage, ...] = (covered(),)) -> str:
    return doctor_text(coverage, [SourceTiers("crm", "salesforce", tiers)])


def test_the_tier_reached_stands_first_and_then_what_the_next_one_lacks() -> None:
    assert told(READ, DENIED) == (
        "crm\n"
        "  tier 1 of 2: who is here\n"
        "  For tier 2 (what runs as whom): Manage Users (tokens, freezes denied); jobs\n"
        "    failed.\n"
        "  users                  yes       3 seen\n"
        "\n"
        "Mail to your admin: stackmap connectors show salesforce --request\n"
        "Nothing was stored. Next: stackmap collect\n"
    )


def test_a_tier_read_in_part_is_not_called_reached() -> None:
    part = TierStanding("who is here", Standing.IN_PART, (Gap("users", Reach.PARTIAL, (), admin=False),))
    text = told(part, READ)
    assert "  tier 1 of 2, in part: who is here\n  For all of tier 1 (who is here): users partial.\n" in text
    assert "  Tier 2 (who is here) is reached already.\n" in text
    assert "Mail to your admin" not in text


@pytest.mark.parametrize("tiers", [(DENIED, READ), (NOT_THERE, READ), (NOT_THERE, NOT_THERE)])
def test_where_the_first_tier_is_shut_or_not_there_none_is_reached(tiers: tuple[TierStanding, ...]) -> None:
    assert "  no tier of 2 is reached\n" in told(*tiers)


def test_a_last_tier_that_is_not_there_is_told_and_not_counted() -> None:
    text = told(READ, NOT_THERE)
    assert "  tier 1 of 2: who is here\n  Tier 2 (logs): this system has none of it.\n" in text


def test_a_tier_that_is_not_there_does_not_hide_what_comes_after_it() -> None:
    assert "  tier 3 of 3: who is here\n" in told(READ, NOT_THERE, READ)


def test_of_a_source_that_is_shut_no_more_is_told_than_its_lines_tell_unless_an_admin_can_open_it() -> None:
    refused = (covered(Reach.DENIED), covered(Reach.DENIED, "jobs"))
    shut = told(TierStanding("who is here", Standing.NOT_REACHED, (JOBS,)), coverage=refused)
    assert "no tier of 1 is reached\n  (all 2 lists)" in shut
    assert "  For tier 1 (what runs as whom): Manage Users (" in told(DENIED, coverage=refused)


def test_a_source_whose_connector_tells_no_tiers_is_told_as_before() -> None:
    assert doctor_text([covered()]).splitlines()[:2] == ["crm", "  users                  yes       3 seen"]


def test_the_json_form_holds_every_tier() -> None:
    found = json.loads(doctor_json([covered()], [SourceTiers("crm", "salesforce", (READ, DENIED))]))
    assert found["tiers"] == [
        {
            "source": "crm",
            "connector": "salesforce",
            "reached": 1,
            "of": 2,
            "tiers": [
                {"number": 1, "name": "who is here", "state": "reached", "missing": []},
                {
                    "number": 2,
                    "name": "what runs as whom",
                    "state": "not reached",
                    "missing": [
                        {"inventory": "tokens", "state": "denied", "permissions": ["Manage Users"]},
                        {"inventory": "freezes", "state": "denied", "permissions": ["Manage Users"]},
                        {"inventory": "jobs", "state": "failed", "permissions": []},
                    ],
                },
            ],
        }
    ]
