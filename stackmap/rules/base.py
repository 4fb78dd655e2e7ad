"""What a rule is: one decorated function, its text in the docstring, its verdicts as hits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import TypeAlias

from stackmap.model import EdgeKind, Evidence, NodeKind, Severity
from stackmap.rules.case import Case

__all__ = ["HEADINGS", "Blind", "Change", "FixedAt", "Hit", "Kind", "Needs", "Rule", "needs_of", "rule"]

Kind: TypeAlias = NodeKind | EdgeKind
Needs: TypeAlias = tuple[frozenset[Kind], ...]
"""Every set needs one of its kinds to be listed in a system; whatever lists one of them must be read whole."""

HEADINGS = ("What it finds", "Why it matters", "How to fix it", "When it is wrong", "Evidence used")
"""The parts of a rule's text, in this order."""

_HEADING = re.compile(rf"^({'|'.join(HEADINGS)}):[ \t]*", re.MULTILINE)
_STEP = re.compile(r"\d+\. ")


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing a rule found.

    `path` holds ids of things, logins and inventories: with the subject they are the finding's identity. Persons in it
    are dropped; name them in `because` only. `steps` raises the severity (below zero: lowers it), `why` says why.
    """

    subject: str
    path: tuple[str, ...]
    because: str
    evidence: tuple[Evidence, ...] = ()
    steps: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Blind:
    """A system (`product/tenant`, or a free id) in which the rule cannot be judged for a reason of its own."""

    system: str
    reason: str
    inventories: tuple[str, ...] = ()


class FixedAt(Enum):
    """Where one change closes findings of a rule together."""

    SUBJECT = "subject"
    LOGIN = "login"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Change:
    """The change that closes findings of a rule. `says` may hold `{things}`, `{system}`, `{login}` and `{people}`.

    `overdue`: somebody has left already and the harm is open today. A severity says what happens once somebody leaves,
    so such a change comes before those against what may happen.
    """

    says: str
    at: FixedAt = FixedAt.SUBJECT
    overdue: bool = False


_Body: TypeAlias = Callable[[Case], Iterator[Hit | Blind]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as everything else sees it: the commands, the documents and the outputs come from this value.

    `from_absence`: it argues from what is not there, so its hits count only where what it needs was read whole.
    """

    code: str
    title: str
    severity: Severity
    needs: Needs
    change: Change | None
    from_absence: bool
    text: Mapping[str, str]
    hits: _Body

    @property
    def about_sight(self) -> bool:
        """It judges coverage itself: no needs, always shown, never clear."""
        return self.code.startswith("CV")

    @property
    def steps(self) -> tuple[str, ...]:
        """How to fix it, step by step, each with its number."""
        return tuple(self.text.get("How to fix it", "").splitlines())


def needs_of(*kinds: Kind | Iterable[Kind]) -> Needs:
    """The needs written down: a kind, or several of which one suffices."""
    return tuple(frozenset({need}) if isinstance(need, NodeKind | EdgeKind) else frozenset(need) for need in kinds)


def rule(
    code: str,
    title: str,
    severity: Severity,
    *,
    needs: Needs = (),
    change: Change | None = None,
    from_absence: bool = False,
) -> Callable[[_Body], Rule]:
    """Turn a function into a `Rule`. Its docstring holds the five parts of `HEADINGS`."""

    def made(body: _Body) -> Rule:
        text = MappingProxyType(_parts(body.__doc__ or ""))
        return Rule(code, title, severity, needs, change, from_absence, text, body)

    return made


def _parts(docstring: str) -> dict[str, str]:
    """The parts of a docstring by heading; lines are joined, but steps ("1. ...") stay apart."""
    pieces = _HEADING.split(re.sub(r"^[ \t]+", "", docstring, flags=re.MULTILINE))
    return {heading: _joined(text) for heading, text in zip(pieces[1::2], pieces[2::2], strict=True)}


def _joined(text: str) -> str:
    lines: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if lines and not _STEP.match(line):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
    return "\n".join(line[0].upper() + line[1:] for line in lines)
