"""The one way to a vendor: read-only, paced, patient within bounds, and discreet.

Nothing else names the HTTP library. Retries of 429, 502, 503, 504 and lost connections happen below
`Client.send`; every other answer is handed back as it is, for the runner to judge. What cannot be an
answer raises `ReadError`.
"""

from stackmap.sdk.http.attempts import Transport
from stackmap.sdk.http.client import Client
from stackmap.sdk.http.in_process import RawReply, function_transport

__all__ = ["Client", "RawReply", "Transport", "function_transport"]
