"""SA: systems that too few people can administer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from stackmap.analysis import unseen
from stackmap.analysis.compiling.care import Carer
from stackmap.model import AccountType, EdgeKind, Evidence, NodeKind, Severity, kind_of, system_of
from stackmap.rules.base import Blind, Change, FixedAt, Hit, Rule, needs_of, rule
from stackmap.rules.case import Case
from stackmap.rules.naming import off_words, several

__all__ = ["RULES"]


@dataclass(frozen=True, slots=True)
class _Admins:
    """Who administers a system today.

    Of the logins that its list names, `gone` are those that are off or whose holders have left, and `unsure` those of
    which nobody knows who uses them.
    """

    system: str
    scope: str
    name: str
    people: Mapping[str, Sequence[Carer]]
    listed: tuple[str, ...]
    unsure: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def logins(self) -> tuple[str, ...]:
        return tuple(sorted({carer.account.id for carers in self.people.values() for carer in carers if carer.account}))

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return tuple(sorted({item for carers in self.people.values() for one in carers for item in one.link.evidence}))


@rule(
    "SA01",
    "One active administrator or none",
    Severity.CRITICAL,
    needs=needs_of(EdgeKind.ADMINISTERS, NodeKind.ACCOUNT),
    change=Change("Give {system} two active administrators", FixedAt.SYSTEM),
    from_absence=True,
)
def sole_active_admin(case: Case) -> Iterator[Hit | Blind]:
    """What it finds: a system in which only one person, or nobody any more, has an active login with administrator's
    rights.

    Why it matters: when that person is away or gone, nobody can reconnect, re-assign or unlock anything in the system,
    so every other hand-over there waits for the vendor's support.

    How to fix it:
    1. Where nobody is left: ask the vendor's support, or whoever pays the contract, to make somebody administrator.
    2. Give a second person administrator's rights, on a login of their own.
    3. Verify the rights: let that person open the list of users and the settings of one integration.
    4. Put a practice log-in into the calendar, once a quarter.

    When it is wrong: another administrator signs in through a login that was taken for a shared one or a service
    login; write its holder into your notes.

    Evidence used: the system's own list of administrators, read whole; which logins are active; who holds them.
    """
    for admins in _administered(case):
        if len(admins.people) < 2 and admins.unsure:
            yield Blind(admins.scope, _uncertain(admins))
        elif len(admins.people) == 1:
            (person,) = admins.people
            because = f"{admins.name} has one active administrator: {case.person_name(person)}"
            yield Hit(admins.system, admins.logins, because, admins.evidence)
        elif not admins.people and admins.gone:
            yield Hit(admins.system, admins.gone, _nobody_left(case, admins), _evidence_of_gone(case, admins))
        elif not admins.people:
            yield Blind(admins.scope, _uncertain(admins))


@rule(
    "SA02",
    "A second administrator on paper only",
    Severity.HIGH,
    needs=needs_of(EdgeKind.ADMINISTERS, NodeKind.ACCOUNT),
    change=Change("A practice log-in of the second administrator of {system}", FixedAt.SYSTEM),
    from_absence=True,
)
def paper_redundancy(case: Case) -> Iterator[Hit | Blind]:
    """What it finds: a system with two active administrators or more, of whom at most one logged in within 90 days.

    Why it matters: a backup who never signs in may have a lost second factor, an expired password or no idea of where
    things are, and that shows on the day the backup is needed.

    How to fix it:
    1. Ask each backup to sign in now, and to verify that the settings of the integrations open.
    2. Repeat it once a quarter, on a date in the calendar.
    3. Where somebody no longer wants the task, give the rights to somebody who does.

    When it is wrong: they sign in with another login than the one that was read, or in a way that the system does not
    count as a log-in.

    Evidence used: the system's own list of administrators, read whole; each login's last use as the system tells it.
    """
    for admins in _administered(case):
        if len(admins.people) < 2:
            yield Blind(admins.scope, _no_backup(admins))
            continue
        used = {person: _practised(case, carers) for person, carers in admins.people.items()}
        seen = sum(answer is True for answer in used.values())
        unread = sum(answer is None for answer in used.values())
        if seen < 2 and unread:
            yield Blind(admins.scope, f"the last log-in of {unread} of {len(used)} administrators was not read")
        elif seen < 2:
            because = f"of {len(used)} administrators of {admins.name}, {seen or 'none'} logged in within 90 days"
            yield Hit(admins.system, admins.logins, because, admins.evidence)


def _administered(case: Case) -> Iterator[_Admins]:
    """Every system, with its administrators; those that only an administrator's login names are systems too."""
    named = {link.target for link in case.graph.links(EdgeKind.ADMINISTERS)}
    systems = {target for target in named if kind_of(target) is NodeKind.SYSTEM}
    systems.update(vertex.id for vertex in case.graph.vertices(NodeKind.SYSTEM) if not vertex.switched_off)
    for system in sorted(systems):
        people: dict[str, list[Carer]] = defaultdict(list)
        for carer in case.analysis.care.carers(system):
            if carer.link.kind is EdgeKind.ADMINISTERS and carer.sure and carer.person:
                people[carer.person].append(carer)
        scope = system_of(system) or system
        logins = sorted({link.source for link in case.graph.into(system, EdgeKind.ADMINISTERS)})
        unsure = tuple(login for login in logins if _unsure(case, login))
        gone = tuple(login for login in logins if _gone(case, login))
        yield _Admins(system, scope, case.systems.get(scope, system), people, tuple(logins), unsure, gone)


