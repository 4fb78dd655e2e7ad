"""What runs by itself: scheduled jobs, flows, dashboards, and where cases go by default."""

from __future__ import annotations

from collections.abc import Iterator

from connectors.salesforce.departures import (
    DASHBOARD_VIEWER,
    REFRESH_JOB,
    REPORT_JOB,
    SCHEDULED_APEX,
)
from connectors.salesforce.fields import full_id, made_by, text
from stackmap.model import EdgeKind, Fact, How, Node, NodeKind
from stackmap.sdk import Record, Scope

__all__ = [
    "CASE_OWNER",
    "JOBS",
    "case_settings",
    "dashboard",
    "flow",
    "flow_trigger",
    "scheduled_class",
    "scheduled_job",
]

CASE_OWNER = "default-case-owner"
"""The id of the automation that stands for the org's default routing of cases."""

JOBS = {
    "3": "dashboard",
    "4": "snapshot",
    "6": "flow",
    "7": "code",
    "8": "report",
    "9": "batch",
    "A": "notification",
}
"""Kinds of jobs by CronJobDetail.JobType: sforce_api_objects_cronjobdetail in the object reference (6: elsewhere)."""

_RUN_AS = {"3": REFRESH_JOB, "4": REFRESH_JOB, "7": SCHEDULED_APEX, "8": REPORT_JOB, "A": REPORT_JOB}
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
    """A scheduled job. A scheduled flow runs as the org's default workflow user, whoever scheduled it."""
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
        yield at.edge(EdgeKind.RUNS_AS, node.id, account, job_id, row=_RUN_AS.get(code))


def scheduled_class(row: Record, at: Scope) -> Iterator[Fact]:
    """Which code a scheduled job runs, and of which package."""
    properties = {
        "apex_class": text(row, "ApexClass.Name") or None,
        "namespace": text(row, "ApexClass.NamespacePrefix") or None,
    }
    known = {name: value for name, value in properties.items() if value}
    job = at.id(NodeKind.AUTOMATION, full_id(str(row["CronTriggerId"])))
    yield Node(NodeKind.AUTOMATION, job, "", at.evidence(row["Id"]), known)


def flow(row: Record, at: Scope) -> Iterator[Fact]:
    """The active version of a flow or process. It runs as whoever sets it off, so there is no login behind it.

    Its errors are mailed to whoever saved it last, unless the org names somebody else: that is inferred. Of an
    installed one they go to its maker.
    """
    flow_id = full_id(str(row["DefinitionId"]))
    kind = text(row, "ProcessType")
    properties = {
        "active": True,
        "automation_type": "process" if kind in _PROCESSES else "flow",
        "namespace": text(row, "Definition.NamespacePrefix") or None,
        "process_type": kind or None,
    }
    node = at.node(NodeKind.AUTOMATION, flow_id, text(row, "MasterLabel") or flow_id, properties)
    yield node
    yield at.edge(EdgeKind.PART_OF, node.id, at.system, row["Id"])
    yield from made_by(row, node.id, at, row["Id"])
    editor = full_id(text(row, "LastModifiedById"))
    if editor and text(row, "ManageableState") != "installed":
        account = at.id(NodeKind.ACCOUNT, editor)
        yield at.edge(EdgeKind.NOTIFIES, node.id, account, row["Id"], how=How.INFERRED_KEY)


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
    """Where cases go that no rule takes. It is named by user name or queue; whom that means is joined later."""
    owner = text(row, "DefaultCaseOwner")
    if not owner:
        return
    queue = text(row, "DefaultCaseOwnerType").casefold() == "queue"
    properties = {
        "active": True,
        "automation_type": "assignment rule",
        "hands_to_queue" if queue else "hands_to_login": owner,
    }
    name = "Cases that no rule assigns"
    node = at.node(NodeKind.AUTOMATION, CASE_OWNER, name, properties)
    yield node
    yield at.edge(EdgeKind.PART_OF, node.id, at.system, CASE_OWNER)
