"""Which version of which path is asked, in one place: HubSpot retires them by area and by date."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["DATED", "PATHS"]

DATED = "2026-03"
"""The dated version that is asked where an area has one; each is supported for 18 months
(developers.hubspot.com/docs/api-reference/latest/overview)."""

PATHS: Mapping[str, str] = MappingProxyType(
    {
        "account": f"/account-info/{DATED}/details",
        "own-token": "/oauth/v2/private-apps/get/access-token-info",
        "users": f"/settings/users/{DATED}",
        "roles": f"/settings/users/{DATED}/roles",
        "teams": f"/settings/users/{DATED}/teams",
        "owners": f"/crm/owners/{DATED}",
        # Workflows have a dated version only as a beta; v4 is supported until 2027-03-30, v3 until September 2027:
        # developers.hubspot.com/changelog/legacy-apis-and-legacy-apps-whats-going-unsupported-and-when
        "flows": "/automation/v4/flows",
        "workflows-v3": "/automation/v3/workflows",
        "workflow-ids": "/automation/v4/workflow-id-mappings/batch/read",
        "security-activity": f"/account-info/{DATED}/activity/security",
        "log-ins": f"/account-info/{DATED}/activity/login",
        "audit-log": f"/account-info/{DATED}/activity/audit-logs",
        "property-groups": f"/crm/properties/{DATED}/contacts/groups",
    }
)
"""What each inventory asks, below `base_url`."""
