"""The vocabulary: kinds of node and edge, outcomes, certainties, and what they mean, as data.

Everything the analysis knows about a kind of edge stands in `EDGE_KINDS`; no other module may decide by
name what an edge of some kind does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from types import MappingProxyType

__all__ = [
    "CARRIED_OUTCOMES",
    "EDGE_KINDS",
    "STATE_OF_OUTCOME",
    "THING_KINDS",
    "AccountType",
    "Act",
    "Certainty",
    "EdgeKind",
    "EdgeMeaning",
    "End",
    "How",
    "Members",
    "NodeKind",
    "Outcome",
    "State",
]


class NodeKind(StrEnum):
    """What a node is. The value is the word used in fact files and outputs."""

    PERSON = "Person"
    TEAM = "Team"
    SYSTEM = "System"
    ACCOUNT = "Account"
    GROUP = "Group"
    ROLE = "Role"
    INTEGRATION = "Integration"
    GRANT = "Grant"
    CREDENTIAL = "Credential"
    AUTOMATION = "Automation"
    DATASET = "Dataset"
    ENDPOINT = "Endpoint"


THING_KINDS = frozenset(
    {NodeKind.SYSTEM, NodeKind.INTEGRATION, NodeKind.AUTOMATION, NodeKind.DATASET, NodeKind.ENDPOINT}
)
"""Only things are counted, weighted and given outcomes; the other kinds carry the explanation."""


class EdgeKind(StrEnum):
    """A relation, read as *subject VERB object*."""

    PART_OF = "PART_OF"
    HAS_ACCOUNT = "HAS_ACCOUNT"
    PROVISIONED_BY = "PROVISIONED_BY"
    HAS_ROLE = "HAS_ROLE"
    ADMINISTERS = "ADMINISTERS"
    RUNS_AS = "RUNS_AS"
    AUTHENTICATES_WITH = "AUTHENTICATES_WITH"
    AUTHORIZED_BY = "AUTHORIZED_BY"
    KNOWS = "KNOWS"
    CONNECTS = "CONNECTS"
    READS_FROM = "READS_FROM"
    WRITES_TO = "WRITES_TO"
    CALLS = "CALLS"
    TRIGGERS = "TRIGGERS"
    SERVED_BY = "SERVED_BY"
    ROUTES_TO = "ROUTES_TO"
    MAILBOX_OF = "MAILBOX_OF"
    NOTIFIES = "NOTIFIES"
    OWNED_BY = "OWNED_BY"
    MEMBER_OF = "MEMBER_OF"
    REPORTS_TO = "REPORTS_TO"
    CREATED_BY = "CREATED_BY"
    MODIFIED_BY = "MODIFIED_BY"
    DEPENDS_ON = "DEPENDS_ON"


class Act(StrEnum):
    """What happens to an account when its person leaves."""

    DEACTIVATED = "deactivated"
    FROZEN = "frozen"
    REMOVED = "removed"
    TRANSFERRED = "transferred"


class Outcome(StrEnum):
    """What switching something off does to what hangs on it."""

    STOPS = "stops"
    STARVES = "starves"
    LATER = "later"
    REFUSED = "refused"
    MOVED = "moved"
    SURVIVES = "survives"
    CASCADE = "cascade"
    UNOWNED = "unowned"
    MUTED = "muted"
    UNKNOWN = "unknown"


CARRIED_OUTCOMES = frozenset(Outcome) - {Outcome.UNOWNED, Outcome.MUTED}
"""Outcomes an edge may carry. `unowned` is computed from care, `muted` from notices."""


class State(IntEnum):
    """How a node fares: a chain, so that the worse of two is their maximum."""

    WORKS = 0
    LATER = 1
    STARVES = 2
    STOPS = 3

    @property
    def outcome(self) -> Outcome:
        """The outcome a person reads for this state. Raises KeyError for `WORKS`: it is no loss."""
        return _OUTCOME_OF_STATE[self]


_OUTCOME_OF_STATE = {
    State.LATER: Outcome.LATER,
    State.STARVES: Outcome.STARVES,
    State.STOPS: Outcome.STOPS,
}

STATE_OF_OUTCOME: Mapping[Outcome, State] = MappingProxyType(
    {outcome: state for state, outcome in _OUTCOME_OF_STATE.items()}
)
"""The outcomes that spread along edges, and how far. Every other outcome passes nothing when proven."""


class Certainty(IntEnum):
    """How sure a statement is. A stronger grade is a larger number, so the weaker of two is their minimum."""

    POSSIBLE = 0
    LIKELY = 1
    CERTAIN = 2

    @property
    def word(self) -> str:
        """The word used in files and outputs."""
        return self.name.lower()

    @classmethod
    def of(cls, word: str) -> Certainty:
        """The grade of a word. Raises ValueError naming the allowed words."""
        try:
            return cls[word.upper()]
        except KeyError:
            raise ValueError(f"{word!r} is no certainty: use certain, likely or possible") from None


class How(StrEnum):
    """How a fact came to be known."""

    OBSERVED = "observed"
    INFERRED_KEY = "inferred_key"
    INFERRED_NAME = "inferred_name"
    DECLARED = "declared"

    @property
    def certainty(self) -> Certainty:
        """Observed and declared are certain, joined by a key likely, joined by a name possible."""
        return _CERTAINTY_OF_HOW[self]


_CERTAINTY_OF_HOW = {
    How.OBSERVED: Certainty.CERTAIN,
    How.DECLARED: Certainty.CERTAIN,
    How.INFERRED_KEY: Certainty.LIKELY,
    How.INFERRED_NAME: Certainty.POSSIBLE,
}


class AccountType(StrEnum):
    """Whose login it is. Judged before, and apart from, the question who the person is."""

    HUMAN = "human"
    INTEGRATION = "integration"
    VENDOR_MANAGED = "vendor_managed"
    SHARED = "shared"
    UNKNOWN = "unknown"

    @property
    def may_be_a_persons(self) -> bool:
        """Somebody's own, or not known whose: it may go when one person goes."""
        return self in _PERSONS

    @property
    def is_a_programs(self) -> bool:
        """Nobody's, whoever is said to have it: it stays when people go."""
        return self in _PROGRAMS


