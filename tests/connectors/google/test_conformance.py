"""The suite that every connector passes, where all rights are delegated and everybody's apps are asked for."""

from stackmap.collect import run
from stackmap.sdk.testing import Conformance, ConformanceCase
from tests.connectors.google.reading import CONNECTOR, server, settings, small
from tests.support.readings import TAKEN_AT


class TestWorkspace(Conformance):
    case = ConformanceCase(CONNECTOR, server(company=small()), settings(), run, taken_at=TAKEN_AT)
