"""The suite that every connector passes, against both generations of the API."""

from connectors.n8n import CONNECTOR
from stackmap.collect import run
from stackmap.model import Reach
from stackmap.sdk.testing import Conformance, ConformanceCase
from tests.connectors.n8n.reading import SETTINGS, server


class TestVersion1(Conformance):
    """The free edition of 1.123."""

    case = ConformanceCase(
        CONNECTOR, server(), SETTINGS, run, otherwise={"credentials": Reach.ABSENT, "projects": Reach.ABSENT}
    )


class TestVersion2(Conformance):
    """2.x with a licence for team projects."""

    case = ConformanceCase(CONNECTOR, server(version="2"), SETTINGS, run)
