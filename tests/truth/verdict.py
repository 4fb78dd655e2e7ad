"""The whole verdict on identity's reading of one company."""

from __future__ import annotations

import time
from dataclasses import dataclass

from stackmap.app.garbage import collector_paused
from stackmap.identity import Identity, resolve, suggest_ties
from tests.truth.company import Company
from tests.truth.judging import Members, Outlook, Ties, Types, judge_outlook, judge_ties, judge_types
from tests.truth.marriages import Marriages, judge_marriages

__all__ = ["Verdict", "verdict_on"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What identity made of it, and how right that is."""

    identity: Identity
    types: Types
    ties: Ties
    outlook: Outlook
    marriages: Marriages
    seconds: float
    seconds_suggesting: float


def verdict_on(company: Company) -> Verdict:
    """Let identity judge the company, then judge identity. Time is taken as in the commands, which hold the garbage
    collector back while they judge a reading.
    """
    facts = company.facts
    with collector_paused():
        began = time.perf_counter()
        identity = resolve(facts, company.hints, {})
        resolved = time.perf_counter()
        hunches = suggest_ties(identity, company.hints)
        finished = time.perf_counter()
    members = Members.of(company, identity)
    outlook = judge_outlook(members, hunches)
    types, ties = judge_types(company, identity), judge_ties(members)
    marriages = judge_marriages(company, members, hunches)
    return Verdict(identity, types, ties, outlook, marriages, resolved - began, finished - resolved)
