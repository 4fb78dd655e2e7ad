"""Asking who is one person, question by question: every answer is in your notes before the next is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from stackmap.app import opening
from stackmap.app.opening import Question, Reading
from stackmap.app.people.changing import counts, rewritten, try_out
from stackmap.app.people.notes import NotesFile, uninterrupted
from stackmap.app.people.subjects import subject_of
from stackmap.app.people.suggesting import Answer, answered_plan, questions
from stackmap.app.workspace import Workspace
from stackmap.errors import UsageError
from stackmap.render.people_changed import Changed, Counts
from stackmap.render.people_suggested import Pair
from stackmap.render.words import counted

__all__ = ["Interview"]


@dataclass(slots=True)
class Interview:
    """The questions, and the reading with the answers so far."""

    workspace: Workspace
    notes: NotesFile
    reading: Reading
    pairs: tuple[Pair, ...]
    left: int
    start: Counts
    same: int = 0
    different: int = 0

    @classmethod
    def about(cls, workspace: Workspace, limit: int | None = None) -> Self:
        """The questions that the latest reading leaves open, so many at most; `left` is how many more there are."""
        notes, reading = NotesFile.read(workspace), opening.open_reading(workspace, Question())
        every = questions(reading)
        asked = every[:limit]
        return cls(workspace, notes, reading, asked, len(every) - len(asked), counts(reading))

    @property
    def now(self) -> Counts:
        """Who is who with the answers so far."""
        return counts(self.reading)

    def open(self, pair: Pair) -> bool:
        """Whether earlier answers have not answered this one too."""
        try:
            ids = [subject_of(self.reading, side.id).id for side in pair.sides]
        except UsageError:
            return False
        return len(set(ids)) == len(ids)

    def answer(self, pair: Pair, *, same: bool) -> None:
        """Write down whether both sides are one person. Raises UsageError, and writes nothing, where that cannot be."""
        first, second = (side.id for side in pair.sides)

        def attempt() -> Changed | None:
            plan = answered_plan([Answer(first, second, same)], self.reading)
            changed, after = try_out(self.notes, self.reading, plan)
            written = not changed.lines or self.notes.put_back(changed.text)
            self.notes = NotesFile.read(self.workspace)
            self.reading = after if written else rewritten(self.reading, self.notes.text)
            return changed if written else None

        uninterrupted(attempt)
        self.same, self.different = self.same + same, self.different + (not same)

    def told(self) -> str:
        """What was answered, in words."""
        if not self.same + self.different:
            return "No answer was given; nothing was changed." if self.pairs else "Nothing to ask."
        given = counted(self.same + self.different, "answer")
        return f"{given} written to stack.yaml: {self.same} the same person, {self.different} not."
