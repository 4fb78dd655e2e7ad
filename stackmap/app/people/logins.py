"""Logins as commands name them, and as notes do: by id, by system and login, by e-mail, by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from urllib.parse import unquote

from stackmap.app.opening import Reading
from stackmap.app.people.notes import said_in
from stackmap.app.people.unclear import Candidate, Then, check_word, nobody, several, shown
from stackmap.app.people.words import name_key, nearest
from stackmap.declared.manifest_form import SystemForm
from stackmap.declared.manifest_names import id_in, login_id, login_word, system_node_id
from stackmap.model import EdgeKind, NodeKind, StackGraph, fold_name, normalise_email, system_of

__all__ = [
    "account_of",
    "find_login",
    "logins_called",
    "near_logins",
    "note_word",
    "noted_logins",
    "person_of",
    "system_ids",
]

_DECLARED = "login/"
_BETWEEN = " · "
"""Stands between what `stackmap people` shows of a login: its system, its name, and more."""

_PARTS = ":·"
"""Part a system from a login, in notes and in that list."""

_LONGEST = 2000
"""Letters of what may be a login, its system and more beside it: nobody writes longer ones."""

_CLOSER_FIRST: Sequence[Callable[[str], str]] = (fold_name, name_key, normalise_email)
"""How words are compared: as they are shown, then without accents, then as addresses."""


def find_login(reading: Reading, text: str, then: Then) -> str:
    """The id of the login named by id, `system:login`, e-mail or name, or as `stackmap people` shows it.

    Raises UsageError where it fits none (with the nearest), or several (with the candidates).
    """
    check_word(text)
    found = logins_called(reading, text)
    if len(found) == 1:
        return found[0]
    if found:
        raise several(text, "logins", [_candidate(reading, account) for account in found], then)
    where, login = next(((system, login) for system, login, _ in _within(reading, text)), ("", text))
    place = f"in {shown(where)}" if where else "here"
    raise nobody(f"no login {place} is called {shown(login)}", near_logins(reading, text), then)


def logins_called(reading: Reading, text: str) -> list[str]:
    """The ids of all logins that a word may mean, by the first of these that fits: id, system and login (between them a
    colon, as in notes, or what stands there in the list), one word for the login.
    """
    if exact := account_of(reading, text):
        return [exact]
    if len(text) > _LONGEST:
        return []
    within = list(_within(reading, text))
    for fold, called in zip(_CLOSER_FIRST, _called_in(reading.stack.graph), strict=True):
        for _, login, systems in within:
            for found in (called.get(fold(login), ()), _listed_so(called, fold(login))):
                if there := [one for one in found if _systems(reading, one) & systems]:
                    return there
        if anywhere := called.get(fold(text)):
            return list(anywhere)
        if nowhere := [one for one in _listed_so(called, fold(text)) if _systems(reading, one) == {""}]:
            return nowhere
    return []


@lru_cache(maxsize=2)  # long lists are looked up in one graph, or in that and its stand-ins
def _called_in(graph: StackGraph) -> Sequence[Mapping[str, Sequence[str]]]:
    """The logins that each word is one of, by id, for each way to compare words."""
    words = {vertex.id: list(_words(graph, vertex.id)) for vertex in graph.vertices(NodeKind.ACCOUNT)}
    return [_by_word({one: {fold(word) for word in called} for one, called in words.items()}) for fold in _CLOSER_FIRST]


def _by_word(words: Mapping[str, set[str]]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for account in sorted(words):
        for word in words[account] - {""}:
            found[word].append(account)
    return dict(found)


def _within(reading: Reading, text: str) -> Iterator[tuple[str, str, set[str]]]:
    """A system as it is written, a login, and the ids of that system: wherever the text may be parted into the two."""
    for at in (at for at, char in enumerate(text) if char in _PARTS):
        system, login = text[:at].strip(), text[at + 1 :].strip()
        if login and system and (ids := system_ids(reading, system)):
            yield system, login, set(ids)


def _listed_so(called: Mapping[str, Sequence[str]], wanted: str) -> list[str]:
    """Whoever copies a line of the list copies what stands behind the name too."""
    parts = wanted.split(_BETWEEN)
    words = (_BETWEEN.join(parts[:end]) for end in range(1, len(parts)))
    return sorted({account for word in words for account in called.get(word, ())})


def account_of(reading: Reading, word: str) -> str:
    """The id of the login that your notes mean by a word (an id, or `system-key:login`); "" for none."""
    key, _, login = word.partition(":")
    meant = (reading.identity.aliases.get(one, one) for one in (word, login_id(key, login.strip()), id_in(word)))
    return next((found for found in meant if found in reading.stack.accounts), "")


def _words(graph: StackGraph, account: str) -> Iterator[str]:
    """Every word that somebody would call a login by."""
    vertex = graph.get(account)
    assert vertex is not None  # only called for vertices of the graph
    values = (vertex.name, *map(vertex.properties.get, ("email", "login", "username")))
    yield from (value for value in values if isinstance(value, str) and value.strip())
    yield unquote(account.rpartition("/")[2])


def _systems(reading: Reading, account: str) -> set[str]:
    return {*reading.stack.graph.systems_of(account), system_of(account) or ""}


def system_ids(reading: Reading, word: str) -> list[str]:
    """What a system's key, name, product or id stands for: Systems, and `product/tenant` of logins without one."""
    graph, folded = reading.stack.graph, fold_name(word)
    found = {keyed} if (keyed := _declared_systems(reading).get(word)) else set()
    for system in {system for account in reading.stack.accounts for system in _systems(reading, account)} - {""}:
        names = (graph.name(system), graph.system_name(system))
        words = (system, *names, system.split("/", 1)[0], system_of(system) or "")
        if folded in map(fold_name, words):
            found.add(system)
    return sorted(found)


