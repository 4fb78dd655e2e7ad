"""What the display name and the address of a login are made of: parts of a person's name, signs of a program, a role.

The words that tell are data. Most of them are somebody's surname too, so no single one decides (`account_types`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, permutations

__all__ = [
    "AddressSigns",
    "NameSigns",
    "is_made_of",
    "read_address",
    "read_name",
    "reads_like_a_person",
    "shares_a_word",
]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_DEPARTMENTS = _set("automation automations integrations process service system")
"""What programs are called and what departments are called."""

_MACHINE = _set(
    """api apis apiuser automated automation automations connector cron daemon donotreply etl integration integrations
    integrationuser middleware noreply rpa scheduler serviceaccount serviceuser svc sync syncs webhook webhooks"""
)
"""Nobody's surname: a login called so has to do with a program, though it may still be a person's."""

_MACHINE_OR_SURNAME = _set("batch bot bots process robot script service system")
_ANY_MACHINE = _MACHINE | _MACHINE_OR_SURNAME
_SERVICE_MARKS = _set("donotreply noreply serviceaccount svc")
"""Beside these, somebody's name says after whom the login is called, not who uses it."""

_TITLES = _set(
    """admin administrator analyst architect associate chief consultant contractor coordinator developer director
    engineer executive founder freelancer head intern junior lead leader manager officer owner president principal
    senior specialist strategist trainee vp dr herr frau mr mrs ms prof"""
)

_ROLES = _set(
    """accounts admin admins billing campaigns careers contact crm customercare customerservice customersupport
    events feedback finance hello helpdesk hr info it jobs legal leads mail marketing marketingops mops newsletter
    office ops partners postmaster press privacy revops sales salesops security service services social socialmedia
    support team webinar webinars webmaster"""
)
"""Mailboxes of a function. Several people read them, so several can sign in with them."""

_TEAM_SUFFIXES = _set("crew group team")
_FUNCTIONS = _ROLES | _set(
    """ads advertising agency analytics business care client commercial communications content customer
    data demand department dept desk digital ecommerce email engineering enablement experience field growth partner
    people processes product reporting revenue success systems"""
)
_NEUTRAL = _set(
    """account app apps backup campaign company console corp dashboard default dev export gmbh import inc lead llc
    loader login ltd main platform portal prod production qa report reports router sandbox scoring server staging test
    testing tool tools uat user users web website amer apac dach emea eu eur global latam na uk us usa"""
)
_VOCABULARY = _ANY_MACHINE | _FUNCTIONS | _NEUTRAL | _TEAM_SUFFIXES
_TITLE_WORDS = _VOCABULARY | _TITLES | _set("and for of the")
_NAME_PARTS = _FUNCTIONS | _MACHINE_OR_SURNAME
"""Words that may be somebody's surname."""

_MOST_PARTS = 8  # of a name of any length
_WORD = re.compile(r"[^\s!-/:-@\[-`{-~–—…·]+")  # by what ends it: vowel signs of many scripts are no \w
_APOSTROPHE = re.compile("['’`\u02bc]")
_NUMBERED = re.compile(r"\d+$")
_REMARK = re.compile(r"[(\[{<]([^)\]}>]*)[)\]}>]?|\s[-–—|/:]+\s|\|")
_NO_REPLY = re.compile(r"\b(no|do[\W_]?not)[\W_]?reply\b")
_WHOLE_NAME = re.compile(r"[一-鿿]{2,4}|[가-힣]{2,4}")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


