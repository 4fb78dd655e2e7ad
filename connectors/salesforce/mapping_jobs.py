"""What runs by itself: scheduled jobs, flows, dashboards, what happens to cases, and who is told of failures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from connectors.salesforce.departures import (
    DASHBOARD_REFRESH,
    DASHBOARD_VIEWER,
    DATA_EXPORT,
    REPORT_NOTIFICATION,
    REPORTING_SNAPSHOT,
    SCHEDULED_APEX,
    SCHEDULED_REPORT,
)
from connectors.salesforce.fields import flag, full_id, made_by, text
from stackmap.model import EdgeKind, Fact, How, Node, NodeKind
from stackmap.sdk import Record, Scope

__all__ = [
    "CASE_OWNER",
    "CASE_USER",
    "GETS_APEX_ERRORS",
    "JOBS",
    "SAVED_BY",
    "TO_THE_LIST",
    "apex_alarm",
    "case_settings",
    "dashboard",
    "flow",
    "flow_settings",
    "flow_trigger",
    "scheduled_class",
    "scheduled_job",
]

CASE_OWNER = "default-case-owner"
"""The id of the automation that stands for the org's default routing of cases."""

CASE_USER = "automated-case-user"
"""The id of the automation that stands for what the org itself does to cases: assigns, escalates, takes from mails."""

GETS_APEX_ERRORS = "gets_apex_errors"
"""Property of a login or mailbox that is on the org's list for unhandled Apex errors."""

SAVED_BY = "saved_by"
"""Property of a flow: the login that saved it last. Installed ones have none: their errors go to their maker."""

TO_THE_LIST = "flow_errors_to_the_list"
"""Property of the org: whether errors of flows go to the list for Apex errors, not to whoever saved the flow."""

JOBS = {
    "0": "export",
    "1": "export",
    "3": "dashboard",
    "4": "snapshot",
    "6": "flow",
    "7": "code",
    "8": "report",
    "9": "batch",
    "A": "notification",
}
"""Kinds of jobs by CronJobDetail.JobType: sforce_api_objects_cronjobdetail in the object reference (6: elsewhere)."""

_RUN_AS = {
    "0": DATA_EXPORT,
    "1": DATA_EXPORT,
    "3": DASHBOARD_REFRESH,
    "4": REPORTING_SNAPSHOT,
    "7": SCHEDULED_APEX,
    "8": SCHEDULED_REPORT,
    "A": REPORT_NOTIFICATION,
}
_OWNER_TAKEN = frozenset("348A")
"""Kinds that run as a user of their own, who is not listed: the owner of the job is taken for it."""
_RESTS = frozenset({"PAUSED", "PAUSED_BLOCKED", "ERROR"})
_FLOW_JOB = "6"
_PROCESSES = frozenset({"Workflow", "CustomEvent", "InvocableProcess"})
_DEFINITION = "300"
_WORDS = {
    "PlatformEvent": "platform event",
    "RecordAfterSave": "record saved",
    "RecordBeforeDelete": "record deleted",
    "RecordBeforeSave": "record saved",
    "Scheduled": "schedule",
    "ScheduledJourney": "schedule",
}


def scheduled_job(row: Record, at: Scope) -> Iterator[Fact]:
    """A scheduled job, and as whom it runs. Scheduled flows run as nobody who could be read, whoever scheduled them."""
    code, state = text(row, "CronJobDetail.JobType"), text(row, "State")
    job_id = full_id(str(row["Id"]))
    properties = {
        "active": state not in _RESTS if state else None,
        "automation_type": "scheduled job",
        "job": JOBS.get(code, "other"),
        "starts": ["schedule"],
        "trigger": text(row, "CronExpression") or None,
    }
    node = at.node(NodeKind.AUTOMATION, job_id, text(row, "CronJobDetail.Name") or job_id, properties)
    yield node
    yield at.edge(EdgeKind.PART_OF, node.id, at.system, job_id)
    yield from made_by(row, node.id, at, job_id)
    owner = full_id(text(row, "OwnerId"))
    if owner and code != _FLOW_JOB:
        account = at.id(NodeKind.ACCOUNT, owner)
        how = How.INFERRED_KEY if code in _OWNER_TAKEN else How.OBSERVED
        yield at.edge(EdgeKind.RUNS_AS, node.id, account, job_id, row=_RUN_AS.get(code), how=how)


def scheduled_class(row: Record, at: Scope) -> Iterator[Fact]:
    """Which code a scheduled job runs, of which package, and who saved it last: its errors are mailed there.

    Those of a package's code go to its maker.
    """
    properties = {
        "apex_class": text(row, "ApexClass.Name") or None,
        "namespace": text(row, "ApexClass.NamespacePrefix") or None,
    }
    known = {name: value for name, value in properties.items() if value}
    job = at.id(NodeKind.AUTOMATION, full_id(str(row["CronTriggerId"])))
    yield Node(NodeKind.AUTOMATION, job, "", at.evidence(row["Id"]), known)
    editor = full_id(text(row, "ApexClass.LastModifiedById"))
    if editor and "namespace" not in known:
        account = at.id(NodeKind.ACCOUNT, editor)
        yield at.edge(EdgeKind.NOTIFIES, job, account, row["Id"], how=How.INFERRED_KEY)


