"""A stack whose bus factors are larger than three and cannot be read off its structure."""

from __future__ import annotations

from typing import Any

__all__ = ["crowded"]

Line = dict[str, Any]


def crowded() -> list[Line]:
    """Nine people in a ring, each with a flow; any of four neighbouring flows will do, and any of four such fours."""
    lines: list[Line] = []
    for number in range(9):
        lines += [
            {"type": "node", "kind": "Person", "id": f"p{number}"},
            {"type": "node", "kind": "Account", "id": f"login{number}", "properties": {"account_type": "human"}},
            {"type": "edge", "kind": "HAS_ACCOUNT", "from": f"p{number}", "to": f"login{number}"},
            {"type": "node", "kind": "Automation", "id": f"flow{number}"},
            {"type": "edge", "kind": "RUNS_AS", "from": f"flow{number}", "to": f"login{number}", "outcome": "stops"},
        ]
        for word, below in (("four", "flow"), ("wide", "four")):
            lines.append({"type": "node", "kind": "Automation", "id": f"{word}{number}"})
            lines += [
                {"type": "edge", "kind": "DEPENDS_ON", "from": f"{word}{number}", "to": end, "group": "any"}
                for end in (f"{below}{(number + step) % 9}" for step in range(4))
            ]
    return lines