def _declared_systems(reading: Reading) -> dict[str, str]:
    """The Systems that your notes give a key, by that key."""
    said = said_in(reading.manifest.text).get("systems") or {}
    ids = {key: system_node_id(key, SystemForm.model_validate(below or {})) for key, below in said.items()}
    return {key: reading.identity.aliases.get(found, found) for key, found in ids.items()}


def noted_logins(reading: Reading) -> Mapping[str, Mapping[str, object] | None]:
    """What your notes say of logins, by the words that they use for them."""
    found: Mapping[str, Mapping[str, object] | None] = said_in(reading.manifest.text).get("accounts") or {}
    return found


def note_word(reading: Reading, account: str) -> str:
    """How notes name a login: by its id, which nothing renames. One that notes alone know keeps the words they use."""
    if account.startswith(_DECLARED):
        return f"{unquote(account.split('/')[1])}:{reading.stack.graph.name(account)}"
    return login_word(account)


def person_of(reading: Reading, account: str) -> str:
    """Whose login it is; "" where it is nobody's or several people's."""
    held = {link.source for link in reading.stack.graph.into(account, EdgeKind.HAS_ACCOUNT)}
    return held.pop() if len(held) == 1 else ""


def near_logins(reading: Reading, text: str) -> list[Candidate]:
    """Logins of which a word comes nearest to what was typed."""
    called = {account: (account, *_words(reading.stack.graph, account)) for account in sorted(reading.stack.accounts)}
    return [_candidate(reading, account) for account in nearest(text, called)]


def _candidate(reading: Reading, account: str) -> Candidate:
    vertex = reading.stack.graph.get(account)
    email = str(vertex.properties.get("email") or "") if vertex else ""
    about = (_named(reading, account), reading.stack.accounts[account].type.value, email)
    return Candidate(account, (_BETWEEN.join(filter(None, about)),))


def _named(reading: Reading, account: str) -> str:
    """A login as it is shown: its system, and its name."""
    graph = reading.stack.graph
    return _BETWEEN.join(filter(None, (graph.system_name(account), graph.name(account))))
