"""The connectors that come with stackmap: one folder per vendor."""
