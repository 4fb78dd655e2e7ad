"""What works right now: every workflow of the company is hit, and has to prove that it ran to its end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.live.admin import CallError, Server
from tests.live.company import FLOWS, Company, Flow

GONE = 404
AT_ONCE = 4


def works(server: Server, company: Company) -> dict[str, bool]:
    """Per key of a workflow, whether it works. One that was never switched on does not, and is not hit.

    A workflow without a webhook is only ever called by others: it counts as working while it is there.
    """
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = pool.map(lambda flow: _works(server, company, flow), FLOWS)
        return dict(zip([flow.key for flow in FLOWS], found, strict=True))


def _works(server: Server, company: Company, flow: Flow) -> bool:
    if flow.webhook:
        return flow.active and _ran_to_its_end(server, flow)
    path = f"/workflows/{company.flow_ids[flow.key]}"
    answer = server.public("GET", path, company.logins["olga"].key)
    if answer.status_code not in {200, GONE}:
        raise CallError(path, answer)
    return answer.status_code != GONE


def _ran_to_its_end(server: Server, flow: Flow) -> bool:
    """Status 200 alone proves nothing: a run that could not start answers 200 with another body."""
    answer = server.webhook(flow.key)
    try:
        return answer.status_code == 200 and answer.json() == {"done": flow.key}
    except ValueError:
        return False
