"""What Entra's administrator is asked for: tiers of access, what it takes of people, and how to take it back."""

from __future__ import annotations

from stackmap.sdk import Access, PersonalData, Tier

__all__ = ["ACCESS"]

_HOW = "learn.microsoft.com/graph/auth-v2-service"
_LIFETIME = "learn.microsoft.com/entra/identity-platform/configurable-token-lifetimes"
_REVIEW = "learn.microsoft.com/entra/identity/enterprise-apps/manage-application-permissions"
_CONSENT = "learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent"


def _grant(permission: str) -> tuple[str, ...]:
    return (
        f"On the app's page API permissions, add the application permission {permission} of Microsoft Graph.",
        (
            "Choose Grant admin consent. It takes at least a Privileged Role Administrator: for application "
            f"permissions of Microsoft Graph an Application Administrator does not suffice ({_CONSENT})."
        ),
    )


ACCESS = Access(
    tiers=(
        Tier(
            "who is here",
            ("users", "deleted-users"),
            (
                "Who has left, so that logins that are still on elsewhere can be found.",
                "Which logins of several systems are one person's, further addresses included.",
            ),
            (
                "In the Microsoft Entra admin center, register an app for this tenant alone.",
                "Make a client secret, note when it ends, and set tenant_id, client_id and client_secret.",
                *_grant("User.Read.All"),
            ),
            _HOW,
        ),
        Tier(
            "which apps, and whose",
            ("applications", "application-owners", "service-principals", "service-principal-owners"),
            (
                "Which secrets and certificates end, and when.",
                "Which apps have an owner who is still here.",
            ),
            _grant("Application.Read.All"),
            _HOW,
        ),
        Tier(
            "who administers",
            ("directory-roles", "role-assignments"),
            ("How many Global Administrators would be left if somebody left.",),
            _grant("RoleManagement.Read.Directory"),
            _HOW,
        ),
        Tier(
            "which apps act as whom",
            ("permission-grants",),
            ("Which apps act with one person's rights, and stop when that person's login is disabled.",),
            (
                *_grant("Directory.Read.All"),
                "It opens most lists of the other tiers, too: give it last, and only if you want this answer.",
            ),
            "learn.microsoft.com/graph/api/oauth2permissiongrant-list",
        ),
    ),
    personal=(
        PersonalData(
            ("users", "deleted-users"),
            "name, work e-mail addresses, sign-in name, staff number, title, department, manager, whether a guest, and "
            "whether the login is on",
            "everybody who has a login, and who had one in the last 30 days",
            "to know whose logins elsewhere are whose, and who has left",
        ),
        PersonalData(
            ("application-owners", "service-principal-owners", "permission-grants", "role-assignments"),
            "who owns an app, agreed to one, or has a directory role",
            "owners of apps, people who agreed to one, and administrators",
            "to say what stops, or is left without anybody, when one of them leaves",
        ),
        PersonalData(
            ("applications", "service-principals", "directory-roles"),
            "nothing, unless an app is named after somebody",
            "nobody",
            "to know which apps and roles there are",
        ),
    ),
    never_read=(
        "The date on which somebody will leave (employeeLeaveDateTime) is never asked for.",
        "Mail, calendars, files, chats and sign-in logs are not asked for.",
        "Phone numbers, postal addresses, birthdays and private e-mail addresses are not asked for.",
        "The values of secrets: Microsoft shows nobody more than their first characters, and those are dropped.",
    ),
    revoke=(
        (
            "Delete the app's client secret, or the app itself, so that it gets no new access token. One that is "
            "already out cannot be taken back and works until it runs out, by default after 60 to 90 minutes "
            f"({_LIFETIME})."
        ),
        f"Take its admin consent back under Enterprise applications > the app > Permissions ({_REVIEW}).",
    ),
)
