"""An administrator's login gives its second holder an administrator's rights."""

from __future__ import annotations

from collections.abc import Mapping

from stackmap.analysis.succession.plan import second_holders
from stackmap.analysis.succession.rights import rights_gained
from stackmap.model import Certainty
from tests.support.stacks import case_of

_CREW = """
    crm:System
    dana:Person -HAS_ACCOUNT-> acme/prod/account/dana:Account
    acme/prod/account/dana -PART_OF-> crm
    ravi:Person -HAS_ACCOUNT-> acme/prod/account/ravi:Account
    acme/prod/account/ravi -PART_OF-> crm
    noor:Person -HAS_ACCOUNT-> acme/prod/account/noor:Account
    acme/prod/account/noor -PART_OF-> crm
    dana -MEMBER_OF-> ops:Team
    ravi -MEMBER_OF-> ops
    noor -MEMBER_OF-> ops
    sync:Integration -RUNS_AS-> acme/prod/account/dana {outcome=stops certainty=certain}
    sync -PART_OF-> crm
"""
_ADMIN = "acme/prod/account/dana -ADMINISTERS-> crm"


def _planned(*lines: str) -> tuple[list[str | None], Mapping[str, tuple[tuple[str, ...], Certainty]]]:
    """Who takes what keeps things running, and by login what they gain with it."""
    analysis = case_of("\n".join((_CREW, *lines))).analysis
    plan = second_holders(analysis)
    seconds = [(one.hold, one.second) for one in plan.running.hand_overs if one.second is not None]
    gained = rights_gained(analysis, seconds)
    told = {hold.about: (rights.systems, rights.certainty) for hold, rights in gained.items()}
    return [one.second for one in plan.running.hand_overs], told


def test_whoever_gets_an_administrators_login_gains_what_it_administers() -> None:
    assert _planned(_ADMIN) == (["noor"], {"acme/prod/account/dana": (("crm",), Certainty.CERTAIN)})


def test_a_login_that_administers_no_system_gives_none() -> None:
    assert _planned()[1] == {}
    assert _planned("acme/prod/account/dana -ADMINISTERS-> sync")[1] == {}


def test_of_equals_whoever_administers_there_already_takes_it_and_gains_nothing() -> None:
    assert _planned(_ADMIN, "acme/prod/account/ravi -ADMINISTERS-> crm") == (["ravi"], {})


def test_whoever_only_owns_a_system_gains_rights() -> None:
    assert _planned(_ADMIN, "crm -OWNED_BY-> noor")[1] == {"acme/prod/account/dana": (("crm",), Certainty.CERTAIN)}


def test_who_administers_where_the_login_does_not_is_no_reason() -> None:
    assert _planned("acme/prod/account/ravi -ADMINISTERS-> crm")[0] == ["noor"]


def test_rights_that_are_not_proven_are_told_as_such() -> None:
    guessed = _planned(f"{_ADMIN} {{how=inferred_name}}")
    assert guessed[1] == {"acme/prod/account/dana": (("crm",), Certainty.POSSIBLE)}
