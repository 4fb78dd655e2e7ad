"""`stackmap people suggest` at a terminal: question by question."""

import contextlib
import json
import os
import pty
import select
import signal
import subprocess
import sys
from pathlib import Path

from stackmap.declared.yaml_source import parse_yaml
from tests.functional.cli import inside
from tests.functional.people.larkfield import NOTES, Run, notes

PATIENCE = 25.0
"""Seconds without a word after which a command counts as waiting."""


def in_a_terminal(folder: Path, *words: str, typed: list[bytes]) -> tuple[int, str]:
    """Run a command as somebody at a terminal would, typing an answer whenever it asks; its code and all it showed."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "stackmap", "people", *words]
    with subprocess.Popen(
        command, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    ) as run:
        os.close(theirs)
        shown, left, stopping = b"", list(typed), False
        with contextlib.suppress(OSError):  # how the end of a terminal shows
            while True:
                if not select.select([ours], [], [], PATIENCE)[0]:
                    # Whoever sees nothing happen presses the keys again: one signal may come between two instructions.
                    if not stopping or left:
                        run.kill()  # else leaving this block would wait for it for ever
                    assert (stopping, left) == (True, []), f"it neither asks nor ends: {shown.decode()}"
                    os.kill(run.pid, signal.SIGINT)
                    continue
                some = os.read(ours, 4096)
                if not some:
                    break
                shown += some
                if left and shown.count(b"[q]uit") + shown.count(b"y, n, s or q\r\n") > len(typed) - len(left):
                    answer = left.pop(0)
                    stopping = answer == b"\x03"
                    os.kill(run.pid, signal.SIGINT) if stopping else os.write(ours, answer)
        code = run.wait(timeout=60)
    os.close(ours)
    return code, shown.decode()


def test_each_answer_is_written_before_the_next_question_and_stays_when_somebody_stops(
    run: Run, tmp_path: Path
) -> None:
    more = {"type": "node", "kind": "Account", "id": "ads/eu/account/1", "name": "Mia Sorensen"}
    (tmp_path / "more.jsonl").write_text(json.dumps(more | {"properties": {"account_type": "human"}}), encoding="utf-8")
    assert inside("import", "more.jsonl", cwd=tmp_path).code == 0
    code, shown = in_a_terminal(tmp_path, "suggest", typed=[b"no\n", b"\x03"])
    assert "2 of 2" in shown
    assert code == 130, shown
    assert "1 answer written to stack.yaml: 0 the same person, 1 not." in shown
    assert len(parse_yaml(notes(tmp_path), "x").data["apart"]) == 1


def test_to_skip_is_what_nothing_means_and_to_quit_ends(run: Run, tmp_path: Path) -> None:
    code, shown = in_a_terminal(tmp_path, "suggest", typed=[b"\n", b"what\n", b"q\n"])
    assert code == 0, shown
    assert "No answer was given; nothing was changed." in shown
    assert notes(tmp_path) == NOTES
