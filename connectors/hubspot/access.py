"""What a HubSpot administrator is asked for: tiers of access, what it takes of people, and how to take it back."""

from __future__ import annotations

from stackmap.sdk import Access, PersonalData, Tier

__all__ = ["ACCESS"]

_KEYS = "https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/account-service-keys"
_ADD = "On the key's page, choose Edit, and add the scopes named here."
"""Scopes can be added to a key later: developers.hubspot.com/changelog/service-keys."""

ACCESS = Access(
    tiers=(
        Tier(
            "who is here",
            ("account", "own-token", "users", "roles", "teams", "owners", "owners-archived"),
            (
                "Who has a HubSpot login, and which removed users owned records?",
                "Who would be the last super admin if somebody left?",
                "Which logins of people who have left are still there, as far as a staff list or directory is read?",
            ),
            (
                (
                    "As a super admin, or with Developer tools access, open Development > Keys > Service keys, and "
                    "choose Create service key."
                ),
                (
                    'Give it a name, such as "stackmap, read only". Choose Add new scope, pick the scopes named here, '
                    "and choose Update. A key takes only scopes that you have yourself."
                ),
                "Choose Create, and hand the key over through a vault or password manager, never by mail or chat.",
            ),
            _KEYS,
        ),
        Tier(
            "which workflows there are",
            ("flows", "flow-details", "workflows-v3", "workflow-ids", "property-groups"),
            (
                "Which workflows call other systems, and who made or last saved those of contacts?",
                "Is HubSpot's own Salesforce integration there, or was it?",
            ),
            (
                _ADD,
                # "automation: required for read and write access": the scopes of the HubSpot connector of CData,
                # cdn.cdata.com/help/DHM/mcp/pg_oauthrequiredscopes.htm
                (
                    "Mind that the scope automation covers changing workflows, too, and the lists asked take no other; "
                    "stackmap only sends reads."
                ),
            ),
            "https://developers.hubspot.com/docs/api-reference/latest/overview",
        ),
        Tier(
            "whose keys and apps, and who signs in",
            ("security-activity", "log-ins", "audit-log"),
            (
                "Which private apps, keys and installed apps did somebody make or touch, as far back as the log goes?",
                "Which keys have to be rotated when somebody leaves, because that person has seen them?",
                "Which logins has nobody used for 90 days?",
            ),
            (_ADD,),
            "https://developers.hubspot.com/docs/api-reference/latest/overview",
        ),
    ),
    personal=(
        PersonalData(
            ("users", "owners", "owners-archived"),
            "name, e-mail address, roles, whether a super admin, and whether still active",
            "everybody who has a HubSpot login, or owned records and has left",
            "to know whose logins are whose, who administers HubSpot, and who has left",
        ),
        PersonalData(("teams",), "who is in which team", "users", "to know whom work is handed to"),
        PersonalData(
            ("workflows-v3", "workflow-ids", "audit-log"),
            "who made a workflow or saved it last, and when",
            "users who work on workflows",
            "to know whom to ask about a workflow; nothing depends on it",
        ),
        PersonalData(
            ("own-token", "security-activity"),
            "who installed an app, or made, saw, rotated or ended a key, and when",
            "users who did so",
            "to say what may stop, and what has to be rotated, when one of them leaves",
        ),
        PersonalData(
            ("log-ins",),
            "whether the last sign-in was within 30, 90 or 180 days; no times, addresses or places are kept",
            "everybody who signed in within the last 90 days",
            "to tell logins that nobody uses from those that are needed",
        ),
    ),
    never_read=(
        "Contacts, companies, deals, tickets, e-mails and conversations are not asked for.",
        "The values of keys and of the secrets of custom code are not asked for.",
        "Of the addresses that workflows call, no more than scheme, host and port is kept.",
    ),
    # Rotate, View Logs, Edit and "Delete this Service Key" are the words of public walk-throughs of the screen.
    revoke=(
        (
            "Open Development > Keys > Service keys, the key, and choose Delete this Service Key. HubSpot says "
            f"that keys can be managed and rotated ({_KEYS}); we have the words on the button from others, and how "
            "soon the calls end is not known to us."
        ),
    ),
    verify=("On the key's page, View Logs shows the calls that were made with it.",),
)
