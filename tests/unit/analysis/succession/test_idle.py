"""Second holders of whom no sign-in was read where they are to take over."""

from __future__ import annotations

import pytest

from stackmap.analysis.succession.idle import not_seen_there
from stackmap.analysis.succession.plan import second_holders
from tests.support.stacks import case_of

_PICTURE = """
    crm:System
    dana:Person -HAS_ACCOUNT-> acme/prod/account/dana:Account
    acme/prod/account/dana -PART_OF-> crm
    mia:Person -HAS_ACCOUNT-> acme/prod/account/mia
    acme/prod/account/mia:Account {MIA}
    acme/prod/account/mia -PART_OF-> crm
    mia -HAS_ACCOUNT-> beta/prod/account/mia
    beta/prod/account/mia:Account {ELSEWHERE}
    sync:Integration -RUNS_AS-> acme/prod/account/dana {outcome=stops certainty=certain}
    sync -PART_OF-> crm
    more
"""


def _unseen(mia: str = "", elsewhere: str = "", more: str = "") -> list[str]:
    picture = _PICTURE.replace("{MIA}", mia).replace("{ELSEWHERE}", elsewhere).replace("more", more)
    analysis = case_of(picture).analysis
    seconds = {one.hold: one.second for one in second_holders(analysis).running.hand_overs if one.second}
    assert set(seconds.values()) == {"mia"}
    return [hold.about for hold in not_seen_there(analysis, seconds)]


@pytest.mark.parametrize(
    ("mia", "elsewhere", "unseen"),
    [
        ("{last_used=2020-01-01}", "", True),
        ("{last_used=2026-11-20}", "", False),
        ("", "", False),
        ("{last_used=2020-01-01}", "{last_used=2026-11-20}", True),
        ("{last_used=2026-11-20}", "{last_used=2020-01-01}", False),
    ],
)
def test_whoever_was_not_seen_for_ninety_days_in_that_system_is_found(mia: str, elsewhere: str, unseen: bool) -> None:
    assert _unseen(mia, elsewhere) == (["acme/prod/account/dana"] if unseen else [])


def test_one_of_several_logins_there_that_was_used_is_enough() -> None:
    other = """
    mia -HAS_ACCOUNT-> acme/prod/account/mia2
    acme/prod/account/mia2:Account {last_used=2026-11-20}
    acme/prod/account/mia2 -PART_OF-> crm
    """
    assert _unseen("{last_used=2020-01-01}", more=other) == []
    assert _unseen("{last_used=2020-01-01}", more=other.replace("2026", "2020")) == ["acme/prod/account/dana"]
