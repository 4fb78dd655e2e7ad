"""Texts without people's names: what is said to a newcomer about things must not point at a colleague."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stackmap.analysis import Stack
from stackmap.app.name_forms import Form, Use, address_forms, folded, latin, name_forms, unspaced, widest
from stackmap.identity.login_names import read_name
from stackmap.model import AccountType, EdgeKind, product_of
from stackmap.render.guards import plain

__all__ = ["SOMEBODY", "Unnamed"]

SOMEBODY = "a colleague"
"""What stands in place of a name."""

_MARKERS = frozenset({"as", "by", "for", "from", "of", "with"})
_GLUE = frozenset("_-.+")
_APOSTROPHE = "['’`\u2018\u00b4\u02bc]"
_POSSESSIVE = re.compile(rf"{_APOSTROPHE}s(?![^\W_])", re.IGNORECASE)
_OMITTED = re.compile(rf"{_APOSTROPHE}(?!s(?![^\W_]))(?=[^\W\d_])", re.IGNORECASE)
_AFTER_S = re.compile(rf"(?<=[sS]){_APOSTROPHE}(?=\s\w)")
_DOMAIN = re.compile(r"@[\w.-]*\w")
_NONE, _CASE, _JOINT, _SPACE = range(4)
_KEYS = (3, 2, 1)


@dataclass(frozen=True, slots=True)
class _Letters:
    """A text's folded letters and digits, where each comes from, and what lies before each (and after the last)."""

    text: str
    letters: str
    spans: list[tuple[int, int]]
    gaps: list[int]

    def word_before(self, index: int) -> int:
        """Where the word starts that ends there."""
        start = index - 1
        while start > 0 and self.gaps[start] == _NONE:
            start -= 1
        return max(start, 0)


class Unnamed:
    """Takes the names and addresses of a stack's people out of texts.

    A whole name goes wherever it stands and however it is joined, and so do an address, what stands before its @, and
    a family name. A given name goes only where the words around it say that a person is meant ("key of Dana",
    "Dana's sheet"), and so does a family name that is a word, or the name of a product: many names are words.
    """

    def __init__(self, stack: Stack) -> None:
        self._forms = widest(_forms(stack))
        found: defaultdict[str, list[Form]] = defaultdict(list)
        for form in sorted(self._forms.values(), key=lambda form: (-len(form.letters), form.letters)):
            found[form.letters[: _KEYS[0]]].append(form)
        self._by_start = dict(found)

    def __call__(self, text: str) -> str:
        """The text on one line, without names."""
        shown = plain(text)
        if not self._forms:
            return shown
        read = _read(unicodedata.normalize("NFC", shown))
        found = list(self._matches(read))
        return _without(read, found) if found else shown

    def _matches(self, read: _Letters) -> Iterator[tuple[int, int]]:
        """From which letter to which one is named, in order."""
        index = done = 0
        while index < len(read.letters):
            form = self._form_at(read, index)
            if form is None:
                index += 1
                continue
            end = index + len(form.letters)
            yield self._with_given(read, index, done) if form.use < Use.GIVEN else index, end
            index = done = end

    def _form_at(self, read: _Letters, index: int) -> Form | None:
        """The longest form that starts there."""
        for size in _KEYS:
            for form in self._by_start.get(read.letters[index : index + size], ()):
                if read.letters.startswith(form.letters, index) and _means(read, form, index):
                    return form
        return None

    def _with_given(self, read: _Letters, index: int, done: int) -> int:
        """Where the name starts that ends in that family name: before up to two initials, and a given name."""
        start = index
        for _ in range(3):
            before = read.word_before(start)
            if not read.gaps[start] or not done <= before < start:
                break
            form = self._forms.get(read.letters[before:start])
            if form is not None and Use.GIVEN <= form.use < Use.POSSESSIVE:
                return before
            if start - before > 1:
                break
            start = before
        return index


