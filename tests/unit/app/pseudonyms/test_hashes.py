"""Hashes of somebody's addresses are found wherever they stand, and nobody else's."""

import pytest

from stackmap.app.pseudonyms.hashes import Hashes
from stackmap.declared.manifest_names import login_id, mailbox_id
from stackmap.sdk.scope import hashed_id

SALT = "pepper"
OWEN = "O.Brandt+sf@fernhill.test"
HASHES = Hashes.of([OWEN, "4711@hr"], SALT, "erased-person")


@pytest.mark.parametrize("word", [OWEN, "o.brandt@fernhill.test", " o.brandt+SF@fernhill.test ", "4711@hr"])
@pytest.mark.parametrize("around", ["{}", "zapier/x/account/{}", "17:{}", "made by {}, once", "a_{}"])
def test_an_address_goes_as_it_is_written_and_as_it_is_compared(word: str, around: str) -> None:
    found = hashed_id(word, SALT)
    assert HASHES.replaced(around.format(found)) == around.format("erased-person")
    assert HASHES.replaced(around.format(found[:8])) == around.format("erased-person"), "as in the names of sources"


def test_hashes_as_notes_make_them_go_too() -> None:
    address = "o.brandt@fernhill.test"
    assert HASHES.replaced(mailbox_id(address)) == "mailbox/erased-person"
    assert HASHES.replaced(login_id("crm", address)) == "login/crm/erased-person"


@pytest.mark.parametrize(
    "text",
    [
        hashed_id("dana@fernhill.test", SALT),
        hashed_id(OWEN, "another salt"),
        hashed_id(OWEN, SALT) + "0",
        "x" + hashed_id(OWEN, SALT),
        hashed_id(OWEN, SALT)[2:],
        "h-",
        "h-0000",
        "a text",
        "",
    ],
)
def test_what_is_not_theirs_stays(text: str) -> None:
    assert HASHES.replaced(text) == text


def test_where_nobody_is_meant_nothing_is_replaced() -> None:
    assert Hashes().replaced(hashed_id(OWEN, SALT)) == hashed_id(OWEN, SALT)
    assert not Hashes.of(["", " "], SALT, "x").known
