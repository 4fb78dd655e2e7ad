"""Texts without people's names: what is said to a newcomer about things must not point at a colleague."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from stackmap.analysis import Stack
from stackmap.app.names.forms import Form, address_forms, latin, name_forms
from stackmap.app.names.matching import APOSTROPHE, GLUE, POSSESSIVE, Letters, NameMatcher, read_letters
from stackmap.identity.login_names import read_name
from stackmap.model import AccountType, EdgeKind, product_of
from stackmap.render.guards import plain

__all__ = ["SOMEBODY", "Unnamed", "taken_words"]

SOMEBODY = "a colleague"
"""What stands in place of a name."""

_AFTER_S = re.compile(rf"(?<=[sS]){APOSTROPHE}(?=\s\w)")
_DOMAIN = re.compile(r"@[\w.-]*\w")


class Unnamed:
    """Takes the names and addresses of a stack's people out of texts.

    A whole name goes wherever it stands and however it is joined, and so do an address, what stands before its @, and
    a family name. A given name goes only where the words around it say that a person is meant ("key of Dana",
    "Dana's sheet"), and so does a family name that is a word, or the name of a product: many names are words.
    """

    def __init__(self, stack: Stack) -> None:
        self._names = NameMatcher(_forms(stack))

    def __call__(self, text: str) -> str:
        """The text on one line, without names."""
        shown = plain(text)
        if not self._names:
            return shown
        read = read_letters(unicodedata.normalize("NFC", shown))
        found = list(self._names.matches(read))
        return _without(read, found) if found else shown


def _without(read: Letters, found: Iterable[tuple[int, int]]) -> str:
    said, done = "", 0
    for start, end in found:
        first, last = read.spans[start][0], read.spans[end - 1][1]
        ahead, after = _after(read.text, last)
        said += _before(read.text[done:first]) + SOMEBODY + ahead
        done = after
    return said + read.text[done:]


def _before(text: str) -> str:
    """What stands before a name, apart from it."""
    if text[-1:] in GLUE and text[-2:-1].isalnum():
        text = text[:-1]
    return f"{text} " if text[-1:].isalnum() else text


def _after(text: str, end: int) -> tuple[str, int]:
    """What follows the words that replace a name, and where the text goes on."""
    if possessive := POSSESSIVE.match(text, end) or _AFTER_S.match(text, end):
        return "'s", possessive.end()
    if domain := _DOMAIN.match(text, end):
        return "", domain.end()
    glued = text[end : end + 1] in GLUE and text[end + 1 : end + 2].isalnum()
    following = text[end + glued : end + glued + 1]
    if following.isalnum():
        return (" " if following.isdigit() else "'s "), end + glued
    return "", end


def _forms(stack: Stack) -> Iterator[Form]:
    """Every form of every name and address of the people in the stack."""
    taken = taken_words(stack)
    for person in stack.people:
        names = _names(stack, person)
        for name in names:
            yield from name_forms(name, taken)
        for email in _emails(stack, person):
            yield from address_forms(email, names[:1])


def _names(stack: Stack, person: str) -> list[str]:
    """What a person is called, first as a person, then in logins: there only what reads like another spelling."""
    own = _name(stack, person)
    words = {*read_name(own, ()).parts}
    found = set()
    for login in _logins(stack, person):
        signs = read_name(name := _name(stack, login), ())
        human = stack.accounts[login].type is AccountType.HUMAN
        if human and signs.clean and signs.spaced and (not latin(own) or words.intersection(signs.own)):
            found.add(name)
    return [name for name in (own, *sorted(found - {own})) if name]


def _name(stack: Stack, node: str) -> str:
    vertex = stack.graph.get(node)
    name = plain(vertex.name) if vertex else ""
    return "" if "@" in name else name


def _emails(stack: Stack, person: str) -> list[str]:
    found: set[str] = set()
    for node in (person, *_logins(stack, person)):
        vertex = stack.graph.get(node)
        email = vertex.properties.get("email") if vertex else None
        found.update(text for text in (email, vertex.name if vertex else "") if isinstance(text, str) and "@" in text)
    return sorted(found)


def _logins(stack: Stack, person: str) -> list[str]:
    return [link.target for link in stack.graph.out(person, EdgeKind.HAS_ACCOUNT)]


def taken_words(stack: Stack) -> frozenset[str]:
    """The words of products, and of the domains that several people share: somebody's name perhaps, but a company's."""
    words = {word for node in stack.accounts for word in (product_of(node) or "").casefold().split("-")}
    domains = Counter(
        domain for person in stack.people for domain in {email.rpartition("@")[2] for email in _emails(stack, person)}
    )
    shared = {word for domain, people in domains.items() if people > 1 for word in domain.casefold().split(".")}
    return frozenset(words | shared)