def apex_alarm(row: Record, at: Scope) -> Iterator[Fact]:
    """Who is on the org's list for unhandled Apex errors: a login or an address, never both."""
    user, address = full_id(text(row, "UserId")), text(row, "Email")
    if user:
        yield at.node(NodeKind.ACCOUNT, user, "", {GETS_APEX_ERRORS: True})
    elif address:
        properties = {"email": address, GETS_APEX_ERRORS: True, "mailbox": True}
        node = at.node(NodeKind.ENDPOINT, full_id(str(row["Id"])), address, properties)
        yield node
        yield at.edge(EdgeKind.PART_OF, node.id, at.system, row["Id"])


def flow_settings(row: Record, at: Scope) -> Iterator[Fact]:
    """Whom the org mails errors of flows to."""
    to_the_list = flag(row, "IsFlowUseApexExceptionEmailEnabled")
    if to_the_list is not None:
        yield Node(NodeKind.SYSTEM, at.system, "", at.evidence("FlowSettings"), {TO_THE_LIST: to_the_list})


def flow(row: Record, at: Scope) -> Iterator[Fact]:
    """The active version of a flow or process. It runs as whoever sets it off, so there is no login behind it."""
    flow_id = full_id(str(row["DefinitionId"]))
    kind = text(row, "ProcessType")
    editor = full_id(text(row, "LastModifiedById"))
    ours = editor and text(row, "ManageableState") != "installed"
    properties = {
        "active": True,
        "automation_type": "process" if kind in _PROCESSES else "flow",
        "namespace": text(row, "Definition.NamespacePrefix") or None,
        "process_type": kind or None,
        SAVED_BY: at.id(NodeKind.ACCOUNT, editor) if ours else None,
    }
    node = at.node(NodeKind.AUTOMATION, flow_id, text(row, "MasterLabel") or flow_id, properties)
    yield node
    yield at.edge(EdgeKind.PART_OF, node.id, at.system, row["Id"])
    yield from made_by(row, node.id, at, row["Id"])


def flow_trigger(row: Record, at: Scope) -> Iterator[Fact]:
    """What sets a flow off. Flows that are Salesforce's own have no Id of a definition, and are left out."""
    definition = full_id(text(row, "DurableId"))
    if not definition.startswith(_DEFINITION):
        return
    kind, trigger = text(row, "ProcessType"), text(row, "TriggerType")
    about = text(row, "TriggerObjectOrEventLabel")
    words = " of ".join(filter(None, (_WORDS.get(trigger, trigger), about)))
    properties = {
        "automation_type": "process" if kind in _PROCESSES else "flow",
        "starts": ["schedule"] if trigger == "Scheduled" else None,
        "trigger": words or None,
    }
    yield at.node(NodeKind.AUTOMATION, definition, text(row, "Label"), properties)


def dashboard(row: Record, at: Scope) -> Iterator[Fact]:
    """A dashboard. Only one that shows everybody what one user may see hangs on that user."""
    properties = {
        "automation_type": "dashboard",
        "folder": text(row, "FolderName") or None,
        "namespace": text(row, "NamespacePrefix") or None,
    }
    dashboard_id = full_id(str(row["Id"]))
    node = at.node(NodeKind.AUTOMATION, dashboard_id, text(row, "Title") or dashboard_id, properties)
    yield node
    yield at.edge(EdgeKind.PART_OF, node.id, at.system, dashboard_id)
    yield from made_by(row, node.id, at, dashboard_id)
    runner = full_id(text(row, "RunningUserId"))
    if runner and text(row, "Type") == "SpecifiedUser":
        account = at.id(NodeKind.ACCOUNT, runner)
        yield at.edge(EdgeKind.RUNS_AS, node.id, account, dashboard_id, row=DASHBOARD_VIEWER)


def case_settings(row: Record, at: Scope) -> Iterator[Fact]:
    """Where cases go that no rule takes, and as whom the org itself changes cases.

    Both are named by user name (or queue); whom that means is joined later.
    """
    owner, user = text(row, "DefaultCaseOwner"), text(row, "DefaultCaseUser")
    if owner:
        queue = text(row, "DefaultCaseOwnerType").casefold() == "queue"
        properties = {"automation_type": "assignment rule", "hands_to_queue" if queue else "hands_to_login": owner}
        yield from _case_automation(CASE_OWNER, "Cases that no rule assigns", properties, at)
    if user:
        properties = {"automation_type": "case automation", "acts_as_login": user}
        yield from _case_automation(CASE_USER, "Automatic changes to cases", properties, at)


def _case_automation(vendor_id: str, name: str, properties: Mapping[str, str], at: Scope) -> Iterator[Fact]:
    node = at.node(NodeKind.AUTOMATION, vendor_id, name, {"active": True, **properties})
    yield node
    yield at.edge(EdgeKind.PART_OF, node.id, at.system, vendor_id)
