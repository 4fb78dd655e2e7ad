"""Sentences of ours under stand-ins: a stand-in in place of our own word would tell the name behind it."""

from __future__ import annotations

from pathlib import Path

import pytest

from stackmap.app.opening import Question, open_reading
from stackmap.app.pseudonyms.reading import Pseudonyms
from stackmap.app.workspace import Workspace
from stackmap.model import IDENTITY_SOURCE, Coverage, Evidence, Node, NodeKind, Reach
from tests.support.workspaces import reading_of

PICTURE = """
    crm/1/account/1:Account {email=ed.maker@larkfield.test account_type=human}
    crm/1/account/2:Account {email=lou.writer@larkfield.test account_type=human}
    crm/1/account/3:Account {email=katie.smith@larkfield.test account_type=human}
    crm/1/account/4:Account {email=kim.address@larkfield.test account_type=human}
"""
NAMES = {
    "crm/1/account/1": "Ed Maker",
    "crm/1/account/2": "Lou Writer",
    "crm/1/account/3": "Katie Smith",
    "crm/1/account/4": "Kim Addresser",
}


@pytest.fixture(scope="module", name="pseudonyms")
def _pseudonyms(tmp_path_factory: pytest.TempPathFactory) -> Pseudonyms:
    folder: Path = tmp_path_factory.mktemp("own-words")
    reading_of(folder, PICTURE, names=NAMES)
    reading = open_reading(Workspace(folder), Question(pseudonymise=True))
    assert reading.behind
    return reading.behind.pseudonyms


def reason_of(pseudonyms: Pseudonyms, reason: str) -> str:
    return pseudonyms.said(Coverage("list", "crm/1", "users", Reach.PARTIAL, reason=reason)).reason


@pytest.mark.parametrize(
    "reason",
    [
        "exports show what their makers could see",
        "lists filled in by hand show what their writers knew",
        "a writer, a maker (maker) and an addresser.",
    ],
)
def test_our_own_words_stay_whoever_is_called_so(pseudonyms: Pseudonyms, reason: str) -> None:
    assert pseudonyms.disguise.text(reason) != reason, "elsewhere it is somebody's name"
    assert reason_of(pseudonyms, reason) == reason


@pytest.mark.parametrize(
    "reason",
    [
        "a secret is missing: KATIE_TOKEN is not set",
        "the account of Smith could not be read",
        "the account of katie smith could not be read",
        "katie did not ask for it",
        "writer's file could not be read",
        "1 line of smith list.csv could not be understood and was left out",
        "2 lines of staff-smith.jsonl could not be understood and were left out",
        "the answer to /users/smith was cut short",
        "asked katie.smith@larkfield.test",
        "see https://wiki.test/smith first",
    ],
)
def test_what_a_sentence_repeats_of_others_is_searched(pseudonyms: Pseudonyms, reason: str) -> None:
    said = reason_of(pseudonyms, reason).casefold()
    assert not any(name in said for name in ("katie", "smith", "writer's"))


def test_why_a_login_is_taken_for_what_it_is_is_ours_but_not_what_somebody_wrote(pseudonyms: Pseudonyms) -> None:
    seen = (Evidence("crm", "users"),)
    reasons = ["a writer says so", "declared: the writer signs in with it"]
    said = pseudonyms.fact(Node(NodeKind.ACCOUNT, "crm/1/account/9", "", seen, {"type_reasons": reasons}))
    assert isinstance(said, Node)
    ours, theirs = said.properties["type_reasons"]
    assert ours == reasons[0]
    assert "writer" not in theirs


def test_a_record_of_identity_is_a_sentence_of_ours_and_any_other_is_not(pseudonyms: Pseudonyms) -> None:
    ours = Evidence(IDENTITY_SOURCE, "people", "the writer of katie.smith@larkfield.test")
    theirs = Evidence("scripts", "scripts", "the writer")
    told = pseudonyms.said((ours, theirs))
    assert told[0].record.startswith("the writer of ")
    assert "katie" not in told[0].record
    assert "writer" not in told[1].record


def test_the_name_of_a_permission_stays(pseudonyms: Pseudonyms) -> None:
    item = Coverage("list", "crm/1", "users", Reach.DENIED, reason="refused", needs=("the writer role",))
    assert pseudonyms.said(item).needs == item.needs