_PERSONS = frozenset({AccountType.HUMAN, AccountType.UNKNOWN})
_PROGRAMS = frozenset({AccountType.INTEGRATION, AccountType.VENDOR_MANAGED})


class End(StrEnum):
    """Which end of an edge hangs on the other."""

    FROM = "from"
    TO = "to"
    BOTH = "both"
    NONE = "none"


class Members(StrEnum):
    """Whether losing one edge of a kind suffices, or only losing the last of them."""

    EACH = "each"
    ANY_PROVEN = "any, proven"
    ANY_ASSUMED = "any per slot, assumed"
    NONE = "none"


_N = NodeKind
_RUNS = frozenset({_N.INTEGRATION, _N.AUTOMATION})
_TOKENS = frozenset({_N.GRANT, _N.CREDENTIAL})
_ANY = frozenset(NodeKind)


@dataclass(frozen=True, slots=True)
class EdgeMeaning:
    """One row of the table of edge kinds.

    `outcome` is what the kind itself passes; None where the connector's departures row decides (`by_row`)
    or where the kind passes nothing at all.
    """

    sources: frozenset[NodeKind]
    targets: frozenset[NodeKind]
    dependent: End
    outcome: Outcome | None
    members: Members
    says: str
    by_row: bool = False


def _meaning(
    sources: frozenset[NodeKind],
    targets: frozenset[NodeKind],
    dependent: End,
    outcome: Outcome | None,
    members: Members,
    says: str,
    *,
    by_row: bool = False,
) -> EdgeMeaning:
    return EdgeMeaning(sources, targets, dependent, outcome, members, says, by_row)


