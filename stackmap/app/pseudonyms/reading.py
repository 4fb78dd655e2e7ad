"""A whole reading under stand-ins: facts, notes, coverage and what identity said, each string once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeAlias, TypeVar, cast
from urllib.parse import quote, unquote

from stackmap.analysis import Stack
from stackmap.app.pseudonyms.disguise import Disguise
from stackmap.app.pseudonyms.ids import disguised_id, disguised_ids, products_read
from stackmap.app.pseudonyms.subjects import EMPLOYEE_NUMBERS, Subject, subjects_of, words_taken
from stackmap.app.pseudonyms.titles import TITLES, JobTitles
from stackmap.identity import Identity
from stackmap.model import AccountType, Coverage, Edge, Evidence, Fact, IdentityHints, Node, NodeKind

__all__ = ["Pseudonyms", "Record", "pseudonyms_of", "records_of"]

_T = TypeVar("_T")

Record: TypeAlias = tuple[str, str, str]
"""A source, one of its lists, and a record of it."""

_WORDS_OF_OURS = frozenset({"account_type", "usual_act", "act"})
_PLACES = frozenset({"link", "runbook", "repository"})
"""Where something lies: left out where that names somebody, for half of it leads nowhere."""

_LINK = re.compile(r"https?://[^\s<>\"'()]+")
_HOME = re.compile(r"/~\w")
"""Somebody's own pages, by an old custom, whoever that is."""

