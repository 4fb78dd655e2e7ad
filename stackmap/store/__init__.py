"""The workspace's database: every snapshot, whole or not at all; one writer, any number of readers."""

from stackmap.store.access import StoreReader, StoreWriter, open_reader, open_writer
from stackmap.store.load import SnapshotInfo, SourceInfo
from stackmap.store.save import PersonIds

__all__ = [
    "PersonIds",
    "SnapshotInfo",
    "SourceInfo",
    "StoreReader",
    "StoreWriter",
    "open_reader",
    "open_writer",
]
