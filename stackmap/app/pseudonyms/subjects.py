"""Who needs a stand-in: people, and logins of somebody who is not known; what each is called."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from stackmap.analysis import Stack
from stackmap.app.names.forms import ORDINARY, Form, Use, folded, name_forms, unspaced
from stackmap.app.names.unnamed import taken_words
from stackmap.app.pseudonyms.nicknames import handle_forms, is_function, short_genitives
from stackmap.identity.given_names import GIVEN_NAMES
from stackmap.identity.login_names import read_name
from stackmap.model import AccountType, Fact, IdentityHints, Node, NodeKind, normalise_email, product_of

__all__ = ["EMPLOYEE_NUMBERS", "NO_MAIL", "Subject", "code_of", "forms_of", "subjects_of", "words_taken"]

NO_MAIL = "pseudonym.invalid"
"""The domain of addresses that stand in for others; `.invalid` leads nowhere for good (RFC 2606, section 2)."""

_LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"  # no vowels: no words; nothing that is mistaken for something else
_LENGTH = 4
EMPLOYEE_NUMBERS = frozenset({"employee_number", "employee_id", "person_number"})
"""Properties that hold one."""

_MINTED = re.compile(r"person-(\d+)")
_SHORTEST = 3
_LOOSE = frozenset({AccountType.HUMAN, AccountType.UNKNOWN, AccountType.INTEGRATION})


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody with a stand-in. `logins` are those that are this person's alone; a loose login stands for itself.

    `handles` are other names in one word: what a login is called, the key in your notes. `numbers`: employee
    numbers.

    `shown` stands in a sentence, `token` in an id or joined to other words, `address` for every e-mail address.
    """

    id: str
    names: tuple[str, ...]
    emails: tuple[str, ...]
    logins: tuple[str, ...]
    loose: bool = False
    shown: str = ""
    token: str = ""
    address: str = ""
    handles: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


def code_of(salt: str, text: str, length: int = _LENGTH) -> str:
    """Letters that say nothing to who has not got the salt, and are the same for the same text."""
    number = int.from_bytes(hmac.digest(salt.encode(), text.encode(), hashlib.sha256))
    found = ""
    for _ in range(length):
        number, index = divmod(number, len(_LETTERS))
        found += _LETTERS[index]
    return found


def words_taken(stack: Stack) -> frozenset[str]:
    """Words that name a product or the company. A given name beside other words is none: jürgen-s-laptop."""
    products = {product.casefold() for node in stack.accounts if (product := product_of(node))}
    joined = {word for product in products if "-" in product for word in product.split("-")} - products
    return frozenset(taken_words(stack) - {word for word in joined if _bare_letters(word) in GIVEN_NAMES})


def _bare_letters(word: str) -> str:
    return "".join(map(folded, word))


def subjects_of(
    stack: Stack, facts: Iterable[Fact], hints: IdentityHints, salt: str, aliases: Mapping[str, str] | None = None
) -> tuple[Subject, ...]:
    """Everybody, in the order in which they were first known: who comes later never changes an earlier stand-in.

    `aliases`: earlier ids of people and logins, with those that they have now.
    """
    said = _said(facts, hints, aliases or {})
    taken: set[str] = set()
    found = []
    for subject in sorted(_bare(stack, said), key=lambda one: (one.loose, *_age(one.id))):
        length = _LENGTH
        while (code := code_of(salt, subject.id, length)) in taken:
            length += 1
        taken.add(code)
        folded = code.lower()
        shown, token, address = f"Person {code}", f"person-{folded}", f"{folded}@{NO_MAIL}"
        found.append(replace(subject, shown=shown, token=token, address=address))
    return tuple(found)


def _age(person: str) -> tuple[int, str]:
    minted = _MINTED.fullmatch(person)
    return (int(minted[1]) if minted else 0), person


@dataclass(frozen=True, slots=True)
class _Told:
    """All that any source says of how a person or a login is called."""

    names: set[str] = field(default_factory=set)
    emails: set[str] = field(default_factory=set)
    handles: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)

    def read(self, node: Node, ids: Collection[str]) -> None:
        """Take what one fact says of who has had these ids."""
        known = node.properties
        self.names.add(node.name)
        self.emails.update(filter(None, (known.get("email", ""), *known.get("aliases", ()))))
        self.numbers.update(str(known[key]) for key in EMPLOYEE_NUMBERS if known.get(key))
        if node.kind is NodeKind.PERSON:
            own = {unquote(one.rpartition("/")[2]) for one in ids if "/" in one}
            self.numbers.update(one for one in own if any(map(str.isdigit, one)))
        elif isinstance(login := known.get("login"), str):
            self.handles.add(login.partition("@")[0])


