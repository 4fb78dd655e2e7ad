"""The suite that every connector passes, with a private app's token and with a service key."""

from connectors.hubspot import CONNECTOR
from stackmap.collect import run
from stackmap.model import Reach
from stackmap.sdk.testing import Conformance, ConformanceCase
from tests.connectors.hubspot.reading import SETTINGS, server
from tests.support.readings import TAKEN_AT


class TestPrivateAppOfAnEnterpriseAccount(Conformance):
    """Everything there is to read, in pages of three."""

    case = ConformanceCase(CONNECTOR, server(), SETTINGS, run, taken_at=TAKEN_AT)


class TestServiceKeyOfASmallerAccount(Conformance):
    """No audit log, and no creator of the key."""

    case = ConformanceCase(
        CONNECTOR,
        server(kind="service-key", enterprise=False, most=0),
        SETTINGS,
        run,
        otherwise={"own-token": Reach.ABSENT, "audit-log": Reach.ABSENT},
        taken_at=TAKEN_AT,
    )