@dataclass(frozen=True, slots=True)
class NameSigns:
    """What a display name tells.

    `parts`: what may be parts of a person's name; `own`: those of them that are no known word. `full`: it may be a
    first and a last name; `clean`: nothing else in it. `title`: it says what somebody's job is. `spaced`: not written
    as one word, like a login. `machine`: the word that points at a program, "" without; `clear`: the name is or starts
    with that word and names nobody. `doubt`: a word that may be a surname or say what the login is.
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


@dataclass(frozen=True, slots=True)
class AddressSigns:
    """What the part of an address before the @ tells. `marked`: as a service login, whoever it is called after."""

    tokens: tuple[str, ...]
    role: str = ""
    machine: str = ""
    clear: bool = False
    marked: bool = False


def read_name(text: str, places: Collection[str]) -> NameSigns:
    """The signs in a display name. `places`: folded words that name products or the company where nobody is named."""
    folded = unicodedata.normalize("NFKC", text.rpartition("@")[0] or text).casefold()
    if "reply" in folded and _NO_REPLY.search(folded):
        return NameSigns(machine="noreply", clear=True)
    main, remarks = _segments(folded, places)
    tokens = _tokens(main)
    words = _without_titles(tokens)
    spaced = any(char.isspace() for char in main.strip())
    unknown = tuple(word for word in words if not _is_known(word))
    own = () if all(word in places for word in unknown) else unknown
    parts = tuple(word for word in words if word in own or word in _NAME_PARTS)
    machine, clear = _machine_in_name(words, own, spaced) if len(words) == len(tokens) or own else ("", False)
    remarked = next((word for remark in remarks for word in _machine_remark(remark)), "")
    doubt = next((word for word in parts if word not in own), "")
    full = not clear and _is_full(own, parts)
    clean = full and not machine and not remarked and (not doubt or (len(own) > 1 and doubt not in _ANY_MACHINE))
    title = len(words) < len(tokens) and not own
    return NameSigns(tokens, parts, own, full, clean, title, spaced, machine or remarked, clear, doubt)


def _segments(folded: str, places: Collection[str]) -> tuple[str, list[str]]:
    """The part that names somebody, and the remarks in brackets or after a dash; all of it where no part does."""
    if not _REMARK.search(folded):
        return folded, []
    apart = [piece for piece in _REMARK.split(folded) if piece and piece.strip()]
    for index, piece in enumerate(apart):
        if any(not _is_known(word, places) for word in _without_titles(_tokens(piece))):
            return piece, apart[:index] + apart[index + 1 :]
    return " ".join(apart), []


def _tokens(folded: str) -> tuple[str, ...]:
    found = (_NUMBERED.sub("", word) for word in _WORD.findall(_APOSTROPHE.sub("", folded)))
    return tuple(word for word in found if any(map(str.isalpha, word)))


def _is_known(word: str, places: Collection[str] = ()) -> bool:
    """Whether a word tells no person's name, though it may be somebody's surname: a place's too, or one with digits."""
    return word in _VOCABULARY or word in places or any(char.isdigit() for char in word)


def _without_titles(words: tuple[str, ...]) -> tuple[str, ...]:
    """Without job titles, and the departments that stand in them. A "lead" before another word is one for sales."""
    if _TITLES.isdisjoint(words):
        return words
    kept: list[str] = []
    for known, run in groupby(words, key=_TITLE_WORDS.__contains__):
        found = list(run)
        titled = known and (found[-1] == "lead" or not (_TITLES - {"lead"}).isdisjoint(found))
        kept += [] if titled else found
    return tuple(kept)


def _machine_in_name(words: Sequence[str], own: Collection[str], spaced: bool) -> tuple[str, bool]:
    """The word that points at a program, and whether nothing speaks against it."""
    hard = next((word for word in words if word in _MACHINE), "")
    if not own:
        return _machine_of_known_words(words)
    if words[0] in _ANY_MACHINE:
        return words[0], not spaced
    return hard, False


def _machine_of_known_words(words: Sequence[str]) -> tuple[str, bool]:
    """As above, where every word is known: a department's name says nothing, unless it speaks of an account."""
    among = [word for word in words if word in _ANY_MACHINE]
    only = [word for word in among if word not in _DEPARTMENTS]
    if only:
        return only[0], True
    if among and _FUNCTIONS.isdisjoint(word for word in words if word not in _DEPARTMENTS):
        return among[0], True
    return "", False


def _machine_remark(text: str) -> Iterator[str]:
    words = _tokens(text)
    if _TITLES.isdisjoint(words):
        yield from (word for word in words if word in _ANY_MACHINE and word not in _DEPARTMENTS)


