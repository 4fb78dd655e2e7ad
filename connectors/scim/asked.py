"""What an administrator is asked for, and what no SCIM server tells."""

from __future__ import annotations

from stackmap.sdk import Access, PersonalData, Tier

__all__ = ["ACCESS", "BLIND_SPOTS"]

ACCESS = Access(
    tiers=(
        Tier(
            "who is here",
            ("config", "users"),
            (
                "Who has a login there, and whose is switched off?",
                "Which login of somebody who left is still on elsewhere?",
                "Who reports to whom?",
            ),
            (
                "Make a token for SCIM in the server's own screens, for reading only where it offers that.",
                "Put the token where stackmap.yaml can refer to it, never into the file itself.",
            ),
            "RFC 7644, section 2: how tokens are made is each server's own business",
        ),
        Tier(
            "groups",
            ("groups",),
            ("Who is in which group?",),
            ("Let the same token read groups.",),
            "RFC 7644, section 3.2",
        ),
    ),
    personal=(
        PersonalData(
            ("users",),
            "name, user name, work addresses, title, department, manager, role, and whether the login is on",
            "everybody whom the server lists",
            "to tell which logins in other systems belong to one person, and who has left",
        ),
        PersonalData(("groups",), "who is in a group", "members of groups", "to see who stands behind a shared task"),
    ),
    never_read=(
        "Passwords: SCIM servers do not give them out, and they are not asked for.",
        "Private addresses, phone numbers, postal addresses, photos: they come along and are dropped unread.",
    ),
    revoke=(
        (
            "Delete the token in the server's own screens. How soon that counts is each server's own business, as is "
            "how tokens are made (RFC 7644, section 2)."
        ),
    ),
)

BLIND_SPOTS = (
    "When somebody leaves or left: SCIM knows on and off, and no date.",
    "Which applications people let in: SCIM knows no consents and no tokens.",
    "What a role permits: each server uses words of its own. One called admin is taken to administer it, as a guess.",
    "Who is in a group through another group: groups inside groups are counted, not opened.",
    "Whose token the reading is made with.",
)
