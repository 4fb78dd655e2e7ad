"""By what a staff list is recognised, whichever columns it was exported with: nobody has to hand over all of them."""

from __future__ import annotations

from stackmap.declared.tables.kinds import Some
from stackmap.declared.tables.staff_sift import ID, MANAGER_EMAIL, MANAGER_ID

__all__ = ["CLOSED", "NEEDS", "NEVER", "SHAPE"]

CLOSED = {
    "status": (
        "does not say who is here and who has left: write active, on leave, left or terminated; if the column is about "
        "something else, give it another heading"
    )
}

_NUMBER = "an e-mail address or an employee number"

NEEDS = (
    Some("the name", (("full_name", "first_name", "last_name"),)),
    Some(_NUMBER, (("email", ID, "record_id"),)),
)

SHAPE = (
    Some(_NUMBER, (("email", ID),)),  # "ID" heads lists of everything
    Some(
        "two of status, manager, department, team, title, first day, last day",
        (
            ("status", "terminated"),
            (MANAGER_EMAIL, MANAGER_ID, "manager_record_id", "manager_name"),
            ("department",),
            ("team",),
            ("title",),
            ("start_date",),
            ("end_date",),
        ),
        least=2,
    ),
)

NEVER = (
    *("Role", "Roles", "User Role", "Last Login", "Last Sign In", "Last Active", "Last Activity", "Last Seen"),
    *("License", "Licence", "Licenses", "Seat", "Permissions", "Username", "User Name"),
    *("Account Name", "Company", "Company Name", "Lead Source", "Lead Status", "Lifecycle Stage"),
    *("Contact Owner", "Lead Owner", "Record ID", "Contact ID", "Lead ID"),
)
"""A name, an address and a title or a status stand in lists of contacts and of a tool's users too. These headings are
theirs (assumed: no vendor's list of headings is meant to be complete here); whoever knows better says `--kind`.
"""