def _is_full(own: Sequence[str], parts: Sequence[str]) -> bool:
    if len(parts) > 1:
        return any(len(word) > 1 for word in own)
    return bool(own and _WHOLE_NAME.fullmatch(own[0]))


def read_address(local: str, places: Collection[str]) -> AddressSigns:
    """The signs in the part of an address before the @."""
    tokens = _tokens(local)
    if not tokens:
        return AddressSigns(())
    if "reply" in local and _NO_REPLY.search(local):
        return AddressSigns(tokens, machine="noreply", clear=True, marked=True)
    if role := _role(tokens):
        return AddressSigns(tokens, role=role)
    words = _without_titles(tokens)
    if len(words) < len(tokens):
        return AddressSigns(tokens)
    if all(_is_known(word, places) for word in words):
        machine, clear = _machine_of_known_words(words)
    else:
        machine, clear = _machine_in_name(words, words, spaced=False)
    return AddressSigns(tokens, machine=machine, clear=clear, marked=clear and machine in _SERVICE_MARKS)


def _role(tokens: Sequence[str]) -> str:
    """The function a mailbox is for: `marketing`, `marketing.emea`, `growth-team`; not `sales-api`, `service-x`."""
    if tokens[-1] in _TEAM_SUFFIXES and len(tokens) > 1:
        return tokens[-1]
    if any(word in _MACHINE and word not in _DEPARTMENTS for word in tokens):
        return ""
    if "".join(tokens) in _ROLES or (tokens[0] in _ROLES and tokens[0] not in _ANY_MACHINE):
        return tokens[0]
    return ""


def reads_like_a_person(local: str) -> bool:
    """Whether the part of an address before the @ may be a first and a last name, and nothing speaks against it."""
    signs = read_address(local, frozenset())
    words = [token for token in signs.tokens if token.isalpha()]
    return len(words) == 2 and not signs.machine and not signs.role and not any(_is_known(word) for word in words)


def is_made_of(address: AddressSigns, name: NameSigns) -> bool:
    """Whether a mailbox is made of a person's name: dana.okafor, dokafor, danao, okafor.d, dana, okafor."""
    if _is_again(address, name):
        return False
    return any(_is_made_of(address.tokens, parts) for parts in _spellings(name.parts))


def shares_a_word(address: AddressSigns, name: NameSigns) -> bool:
    """Whether the mailbox and the name have a word in common that may be somebody's name."""
    if _is_again(address, name):
        return False
    own = tuple(word for word in name.own if len(word) > 1)
    return any(not set(spelt).isdisjoint(address.tokens) for spelt in _spellings(own))


def _is_again(address: AddressSigns, name: NameSigns) -> bool:
    """Whether the name is the address again, and so no second sign."""
    return not name.spaced and len(name.tokens) > 1 and name.tokens == address.tokens


def _is_made_of(tokens: Sequence[str], parts: Sequence[str]) -> bool:
    initials = {part[0] for part in parts}
    if all(token in parts or token in initials for token in tokens) and any(token in parts for token in tokens):
        return True
    return "".join(tokens) in set(_joined(parts))


def _joined(parts: Sequence[str]) -> Iterator[str]:
    yield "".join(parts)
    yield "".join(part[0] for part in parts[:-1]) + parts[-1]
    yield parts[0][0] + "".join(parts[1:])
    for one, other in permutations(parts[:_MOST_PARTS], 2):
        yield from (one + other, one[0] + other, one + other[0])


def _spellings(words: Sequence[str]) -> Iterable[tuple[str, ...]]:
    """The words without accents, in the two ways in which umlauts are written around."""
    if all(word.isascii() for word in words):
        return (tuple(words),)
    return tuple(tuple(_plain(word, *maps) for word in words) for maps in ((_LETTERS,), (_UMLAUTS, _LETTERS)))


def _plain(word: str, *maps: dict[int, str]) -> str:
    composed = unicodedata.normalize("NFKC", word)
    for letters in maps:
        composed = composed.translate(letters)
    return "".join(char for char in unicodedata.normalize("NFKD", composed) if not unicodedata.combining(char))