EDGE_KINDS: Mapping[EdgeKind, EdgeMeaning] = MappingProxyType(
    {
        EdgeKind.PART_OF: _meaning(
            _ANY - {_N.PERSON, _N.TEAM},
            frozenset({_N.SYSTEM}),
            End.FROM,
            Outcome.STOPS,
            Members.EACH,
            "lies in that system",
        ),
        EdgeKind.HAS_ACCOUNT: _meaning(
            frozenset({_N.PERSON}),
            frozenset({_N.ACCOUNT}),
            End.TO,
            None,
            Members.NONE,
            "is the person behind that login",
        ),
        EdgeKind.PROVISIONED_BY: _meaning(
            frozenset({_N.ACCOUNT}),
            frozenset({_N.ACCOUNT}),
            End.FROM,
            Outcome.CASCADE,
            Members.EACH,
            "is switched off together with that login",
        ),
        EdgeKind.HAS_ROLE: _meaning(
            frozenset({_N.ACCOUNT}), frozenset({_N.ROLE}), End.NONE, None, Members.NONE, "has that role"
        ),
        EdgeKind.ADMINISTERS: _meaning(
            frozenset({_N.ACCOUNT}),
            frozenset({_N.SYSTEM, _N.INTEGRATION, _N.AUTOMATION}),
            End.TO,
            None,
            Members.ANY_PROVEN,
            "may administer",
        ),
        EdgeKind.RUNS_AS: _meaning(
            _RUNS,
            frozenset({_N.ACCOUNT, _N.PERSON}),
            End.FROM,
            None,
            Members.EACH,
            "runs as that login",
            by_row=True,
        ),
        EdgeKind.AUTHENTICATES_WITH: _meaning(
            _RUNS, _TOKENS, End.FROM, Outcome.STOPS, Members.ANY_ASSUMED, "signs in with"
        ),
        EdgeKind.AUTHORIZED_BY: _meaning(
            _TOKENS,
            frozenset({_N.ACCOUNT, _N.PERSON}),
            End.FROM,
            None,
            Members.EACH,
            "was authorised by that login",
            by_row=True,
        ),
        EdgeKind.KNOWS: _meaning(
            frozenset({_N.ACCOUNT, _N.PERSON}),
            frozenset({_N.CREDENTIAL}),
            End.NONE,
            None,
            Members.NONE,
            "knows the secret of",
        ),
        EdgeKind.CONNECTS: _meaning(
            frozenset({_N.INTEGRATION}),
            frozenset({_N.SYSTEM, _N.ENDPOINT}),
            End.FROM,
            Outcome.STOPS,
            Members.EACH,
            "connects to",
        ),
        EdgeKind.READS_FROM: _meaning(
            _RUNS,
            frozenset({_N.DATASET, _N.SYSTEM}),
            End.FROM,
            Outcome.STARVES,
            Members.EACH,
            "reads from",
        ),
        EdgeKind.WRITES_TO: _meaning(
            _RUNS,
            frozenset({_N.DATASET, _N.SYSTEM}),
            End.BOTH,
            Outcome.STARVES,
            Members.ANY_PROVEN,
            "writes to",
        ),
        EdgeKind.CALLS: _meaning(
            _RUNS,
            frozenset({_N.AUTOMATION, _N.ENDPOINT}),
            End.FROM,
            Outcome.STOPS,
            Members.EACH,
            "calls and waits for",
        ),
        EdgeKind.TRIGGERS: _meaning(
            frozenset({_N.AUTOMATION, _N.ENDPOINT}),
            _RUNS,
            End.TO,
            Outcome.STOPS,
            Members.ANY_PROVEN,
            "sets off",
        ),
        EdgeKind.SERVED_BY: _meaning(
            frozenset({_N.ENDPOINT}), _RUNS, End.FROM, Outcome.STOPS, Members.EACH, "is answered by"
        ),
        EdgeKind.ROUTES_TO: _meaning(
            frozenset({_N.AUTOMATION}),
            frozenset({_N.ACCOUNT, _N.GROUP, _N.PERSON}),
            End.FROM,
            None,
            Members.ANY_ASSUMED,
            "hands work to",
            by_row=True,
        ),
        EdgeKind.MAILBOX_OF: _meaning(
            frozenset({_N.ENDPOINT}),
            frozenset({_N.PERSON}),
            End.FROM,
            Outcome.STOPS,
            Members.EACH,
            "is the mailbox of",
        ),
        EdgeKind.NOTIFIES: _meaning(
            _RUNS,
            frozenset({_N.ACCOUNT, _N.ENDPOINT, _N.PERSON}),
            End.FROM,
            Outcome.MUTED,
            Members.ANY_PROVEN,
            "sends its alarms to",
        ),
        EdgeKind.OWNED_BY: _meaning(
            _ANY,
            frozenset({_N.ACCOUNT, _N.PERSON, _N.TEAM}),
            End.FROM,
            None,
            Members.EACH,
            "is owned by",
            by_row=True,
        ),
        EdgeKind.MEMBER_OF: _meaning(
            frozenset({_N.PERSON, _N.ACCOUNT}),
            frozenset({_N.TEAM, _N.GROUP}),
            End.TO,
            Outcome.STOPS,
            Members.ANY_PROVEN,
            "belongs to",
        ),
        EdgeKind.REPORTS_TO: _meaning(
            frozenset({_N.PERSON}), frozenset({_N.PERSON}), End.NONE, None, Members.NONE, "reports to"
        ),
        EdgeKind.CREATED_BY: _meaning(
            _ANY,
            frozenset({_N.ACCOUNT, _N.PERSON}),
            End.NONE,
            None,
            Members.NONE,
            "was created by (a clue, no dependency)",
        ),
        EdgeKind.MODIFIED_BY: _meaning(
            _ANY,
            frozenset({_N.ACCOUNT, _N.PERSON}),
            End.NONE,
            None,
            Members.NONE,
            "was last saved by (a clue, no dependency)",
        ),
        EdgeKind.DEPENDS_ON: _meaning(_ANY, _ANY, End.FROM, Outcome.STOPS, Members.EACH, "depends on"),
    }
)
"""What each kind of edge means, to the letter. `DEPENDS_ON` carries the outcome it is given."""
