"""What n8n's instance owner is asked for, held against readings with just that."""

import pytest

from connectors.n8n import CONNECTOR
from connectors.n8n.sandbox import standin
from stackmap.collect import run
from stackmap.model import Coverage
from stackmap.render.doctor import Standing
from stackmap.sdk import Reply, Request, transport
from tests.connectors.n8n.reading import KEY, SETTINGS, company
from tests.support.tiers import beyond, judged, promised, standings, untold


def covered(number: int, version: str = "2") -> tuple[Coverage, ...]:
    answers = transport(standin(company(), key=KEY, version=version, deny=beyond(CONNECTOR, number)))
    settings = {name: value for name, value in SETTINGS.items() if name != "key_owner"}
    return run(CONNECTOR, settings, source="n8n", transport=answers).coverage


@pytest.mark.parametrize("number", [1, 2, 3])
def test_with_the_scopes_of_some_tiers_alone_these_are_reached_and_judged(number: int) -> None:
    coverage = covered(number)
    assert standings(CONNECTOR, coverage) == [
        Standing.REACHED if at < number else Standing.NOT_REACHED for at in range(3)
    ]
    assert judged(coverage) == promised(CONNECTOR, number)


def test_a_tier_that_this_edition_has_nothing_of_is_not_reached() -> None:
    assert standings(CONNECTOR, covered(3, version="1"))[2] is Standing.NOT_THERE


def test_every_call_that_is_made_stands_in_the_page_for_security() -> None:
    sent: list[Request] = []
    answers = standin(company(), key=KEY, version="2")

    def listening(request: Request) -> Reply:
        sent.append(request)
        return answers(request)

    run(CONNECTOR, SETTINGS, source="n8n", transport=transport(listening))
    assert sent
    assert untold(CONNECTOR, sent) == set()
