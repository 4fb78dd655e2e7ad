"""Who cares for what lies in a system, whether or not a source lists the system itself."""

import pytest

from stackmap.analysis import Analysis, Leaving
from tests.support.loading import stack_of
from tests.support.notation import notation

CARED_FOR = """
    flow:Automation -PART_OF-> crm/acme/system/acme
    a:Account -ADMINISTERS-> crm/acme/system/acme
    P:Person -HAS_ACCOUNT-> a
"""


@pytest.mark.parametrize("listed", ["", "crm/acme/system/acme:System"])
def test_the_last_administrator_of_a_system_leaves_what_lies_in_it_to_nobody(listed: str) -> None:
    rows = Analysis(stack_of(notation(CARED_FOR + listed)), Leaving()).leave(["P"]).rows
    assert ("flow", "unowned") in {(row.thing, row.outcome.value) for row in rows}
