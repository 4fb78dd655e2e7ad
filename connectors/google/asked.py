"""What an administrator is asked for, and what no call tells."""

from __future__ import annotations

from stackmap.sdk import Access, PersonalData, Tier

__all__ = ["ACCESS", "BLIND_SPOTS"]

_SCOPE = "https://www.googleapis.com/auth/admin.directory."
_DELEGATION = "support.google.com/a/answer/162106"
_CREDENTIALS = "developers.google.com/workspace/guides/manage-credentials"
_MAY = "support.google.com/a/answer/1219251"
"""The API gives an administrator what the console gives: privileges by what they show."""
_SECURITY = "developers.google.com/workspace/admin/directory/reference/rest/v1/tokens/list"

ACCESS = Access(
    tiers=(
        Tier(
            "who is here",
            ("users", "deleted-users"),
            (
                "Who has a login, and whose is suspended, archived or deleted?",
                "Which login of somebody who left is still on elsewhere?",
                "Who is a super administrator, and who reports to whom?",
            ),
            (
                "In Google Cloud, make a project, switch on the Admin SDK API, make a service account and a JSON key.",
                (
                    "As a super administrator, which delegation takes, open in the Admin console: Security > Access "
                    "and data control > API controls > Domain-wide delegation."
                ),
                f"Add the service account's client ID with the scope {_SCOPE}user.readonly.",
                f"Name as `admin` the address of an administrator who may see users ({_MAY}).",
            ),
            _DELEGATION,
        ),
        Tier(
            "who administers and who owns groups",
            ("roles", "role-assignments", "groups", "group-owners"),
            ("Who has which administrator's role?", "Which groups lose their only owner?"),
            (
                f"Add the scope {_SCOPE}rolemanagement.readonly to the same client ID.",
                f"Add the scope {_SCOPE}group.readonly, too.",
                (
                    f"The administrator named as `admin` needs the privilege Groups ({_MAY}). Which privilege shows "
                    "roles is not known to us; a super administrator sees them."
                ),
            ),
            _DELEGATION,
        ),
        Tier(
            "which apps people let in",
            ("tokens", "app-passwords"),
            ("Which apps work with the consent of one person?", "Whose app passwords are in use?"),
            (
                f"Add the scope {_SCOPE}user.security to the same client ID.",
                "Google offers no scope that only reads these: this one could also revoke them. stackmap only reads.",
                f"The administrator named as `admin` needs the privilege User Security Management ({_MAY}).",
            ),
            _SECURITY,
        ),
    ),
    personal=(
        PersonalData(
            ("users", "deleted-users"),
            "name, work addresses, department, title, manager, organizational unit, state of the login, and whether it "
            "was used within 30, 90 or 180 days",
            "everybody who has a login, or had one until recently",
            "to tell which logins in other systems belong to one person, and who has left",
        ),
        PersonalData(
            ("roles", "role-assignments", "groups", "group-owners"),
            "roles, and groups that are owned",
            "administrators and owners of groups",
            "to see what would be left without anybody in charge",
        ),
        PersonalData(
            ("tokens", "app-passwords"),
            "which apps somebody let in, with which rights; names and ages of app passwords",
            "the users whom tokens_of names: administrators, unless it says more",
            "to see which connections end with one person's account",
        ),
    ),
    never_read=(
        "Mail, files, calendars, chats: no scope for them is asked for.",
        "Phone numbers, postal addresses, recovery addresses, photos: the request leaves them out.",
        "Passwords, app passwords and tokens themselves: Google does not give them out.",
    ),
    revoke=(
        (
            f"In the Admin console, remove the client ID under Domain-wide delegation ({_DELEGATION}). How soon that "
            "counts is not known to us; a token that is already out may work until it runs out."
        ),
        f"In Google Cloud, turn off the service account that you made, or delete it for good ({_CREDENTIALS}).",
    ),
)

BLIND_SPOTS = (
    "Since when an app has a consent, and whether it still uses it: Google tells neither.",
    "Whether Google still lists the apps of somebody who is suspended.",
    (
        "What happens to apps and app passwords when their user is suspended: Google's pages do not say. A new "
        "password ends the consents of apps with rights to mail; of app passwords Google's pages differ."
    ),
    "Who has an administrator's role through a group: the role's assignment is named as unread.",
    # assignedTo, RoleAssignment, admin.directory_v1: the id of a user, or the uniqueId of a service account
    "Service accounts that have an administrator's role: no list of users has them, so the role is named as unread.",
    "Who belongs to a group, apart from its owners.",
    "Deleted users, once Google has dropped them from its list.",
    "Files, Apps Script projects and scheduled scripts that belong to somebody.",
    "Apps that an administrator installed for everybody, and other service accounts with delegation.",
    "Which product an app is, unless its whole name is that product's.",
)
