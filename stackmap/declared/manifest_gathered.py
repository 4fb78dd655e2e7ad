"""What the sections of `stack.yaml` come to, while they are being read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from stackmap.declared.manifest_names import Names, login_id
from stackmap.declared.written import Problem
from stackmap.declared.yaml_source import Path, YamlSource
from stackmap.model import (
    NOTES_SOURCE,
    DeclaredNote,
    Edge,
    EdgeKind,
    Evidence,
    Fact,
    How,
    Node,
    NodeKind,
    Outcomes,
    Properties,
    is_unlisted,
)

__all__ = ["Gathered"]


@dataclass(slots=True)
class Gathered:
    """Facts, notes and mistakes so far. `notes` are kept by place, so that each counts once."""

    source: YamlSource
    names: Names
    facts: list[Fact] = field(default_factory=list)
    notes: dict[object, DeclaredNote] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    logins: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    problems: list[Problem] = field(default_factory=list)
    _keys: set[object] = field(default_factory=set)

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def add(self, fact: Fact) -> None:
        """Declare a fact; the same one twice is declared once."""
        if fact.key not in self._keys:
            self._keys.add(fact.key)
            self.facts.append(fact)

    def trouble(self, path: Path, error: ValueError) -> None:
        """Note a mistake at the value of that path."""
        self.problems.append(Problem(self.source.value(*path), str(error)))

    def evidence(self, path: Path) -> tuple[Evidence, ...]:
        """Evidence that points at the line of that path."""
        return (Evidence(NOTES_SOURCE, str(path[0]), self.record(path), How.DECLARED),)

    def record(self, path: Path) -> str:
        """The file and line of that path."""
        return f"{self.source.name}:{self.source.key(*path).line}"

    def mention(self, word: str, path: Path) -> str:
        """Note that something is spoken of that others list; its id, as far as the file alone can tell."""
        note = DeclaredNote(word, self.names.subject(word), str(path[0]), self.record(path), self.names.within(word))
        self.notes.setdefault((note.section, note.record, word), note)
        return note.subject

    def node(self, kind: NodeKind, node_id: str, name: str, path: Path, properties: Properties | None = None) -> None:
        """Declare a node; the same one twice is declared once."""
        try:
            self.add(Node(kind, node_id, name, self.evidence(path), properties or {}))
        except ValueError as error:
            self.trouble(path, error)

    def edge(
        self,
        kind: EdgeKind,
        ends: tuple[str, str],
        path: Path,
        outcomes: Outcomes | None = None,
        properties: Properties | None = None,
    ) -> None:
        """Declare an edge; the same one twice is declared once."""
        self.add(Edge(kind, *ends, self.evidence(path), outcomes, properties=properties or {}))

    def each(self, path: Path, words: Iterable[str], find: Any) -> Iterator[tuple[str, Path]]:
        """What each word of a list means, with its path; a word that means nothing is noted."""
        for index, word in enumerate(words):
            at = (*path, index)
            try:
                meant = find(word)
            except ValueError as error:
                self.trouble(at, error)
                continue
            yield self.heard_of(word, meant, at), at

    def heard_of(self, word: str, meant: str, path: Path) -> str:
        """Note an address that the file gives to nobody: it may be a slip. What the word means, as it was given."""
        if is_unlisted(meant):
            self.address(word, meant, path)
        return meant

    def address(self, word: str, person: str, path: Path) -> None:
        """Note an address by which somebody is spoken of."""
        section, record = str(path[0]), self.record(path)
        note = DeclaredNote(word, person, section, record, address=self.names.address(word))
        self.notes.setdefault((section, record, word), note)

    def login(self, word: str, path: Path) -> str:
        """The id of the account that a word means, noted. One that no API shows is declared."""
        account = self.account(word, path)
        note = DeclaredNote(word, account, str(path[0]), self.record(path))
        self.notes.setdefault((note.section, note.record, word), note)
        return account

    def account(self, word: str, path: Path) -> str:
        """As `login`, for those who note it themselves."""
        account, login = self.names.login(word)
        if not login:
            return self.mention(account, path)
        system_key, account = account, login_id(account, login)
        address = {"email": login} if self.names.address(login) else {}
        if account not in self:
            self.node(NodeKind.ACCOUNT, account, login, path, {"declared_login": True, **address})
            self.edge(EdgeKind.PART_OF, (account, self.names.system(system_key)), path)
        return account
