"""What a Salesforce administrator is asked for: tiers of access, what it takes of people, and how to take it back."""

from __future__ import annotations

from stackmap.sdk import Access, PersonalData, Tier

__all__ = ["ACCESS"]

_INTEGRATION_USER = (
    "https://developer.salesforce.com/blogs/2024/02/"
    "invoke-rest-apis-with-the-salesforce-integration-user-and-oauth-client-credentials.html"
)
_REFERENCE = "https://developer.salesforce.com/docs/atlas.en-us.264.0.object_reference.meta/object_reference"
_FREEZING = "https://help.salesforce.com/s/articleView?id=platform.users_freeze.htm&type=5"
_USAGE = "https://help.salesforce.com/apex/HTViewHelpDoc?id=xcloud.manage_external_client_app_usage.htm"

ACCESS = Access(
    tiers=(
        Tier(
            "who is here",
            ("organization", "limits", "permissions", "reader", "users", "admins", "queues", "queue-members"),
            (
                "Who has a Salesforce login, and whose was deactivated? Which are frozen, the next step tells.",
                "Who administers the org, through profile, permission sets and groups together?",
                "Who is in which queue?",
            ),
            (
                (
                    "Make a user for it: licence Salesforce Integration, profile Minimum Access - API Only "
                    "Integrations. On the user's page, assign the permission set licence Salesforce API Integration."
                ),
                (
                    "Make a permission set with the permissions named here, and assign it to that user. If Salesforce "
                    "refuses one for this licence, leave it out and tell me; stackmap says which lists that closes."
                ),
                (
                    "In Setup > External Client App Manager, make an app: switch on OAuth, the scope api, and the "
                    "client credentials flow. Under Policies, let it run as that user."
                ),
                (
                    "Tell me the org's My Domain address, and hand over the consumer key and secret through a vault or "
                    "password manager, never by mail or chat. They are traded for an access token by POST "
                    "/services/oauth2/token at that address."
                ),
            ),
            _INTEGRATION_USER,
        ),
        # On its own: it makes the first checks judgeable (who is on), and costs a permission that allows changes.
        Tier(
            "which logins are on",
            ("freezes",),
            (
                "Who would be the last administrator if somebody left, frozen logins not counted?",
                "Which logins of people who have left are still on, as far as a staff list or directory is read?",
            ),
            (
                "Add the permission named here to the permission set.",
                (
                    "Mind that Manage Users allows changes, too: Salesforce shows frozen logins to nobody without it. "
                    "stackmap only sends reads. If you would rather not give it, leave it out: the rest is read all "
                    "the same, and nothing is called clear that depends on who is on."
                ),
            ),
            f"{_REFERENCE}/sforce_api_objects_userlogin.htm",
        ),
        Tier(
            "what runs as whom",
            (
                "oauth-tokens",
                "connected-apps",
                "external-apps",
                "external-app-policies",
                "packages",
                "scheduled-jobs",
                "flows",
                "dashboards",
                "default-case-owner",
                "agents",
                "mcp-servers",
                "mcp-tools",
            ),
            (
                "Which apps and syncs sign in with one person's token, and stop with that person's login?",
                "Which scheduled jobs, dashboards and AI agents run as a person?",
                "Which tools does the org offer to AI clients?",
                "Does Salesforce refuse to switch somebody off because cases fall to that person?",
            ),
            (
                "Add the permissions named here to the permission set.",
                (
                    "Mind that Customize Application allows changes, too: without it Salesforce shows no tokens but "
                    "one's own. stackmap only sends reads."
                ),
            ),
            f"{_REFERENCE}/sforce_api_objects_oauthtoken.htm",
        ),
        Tier(
            "alarms and log-ins",
            (
                "scheduled-classes",
                "apex-alarms",
                "flow-settings",
                "flow-triggers",
                "log-ins",
            ),
            (
                "Which alarms reach nobody once somebody has left?",
                "Which logins does a program still use without a token that is listed?",
            ),
            ("Manage Users opens the log-ins, too: if you gave it for the second step, there is nothing to add.",),
            f"{_REFERENCE}/sforce_api_objects_loginhistory.htm",
        ),
    ),
    personal=(
        PersonalData(
            ("users",),
            "name, user name, e-mail address, federation id, licence, profile, since when, whether active, and whether "
            "the last sign-in was within 30, 90 or 180 days",
            "everybody who has or had a login, but for customers' portal logins",
            "to know whose logins are whose, and which are off",
        ),
        PersonalData(("freezes",), "that the login is frozen", "users whose login is", "to know which logins are off"),
        PersonalData(
            ("reader",),
            "which user stackmap itself reads as",
            "the user made for it",
            "to name it in each reading: it is one of the things at risk",
        ),
        PersonalData(
            ("admins", "queue-members"),
            "who holds a powerful profile, permission set or group, and who is in which queue",
            "active users",
            "to say who could still administer the org, and where work would lie",
        ),
        PersonalData(
            ("oauth-tokens", "external-app-policies", "scheduled-jobs", "dashboards", "agents"),
            "who authorised a token and when, and as whom an app, job, dashboard or agent runs",
            "users who let in an app, or as whom something runs",
            "to say what stops when that login is switched off",
        ),
        PersonalData(
            ("default-case-owner", "scheduled-classes", "apex-alarms", "flows"),
            "who gets unassigned cases, and who is mailed errors; e-mail addresses on the list of Apex Exception Email",
            "users and addresses who do",
            "to say what falls to nobody, and which alarm reaches nobody",
        ),
        PersonalData(
            ("connected-apps", "external-apps", "mcp-servers"),
            "who made something, and who saved it last",
            "users who did",
            "to know whom to ask; nothing depends on it",
        ),
        PersonalData(
            ("log-ins",),
            "through which app somebody signed in, and whether that was within 30, 90 or 180 days; no times, addresses "
            "or places are kept",
            "everybody who signed in within half a year",
            "to see programs that act as a person without a token that is listed",
        ),
    ),
    never_read=(
        "Accounts, contacts, leads, opportunities, cases, e-mails and files are not asked for.",
        "The values of tokens and the key that deletes a token (DeleteToken) are not selected.",
        "The contents of flows, reports and dashboards, and the code of classes, are not asked for.",
    ),
    revoke=(
        # First the way to new tokens, then the tokens that are out. That the manager disables and deletes apps is
        # our reading of its name: no page that says so was found.
        (
            "In Setup > External Client App Manager, disable or delete the app that you made, or give it a new secret; "
            "and deactivate the user that it runs as. Freezing that user may not suffice: it is about signing in "
            f"({_FREEZING})."
        ),
        f"In Setup > External Client Apps > OAuth Usage, revoke all tokens of the app ({_USAGE}).",
    ),
    verify=(
        "Setup > Login History shows each sign-in of the user made for it.",
        "The Setup Audit Trail records changes to the setup: it holds no line by that user.",
    ),
)
