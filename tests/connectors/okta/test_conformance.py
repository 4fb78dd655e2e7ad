"""The suite that every connector passes, with an API token."""

from connectors.okta import CONNECTOR
from stackmap.collect import run
from stackmap.sdk.testing import Conformance, ConformanceCase
from tests.connectors.okta.reading import SETTINGS, server


class TestApiTokenOfASuperAdministrator(Conformance):
    """Everything there is to read, in pages of two."""

    case = ConformanceCase(CONNECTOR, server(most=2), SETTINGS, run)
