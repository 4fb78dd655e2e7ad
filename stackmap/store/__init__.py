"""The workspace's database: every snapshot, whole or not at all; one writer, any number of readers."""

from stackmap.store.access import StoreReader, StoreWriter, open_reader, open_writer, stored_salt
from stackmap.store.erasing import Erased, Erasing
from stackmap.store.load import SnapshotInfo, SourceInfo
from stackmap.store.salt import fresh_salt
from stackmap.store.save import PersonIds

__all__ = [
    "Erased",
    "Erasing",
    "PersonIds",
    "SnapshotInfo",
    "SourceInfo",
    "StoreReader",
    "StoreWriter",
    "fresh_salt",
    "open_reader",
    "open_writer",
    "stored_salt",
]