def _unsure(case: Case, login: str) -> bool:
    """Whether somebody more may administer through a login: never read, of unknown type, or shared by nobody known."""
    account = case.stack.account(login)
    if account is None:
        return True
    unnamed = account.type is AccountType.SHARED and not account.holders
    return not account.off and (unnamed or account.type is AccountType.UNKNOWN)


def _gone(case: Case, login: str) -> bool:
    """Whether nobody can administer through a login any more: it is off, or all its holders have left."""
    account = case.stack.account(login)
    if account is None:
        return False
    holders = [tie.person for tie in account.holders]
    return account.off or (bool(holders) and not any(map(case.stack.still_here, holders)))


def _nobody_left(case: Case, admins: _Admins) -> str:
    names = several([case.graph.called(login) for login in admins.gone])
    logins = f"the login {names} is" if len(admins.gone) == 1 else f"the logins {names} are"
    off = all(account is not None and account.off for account in map(case.stack.account, admins.gone))
    why = off_words(case, admins.gone) if off else "of people who have left"
    return f"nobody active administers {admins.name}: {logins} {why}"


def _evidence_of_gone(case: Case, admins: _Admins) -> tuple[Evidence, ...]:
    links = case.graph.into(admins.system, EdgeKind.ADMINISTERS)
    return tuple(sorted({item for link in links if link.source in admins.gone for item in link.evidence}))


def _uncertain(admins: _Admins) -> str:
    if admins.unsure:
        more = " more" if admins.people else ""
        return f"who uses {len(admins.unsure)}{more} of its administrators' logins is not known"
    if not admins.listed:
        return "its lists name no administrator"
    return "none of its administrators' logins is known to be a person's"


def _no_backup(admins: _Admins) -> str:
    """Why the question of practice does not arise."""
    if admins.unsure or not (admins.people or admins.gone):
        return _uncertain(admins)
    return "only one active administrator (SA01)" if admins.people else "no active administrator (SA01)"


def _practised(case: Case, carers: Sequence[Carer]) -> bool | None:
    answers = {_used(case, carer.account.id) for carer in carers if carer.account}
    if True in answers:
        return True
    return None if None in answers else False


def _used(case: Case, account: str) -> bool | None:
    vertex = case.graph.get(account)
    properties = vertex.properties if vertex else {}
    windows = properties.get("used_within")
    read = "last_used" in properties or (isinstance(windows, Mapping) and windows.get("90") in {"yes", "no"})
    return not unseen(properties, case.as_of) if read else None


RULES: tuple[Rule, ...] = (sole_active_admin, paper_redundancy)
