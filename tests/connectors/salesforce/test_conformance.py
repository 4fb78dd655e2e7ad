"""The suite that every connector passes."""

from connectors.salesforce import CONNECTOR
from stackmap.collect import run
from stackmap.sdk.testing import Conformance, ConformanceCase
from tests.connectors.salesforce.reading import SETTINGS, server, steady
from tests.support.readings import TAKEN_AT


class TestSalesforce(Conformance):
    """An org with everything that is asked for, read with client credentials."""

    case = ConformanceCase(CONNECTOR, steady(server()), SETTINGS, run, taken_at=TAKEN_AT)
