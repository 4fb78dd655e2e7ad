"""Every kind of file, of every connector and of ours, keeps to the same rules."""

from tests.support.exports import ExportConformance


class TestExports(ExportConformance):
    """All of them."""
