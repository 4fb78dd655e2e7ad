"""The suite that every connector passes, against servers that page by index and by cursor."""

from connectors.scim import CONNECTOR
from stackmap.collect import run
from stackmap.model import Reach
from stackmap.sdk.testing import Conformance, ConformanceCase
from tests.connectors.scim.reading import SETTINGS, company, server


class TestIndex(Conformance):
    """Pages by index, as RFC 7644 has it."""

    case = ConformanceCase(CONNECTOR, server(company=company(50)), SETTINGS, run)


class TestCursor(Conformance):
    """Pages by cursor only, as RFC 9865 allows, on a server that says nothing of itself."""

    case = ConformanceCase(
        CONNECTOR,
        server(company=company(50), by_cursor=True, lacks={"/ServiceProviderConfig"}),
        SETTINGS,
        run,
        otherwise={"config": Reach.ABSENT},
    )
