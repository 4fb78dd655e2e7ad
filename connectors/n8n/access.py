"""What n8n's instance owner is asked for: tiers of access, what it takes of people, and how to take it back."""

from __future__ import annotations

from stackmap.sdk import Access, PersonalData, Tier

__all__ = ["ACCESS"]

_KEYS = "https://docs.n8n.io/connect/n8n-api/authentication/"
_MORE = "Where your plan lets you choose scopes, give the key those named here, too; otherwise it has them."

ACCESS = Access(
    tiers=(
        Tier(
            "who is here",
            ("users",),
            (
                "Who has an n8n login, and who would be the last administrator if somebody left?",
                "Which logins of people who have left are still there, as far as a staff list or directory is read?",
            ),
            (
                "Sign in as the instance owner or an admin: a member's key shows only what that member can see.",
                (
                    "Open Settings > n8n API, and choose Create an API key. Give it a label, such as stackmap, and a "
                    "date on which it ends."
                ),
                (
                    "On an Enterprise plan, choose the scopes named here. On others a key has all the rights of "
                    "whoever makes it, changes included; stackmap only sends reads."
                ),
                "Hand the key over through a vault or password manager, never by mail or chat.",
            ),
            _KEYS,
        ),
        Tier(
            "what belongs to whom",
            ("workflows", "workflow-details", "audit"),
            (
                "Which workflows are deleted together with somebody's login, and what calls them?",
                "Which workflows stop when another system's login or key goes?",
                "Where do the alarms of a workflow go?",
            ),
            (
                _MORE,
                (
                    "Mind that POST /audit computes a report and changes nothing. A refusal shows that the key is a "
                    "member's: then the workflows are not all there are."
                ),
            ),
            _KEYS,
        ),
        Tier(
            "the rest",
            ("credentials", "projects"),
            (
                "Which credentials does no workflow use (n8n 2.8 or newer)?",
                "Which workflows belong to a team, and to nobody's login (where the licence includes team projects)?",
            ),
            (f"{_MORE} n8n before 2.8 has no scope for listing credentials: leave it out there.",),
            _KEYS,
        ),
    ),
    personal=(
        PersonalData(
            ("users",),
            "name, e-mail address, role, since when, and whether the invitation is still open",
            "everybody who has an n8n login",
            "to know whose logins are whose, and who administers n8n",
        ),
        PersonalData(
            ("workflow-details",),
            "the same of a workflow's owner and those it is shared with, whether the login is switched off, and "
            "whether it was last active within 30, 90 or 180 days",
            "people who own a workflow, share one, or are members of its project",
            "to say which workflows go together with which login",
        ),
    ),
    never_read=(
        "Executions, and the contents that pass through workflows, are not asked for; pinned contents are excluded.",
        "The values of credentials: n8n's API does not give them out.",
        "Parameters of nodes are looked at for what they call, and not kept; of addresses, scheme, host and port are.",
    ),
    revoke=(
        (
            "Open Settings > n8n API, and choose Delete next to the key (docs.n8n.io/api/authentication). stackmap "
            "sends the key itself with each call, so no other token is out; how soon n8n refuses it is not known to us."
        ),
    ),
    verify=('A proxy in front of n8n can log the calls: they carry the User-Agent "stackmap (read-only)".',),
)
