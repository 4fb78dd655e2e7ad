"""The suite that every connector passes, with all four permissions."""

from connectors.entra import CONNECTOR
from stackmap.collect import run
from stackmap.sdk.testing import Conformance, ConformanceCase
from tests.connectors.entra.reading import SETTINGS, server


class TestAppWithAllPermissions(Conformance):
    """Everything there is to read, in pages of two."""

    case = ConformanceCase(CONNECTOR, server(most=2), SETTINGS, run)
