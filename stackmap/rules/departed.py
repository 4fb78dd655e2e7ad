"""OO and PA: people who have left, by what directories and staff lists say, and what still carries their name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain

from stackmap.analysis import Account, Whereabouts
from stackmap.analysis.departures.named_owners import answers, is_backup
from stackmap.analysis.mailboxes import mail_to
from stackmap.model import AccountType, EdgeKind, Link, NodeKind, Severity, Vertex
from stackmap.rules.base import Blind, Change, FixedAt, Hit, Rule, needs_of, rule
from stackmap.rules.case import Case
from stackmap.rules.naming import several

__all__ = ["RULES"]

_NO_LIST = "no directory and no staff list was read, so nobody can tell who has left"
_BEHIND = (EdgeKind.RUNS_AS, EdgeKind.AUTHORIZED_BY, EdgeKind.ROUTES_TO)


@rule(
    "OO11",
    "Login still on of somebody who has left",
    Severity.HIGH,
    needs=needs_of(NodeKind.ACCOUNT),
    change=Change("Hand over what {login} carries, then switch it off", FixedAt.LOGIN, overdue=True),
)
def login_of_the_departed(case: Case) -> Iterator[Hit | Blind]:
    """What it finds: a login that is still on, of somebody who has left: every login that directories list of them is
    switched off, or the staff list says that they are gone. Where these differ and the newest has them as gone, the
    finding names the other; where the newest has them as here, it is not judged, and both are named. Where things run
    as that login, or it administers the system, it is ranked one higher; where nobody read whether it is on, or the
    directory's list of users was not read to the end, one lower.

    Why it matters: whoever left can still get in, wherever the login needs no sign-in through the directory; and
    nobody looks after what it carries. Whatever was read as running may stop on the day somebody notices the login.

    How to fix it:
    1. Ask `stackmap leave` about that person: it says what stops when the login goes.
    2. Move what it carries to logins that belong to no person, or to somebody who stays.
    3. Switch the login off, and sign out its open sessions; verify one run of everything that hung on it.
    4. Read the system again: the finding is gone when the login is off.

    When it is wrong: the person came back, or the login is used by somebody else by now; write that into your notes, or
    set its type with `stackmap people classify`. Whoever is only suspended in the directory is not meant.

    Evidence used: who is switched off in the directory or gone on the staff list; which logins are theirs, and why;
    which of them are on.
    """
    whereabouts = case.stack.whereabouts
    if not any(one.words for one in whereabouts.values()):
        yield from (Blind(system, _NO_LIST) for system in sorted(set(_scopes(case))))
        return
    unknown: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for account in case.stack.accounts.values():
        if account.off or account.id in case.stack.directory_accounts or not account.type.may_be_a_persons:
            continue
        people = {tie.person: whereabouts[tie.person] for tie in account.holders}
        if people and all(one.here is False or one.half for one in people.values()):
            yield _still_on(case, account, people)
        elif not any(one.here and not one.differing for one in people.values()):
            for system in case.systems_of(account.id):
                unknown[system][_doubt(people.values())].append(case.graph.called(account.id))
    for system, reasons in sorted(unknown.items()):
        yield Blind(system, "; ".join(f"{why} {several(sorted(names))}" for why, names in sorted(reasons.items())))


def _doubt(people: Iterable[Whereabouts]) -> str:
    """Why nobody can tell whether the users of a login are here, as the beginning of a sentence that names it."""
    doubts = sorted({doubt for one in people for doubt in (*one.doubts, *_differ(one))})
    if not doubts:
        return "no directory and no staff list has whoever uses"
    return f"nobody can tell ({'; '.join(doubts)}) of whoever uses"


def _differ(person: Whereabouts) -> Iterator[str]:
    """That sources differ, where the newest has somebody as here."""
    if person.here and person.differing:
        here = several(sorted({word.told(date.isoformat) for word in person.words if word.here}))
        gone = several(sorted({word.told(date.isoformat) for word in person.differing}))
        yield f"here, says {here}; {gone} {'says' if len(person.differing) == 1 else 'say'} otherwise"


def _scopes(case: Case) -> Iterator[str]:
    for account in case.stack.accounts:
        yield from case.systems_of(account)


def _still_on(case: Case, account: Account, people: Mapping[str, Whereabouts]) -> Hit:
    told = {one.id for person in people for one in case.stack.accounts_of[person]} & case.stack.directory_accounts
    gone = [vertex for one in (*people, *sorted(told)) if (vertex := case.graph.get(one))]
    ties = [item for tie in account.holders for item in tie.link.evidence]
    evidence = tuple(sorted({*ties, *chain.from_iterable(vertex.evidence for vertex in gone)}))
    names = [case.person_name(person) for person in people]
    read = (vertex := case.graph.get(account.id)) is not None and vertex.active is not None
    state = "is still on" if read else "was not read as switched off"
    parts = [f"{_login(case, account.id, names)} {state}, and {several(_told_of(case, people))}"]
    carries = _carried(case, account.id)
    parts += [f"{several(carries)} {'hangs' if len(carries) == 1 else 'hang'} on it"] if carries else []
    half = sorted({name for one in people.values() for name in one.half})
    whys = ["something hangs on it"] if carries else []
    whys += ["whether it is on was not read"] if not read else []
    if half:
        whys.append(f"the list of users of {several(half)} was not wholly read: they may have another login there")
    return Hit(account.id, (), "; ".join(parts), evidence, bool(carries) - (not read) - bool(half), "; ".join(whys))


def _told_of(case: Case, people: Mapping[str, Whereabouts]) -> list[str]:
    """What is known of each: that they have left, or only that a directory has their login off; and who differs."""
    told = []
    for person, one in people.items():
        name = case.person_name(person)
        if one.here is None:
            places = several(sorted({word.source for word in one.words if word.how}))
            told.append(f"{name}'s login in {places} is switched off")
            continue
        since = f" (on {one.since})" if one.since else ""
        but = several(sorted({word.told(date.isoformat) for word in one.differing}))
        told.append(f"{name} has left{since}" + (f", though {but} says otherwise" if but else ""))
    return told


def _login(case: Case, login: str, names: Sequence[str]) -> str:
    name, place = case.graph.called(login), case.graph.system_name(login)
    of = f"the login of {names[0]}" if [name] == list(names) else f"the login {name}"
    return f"{of} in {place}" if place else of


def _carried(case: Case, login: str) -> list[str]:
    """The names of what runs as a login or is signed in with its tokens, and of the systems that it administers."""
    users = {link.source for link in case.graph.into(login, *_BEHIND)}
    users |= {link.source for user in users for link in case.graph.into(user, EdgeKind.AUTHENTICATES_WITH)}
    things = {one for one in users if one in case.analysis.counted}
    things |= {link.target for link in case.graph.out(login, EdgeKind.ADMINISTERS)}
    return sorted(case.graph.called(one) for one in things)


@rule(
    "OO08",
    "Declared owner has left",
    Severity.MEDIUM,
    needs=needs_of((NodeKind.AUTOMATION, NodeKind.INTEGRATION)),
    change=Change("Name somebody who is here as owner of {things}", FixedAt.SYSTEM),
)
def declared_owner_gone(case: Case) -> Iterator[Hit | Blind]:
    """What it finds: a thing whose owners, as your notes or imported lists name them, have all left: every login of
    theirs is off, or a directory or the staff list says that they are gone. Where no backup is named either, it is
    ranked one higher.

    Why it matters: what was written down sends whoever looks for help to somebody who cannot answer, and the thing has
    nobody in truth. An owner on paper hides that better than no owner would.

    How to fix it:
    1. Ask the team of the one who left who does the work now.
    2. Write the new owner, and a backup, where the old one is named: into your notes, or into the list; import that
       again.
    3. Verify that both can open it in the system: an owner without rights cannot act.

    When it is wrong: the owner has a login that was not tied to them; tie it with `stackmap people merge`.

    Evidence used: the owners and backups in your notes and imported files; which people are still here.
    """
    for thing in case.analysis.counted.values():
        owners = [link for link in case.graph.out(thing.id, EdgeKind.OWNED_BY) if link.declared]
        named = [link for link in owners if not is_backup(link)]
        answering = {link.target: answers(case.stack, link.target) for link in named}
        if True in answering.values() or not named:
            continue
        if unknown := sorted(case.graph.called(owner) for owner, here in answering.items() if here is None):
            reason = f"whether {several(unknown)} is still here was not read"
            yield from (Blind(system, reason) for system in case.systems_of(thing.id))
        else:
            yield _ownerless(case, thing, named, owners)


def _ownerless(case: Case, thing: Vertex, named: Sequence[Link], owners: Iterable[Link]) -> Hit:
    names = sorted(case.graph.called(link.target) for link in named)
    evidence = tuple(sorted({item for link in named for item in link.evidence}))
    because = f"{case.graph.called(thing.id)} is owned by {several(names)}, {_why_none_answers(case, named)}"
    backups = {answers(case.stack, link.target) for link in owners if is_backup(link)}
    if True in backups:
        return Hit(thing.id, (), f"{because}; a backup is here", evidence)
    if None in backups:
        return Hit(thing.id, (), f"{because}; whether a backup is here was not read", evidence)
    return Hit(thing.id, (), because, evidence, 1, "no backup is here either")


def _why_none_answers(case: Case, named: Sequence[Link]) -> str:
    """That the owners have left, where that is known of each; else only that no login of theirs is in use."""
    one = len(named) == 1
    people = [case.stack.whereabouts.get(link.target) for link in named]
    if all(person is not None and person.here is False for person in people):
        return f"who {'has' if one else 'have'} left"
    if all(person is not None for person in people):
        return "who has no login in use any more" if one else "none of whom has a login in use any more"
    return "and nobody behind it is here any more" if one else "and nobody of them is here any more"


# Who mails what to the address of a login:
# password resets: https://help.salesforce.com/s/articleView?id=000385234&type=1 and
# https://knowledge.hubspot.com/account-security/reset-user-passwords;
# codes to sign in: https://help.salesforce.com/apex/HTViewHelpDoc?id=xcloud.security_activation_about.htm;
# failures, to whoever saved the code last:
# https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_exception_definition.htm,
# and to the account's address: https://help.zapier.com/hc/en-us/articles/8496289225229;
# certificates, to administrators: https://help.salesforce.com/s/articleView?id=000385781&type=1.
# No source was found for a mail before a password runs out.
@rule(
    "PA09",
    "Integration login with a person's mailbox",
    Severity.HIGH,
    needs=needs_of(NodeKind.ACCOUNT),
    change=Change("Give {login} a mailbox that several people read", FixedAt.LOGIN),
)
def mailbox_of_a_person(case: Case) -> Iterator[Hit | Blind]:
    """What it finds: a login that programs use, whose e-mail address is one person's.

    Why it matters: a password reset goes to that mailbox. Some platforms also send there codes that confirm a sign-in,
    notices that something failed, or, to a login with an administrator's rights, warnings that a certificate expires.
    When the person leaves, nobody reads any of them; and whoever takes over the mailbox may get in by a password reset.

    How to fix it:
    1. Make, or choose, a mailbox that several people read.
    2. Change the login's address to it, and confirm the mail that the platform may send for that.
    3. Verify it with a password reset in a quiet hour only if nothing signs in by password; else send a test notice.

    When it is wrong: the login is that person's own, and a program uses it too: set its type with
    `stackmap people classify`, and other findings take its place.

    Evidence used: the login's address and type; the addresses of people.
    """
    yield from _addresses_not_read(case)
    for account, person in mail_to(case.stack, case.stack.people):
        vertex = case.graph.get(account.id)
        if vertex is not None and account.type is AccountType.INTEGRATION:
            because = f"the mail of {case.graph.called(account.id)} goes to {case.person_name(person)}'s mailbox"
            yield Hit(account.id, (), because, vertex.evidence)


def _addresses_not_read(case: Case) -> Iterator[Blind]:
    """Logins of programs that no list gives an address, or that lost it when somebody was erased."""
    unread: dict[str, list[str]] = defaultdict(list)
    for account in case.stack.accounts.values():
        if account.type is AccountType.INTEGRATION and not account.off and not case.stack.email_of(account.id):
            for system in case.systems_of(account.id):
                unread[system].append(case.graph.called(account.id))
    for system, names in sorted(unread.items()):
        yield Blind(system, f"whose mailbox {several(sorted(names))} has was not read")


RULES: tuple[Rule, ...] = (login_of_the_departed, declared_owner_gone, mailbox_of_a_person)
