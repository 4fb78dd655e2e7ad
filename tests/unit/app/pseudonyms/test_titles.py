"""Job titles and telephone numbers in notes: they lead to somebody as a name does."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from stackmap.app.pseudonyms.phones import without_phones
from stackmap.app.pseudonyms.titles import JobTitles
from stackmap.model import Evidence, Node, NodeKind

SEEN = (Evidence("staff-list", "people"),)


def people(*titles: str) -> Iterable[Node]:
    return [Node(NodeKind.PERSON, f"person-{at}", "", SEEN, {"title": title}) for at, title in enumerate(titles)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("for the Chief Revenue Officer and E-773", "for the [job title] and E-773"),
        ("chief-revenue officer's list", "[job title]'s list"),
        ("ask the CHIEF REVENUE OFFICER", "ask the [job title]"),
    ],
)
def test_a_title_that_few_have_goes_from_a_text(text: str, said: str) -> None:
    assert JobTitles.of(people("Chief Revenue Officer"), {}).left_out(text) == said


@pytest.mark.parametrize(
    "text",
    ["the lead router", "Chief Revenue Officers", "Chief Revenue", "revenue officer", "Account Executive list"],
)
def test_a_word_of_the_trade_stays_and_so_does_a_title_that_many_have(text: str) -> None:
    titles = JobTitles.of(people("Chief Revenue Officer", "Lead", *["Account Executive"] * 5), {})
    assert titles.left_out(text) == text


def test_what_a_role_is_called_stays_though_it_is_somebodys_title() -> None:
    role = Node(NodeKind.ROLE, "crm/1/role/1", "System Administrator", SEEN)
    titles = JobTitles.of([*people("System Administrator", "Head of Data"), role], {})
    assert titles.left_out("System Administrator, Head of Data") == "System Administrator, [job title]"


def test_of_two_titles_that_begin_alike_the_longer_goes_whole() -> None:
    titles = JobTitles.of(people("Sales Manager", "Sales Manager Nordics"), {})
    assert titles.left_out("the Sales Manager Nordics") == "the [job title]"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Cruz said so; tel 0171 1234567", "Cruz said so; tel [phone]"),
        ("0171 1234567", "[phone]"),
        ("ring 030/1234567 first", "ring [phone] first"),
        ("Tel.: 415-555-0100", "Tel.: [phone]"),
        ("phone: 1234567", "phone: [phone]"),
        ("(0171 1234567)", "([phone])"),
        ("+49 170 1234567", "[phone]"),
    ],
)
def test_a_telephone_number_goes(text: str, said: str) -> None:
    assert without_phones(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "account 123-456-7890",
        "0 0 3 * * ?",
        "2026-11-22 10:00:00",
        "batch 0012 2026-11-22",
        "mobile 2026-11-22",
        "phone numbers 2024",
        "0012-345678",
        "crm/0012/1234567",
        "001234567890",
        "22.11.2026 01/02/2026",
    ],
)
def test_any_other_number_stays(text: str) -> None:
    assert without_phones(text) == text
