"""Logins as commands name them, and as notes do: by id, by system and login, by e-mail, by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from stackmap.app.opening import Reading
from stackmap.app.people.notes import said_in
from stackmap.declared.manifest_form import SystemForm
from stackmap.declared.manifest_names import login_id, system_node_id
from stackmap.errors import UsageError
from stackmap.model import EdgeKind, Vertex, system_of
from stackmap.render.guards import plain

__all__ = ["account_of", "find_login", "logins_called", "note_word", "person_of", "system_ids"]

_SHOWN = 8
_DECLARED = "login/"


@dataclass(frozen=True, slots=True)
class _Called:
    """A login with every word that somebody would call it by, folded."""

    id: str
    words: frozenset[str]


def find_login(reading: Reading, text: str) -> str:
    """The id of the login named by id, `system:login`, e-mail or name.

    Raises UsageError where it fits none, or several (with the candidates).
    """
    found = logins_called(reading, text)
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(_several(reading, text, found))
    raise UsageError(f'no login here is called "{plain(text)}". See: stackmap people --search {_a_word(text)}')


def logins_called(reading: Reading, text: str) -> list[str]:
    """The ids of all logins that a word may mean, by the first of these that fits: id, `system:login`, e-mail, name."""
    if exact := account_of(reading, text):
        return [exact]
    called = list(_called(reading))
    folded = _folded(text)
    system, colon, login = text.partition(":")
    if colon:
        within = set(system_ids(reading, system))
        found = [one.id for one in called if _folded(login) in one.words and _system(reading, one.id) & within]
        if found:
            return found
    return [one.id for one in called if folded in one.words]


def account_of(reading: Reading, word: str) -> str:
    """The id of the login that your notes mean by a word (an id, or `system-key:login`); "" for none."""
    accounts, aliases = reading.stack.accounts, reading.identity.aliases
    if "/" in word:
        found = aliases.get(word, word)
    else:
        key, _, login = word.partition(":")
        declared = login_id(key, login.strip())
        found = aliases.get(declared, declared)
    return found if found in accounts else ""


def _called(reading: Reading) -> Iterator[_Called]:
    for vertex in map(reading.stack.graph.get, sorted(reading.stack.accounts)):
        assert vertex is not None  # only called for vertices of the graph
        yield _Called(vertex.id, frozenset(_words(vertex)))


def _words(vertex: Vertex) -> Iterator[str]:
    values: Iterable[object] = (vertex.name, *map(vertex.properties.get, ("email", "login", "username")))
    yield from (_folded(value) for value in values if isinstance(value, str) and value.strip())
    yield _folded(unquote(vertex.id.rsplit("/", 1)[1]))


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _system(reading: Reading, account: str) -> set[str]:
    return {*reading.stack.graph.systems_of(account), system_of(account) or ""}


def system_ids(reading: Reading, word: str) -> list[str]:
    """What a system's key, name, product or id stands for: Systems, and `product/tenant` of logins without one."""
    graph, folded = reading.stack.graph, _folded(word)
    found = {keyed} if (keyed := _declared_systems(reading).get(word)) else set()
    for system in {system for account in reading.stack.accounts for system in _system(reading, account)} - {""}:
        words = (system, graph.name(system), system.split("/", 1)[0], system_of(system) or "")
        if folded in map(_folded, words):
            found.add(system)
    return sorted(found)


def _declared_systems(reading: Reading) -> dict[str, str]:
    """The Systems that your notes give a key, by that key."""
    said = said_in(reading.manifest.text).get("systems") or {}
    ids = {key: system_node_id(key, SystemForm.model_validate(below or {})) for key, below in said.items()}
    return {key: reading.identity.aliases.get(found, found) for key, found in ids.items()}


def note_word(reading: Reading, account: str) -> str:
    """How notes name a login: by its id, which nothing renames. One that notes alone know keeps the words they use."""
    if account.startswith(_DECLARED):
        return f"{unquote(account.split('/')[1])}:{reading.stack.graph.name(account)}"
    return account


def person_of(reading: Reading, account: str) -> str:
    """Whose login it is; "" where it is nobody's or several people's."""
    held = {link.source for link in reading.stack.graph.into(account, EdgeKind.HAS_ACCOUNT)}
    return held.pop() if len(held) == 1 else ""


def _several(reading: Reading, text: str, found: list[str]) -> str:
    graph = reading.stack.graph
    lines = [f'{len(found)} logins match "{plain(text)}":']
    for account in found[:_SHOWN]:
        about = (graph.system_name(account), graph.name(account), reading.stack.accounts[account].type.value)
        lines.append(f"  {account}   {' · '.join(plain(part) for part in about)}")
    if len(found) > _SHOWN:
        lines.append(f"  and {len(found) - _SHOWN} more")
    return "\n".join([*lines, "Say which by its id."])


def _a_word(text: str) -> str:
    words = [word for word in plain(text).replace("@", " ").split() if word.isalnum()]
    return max(words, key=len, default="NAME")