def _means(read: _Letters, form: Form, start: int) -> bool:
    """Whether the form, which stands there, means somebody there."""
    end = start + len(form.letters)
    inner = {at: gap for at in range(start + 1, end) if (gap := read.gaps[at]) > _CASE}
    if any(at - start not in form.breaks for at in inner):
        return False
    if not (read.gaps[start] and read.gaps[end]):
        return (form.use is Use.INSIDE and not inner) or (form.use <= Use.ANYWHERE and unspaced(form.letters))
    first, last = read.spans[start][0], read.spans[end - 1][1]
    match form.use:
        case Use.INSIDE | Use.ANYWHERE:
            return True
        case Use.UNSPACED:
            return _SPACE not in inner.values() and not read.text[last : last + 1].isdigit()
        case Use.TITLED:
            return read.text[first:last].istitle()
    if _POSSESSIVE.match(read.text, last):
        return True
    capital = form.use is Use.GIVEN or read.text[first].isupper()
    return form.use is not Use.POSSESSIVE and capital and _speaks_of_somebody(read, start, end)


def _speaks_of_somebody(read: _Letters, start: int, end: int) -> bool:
    """Whether what stands before these letters, or that nothing else stands there, says that a person is meant."""
    if start == 0 and end == len(read.letters):
        return True
    first = read.spans[start][0]
    if read.text[max(first - 2, 0) : first].rstrip().endswith(("(", "[")):
        return True
    word = read.letters[read.word_before(start) : start] if start else ""
    return word in _MARKERS or (word == "to" and read.letters.endswith("belongsto", 0, start))


def _read(text: str) -> _Letters:
    letters: list[str] = []
    spans: list[tuple[int, int]] = []
    gaps: list[int] = []
    gap, last = _SPACE, -1
    for index, char in enumerate(text):
        bare = folded(char)
        if not bare:
            if spans and unicodedata.category(char)[0] == "M":
                spans[-1] = (spans[-1][0], index + 1)
            elif not (gap == _NONE and last == index - 1 and _OMITTED.match(text, index)):
                gap = max(gap, _JOINT if char in _GLUE or _POSSESSIVE.match(text, index) else _SPACE)
            continue
        before = max(gap, _case_gap(text, last, index)) if last >= 0 else _SPACE
        letters.append(bare)
        spans.extend((index, index + 1) for _ in bare)
        gaps.extend((before, *(_NONE for _ in bare[1:])))
        gap, last = _NONE, index
    return _Letters(text, "".join(letters), spans, [*gaps, _SPACE])


def _case_gap(text: str, last: int, index: int) -> int:
    """Whether a word starts there by its case or kind: DanaOkafor, HTMLReport, okafor2."""
    one, other = text[last], text[index]
    starts = one.islower() or (one.isupper() and text[index + 1 : index + 2].islower())
    turned = one.isdigit() != other.isdigit() or unspaced(one) != unspaced(other)
    return _CASE if turned or (other.isupper() and starts) else _NONE


def _without(read: _Letters, found: Iterable[tuple[int, int]]) -> str:
    said, done = "", 0
    for start, end in found:
        first, last = read.spans[start][0], read.spans[end - 1][1]
        ahead, after = _after(read.text, last)
        said += _before(read.text[done:first]) + SOMEBODY + ahead
        done = after
    return said + read.text[done:]


def _before(text: str) -> str:
    """What stands before a name, apart from it."""
    if text[-1:] in _GLUE and text[-2:-1].isalnum():
        text = text[:-1]
    return f"{text} " if text[-1:].isalnum() else text


def _after(text: str, end: int) -> tuple[str, int]:
    """What follows the words that replace a name, and where the text goes on."""
    if possessive := _POSSESSIVE.match(text, end) or _AFTER_S.match(text, end):
        return "'s", possessive.end()
    if domain := _DOMAIN.match(text, end):
        return "", domain.end()
    glued = text[end : end + 1] in _GLUE and text[end + 1 : end + 2].isalnum()
    following = text[end + glued : end + glued + 1]
    if following.isalnum():
        return (" " if following.isdigit() else "'s "), end + glued
    return "", end


def _forms(stack: Stack) -> Iterator[Form]:
    """Every form of every name and address of the people in the stack."""
    taken = _taken(stack)
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


def _taken(stack: Stack) -> frozenset[str]:
    """The words of products, and of the domains that several people share: somebody's name perhaps, but a company's."""
    words = {word for node in stack.accounts for word in (product_of(node) or "").casefold().split("-")}
    domains = Counter(
        domain for person in stack.people for domain in {email.rpartition("@")[2] for email in _emails(stack, person)}
    )
    shared = {word for domain, people in domains.items() if people > 1 for word in domain.casefold().split(".")}
    return frozenset(words | shared)
