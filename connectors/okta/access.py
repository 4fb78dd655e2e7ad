"""What Okta's administrator is asked for: tiers of access, what it takes of people, and how to take it back."""

from __future__ import annotations

from stackmap.sdk import Access, PersonalData, Tier

__all__ = ["ACCESS"]

_SERVICE_APP = "developer.okta.com/docs/guides/implement-oauth-for-okta-serviceapp/main"
_TOKENS = "help.okta.com/en-us/Content/Topics/security/api.htm"
_LIFETIME = "support.okta.com/help/s/article/What-is-the-lifetime-of-the-JWT-tokens"
_ROLES = (
    "help.okta.com/en-us/Content/Topics/Security/administrators-admin-comparison.htm; custom roles: "
    "developer.okta.com/docs/concepts/role-assignment"
)
"""That okta.iam.read shows who the administrators are is Okta's description of it; it was not tried on a live org."""

ACCESS = Access(
    tiers=(
        Tier(
            "who is here",
            ("users", "deprovisioned-users"),
            (
                "Who has left, so that logins that are still on elsewhere can be found.",
                "Which logins of several systems are one person's.",
            ),
            (
                "In the Admin Console, create an app integration of the kind API Services.",
                "Let it sign in with a public and private key; make a key pair and keep the private key.",
                "On its page Okta API Scopes, grant okta.users.read.",
                "On its page Admin roles, assign Read-only Administrator.",
                "Set client_id, private_key, and scopes to the scopes that you granted.",
            ),
            _SERVICE_APP,
        ),
        Tier(
            "what is connected",
            ("groups", "apps", "app-users", "app-grants", "api-services"),
            (
                "Which logins elsewhere Okta switches off together with a person's.",
                "Which programs may call Okta, and with which rights.",
            ),
            ("Grant okta.groups.read, okta.apps.read, okta.appGrants.read and okta.oauthIntegrations.read, too.",),
            _SERVICE_APP,
        ),
        Tier(
            "whose keys and who administers",
            ("api-tokens", "administrators", "administrator-roles", "administrator-grants"),
            (
                "Which programs stop on the day on which an API token's creator is deactivated.",
                "How many people could still administer Okta if somebody left.",
            ),
            (
                "Grant okta.apiTokens.read and okta.roles.read, too.",
                (
                    "Make a custom role with the permission View roles, resources, and admin assignments "
                    "(okta.iam.read), and assign it over all identity and access management resources, beside "
                    "Read-only Administrator."
                ),
                (
                    "Only where your org has no custom roles, or Okta still refuses: of the standard roles, Super "
                    "Administrator alone may view administrators. Mind that it may change everything, and take it back "
                    "afterwards; without it, stackmap only leaves administrators out."
                ),
            ),
            _ROLES,
        ),
    ),
    personal=(
        PersonalData(
            ("users", "deprovisioned-users"),
            "name, work e-mail address, login, staff number, title, department, manager, status, and whether the last "
            "sign-in was within 30, 90 or 180 days",
            "everybody who has or had an Okta login",
            "to know whose logins elsewhere are whose, and who has left",
        ),
        PersonalData(
            ("app-users",),
            "the number of the person's login in the app",
            "everybody who is assigned to one of the apps named",
            "to tie that login to the person without guessing by name",
        ),
        PersonalData(
            (
                "api-tokens",
                "administrators",
                "administrator-roles",
                "administrator-grants",
                "app-grants",
                "api-services",
            ),
            "who made a key, gave a right, or has an administrator's role",
            "administrators and people who made keys",
            "to say what stops when one of them leaves",
        ),
    ),
    never_read=(
        "Passwords, security questions, factors and sessions are not asked for.",
        "Second e-mail addresses, phone numbers and postal addresses come with the users and are dropped.",
        "The system log, with what people did and where, is not asked for.",
        "The values of API tokens and client secrets: Okta shows them to nobody again.",
    ),
    revoke=(
        # That deactivating an app stops new tokens is what deactivating means; of tokens already out no page was found.
        (
            "Deactivate the API Services app, so that it gets no new token. One that is already out may work until it "
            f"runs out: Okta gives tokens for its own API for 60 minutes ({_LIFETIME})."
        ),
        (
            f"With an API token instead: revoke it under Security > API > Tokens ({_TOKENS}). stackmap sends that "
            "token itself with each call, so no other one is out."
        ),
    ),
)
