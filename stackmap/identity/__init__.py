"""Who is who: types of logins, people behind them, links seen from both ends. Pure."""

from stackmap.identity.account_types import TypeJudgement
from stackmap.identity.clusters import Conflict
from stackmap.identity.links import Suggestion
from stackmap.identity.notes import UnmetNote, Unread
from stackmap.identity.resolve import Identity, resolve
from stackmap.identity.suggest import TieSuggestion, suggest_ties

__all__ = [
    "Conflict",
    "Identity",
    "Suggestion",
    "TieSuggestion",
    "TypeJudgement",
    "UnmetNote",
    "Unread",
    "resolve",
    "suggest_ties",
]
