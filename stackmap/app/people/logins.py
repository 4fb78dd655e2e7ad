"""Logins as commands name them, as notes do, and as answers write them: by id, system and login, e-mail, name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from urllib.parse import unquote

from stackmap.app.opening import Reading
from stackmap.app.people.notes import said_in
from stackmap.app.people.unclear import Candidate, Then, check_word, nobody, several, shown
from stackmap.app.people.words import likeness, name_key, nearest
from stackmap.app.people.written import bare_logins, parted_at, placed_in, whose_login
from stackmap.declared.manifest_form import SystemForm
from stackmap.declared.manifest_names import id_in, login_id, login_word, system_node_id
from stackmap.model import EdgeKind, NodeKind, StackGraph, fold_name, normalise_email, system_of
from stackmap.render.places import place_name

__all__ = [
    "account_of",
    "find_login",
    "logins_by_word",
    "logins_called",
    "logins_placed",
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

_IN = "in "
"""Stands before a system where a login is named by whose it is and where it lies."""

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
    where, login, _ = next(_parted(reading, text), ("", text, set()))
    place = f"in {shown(where)}" if where else "here"
    raise nobody(f"no login {place} is called {shown(login)}", near_logins(reading, text), then)


def logins_called(reading: Reading, text: str) -> list[str]:
    """The ids of all logins that a text may mean: as `logins_by_word`, else as answers write them."""
    return logins_by_word(reading, text) or logins_placed(reading, text)


def logins_by_word(reading: Reading, text: str) -> list[str]:
    """The ids of all logins that a word may mean, by the first of these that fits: id, system and login (between them a
    colon, as in notes, or what stands there in the list), one word for the login.
    """
    if exact := account_of(reading, text):
        return [exact]
    if len(text) > _LONGEST:
        return []
    within = list(_within(reading, parted_at(text, _PARTS)))
    for fold, called in zip(_CLOSER_FIRST, _called_in(reading.stack.graph), strict=True):
        if there := _there(reading, called, fold, within):
            return there
        if anywhere := called.get(fold(text)):
            return list(anywhere)
        if nowhere := [one for one in _listed_so(called, fold(text)) if _systems(reading, one) == {""}]:
            return nowhere
    return []


def logins_placed(reading: Reading, text: str) -> list[str]:
    """The ids of all logins that a text names with their system, as what they are ("login d.kim") or as whose ("Dana
    Kim's login"), so that nobody's name is meant by it; none for one that is called so as a whole.
    """
    if len(text) > _LONGEST:
        return []
    if by_word := logins_by_word(reading, text):
        return by_word if next(_within(reading, parted_at(text, _PARTS)), None) else []
    words = list(dict.fromkeys(bare_logins(text)))
    bare = (logins_by_word(reading, word) for word in words[1:])
    found = (*(_in_its_system(reading, word) for word in words), *bare, _held_by_whom(reading, text))
    return next(filter(None, found), [])


def _in_its_system(reading: Reading, text: str) -> list[str]:
    within = list(_within(reading, placed_in(text)))
    ways = zip(_CLOSER_FIRST, _called_in(reading.stack.graph), strict=True)
    return next(filter(None, (_there(reading, called, fold, within) for fold, called in ways)), [])


def _held_by_whom(reading: Reading, text: str) -> list[str]:
    """The logins of whoever is named, of those the one that is named too, or those in a system."""
    if (whose := whose_login(text)) is None:
        return []
    graph, (who, which) = reading.stack.graph, whose
    people = {one.id for one in graph.vertices(NodeKind.PERSON) if who == one.id or name_key(one.name) == name_key(who)}
    held = sorted(
        one.id for one in reading.stack.accounts.values() if people.intersection(tie.person for tie in one.holders)
    )
    if not which:
        return [one for one in held if reading.stack.accounts[one].type.may_be_a_persons]
    systems = {*system_ids(reading, which[len(_IN) :])} if which.startswith(_IN) else set()
    named = logins_called(reading, which) if not systems else ()
    return [one for one in held if one in named or _systems(reading, one) & systems]


def _there(
    reading: Reading,
    called: Mapping[str, Sequence[str]],
    fold: Callable[[str], str],
    within: Iterable[tuple[str, str, set[str]]],
) -> list[str]:
    """The logins of that name in that system, by the first way to part the two that fits."""
    for _, login, systems in within:
        for found in (called.get(fold(login), ()), _listed_so(called, fold(login))):
            if there := [one for one in found if _systems(reading, one) & systems]:
                return there
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


def _within(reading: Reading, parted: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, set[str]]]:
    """Of these parts those where the first is a system: that, a login, and the ids of the system."""
    for system, login in parted:
        if login and system and (ids := system_ids(reading, system)):
            yield system, login, set(ids)


def _parted(reading: Reading, text: str) -> Iterator[tuple[str, str, set[str]]]:
    """The same of a text, in whatever way it names a login with its system."""
    if len(text) <= _LONGEST:
        yield from _within(reading, parted_at(text, _PARTS))
        for word in bare_logins(text):
            yield from _within(reading, placed_in(word))


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
    keyed = _declared_systems(reading).get(word)
    called = _systems_called(reading.stack.graph).get(fold_name(word), frozenset())
    return sorted({*called, *([keyed] if keyed else ())})


@lru_cache(maxsize=2)
def _systems_called(graph: StackGraph) -> Mapping[str, frozenset[str]]:
    """The systems that each word is a name of, among those with logins."""
    found: dict[str, set[str]] = defaultdict(set)
    for account in graph.vertices(NodeKind.ACCOUNT):
        place = place_name(graph, account.id)
        for system in {*graph.systems_of(account.id), system_of(account.id) or ""} - {""}:
            names = (graph.name(system), graph.system_name(system))
            for word in (system, *names, system.split("/", 1)[0], system_of(system) or "", place):
                found[fold_name(word)].add(system)
    return {word: frozenset(systems) for word, systems in found.items() if word}


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
    """Logins of which a word comes nearest to what was typed, in the system that it names first. One that lies
    elsewhere is none that was mistyped.
    """
    _, word, systems = next(_parted(reading, text), ("", text, set[str]()))
    called = {account: tuple(_words(reading.stack.graph, account)) for account in sorted(reading.stack.accounts)}
    if systems and (elsewhere := logins_by_word(reading, word)):
        return [_candidate(reading, one) for one in elsewhere]
    there = {one: words for one, words in called.items() if not systems or _systems(reading, one) & systems}
    for among in (there, called):
        if near := nearest(word, {one: (one, *words) for one, words in among.items()}):
            return [_candidate(reading, one, likeness(word, there.get(one, ()))) for one in near]
    return []


def _candidate(reading: Reading, account: str, like: float = 0) -> Candidate:
    vertex = reading.stack.graph.get(account)
    email = str(vertex.properties.get("email") or "") if vertex else ""
    about = (_named(reading, account), reading.stack.accounts[account].type.value, email)
    return Candidate(account, (_BETWEEN.join(filter(None, about)),), like)


def _named(reading: Reading, account: str) -> str:
    """A login as it is shown: its system, and its name."""
    graph = reading.stack.graph
    return _BETWEEN.join(filter(None, (graph.system_name(account), graph.name(account))))
