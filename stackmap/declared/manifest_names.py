"""Who and what the words in `stack.yaml` mean: people by key, name or e-mail, systems and links by key."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from stackmap.declared.manifest_form import ManifestForm, SystemForm
from stackmap.declared.written import nearest
from stackmap.model import equal_domains, normalise_email, system_id, unlisted_id

__all__ = ["Names", "id_in", "link_id", "login_id", "login_word", "mailbox_id", "system_node_id", "team_id"]

_BY_ID = "id:"
"""Before an id that could be taken for another word."""


def team_id(key: str) -> str:
    """The id of a declared team."""
    return f"team/{key}"


def link_id(key: str) -> str:
    """The id of a declared link."""
    return f"link/{key}"


def system_node_id(key: str, form: SystemForm) -> str:
    """The id of a declared system: that of the system a connector reads, where product and tenant tell it."""
    if form.product is None:
        return f"system/{key}"
    return system_id(form.product, form.tenant or "unknown")


def login_id(system_key: str, login: str) -> str:
    """The id of a declared login, until a read account of that system turns out to be it."""
    return f"login/{quote(system_key, safe='')}/{_veiled(login)}"


def login_word(account: str) -> str:
    """How notes name a login by its id: one without a slash, which a fact file may give, is marked as an id."""
    return account if "/" in account else f"{_BY_ID}{account}"


def id_in(word: str) -> str:
    """The id that a word of notes is marked as; "" where it is not."""
    return word.removeprefix(_BY_ID) if word.startswith(_BY_ID) else ""


def mailbox_id(address: str) -> str:
    """The id of a mailbox. An id is no e-mail address, so that it can be shown and kept."""
    return f"mailbox/{_veiled(address)}"


def _veiled(text: str) -> str:
    """What stands for a login, a mailbox or somebody in an id: of an address a part of its hash.

    It hides nothing from whoever can guess the address: notes are read without the workspace's salt. It only keeps ids
    free of addresses, and the same when lines of the file move. Outputs under stand-ins carry no such id.
    """
    folded = _fold(text)
    return hashlib.sha256(folded.encode()).hexdigest()[:12] if "@" in folded else quote(folded, safe="")


def _fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


_ADD = "write their e-mail address, or add them under people, with a name and their e-mails"


@dataclass(frozen=True, slots=True)
class Names:
    """Every name of the file. Each look-up raises ValueError, with the nearest name, where a word means nothing or
    more than one. `_written` has the names as they stand in the file, `unlisted` the addresses of those who were
    spoken of by an address alone, by id.
    """

    _people: Mapping[str, set[str]]
    _teams: Mapping[str, set[str]]
    _systems: Mapping[str, str]
    _links: Mapping[str, str]
    _domains: Mapping[str, str]
    _written: Mapping[str, str]
    unlisted: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, form: ManifestForm) -> Names:
        """The names that a file declares."""
        domains = equal_domains(form.domains or [])
        people: dict[str, set[str]] = defaultdict(set)
        teams: dict[str, set[str]] = defaultdict(set)
        written: dict[str, str] = {}
        for key, person in (form.people or {}).items():
            for word in (key, person.name):
                people[_fold(word)].add(key)
                written.setdefault(_fold(word), word)
            for email in person.emails:
                people[normalise_email(email, domains)].add(key)
        for key, team in (form.teams or {}).items():
            for word in (key, (team.name if team else None) or key):
                teams[_fold(word)].add(key)
                written.setdefault(_fold(word), word)
        systems = {key: system_node_id(key, below or SystemForm()) for key, below in (form.systems or {}).items()}
        return cls(people, teams, systems, {key: link_id(key) for key in form.links or {}}, domains, written)

    def person(self, word: str) -> str:
        """The id of a person: one of the file, or whoever has that address."""
        return self._one(word, self._somebody(word), self._people, "a person", _ADD)

    def _somebody(self, word: str) -> set[str]:
        """Who is meant. An address that the file gives to nobody is that of somebody whom another list may have."""
        found, address = self._find(self._people, word), self.address(word)
        if found or not address:
            return found
        person = unlisted_id(_veiled(address))
        self.unlisted[person] = address
        return {person}

    def team(self, word: str) -> str:
        """The id of a team."""
        return team_id(self._one(word, self._find(self._teams, word), self._teams, "a team", "add it under teams"))

    def owner(self, word: str) -> str:
        """The id of a person or a team."""
        found = {*self._somebody(word), *map(team_id, self._find(self._teams, word))}
        return self._one(word, found, {**self._people, **self._teams}, "a person or a team", _ADD)

    def is_person(self, word: str) -> bool:
        """Whether the word names somebody."""
        return bool(self._find(self._people, word))

    def shared(self, email: str) -> bool:
        """Whether several people have that e-mail address."""
        return len(self._people.get(self.address(email), ())) > 1

    def address(self, word: str) -> str:
        """The word as an e-mail address, "" when it is none."""
        return normalise_email(word, self._domains)

    def login(self, word: str) -> tuple[str, str]:
        """An account's id and "", or a system's key and the login there."""
        if "/" in word:
            return word, ""
        key, colon, login = word.partition(":")
        if (account := id_in(word)) and key not in self._systems:
            return account, ""
        if not colon or not login.strip():
            raise ValueError(
                f"{word!r} is no login: write an account's id ({login_word(word)} where it has no slash), "
                f"or a system's key as in hubspot:{word}"
            )
        if key not in self._systems:
            raise ValueError(f"no system has the key {key!r}{nearest(key, self._systems)}; {self._instead()}")
        return key, login.strip()

    def _instead(self) -> str:
        keys = ", ".join(sorted(self._systems))
        known = f"the keys under systems are {keys}" if keys else "there is none yet: add it under systems"
        return f"{known}; or write the account's id, which `stackmap people` shows with --format json"

    def system(self, word: str) -> str:
        """The id of a declared system, or the id itself."""
        return self._place(word, self._systems, "a system's key or an id")

    def thing(self, word: str) -> str:
        """The id of a declared system or link, or the id itself."""
        known = {**self._links, **self._systems}
        if word in self._links and word in self._systems:
            raise ValueError(f"{word!r} is both a link and a system; write {self._links[word]} for the link")
        return self._place(word, known, "the key of a system or link, or an id")

    def subject(self, word: str) -> str:
        """As `thing`, and any other text stands for itself: an id, or the name of a thing that others list."""
        return self._systems.get(word) or self._links.get(word) or word

    def within(self, word: str) -> tuple[str, str] | None:
        """A declared system's id and a name in it, where a word reads as `system-key:Name`."""
        key, colon, name = word.partition(":")
        return (self._systems[key], name.strip()) if colon and key in self._systems and name.strip() else None

    def _place(self, word: str, known: Mapping[str, str], what: str) -> str:
        if word in known:
            return known[word]
        if "/" not in word:
            raise ValueError(f"{word!r} is not {what}{nearest(word, known)}")
        return word

    def _find(self, known: Mapping[str, set[str]], word: str) -> set[str]:
        exact = known.get(_fold(word), set())
        if word in exact:
            return {word}
        return exact or known.get(normalise_email(word, self._domains), set())

    def _one(self, word: str, found: Iterable[str], known: Iterable[str], what: str, instead: str) -> str:
        ids = sorted(found)
        if len(ids) > 1:
            raise ValueError(f"{word!r} may mean {' or '.join(ids)}; write the key")
        if not ids:
            names = [self._written.get(name, name) for name in known if name]
            near = nearest(word, names)
            raise ValueError(f"{word!r} is not {what}{near}{' If not,' if near else ';'} {instead}")
        return ids[0]
