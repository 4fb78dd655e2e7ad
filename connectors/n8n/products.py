"""What n8n's node types stand for, as data: which are n8n's own tools, and which operations read or write.

Type names are those of the packages n8n-nodes-base and @n8n/n8n-nodes-langchain as installed with n8n 1.123.50.
"""

from __future__ import annotations

import re

__all__ = ["READING", "WRITING", "product_of_type"]

READING = frozenset(
    {
        "count",
        "download",
        "export",
        "get",
        "getAll",
        "getMany",
        "list",
        "lookup",
        "query",
        "read",
        "retrieve",
        "search",
        "select",
    }
)
"""Values of a node's `operation` that fetch. A node without a written operation uses its own default, which the
workflow does not show, so it counts as neither."""

WRITING = frozenset(
    {
        "add",
        "addToList",
        "append",
        "appendOrUpdate",
        "archive",
        "create",
        "createOrUpdate",
        "delete",
        "deleteTable",
        "insert",
        "move",
        "post",
        "publish",
        "remove",
        "send",
        "subscribe",
        "unsubscribe",
        "update",
        "upload",
        "upsert",
    }
)
"""Values of a node's `operation` that change something at the other end."""

_BASE = "n8n-nodes-base."
_LANGCHAIN = "@n8n/n8n-nodes-langchain."

_OWN_TOOLS = frozenset(
    {
        "activation",
        "aggregate",
        "aiTransform",
        "code",
        "compareDatasets",
        "compression",
        "convertToFile",
        "cron",
        "crypto",
        "dataTable",
        "dateTime",
        "debugHelper",
        "e2eTest",
        "editImage",
        "emailReadImap",
        "emailSend",
        "error",
        "evaluation",
        "executeCommand",
        "executeWorkflow",
        "executionData",
        "extractFromFile",
        "filter",
        "form",
        "ftp",
        "function",
        "functionItem",
        "graphql",
        "html",
        "htmlExtract",
        "httpRequest",
        "iCal",
        "if",
        "interval",
        "itemLists",
        "jwt",
        "ldap",
        "limit",
        "localFile",
        "manual",
        "markdown",
        "merge",
        "moveBinaryData",
        "n8n",
        "noOp",
        "readBinaryFile",
        "readBinaryFiles",
        "readPDF",
        "readWriteFile",
        "removeDuplicates",
        "renameKeys",
        "respondToWebhook",
        "rssFeedRead",
        "schedule",
        "set",
        "simulate",
        "sort",
        "splitInBatches",
        "splitOut",
        "spreadsheetFile",
        "sse",
        "ssh",
        "start",
        "stickyNote",
        "stopAndError",
        "summarize",
        "switch",
        "timeSaved",
        "totp",
        "wait",
        "webhook",
        "workflow",
        "writeBinaryFile",
        "xml",
    }
)
"""n8n's own logic, files and protocols: they stand for no vendor's product."""

_LANGCHAIN_VENDORS = frozenset({"anthropic", "googleGemini", "ollama", "openAi"})
_MODEL_PREFIX = re.compile(r"^(lmChat|lm|embeddings)(?=[A-Z])")

_NAMES = {
    "microsoftDynamicsCrm": "dynamics365",
    "openAi": "openai",
    "activeCampaign": "activecampaign",
    "linkedIn": "linkedin",
}
"""Where the type's name, cut into words, is not how the product is called elsewhere in a stack."""

_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")


def product_of_type(node_type: str) -> str | None:
    """The product a node type speaks to (`hubspotTrigger` -> `hubspot`), None for n8n's own tools.

    Community packages count: their nodes are named after the vendor like n8n's own.
    """
    package, _, name = node_type.rpartition(".")
    if not name:
        return None
    if f"{package}." == _LANGCHAIN:
        name = _MODEL_PREFIX.sub("", name)
        name = name[:1].lower() + name[1:]
        return _spelled(name) if name in _LANGCHAIN_VENDORS else None
    name = name.removesuffix("Trigger").removesuffix("Tool")
    if not name or (f"{package}." == _BASE and name in _OWN_TOOLS):
        return None
    return _spelled(name)


def _spelled(name: str) -> str:
    known = _NAMES.get(name)
    return known or "-".join(_WORD.findall(name)).lower() or name.lower()
