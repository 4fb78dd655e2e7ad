"""A strict stand-in of Salesforce's REST and Tooling APIs over a made-up org.

`server` answers requests; `soql` reads and runs statements against the rows (`org`) and the published `schema`;
`access` says what the login may see.
"""

from connectors.salesforce.sandbox.server import Server, standin

__all__ = ["Server", "standin"]
