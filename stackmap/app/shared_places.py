"""Folders whose files go elsewhere by themselves: git work trees, and what a sync program keeps in step."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

__all__ = ["shared_place"]

_MARKERS: Mapping[str, str] = {
    ".git": "a git work tree",  # https://git-scm.com/docs/gitrepository-layout: a folder, or a file in linked trees
    ".dropbox.cache": "a Dropbox folder",  # https://help.dropbox.com/desktop-web/cache-folder
    ".stfolder": "a Syncthing folder",  # github.com/syncthing/syncthing issue 6903: the default marker
}
"""What lies in the top folder."""

# The client's journal, one in every folder it keeps in step: observed on a workstation by the authors of
# https://www.powershellgallery.com/packages/Gutcheck/0.30.0 (Private/Kinds/Nextcloud.ps1).
_NEXTCLOUD = ".sync_*.db"

_NAMES = (
    # Where macOS puts the folders of such programs: https://support.google.com/drive/answer/12178485
    (re.compile(r"CloudStorage", re.IGNORECASE), "a folder that a cloud service keeps in step"),
    # iCloud's folders on a Mac: https://pvieito.com/2016/11/icloud-locations
    (re.compile(r"Mobile Documents|iCloud ?Drive", re.IGNORECASE), "an iCloud folder"),
    # The rest are the names that such folders usually have: a guess, so the warning says "looks like".
    (re.compile(r"OneDrive( ?- .+)?", re.IGNORECASE), "a OneDrive folder"),
    (re.compile(r"Dropbox( \(.+\))?", re.IGNORECASE), "a Dropbox folder"),
    (re.compile(r"Google ?Drive|My Drive", re.IGNORECASE), "a Google Drive folder"),
    (re.compile(r"Box( Sync)?", re.IGNORECASE), "a Box folder"),
    (re.compile(r"Nextcloud|ownCloud", re.IGNORECASE), "a Nextcloud folder"),
    (re.compile(r"Syncthing", re.IGNORECASE), "a Syncthing folder"),
)


def shared_place(path: Path) -> str:
    """What a file lies in, or would, in words: "a git work tree"; "" where it looks like an ordinary folder."""
    folder = path.expanduser().resolve().parent
    for place in (folder, *folder.parents):
        for marker, says in _MARKERS.items():
            if os.path.lexists(place / marker):  # a folder that may not be looked into has none
                return says
        if any(place.glob(_NEXTCLOUD)):
            return "a Nextcloud folder"
        for pattern, says in _NAMES:
            if pattern.fullmatch(place.name):
                return says
    return ""
