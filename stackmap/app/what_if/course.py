"""One sentence on top of the other: what they mean, what they change, and everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from stackmap.analysis.what_if.applying import apply_changes
from stackmap.analysis.what_if.changes import Added, Change, Switched
from stackmap.analysis.what_if.supposed import Supposed, Supposition
from stackmap.app.lists import Said
from stackmap.app.opening import Reading
from stackmap.app.what_if.forms import forms_told
from stackmap.app.what_if.meaning import meaning_of
from stackmap.app.what_if.meant import Meant
from stackmap.app.what_if.sentences import NoSentenceError
from stackmap.errors import UsageError
from stackmap.model import EdgeKind, Node, StackGraph, build_graph

__all__ = ["Course", "course_of", "with_changes"]

_MOST = 10
"""How many errors are told at once."""


def course_of(before: Reading, said: Iterable[Said], *, hushed: bool = False) -> Course:
    """These sentences, taken. Raises UsageError with all that is wrong, of `hushed` ones without any name."""
    course, troubles = Course(before), list[tuple[int, Said, UsageError]]()
    idle = set[str]()  # what was said since anything changed: said again, it means the same and changes nothing
    for number, one in enumerate(said, start=1):
        if one.text in idle:
            continue
        changed = len(course.changes)
        idle.add(one.text)
        try:
            course.take(one)
        except UsageError as error:
            troubles.append((number, one, error))
        if len(course.changes) > changed:
            idle = {one.text}
    if troubles:
        raise _hushed(troubles) if hushed else _all_wrong([error for _, _, error in troubles])
    return course


def with_changes(reading: Reading, changes: Sequence[Change], supposed: Supposed) -> Reading:
    """The reading after these changes, told as `supposed`."""
    facts = apply_changes(reading.identity.facts, changes) if changes else reading.identity.facts
    stack = replace(reading.stack, graph=build_graph(facts, reading.coverage)) if changes else reading.stack
    return replace(reading, identity=replace(reading.identity, facts=facts), stack=stack, supposed=supposed)


@dataclass(slots=True)
class Course:
    """Sentences taken so far, on top of a reading.

    Changes are always made to what was read, so that what a later sentence takes back is as it was. The graph is only
    built anew where a sentence speaks of what an earlier one changed: sentences about different things cost one graph.
    """

    before: Reading
    changes: list[Change] = field(default_factory=list)
    told: list[Supposition] = field(default_factory=list)
    _latest: Reading | None = None
    _new: set[str] = field(default_factory=set)
    """Of what the changes speak that the latest reading does not have yet."""

    def take(self, said: Said) -> None:
        """One sentence more. Raises UsageError, and takes nothing, where it cannot be understood."""
        meant = self._meant(said)
        self.told.append(meant.told)
        self.changes.extend(meant.changes)
        self._new.update(_touched((self._latest or self.before).stack.graph, meant.changes))

    def reading(self) -> Reading:
        """The reading with all of them."""
        told = replace(self.before.supposed, suppositions=(*self.before.supposed.suppositions, *_once(self.told)))
        return replace(self._built(), supposed=told)

    def _meant(self, said: Said) -> Meant:
        if self._new:
            try:
                meant = meaning_of(self._latest or self.before, said)
            except UsageError:
                pass  # it may hold once the earlier ones do
            else:
                if self._new.isdisjoint(_near((self._latest or self.before).stack.graph, meant)):
                    return meant
        return meaning_of(self._built(), said)

    def _built(self) -> Reading:
        if self._new or self._latest is None:
            self._latest = with_changes(self.before, self.changes, self.before.supposed)
            self._new = set()
        return self._latest


def _once(told: Iterable[Supposition]) -> Iterator[Supposition]:
    """Without what was said before and is so still; what was taken back in between is told again."""
    said: set[tuple[str, str, str]] = set()
    for one in told:
        words = one.subject, one.verb, one.object
        if not (one.already and words in said):
            yield one
        said.add(words)


def _near(graph: StackGraph, meant: Meant) -> Iterator[str]:
    """What a sentence speaks of, and whatever is tied to that: by those ties names and logins are understood."""
    told = meant.told
    named = {told.subject, told.object, *told.by, *(one for change in meant.changes for one in _spoken_of(change))}
    for one in named - {""}:
        yield one
        yield from (link.target for link in graph.out(one))
        yield from (link.source for link in graph.into(one))


def _touched(graph: StackGraph, changes: Iterable[Change]) -> Iterator[str]:
    """Of what changes speak, and who holds it: which of their logins a person's name means is another question then."""
    for one in {one for change in changes for one in _spoken_of(change)}:
        yield one
        yield from (link.source for link in graph.into(one, EdgeKind.HAS_ACCOUNT))


def _spoken_of(change: Change) -> tuple[str, ...]:
    if isinstance(change, Added):
        fact = change.fact
        return (fact.id,) if isinstance(fact, Node) else (fact.source, fact.target)
    return (change.node,) if isinstance(change, Switched) else (change.source, change.target)


def _all_wrong(errors: Sequence[UsageError]) -> UsageError:
    told = [*map(str, errors[:_MOST])]
    if len(errors) > _MOST:
        told.append(f"and {len(errors) - _MOST} more that cannot be read")
    if any(isinstance(error, NoSentenceError) for error in errors[:_MOST]):
        told.append(f"What can be said:\n{forms_told()}")
    return UsageError("\n".join(told))


def _hushed(troubles: Sequence[tuple[int, Said, UsageError]]) -> UsageError:
    places = [
        f"line {said.line} of the scenario" if said.file else f"sentence {number} of --with"
        for number, said, _ in troubles[:_MOST]
    ]
    more = [f"{len(troubles) - _MOST} more"] if len(troubles) > _MOST else []
    return UsageError(
        f"{', '.join([*places, *more])}: cannot be read, or a name in it fits nothing here or more than one; name ids, "
        "or see what is wrong without --pseudonymise"
    )
