"""What the display name and the address of a login are made of: parts of a person's name, signs of a program, a role.

The words that tell are data. Most of them are somebody's surname too, so no single one decides (`account_types`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from stackmap.identity.name_words import (
    is_known,
    machine_in_name,
    machine_of_known_words,
    mark_after_a_name,
    mark_of_words,
    tokens_of,
    without_regions,
    without_titles,
)
from stackmap.identity.vocabulary import (
    ANY_MACHINE,
    DEPARTMENTS,
    FUNCTIONS,
    MACHINE,
    NAME_PARTS,
    OFFICES,
    PRODUCTS_OR_NAMES,
    ROBOTS,
    ROLES,
    SERVICE_MARKS,
    SHARED,
    SHORT_ROLES,
    TEAM_SUFFIXES,
    TITLES,
)

__all__ = ["AddressSigns", "NameSigns", "read_address", "read_name", "reads_like_a_person"]

_KEPT = 50_000  # readings of names, for a person's logins are called alike
_REMARK = re.compile(r"[(\[{<]([^)\]}>]*)[)\]}>]?|\s[-–—|/:]+\s|\|")
_NICKNAME = re.compile(r"([^(\s]+)\s*\(([^)\s]+)\)\s+([^()\s]+)")  # Wei (Vivian) Zhang
_NO_REPLY = re.compile(r"\b(no|do[\W_]?not)[\W_]?reply\b")
_WHOLE_NAME = re.compile(r"[一-鿿]{2,4}|[가-힣]{2,4}")


@dataclass(frozen=True, slots=True)
class NameSigns:
    """What a display name tells.

    `parts`: what may be parts of a person's name; `own`: those of them that are no known word. `full`: it may be a
    first and a last name; `clean`: nothing else in it. `title`: it says what somebody's job is. `spaced`: not written
    as one word, like a login. `machine`: the word that points at a program, "" without; `clear`: the name is or starts
    with that word and names nobody. `doubt`: a word that may be a surname or say what the login is. `role`: the word
    that says that several people use it. `mark`: the word beside somebody's name that says that a program is called
    after them. `robot`: a word for a robot that stands like a surname. `office`: nobody's name, but a job's.
    """

    tokens: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    full: bool = False
    clean: bool = False
    title: bool = False
    spaced: bool = False
    machine: str = ""
    clear: bool = False
    doubt: str = ""
    role: str = ""
    mark: str = ""
    robot: str = ""
    office: bool = False


@dataclass(frozen=True, slots=True)
class AddressSigns:
    """What the part of an address before the @ tells. `marked`: as a service login, whoever it is called after.

    `after`: it starts with a word for programs, and then names somebody or something. `mark`: the word for programs
    that it ends with, after somebody's name. `office`: it is called after a job that several may have.
    """

    tokens: tuple[str, ...]
    role: str = ""
    machine: str = ""
    clear: bool = False
    marked: bool = False
    after: bool = False
    mark: str = ""
    office: bool = False


def read_name(text: str, places: Collection[str]) -> NameSigns:
    """The signs in a display name. `places`: folded words that name products or the company where nobody is named."""
    folded, words = _folded(text)
    return _read_name(folded, words.intersection(places))


@lru_cache(maxsize=_KEPT)
def _folded(text: str) -> tuple[str, frozenset[str]]:
    """A name, or what stands before the @ of one that is an address, in lower case; and the words in it."""
    folded = unicodedata.normalize("NFKC", text.rpartition("@")[0] or text).casefold()
    return folded, frozenset(tokens_of(folded))


@lru_cache(maxsize=_KEPT)
def _read_name(folded: str, places: frozenset[str]) -> NameSigns:
    if _asks_for_no_reply(folded):
        return NameSigns(machine="noreply", clear=True)
    name = _split(folded, places)
    machine, clear = _program_word(name)
    doubt = next((word for word in name.parts if word not in name.own), "")
    full = not clear and _is_full(name.own, name.parts)
    plain = not doubt or (len(name.own) > 1 and doubt not in ANY_MACHINE)
    return NameSigns(
        name.tokens,
        name.parts,
        name.own,
        full,
        clean=full and not machine and plain,
        title=name.titled and not name.own,
        spaced=name.spaced,
        machine=machine,
        clear=clear,
        doubt=doubt,
        role="" if name.own and not _is_teams(name.tokens) else _shared(name.tokens),
        mark=_mark(name),
        robot=name.words[-1] if len(name.own) == 1 and len(name.words) == 2 and ROBOTS.intersection(name.words) else "",
        office=not name.own and not OFFICES.isdisjoint(name.tokens),
    )


@dataclass(frozen=True, slots=True)
class _Split:
    """A name in pieces: the words of the piece that names somebody (`tokens`; `words`: without titles and regions), and
    the remarks around it. `parts`, `own`, `spaced` as in `NameSigns`; `titled`: there was a title.
    """

    tokens: tuple[str, ...]
    words: tuple[str, ...]
    own: tuple[str, ...]
    parts: tuple[str, ...]
    remarks: Sequence[str]
    spaced: bool
    titled: bool


def _split(folded: str, places: Collection[str]) -> _Split:
    main, remarks = _segments(_turned(folded), places)
    tokens = tokens_of(main)
    core = without_regions(tokens)
    words = without_titles(core)
    unknown = tuple(word for word in words if not is_known(word))
    own = () if all(word in places or word in PRODUCTS_OR_NAMES for word in unknown) else unknown
    parts = tuple(word for word in words if word in own or word in NAME_PARTS)
    return _Split(tokens, words, own, parts, remarks, len(main.split()) > 1, len(words) < len(core))


def _program_word(name: _Split) -> tuple[str, bool]:
    """The word that points at a program, in the name or else in a remark; and whether nothing in the name speaks
    against it.
    """
    if name.titled and not name.own:
        machine, clear = "", False
    else:
        machine, clear = machine_in_name(name.words, name.own, name.spaced)
    return machine or next((word for remark in name.remarks for word in _machine_remark(remark)), ""), clear


def _mark(name: _Split) -> str:
    """The word that says that a program is called after somebody: behind their name, or in a remark of its own."""
    if not name.own:
        return ""
    remarks = (mark_of_words(tokens_of(remark)) for remark in name.remarks)
    return mark_after_a_name(name.words, name.own) or next(filter(None, remarks), "")


def _asks_for_no_reply(folded: str) -> bool:
    return "reply" in folded and bool(_NO_REPLY.search(folded))


def _turned(folded: str) -> str:
    """With the given name first, where a family name before a comma would read like a program: "robot, niamh"."""
    last, comma, given = folded.partition(",")
    both = (last.strip(), given.strip())
    return " ".join(reversed(both)) if comma and both[0] in ANY_MACHINE and both[1].isalpha() else folded


def _is_teams(tokens: Sequence[str]) -> bool:
    return bool(tokens) and (tokens[-1] in TEAM_SUFFIXES or tokens[-1] in SHARED)


def _shared(tokens: Sequence[str]) -> str:
    """The word that says that several people use it, "" where a program may be meant."""
    if any(word in MACHINE and word not in DEPARTMENTS for word in tokens):
        return ""
    return next((word for word in tokens if word in SHARED or (word in TEAM_SUFFIXES and len(tokens) > 1)), "")


def _segments(folded: str, places: Collection[str]) -> tuple[str, list[str]]:
    """The part that names somebody, and the remarks around it; all of it where no part does."""
    if not _REMARK.search(folded):
        return folded, []
    nicknamed = _NICKNAME.fullmatch(folded.strip())
    if nicknamed and not any(is_known(word, places) or word in TITLES for word in tokens_of(folded)):
        return " ".join(nicknamed.groups()), []
    apart = [piece for piece in _REMARK.split(folded) if piece and piece.strip()]
    for index, piece in enumerate(apart):
        if any(not is_known(word, places) for word in without_titles(without_regions(tokens_of(piece)))):
            return piece, [*apart[:index], *apart[index + 1 :]]
    return " ".join(apart), []


def _machine_remark(text: str) -> Iterator[str]:
    words = tokens_of(text)
    if TITLES.isdisjoint(words):
        yield from (word for word in words if word in ANY_MACHINE and word not in DEPARTMENTS)


def _is_full(own: Sequence[str], parts: Sequence[str]) -> bool:
    if len(parts) > 1:
        return any(len(word) > 1 for word in own)
    return bool(own and _WHOLE_NAME.fullmatch(own[0]))


def read_address(local: str, places: Collection[str]) -> AddressSigns:
    """The signs in the part of an address before the @."""
    return _read_address(local, frozenset(_tokens(local)).intersection(places))


_tokens = lru_cache(maxsize=_KEPT)(tokens_of)


@lru_cache(maxsize=_KEPT)
def _read_address(local: str, places: frozenset[str]) -> AddressSigns:
    tokens = _tokens(local)
    if not tokens:
        return AddressSigns(())
    if _asks_for_no_reply(local):
        return AddressSigns(tokens, machine="noreply", clear=True, marked=True)
    core = without_regions(tokens)
    office = all(is_known(word, places) or word in TITLES for word in core) and not OFFICES.isdisjoint(core)
    if role := _role(core):
        return AddressSigns(tokens, role=role, office=office)
    words = without_titles(core)
    if len(words) < len(core):
        return AddressSigns(tokens, office=office)
    if all(is_known(word, places) for word in words):
        machine, clear = machine_of_known_words(words)
        return AddressSigns(tokens, machine=machine, clear=clear, marked=clear and machine in SERVICE_MARKS)
    own = tuple(word for word in words if not is_known(word, places))
    machine, clear = machine_in_name(words, own, spaced=False)
    marked = not SERVICE_MARKS.isdisjoint(tokens)
    after = clear and (words[0] in MACHINE or machine != words[0])
    return AddressSigns(tokens, "", machine, clear, marked, after, mark_after_a_name(words, own))


def _role(tokens: Sequence[str]) -> str:
    """The function a mailbox is for: `marketing`, `marketing.emea`, `growth-team`; not `sales-api`, `service-x`."""
    if len(tokens) == 1 and tokens[0] in SHORT_ROLES:
        return tokens[0]
    if tokens[-1] in TEAM_SUFFIXES and len(tokens) > 1:
        return tokens[-1]
    if shared := _shared(tokens):
        return shared
    if any(word in MACHINE and word not in DEPARTMENTS for word in tokens):
        return ""
    if "".join(tokens) in ROLES or (tokens[0] in ROLES and tokens[0] not in ANY_MACHINE):
        return tokens[0]
    if all(word in FUNCTIONS and word not in ANY_MACHINE for word in tokens):
        return tokens[0]
    return ""


@lru_cache(maxsize=_KEPT)
def reads_like_a_person(local: str) -> bool:
    """Whether the part of an address before the @ may be a first and a last name, and nothing speaks against it."""
    signs = read_address(local, frozenset())
    words = [token for token in signs.tokens if token.isalpha()]
    return len(words) == 2 and not signs.machine and not signs.role and not any(is_known(word) for word in words)
