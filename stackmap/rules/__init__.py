"""What is held together with tape, judged by rules with codes, texts and limits. Pure."""

from stackmap.rules.base import HEADINGS, Blind, Change, FixedAt, Hit, Rule
from stackmap.rules.broken import AlreadyBroken
from stackmap.rules.case import Case
from stackmap.rules.catalogue import CRITICAL_WEIGHT, NONE_LISTED, RULES, TAPE, Verdicts, by_code, evaluate
from stackmap.rules.changes import BigChange, biggest_changes

__all__ = [
    "CRITICAL_WEIGHT",
    "HEADINGS",
    "NONE_LISTED",
    "RULES",
    "TAPE",
    "AlreadyBroken",
    "BigChange",
    "Blind",
    "Case",
    "Change",
    "FixedAt",
    "Hit",
    "Rule",
    "Verdicts",
    "biggest_changes",
    "by_code",
    "evaluate",
]
