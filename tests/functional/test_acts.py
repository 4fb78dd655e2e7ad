"""What is done to the logins of leavers, where the platform does not know that act."""

from __future__ import annotations

import json
from pathlib import Path

from tests.functional.cli import inside
from tests.support.notation import notation

PICTURE = """
    dana:Person -HAS_ACCOUNT-> salesforce/acme/account/d:Account
    salesforce/acme/account/d -PART_OF-> salesforce/acme/system/acme:System
    job:Automation -RUNS_AS-> salesforce/acme/account/d {outcome=stops certainty=certain}
"""


def test_leave_says_where_no_login_can_be_removed(tmp_path: Path) -> None:
    (tmp_path / "stack.jsonl").write_text("\n".join(map(json.dumps, notation(PICTURE))), encoding="utf-8")
    assert inside("import", "stack.jsonl", cwd=tmp_path).code == 0
    text = inside("leave", "dana", "--how", "removed", cwd=tmp_path).out
    assert "no login can be removed in" in text
    document = json.loads(inside("leave", "dana", "--how", "removed", "--format", "json", cwd=tmp_path).out)
    assert [one["account"] for one in document["never_done"]] == ["salesforce/acme/account/d"]
    assert "no login can be" not in inside("leave", "dana", cwd=tmp_path).out
