"""CV: honesty about our own sight. These rules judge coverage, need nothing, and are always shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from stackmap.analysis import Presence
from stackmap.model import (
    EDGE_KINDS,
    AccountType,
    Coverage,
    EdgeKind,
    Evidence,
    How,
    Link,
    NodeKind,
    Reach,
    Severity,
    Vertex,
    kind_of,
)
from stackmap.rules.base import Blind, Hit, Rule, rule
from stackmap.rules.case import Case
from stackmap.rules.naming import several

__all__ = ["OWN_ONLY", "RULES"]

OWN_ONLY = "own-only"
"""The `vendor_code` of a list that shows nothing but the records of the login that reads, or of one person."""

_BY_ROW = tuple(kind for kind, meaning in EDGE_KINDS.items() if meaning.by_row)


@rule("CV01", "A list was refused", Severity.INFO)
def scope_missing(case: Case) -> Iterator[Hit | Blind]:
    """What it finds: a list that the system refused to show to the login that stackmap reads with.

    Why it matters: what that list would show is unknown, not clean; no rule that needs it can be clear.

    How to fix it:
    1. Ask the system's administrator for the permission that the finding names, or for an export of the list.
    2. Verify with "stackmap doctor", then collect again.

    When it is wrong: somebody decided that this list stays closed; accept the finding in your notes with that reason.

    Evidence used: the answer to the latest attempt to read the list.
    """
    for item in case.coverage:
        if item.state is Reach.DENIED:
            untold = [need for need in item.needs if need not in item.reason]
            needs = f" (needs {', '.join(untold)})" if untold else ""
            yield _about(case, item, f'{_place(case, item)} refused the list "{item.inventory}": {item.reason}{needs}')


@rule("CV02", "A list was not read whole", Severity.INFO)
def truncated_read(case: Case) -> Iterator[Hit | Blind]:
    """What it finds: a list of which a part was read, or nothing: the vendor shows no more, a day's quota was nearly
    spent, or something failed on the way. Lists that were refused are told apart (CV01).

    Why it matters: what was found in it counts, but nothing can be concluded from what is not in it.

    How to fix it:
    1. Read the reason in the finding. After a spent quota or a failure, collect again at a quiet hour.
    2. Where the vendor shows no more than that, write what is missing into your notes, or import an export that an
    administrator makes ("stackmap connectors show NAME" says what each list needs).

    When it is wrong: there is nothing beyond what was read; accept the finding in your notes with that reason.

    Evidence used: how the latest attempt to read the list ended, and how many records it gave.
    """
    for item in case.coverage:
        if item.state is Reach.PARTIAL:
            read = f", {item.records} records" + (f" as of {item.read_at.date().isoformat()}" if item.read_at else "")
            yield _about(case, item, f"{_list_of(case, item)} was read in part{read}: {item.reason}")
        elif item.state is Reach.FAILED:
            yield _about(case, item, f"{_list_of(case, item)} could not be read: {item.reason}")


@rule("CV03", "A list showed only what its reader owns", Severity.INFO)
def own_records_only(case: Case) -> Iterator[Hit | Blind]:
    """What it finds: a list that shows the login stackmap reads with nothing but what belongs to that login, and an
    imported file that holds only what belongs to one person.

    Why it matters: the answer looks complete and is not; other people's tokens and workflows stay out of sight.

    How to fix it:
    1. Ask the system's administrator for the permission to see everybody's records, or for a key that has it. Of a
    file, ask for the same export of everybody else.
    2. Collect or import again, and verify that more is there.

    When it is wrong: the login really owns everything there is, or every other file is here already; accept the
    finding in your notes with that reason.

    Evidence used: a sign in the vendor's answer that the list was limited to the login that asked; of a file, what its
    kind holds.
    """
    for item in case.coverage:
        if item.vendor_code == OWN_ONLY:
            yield _about(case, item, f"{_list_of(case, item)} {_shown_of(item)}")


@rule("CV04", "A login is tied to nobody", Severity.INFO)
def unresolved_identity(case: Case) -> Iterator[Hit | Blind]:
    """What it finds: logins of people that could be tied to no person, and logins of unknown type or never read on
    which things hang. Those on which nothing hangs are counted once per system.

    Why it matters: whoever is behind them may be the person who leaves, so a departure can look safer than it is.

    How to fix it:
    1. Run "stackmap people": it lists the logins of nobody, and whose they could be.
    2. Write the holder into your notes (stack.yaml); for a login of no person, its type.
    3. Where a name does not tell, verify with the system's administrator who signed in there, or whose key it is.

    When it is wrong: it is a service login; once your notes say so, the finding is gone.

    Evidence used: the type of each login with its reasons; the ties by notes, directory id and e-mail.
    """
    idle: dict[str, list[str]] = defaultdict(list)
    for account in case.stack.accounts.values():
        nobody = account.anonymous or (account.type is AccountType.UNKNOWN and not account.holders)
        things = _hanging(case, account.id)
        if account.off or not nobody:
            continue
        if things:
            vertex = case.graph.get(account.id)
            yield _login(case, account.id, things, vertex.evidence if vertex else ())
        elif account.anonymous:
            for system in case.systems_of(account.id):
                idle[system].append(account.id)
    yield from _never_read(case)
    for system, logins in sorted(idle.items()):
        tied = "1 person's login is" if len(logins) == 1 else f"{len(logins)} people's logins are"
        yield Hit(_system_node(case, system), (), f"{tied} tied to nobody in {case.systems[system]}")


@rule("CV05", "A link was made by name", Severity.INFO)
def name_join(case: Case) -> Iterator[Hit | Blind]:
    """What it finds: two things that were joined because their names are equal, since the vendor shows no id that joins
    them (say, a token and the app it belongs to).

    Why it matters: when one of them is renamed the link is lost, and a namesake gains it; nobody is told.

    How to fix it:
    1. Verify the link with somebody who knows both ends.
    2. Write it into your notes; from then on it no longer hangs on the names.

    When it is wrong: the link may well be right; the finding says only how it was made.

    Evidence used: for each link, whether it was read, written down, or concluded from equal names.
    """
    for link in case.graph.links():
        if all(item.how is How.INFERRED_NAME for item in link.evidence):
            source, target = link.source, link.target
            if _is_person(case, source):
                source, target = target, source
            if not _is_person(case, source):
                yield Hit(source, (link.kind.value, target), _joined(case, link), link.evidence)


def _about(case: Case, item: Coverage, because: str) -> Hit:
    evidence = (Evidence(item.source, item.inventory),)
    return Hit(_system_node(case, item.system), (item.source, item.inventory), because, evidence)


def _shown_of(item: Coverage) -> str:
    """Whose records a list showed: nobody can be asked to show more of a file, so its reason tells."""
    from_file = item.state is Reach.PARTIAL and item.fix_by is None
    return f"shows {item.reason}" if from_file else "showed only what belongs to the reading login"


def _list_of(case: Case, item: Coverage) -> str:
    return f'{_place(case, item)}: the list "{item.inventory}"'


def _place(case: Case, item: Coverage) -> str:
    return case.systems.get(item.system, item.system) or item.source


def _system_node(case: Case, scope: str) -> str:
    """The id of a system's own node, or the scope where no source listed it."""
    return case.system_nodes.get(scope, scope or "unknown")


