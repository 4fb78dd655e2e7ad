"""What a reading with the permissions of some tiers alone must come to, for the connectors' tests of `access`."""

import re
from collections.abc import Sequence

from stackmap.app.requesting import access_request
from stackmap.app.tiers import judgeable, permissions, reached
from stackmap.declared import Config
from stackmap.model import Coverage, Sort
from stackmap.render.doctor import Standing
from stackmap.rules.catalogue import RULES
from stackmap.sdk import Connector, Request

__all__ = ["beyond", "judged", "promised", "standings", "untold"]

_CALL = re.compile(r"(GET|POST)(?: \(a read\))? ([^ ,]+)")


def beyond(connector: Connector, number: int) -> frozenset[str]:
    """The permissions that only later tiers ask for."""
    assert connector.access is not None
    later = range(number + 1, len(connector.access.tiers) + 1)
    return frozenset(need for at in later for need in permissions(connector, at))


def promised(connector: Connector, number: int) -> set[str]:
    """The rules that are said to be judgeable."""
    return {rule.code for rule in judgeable(connector, number)}


def judged(coverage: Sequence[Coverage]) -> set[str]:
    """The rules whose needs a reading meets in full."""
    lists = [item for item in coverage if item.sort is Sort.STATE]
    return {
        rule.code
        for rule in RULES
        if not rule.about_sight
        and all(
            any(item.kinds & kinds for item in lists)
            and all(item.proves_absence for item in lists if item.kinds & kinds)
            for kinds in rule.needs
        )
    }


def standings(connector: Connector, coverage: Sequence[Coverage]) -> list[Standing]:
    """Where each tier stands."""
    return [tier.standing for tier in reached(connector, "source", coverage).tiers]


def untold(connector: Connector, sent: Sequence[Request]) -> set[tuple[str, str]]:
    """What was sent, as method and path, and stands in no call of the page for security."""
    told = [call for tier in access_request(connector, Config()).tiers for call in tier.calls]
    calls = {found.groups() for one in told for found in map(_CALL.match, (one.call, one.first)) if found}
    patterns = [(method, re.sub(r"\\{.*?\\}", "[^/]+", re.escape(path))) for method, path in calls]
    return {
        (request.method, request.path)
        for request in sent
        if not any(request.method == method and re.fullmatch(path, request.path) for method, path in patterns)
    }
