"""Editing stack.yaml: text to text, with every comment, blank line and quote that nobody asked to change."""

from stackmap.declared.editing.changes import Change, Drop, Extend, Put, applied
from stackmap.declared.editing.edit import edited, lines_to_write
from stackmap.declared.editing.entries import account_changes, apart_changes, person_changes

__all__ = [
    "Change",
    "Drop",
    "Extend",
    "Put",
    "account_changes",
    "apart_changes",
    "applied",
    "edited",
    "lines_to_write",
    "person_changes",
]
