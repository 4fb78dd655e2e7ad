"""What the connectors ask administrators for: no step promises more than the page that it names."""

import re

import pytest

from stackmap.collect import find_connectors
from stackmap.sdk import Access

_SOURCE = re.compile(r"\((https://)?[a-z]+(\.[a-z0-9]+)+/[^\s)]+\)|\(RFC \d+, section \d+\)")
ASKED = {one.name: one.access for one in find_connectors().connectors.values() if one.access is not None}


@pytest.mark.parametrize("access", ASKED.values(), ids=ASKED)
def test_every_step_that_ends_the_access_names_the_page_it_rests_on(access: Access) -> None:
    assert [step for step in access.revoke if not _SOURCE.search(step)] == []


@pytest.mark.parametrize("access", ASKED.values(), ids=ASKED)
def test_nobody_is_promised_that_access_ends_at_once(access: Access) -> None:
    """A token that is already out may go on; no vendor's page that was found says otherwise."""
    assert not re.search(r"\b(at once|immediately)\b", " ".join(access.revoke), re.IGNORECASE)
