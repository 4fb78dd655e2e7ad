"""What breaks when people leave: gates, departures, bus factor, and the lanes of the map. Pure."""

from stackmap.analysis.accounts import Account, Tie
from stackmap.analysis.anonymous import ANONYMOUS, anonymous_id, anonymous_login, is_anonymous
from stackmap.analysis.bus_factor.things import BusFactor, Count, bus_factors
from stackmap.analysis.compiling.routes import Leaving
from stackmap.analysis.compiling.supply import DoubtfulCircle
from stackmap.analysis.departures.answer import Analysis, Departure, Loss, Partial, Row, Why
from stackmap.analysis.departures.everyone import Everyone, everyone
from stackmap.analysis.departures.fixes import fix_for
from stackmap.analysis.departures.logins import (
    AdminChange,
    Fate,
    LoginFate,
    Rotation,
    admin_changes,
    login_fates,
    rotations,
    unread_logins,
)
from stackmap.analysis.departures.ties import Way, things_behind, ties_behind
from stackmap.analysis.gates.explain import Cause
from stackmap.analysis.stack import Presence, Stack, unseen
from stackmap.analysis.whereabouts import Whereabouts

__all__ = [
    "ANONYMOUS",
    "Account",
    "AdminChange",
    "Analysis",
    "BusFactor",
    "Cause",
    "Count",
    "Departure",
    "DoubtfulCircle",
    "Everyone",
    "Fate",
    "Leaving",
    "LoginFate",
    "Loss",
    "Partial",
    "Presence",
    "Rotation",
    "Row",
    "Stack",
    "Tie",
    "Way",
    "Whereabouts",
    "Why",
    "admin_changes",
    "anonymous_id",
    "anonymous_login",
    "bus_factors",
    "everyone",
    "fix_for",
    "is_anonymous",
    "login_fates",
    "rotations",
    "things_behind",
    "ties_behind",
    "unread_logins",
    "unseen",
]