_NO_LINK = "[link]"
_JUDGED = "judged before names were replaced"
_REASONS = "type_reasons"
_DECLARED = "declared:"
"""How a reason begins that stands in somebody's notes."""


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Who stands for whom, and everything that is said under stand-ins.

    `ids` maps ids to those they have now, where the two differ. `drops` are properties that go altogether, `titles`
    the job titles that go from texts as well, `stays` what products and systems keep their names, `records` those that
    stand for an employee number. `keep_sources`: sources and their lists keep their names, for they are keys.
    """

    subjects: tuple[Subject, ...]
    disguise: Disguise
    ids: Mapping[str, str]
    owners: Mapping[str, Subject]
    stays: frozenset[str] = frozenset()
    records: Mapping[Record, str] = field(default_factory=dict)
    drops: frozenset[str] = TITLES
    titles: JobTitles = field(default_factory=JobTitles)
    keep_sources: bool = False
    _known: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    _seen: dict[Evidence | Coverage, Evidence | Coverage] = field(default_factory=dict, repr=False, compare=False)

    def id(self, node_id: str) -> str:
        """The id under which something is shown."""
        return self.ids.get(node_id) or (self._text(node_id) if _is_id(node_id) else self._id(node_id))

    def fact(self, fact: Fact) -> Fact:
        """A node or an edge without names, wherever they stood."""
        return self._node(fact) if isinstance(fact, Node) else self._edge(fact)

    def judged(self, fact: Fact, stack: Stack) -> Fact:
        """A fact to hand over: a login with the type that it was judged to have while it still had its name."""
        said = self.fact(fact)
        if not isinstance(fact, Node) or not isinstance(said, Node) or fact.kind is not NodeKind.ACCOUNT:
            return said
        account = stack.accounts.get(fact.id)
        if account is None or account.type is AccountType.UNKNOWN or "account_type" in fact.properties:
            return said
        known = {"account_type": account.type.value, _REASONS: [_JUDGED]}
        return replace(said, properties={**said.properties, **known})

    def said(self, value: _T) -> _T:
        """Any value, with every text in it replaced: texts, lists, mappings and dataclasses of them."""
        return cast("_T", self._said(value))

    def _node(self, node: Node) -> Node:
        subject = self.owners.get(node.id)
        properties = {
            self._said(key): said
            for key, value in node.properties.items()
            if key not in self.drops and (said := self._property(key, value, subject)) is not None
        }
        name = self.disguise.text(node.name)
        if subject and node.name:
            name = subject.address if "@" in node.name and node.kind is NodeKind.ACCOUNT else subject.shown
        return replace(node, id=self.id(node.id), name=name, evidence=self.said(node.evidence), properties=properties)

    def _property(self, key: str, value: Any, subject: Subject | None) -> Any:
        """What is said of a value; None where it goes."""
        if key in _WORDS_OF_OURS:
            return value
        if key in EMPLOYEE_NUMBERS:
            return subject.token if subject and str(value) in subject.numbers else self.disguise.number(str(value))
        if key == "product" and isinstance(value, str):
            return value if quote(value, safe="-_.~") in self.stays else self.disguise.line(value)
        if key == _REASONS and isinstance(value, list | tuple):
            return [self._reason(one) for one in value]
        said = self._said(value)
        return None if key in _PLACES and said != value else said

    def _edge(self, edge: Edge) -> Edge:
        return replace(
            edge,
            source=self.id(edge.source),
            target=self.id(edge.target),
            evidence=self.said(edge.evidence),
            group=self.said(edge.group),
            slot=self.said(edge.slot),
            properties=self.said(dict(edge.properties)),
        )

    def _said(self, value: Any) -> Any:
        if value is None or isinstance(value, bool | int | float | Enum):
            return value
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, Mapping):
            return {self._said(key): self._said(one) for key, one in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return type(value)(self._said(one) for one in value)
        if isinstance(value, Evidence | Coverage):
            if value not in self._seen:
                self._seen[value] = self._evidence(value) if isinstance(value, Evidence) else self._coverage(value)
            return self._seen[value]
        if isinstance(value, Node | Edge):
            return self.fact(value)
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{one.name: self._said(getattr(value, one.name)) for one in fields(value)})
        return value

    def _coverage(self, item: Coverage) -> Coverage:
        """How far a list was read: the reason in our words, and permissions as their vendors do."""
        said = {one.name: self._said(getattr(item, one.name)) for one in fields(item)}
        said |= {"reason": self._sentence(item.reason), "needs": tuple(map(self._sentence, item.needs))}
        return replace(item, **said)

    def _sentence(self, text: str) -> str:
        """What is our own sentence; where a link stands in it, it may be anybody's."""
        return self._text(text) if "://" in text or text in self.ids else self.disguise.sentence(text)

    def _reason(self, reason: Any) -> Any:
        """Why a login is taken for what it is: in our words, but for what somebody wrote."""
        if not isinstance(reason, str) or reason.startswith(_DECLARED):
            return self._said(reason)
        return self._sentence(reason)

    def _evidence(self, seen: Evidence) -> Evidence:
        source, inventory = seen.source, seen.inventory
        read = self._sentence if seen.concluded else self._text
        record = self.records.get((source, inventory, seen.record)) or read(seen.record)
        if not self.keep_sources:
            source, inventory = self._text(source), self._text(inventory)
        return replace(seen, source=source, inventory=inventory, record=record, link=self._text(seen.link))

    def _text(self, text: str) -> str:
        if text not in self._known:
            self._known[text] = self._fresh(text)
        return self._known[text]

    def _id(self, node_id: str) -> str:
        return disguised_id(self.disguise, node_id, stays=self.stays)

    def _fresh(self, text: str) -> str:
        if text in self.ids:
            return self.ids[text]
        if "://" in text:
            if _LINK.fullmatch(text):
                return "" if self._leads_to_somebody(text) else text
            text = _LINK.sub(lambda found: _NO_LINK if self._leads_to_somebody(found[0]) else found[0], text)
        return self._id(text) if _is_id(text) else self.disguise.text(self.titles.left_out(text))

    def _leads_to_somebody(self, link: str) -> bool:
        return bool(_HOME.search(link) or _HOME.search(unquote(link))) or self.disguise.text(link) != link


def pseudonyms_of(identity: Identity, stack: Stack, hints: IdentityHints, salt: str) -> Pseudonyms:
    """The stand-ins of a reading. `identity` and `stack` are those under real names."""
    subjects = subjects_of(stack, identity.facts, hints, salt, identity.aliases)
    disguise = Disguise(subjects, words_taken(stack), salt)
    owners = {node: subject for subject in subjects for node in (subject.id, *subject.logins)}
    stays = products_read(identity.facts)
    ids = disguised_ids(identity, owners, disguise, salt, stays)
    titles = JobTitles.of(identity.facts, owners)
    return Pseudonyms(subjects, disguise, ids, owners, stays, records_of(identity.facts, owners), titles=titles)


def records_of(facts: Iterable[Fact], owners: Mapping[str, Subject]) -> Mapping[Record, str]:
    """Where a list names its record by an employee number, with whose it is: Team and edges came from it too."""
    return {
        (seen.source, seen.inventory, seen.record): subject.token
        for fact in facts
        if isinstance(fact, Node) and (subject := owners.get(fact.id))
        for seen in fact.evidence
        if seen.record in subject.numbers
    }


def _is_id(text: str) -> bool:
    return "/" in text and " " not in text and "://" not in text