_Said = Mapping[str, _Told]


def _said(facts: Iterable[Fact], hints: IdentityHints, aliases: Mapping[str, str]) -> _Said:
    """By id: now, and as it was earlier."""
    ids: dict[str, set[str]] = defaultdict(set)
    for old, now in aliases.items():
        ids[now].add(old)
    said: dict[str, _Told] = defaultdict(_Told)
    for fact in facts:
        if isinstance(fact, Node) and fact.kind in {NodeKind.PERSON, NodeKind.ACCOUNT}:
            said[fact.id].read(fact, {fact.id} | ids.get(fact.id, set()))
    for person in hints.people:
        told = said[aliases.get(person.id, person.id)]
        told.names.add(person.name)
        told.emails.update(person.emails)
        told.handles.add(person.id)
    return said


def _bare(stack: Stack, said: _Said) -> Iterator[Subject]:
    alone = {account.id for account in stack.accounts.values() if len(account.holders) == 1}
    for person in stack.people:
        held = [account for account in stack.accounts_of.get(person, ()) if account.id in alone]
        logins = tuple(account.id for account in held if account.type is not AccountType.SHARED)
        yield _subject(person, (person, *logins), said, logins)
    for account in stack.accounts.values():
        if not account.holders and account.type in _LOOSE and _is_called_after_somebody(account.id, account.type, said):
            yield _subject(account.id, (account.id,), said, (account.id,), loose=True)


def _subject(
    node: str, sources: Iterable[str], said: _Said, logins: tuple[str, ...], *, loose: bool = False
) -> Subject:
    known = [said[one] for one in sources if one in said]
    names = {name.strip() for one in known for name in one.names if name.strip()}
    emails = {email for one in known for email in one.emails} | {name for name in names if "@" in name}
    own = tuple(sorted(name for name in names if "@" not in name))
    addresses = tuple(sorted(filter(None, map(normalise_email, emails))))
    handles = tuple(sorted({handle for one in known for handle in one.handles}))
    numbers = tuple(sorted({number for one in known for number in one.numbers}))
    return Subject(node, own, addresses, logins, loose, handles=handles, numbers=numbers)


def _is_called_after_somebody(account: str, kind: AccountType, said: _Said) -> bool:
    told = said.get(account, _Told())
    names, emails = told.names, told.emails
    if kind is AccountType.HUMAN:
        return True
    signs = [read_name(name, ()) for name in names if "@" not in name]
    if any(one.clean and len(one.own) == len(one.tokens) == 2 for one in signs):
        return True
    addresses = [*emails, *(name for name in names if "@" in name)]
    return kind is AccountType.UNKNOWN and any(
        read_name(local, ()).own and not is_function(local)
        for local in (address.partition("@")[0] for address in addresses)
    )


def forms_of(subject: Subject, taken: Collection[str]) -> Iterator[Form]:
    """How somebody may be written, wider than in texts for newcomers: a given name alone, what is before the @."""
    for name in subject.names:
        for form in name_forms(name, taken):
            yield from _widened(form, taken)
        for word in read_name(name, ()).parts:
            if (bare := _bare_letters(word)) not in taken:
                yield from short_genitives(bare)
    called = (one for one in subject.handles if read_name(one, ()).own or one in ORDINARY)  # not "owner", not "user"
    yield from handle_forms((*(email.partition("@")[0] for email in subject.emails), *called), taken)


def _widened(form: Form, taken: Collection[str]) -> Iterator[Form]:
    """Alone, a given name is enough; one that is a word as well needs its capital. A known word stays what it is."""
    letters = form.letters
    if len(letters) == 1:
        return
    known = letters in taken or (len(form.breaks) == 1 and not read_name(letters, ()).own)
    if form.use < Use.GIVEN or known:
        yield form
    elif form.use is Use.GIVEN and (len(letters) > 2 or unspaced(letters)):
        yield Form(letters, form.breaks, Use.ANYWHERE)
        if len(letters) > _SHORTEST and letters.isascii():  # as some languages put a genitive, and many people anyway
            yield Form(f"{letters}s", frozenset({len(letters) + 1}), Use.ANYWHERE)
    else:
        yield Form(letters, form.breaks, Use.TITLED)
