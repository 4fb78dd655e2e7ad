"""The catalogue of rules: the list, and one rule explained."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from stackmap.model import EdgeKind, NodeKind
from stackmap.render.guards import markdown
from stackmap.render.lines import wrapped
from stackmap.rules import HEADINGS, RULES, Rule

__all__ = ["explain_markdown", "explain_text", "rules_json", "rules_markdown", "rules_text"]


def rules_text(rules: Iterable[Rule] = RULES) -> str:
    """One rule a line."""
    lines = [f"{one.code}  {one.severity.word:<9} {one.title}" for one in rules]
    return "\n".join([*lines, "", "More about one of them: stackmap explain CODE"]) + "\n"


def rules_markdown(rules: Iterable[Rule] = RULES) -> str:
    """A table; it needs one of each kind named between commas."""
    head = ["| Code | Severity | Finding | Needs |", "|---|---|---|---|"]
    rows = [f"| {one.code} | {one.severity.word} | {markdown(one.title)} | {_needs(one)} |" for one in rules]
    return "\n".join([*head, *rows]) + "\n"


def rules_json(rules: Iterable[Rule] = RULES) -> str:
    """`stackmap.rules/1`. `needs` is a list of alternatives: of each, one kind suffices."""
    return json.dumps({"schema": "stackmap.rules/1", "rules": [_dict(one) for one in rules]}, indent=2) + "\n"


def _dict(one: Rule) -> dict[str, Any]:
    text = {heading.lower().replace(" ", "_"): one.text[heading] for heading in HEADINGS}
    needs = [sorted(kind.value for kind in kinds) for kinds in one.needs]
    return {"code": one.code, "severity": one.severity.word, "title": one.title, "needs": needs, **text}


def _needs(one: Rule) -> str:
    return ", ".join(" or ".join(map(_word, sorted(kinds))) for kinds in one.needs) or "nothing"


def _word(kind: NodeKind | EdgeKind) -> str:
    return f"`{kind.value}`"


def explain_text(one: Rule) -> str:
    """One rule, whole."""
    lines = [f"{one.code}  {one.title}  ({one.severity.word})"]
    for heading in HEADINGS:
        lines.extend(["", heading, *_paragraphs(one.text[heading])])
    return "\n".join(lines) + "\n"


def _paragraphs(text: str) -> Iterator[str]:
    for part in text.splitlines():
        hanging = "     " if part[0].isdigit() else "  "
        yield from wrapped(part, "  ", hanging)


def explain_markdown(one: Rule) -> str:
    """One rule, whole."""
    lines = [f"# {one.code} {markdown(one.title)}", "", f"Severity: {one.severity.word}"]
    for heading in HEADINGS:
        lines.extend(["", f"## {heading}", "", one.text[heading]])
    return "\n".join(lines) + "\n"
