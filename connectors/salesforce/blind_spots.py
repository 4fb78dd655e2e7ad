"""What is not read of an org: what no API tells, what an API could tell and is not asked, what its lists leave open."""

from __future__ import annotations

__all__ = ["BLIND_SPOTS"]

_UNTOLD = (
    (
        "No API tells the default workflow user, the default lead owner and the creator of web leads. Salesforce "
        "refuses to deactivate whoever they are: write them into your notes."
    ),
    "No list shows who knows an app's secret.",
    "No list of tokens shows what the token of an app may do: its scopes.",
)
# What blocks a deactivation: https://help.salesforce.com/s/articleView?id=000384761&type=1, and hierarchy fields:
# https://help.salesforce.com/s/articleView?id=platform.users_freeze.htm&type=5.
_UNASKED = (
    (
        "Not asked yet, and a reason to refuse a deactivation: approval steps, assignment and auto-response rules, "
        "escalations, update reminders, big deal alerts, a custom hierarchy field on users, and workflow alerts with "
        "no other recipient. The platform's error names them one at a time."
    ),
    (
        "Not asked yet: the users of e-mail services (EmailServicesAddress.RunAsUserId), of triggers on platform "
        "events (PlatformEventSubscriberConfig.UserId, Tooling), of token-exchange handlers "
        "(OauthTokenExchHandlerApp.ApexExecutionUserId) and of outbound messages "
        "(WorkflowOutboundMessage.IntegrationUserId, Tooling), and named credentials."
    ),
    (
        "As whom a scheduled report, dashboard refresh, notification or snapshot runs: the job's owner is taken. The "
        "Metadata API names a snapshot's running user (AnalyticSnapshot)."
    ),
    (
        "As whom a scheduled flow runs: as the default workflow user, or as Automated Process where the flow's API "
        "version is 52 or older."
    ),
    "Who subscribed to which report or dashboard: that takes one call per user.",
    "Members of a queue who are in it through a group or role.",
)
# Processes: help.salesforce.com, Considerations for Deactivating Users.
_LEFT_OPEN = (
    "Processes cannot update records that a deactivated user owns: who owns which records is not read.",
    "Integrations that sign in with user name and password, or with a JWT, may leave no token: log-ins show them.",
    "API log-ins whose application is N/A: something signs in as that user, and nothing says what.",
    "Whether a log-in succeeded: attempts that failed count as log-ins too.",
)

BLIND_SPOTS = (*_UNTOLD, *_UNASKED, *_LEFT_OPEN)
