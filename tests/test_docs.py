"""The generated blocks of the README say what the code says. `make docs` writes them anew."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stackmap.render.rules import rules_markdown

README = Path(__file__).parents[1] / "README.md"


def _block(name: str) -> re.Pattern[str]:
    return re.compile(rf"(<!-- {name}:begin -->\n)(.*?)(<!-- {name}:end -->)", re.DOTALL)


def test_the_table_of_rules_is_the_catalogue(update_golden: bool) -> None:
    text = README.read_text(encoding="utf-8")
    found = _block("rules").search(text)
    assert found is not None
    if update_golden:
        README.write_text(_block("rules").sub(rf"\g<1>{rules_markdown()}\g<3>", text), encoding="utf-8")
    else:
        assert found[2] == rules_markdown(), "run: make docs"


@pytest.mark.parametrize(
    "command", re.findall(r"^(?:\.\./\.venv/bin/)?stackmap ([a-z-]+)", README.read_text(), re.MULTILINE)
)
def test_every_command_that_the_readme_shows_exists(command: str) -> None:
    from stackmap.cli import app

    groups = {info.name for info in app.registered_groups}
    assert command in groups | {info.name for info in app.registered_commands}
