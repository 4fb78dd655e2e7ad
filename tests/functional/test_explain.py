"""Explaining: rules by code, departures rows by product and name, each with its source."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from connectors.n8n import CONNECTOR
from connectors.n8n.departures import WORKFLOW_OWNER
from stackmap.app.explaining import rows_called
from stackmap.errors import UsageError
from stackmap.render.departure_rows import rows_markdown, rows_text
from tests.functional.cli import Done, inside

HERE = Path.cwd()


def explain(*words: str) -> Done:
    return inside("explain", *words, cwd=HERE)


def test_a_row_is_printed_with_act_outcome_certainty_sentence_source_and_day() -> None:
    done = explain("n8n:workflow-owner")
    assert done.code == 0, done.notes
    text = " ".join(done.out.split())
    for row in WORKFLOW_OWNER.rows:
        judged = f"{row.act.value}: {row.judgement.outcome.value}, {row.judgement.certainty.word}"
        for said in (judged, row.says, row.source, row.checked, WORKFLOW_OWNER.gap):
            assert " ".join(said.split()) in text
    assert "n8n:credential-holder" not in text


def test_a_product_alone_prints_all_its_rows() -> None:
    out = explain("N8N").out
    assert all(f"n8n:{table.name} " in out for table in CONNECTOR.departures)


def test_the_list_at_the_end_of_an_answer_can_be_pasted_as_it_stands() -> None:
    out = explain("n8n:credential-holder,", "n8n:workflow-owner").out
    assert "n8n:credential-holder " in out
    assert "n8n:workflow-owner " in out


def test_a_rule_is_still_explained_by_its_code() -> None:
    assert explain("pa02").out.startswith("PA02")


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("n8n:workflow-ownr", "did you mean n8n:workflow-owner?"),
        ("n8n:workflow-ownr", "n8n:credential-holder, n8n:instance-owner"),
        ("nobody", "products: "),
        ("XX99", "PA02"),
    ],
)
def test_an_unknown_name_lists_what_there_is(word: str, says: str) -> None:
    done = explain(word)
    assert done.code == 2
    assert says in done.notes


def test_markdown_keeps_pipes_and_marks_of_a_source_apart_from_the_table() -> None:
    row = replace(WORKFLOW_OWNER.rows[0], source="a|b *c*", says="x_y")
    text = rows_markdown("n8n", [replace(WORKFLOW_OWNER, rows=(row,))])
    assert r"a\|b \*c\*" in text
    (line,) = [line for line in text.splitlines() if line.startswith("| deactivated")]
    assert line.replace(r"\|", "").count("|") == 7


def test_an_address_is_never_broken_over_lines_and_holds_no_control_character() -> None:
    address = "https://help.example.test/s/articleView?id=000187291-and-a-very-long-rest-of-the-address-indeed&type=1"
    row = replace(WORKFLOW_OWNER.rows[0], source=f"see\x1b[31m {address}")
    text = rows_text("n8n", [replace(WORKFLOW_OWNER, rows=(row,))])
    assert any(line.strip() == address for line in text.splitlines())
    assert "\x1b" not in text


def test_two_connectors_of_one_product_share_its_name() -> None:
    other = replace(CONNECTOR, name="n8n-cloud", departures=(replace(WORKFLOW_OWNER, name="cloud-owner"),))
    product, tables = rows_called("n8n", [CONNECTOR, other])
    assert (product, len(tables)) == ("n8n", len(CONNECTOR.departures) + 1)
    with pytest.raises(UsageError, match="n8n:cloud-owner"):
        rows_called("n8n:x", [other])