def _hanging(case: Case, login: str) -> list[Vertex]:
    """What hangs on a login: things, and tokens with their things."""
    users = [link.source for link in case.graph.into(login, *_BY_ROW)]
    tokens = [link.source for user in users for link in case.graph.into(user, EdgeKind.AUTHENTICATES_WITH)]
    found = (case.graph.get(one) for one in sorted({*users, *tokens}))
    return [vertex for vertex in found if vertex is not None and vertex.id in case.analysis.counted]


def _never_read(case: Case) -> Iterator[Hit]:
    targets = {link.target: link for link in case.graph.links(*_BY_ROW)}
    for target, link in sorted(targets.items()):
        is_login = kind_of(target) in {NodeKind.ACCOUNT, None}
        unread = is_login and target not in case.graph and case.stack.presence(target) is Presence.NEVER_READ
        things = _hanging(case, target) if unread else []
        if things:
            yield _login(case, target, things, link.evidence)


def _login(case: Case, login: str, things: list[Vertex], evidence: tuple[Evidence, ...]) -> Hit:
    names = several([case.graph.called(vertex.id) for vertex in things])
    verb = "hangs" if len(things) == 1 else "hang"
    what = f"{case.graph.called(login)}, a login tied to nobody" if login in case.graph else _unnamed(case, login)
    return Hit(login, (), f"{names} {verb} on {what}", evidence)


def _unnamed(case: Case, login: str) -> str:
    """A login that nobody read, by what was signed in with it."""
    keys = [f'"{case.graph.called(link.source)}"' for link in case.graph.into(login, EdgeKind.AUTHORIZED_BY)]
    return "a login that was not read" + (f", the one behind {several(keys)}" if keys else "")


def _is_person(case: Case, node_id: str) -> bool:
    vertex = case.graph.get(node_id)
    return vertex is not None and vertex.kind is NodeKind.PERSON


def _joined(case: Case, link: Link) -> str:
    says = EDGE_KINDS[link.kind].says
    return f"{case.graph.called(link.source)} {says} {case.graph.called(link.target)}: known by their names only"


RULES: tuple[Rule, ...] = (scope_missing, truncated_read, own_records_only, unresolved_identity, name_join)
