"""`collect` and `import`, killed at any moment: the earlier reading answers as before, the new one is whole or not."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from stackmap.cli import main
from stackmap.sdk import serve
from tests.functional.cli import inside
from tests.functional.large import write_large
from tests.functional.quick import unhurried_vendor
from tests.functional.test_kill import Writer, contents, kill_at_moments
from tests.functional.vendor import ENVIRONMENT, KEY, collect, large_company, server, stored, workspace

WORKFLOWS = 200
MOMENTS = 20


@dataclass(frozen=True)
class Command:
    """A command, as the same entry point runs it."""

    arguments: tuple[str, ...]

    def __call__(self, begin: Callable[[], None]) -> None:
        sys.argv = ["stackmap", *self.arguments, "--quiet"]
        begin()
        with unhurried_vendor():
            main()


def _command(*arguments: str) -> Writer:
    return Writer(Command(arguments))


def _answer(folder: Path, leaver: str) -> str:
    done = inside("leave", leaver, "--snapshot", "1", "--format", "json", cwd=folder)
    assert done.code == 0, done.notes
    return done.out


def test_a_collect_that_is_killed_leaves_the_earlier_reading_as_it_was(tmp_path: Path) -> None:
    folder, key = tmp_path / "workspace", tmp_path / "key"
    key.write_text(KEY, encoding="utf-8")
    key.chmod(0o600)
    with serve(server(large_company(WORKFLOWS // 2))) as url:
        assert collect(workspace(folder, url)).code == 0
    before = _answer(folder, "dana.kim@example.test")
    with serve(server(large_company(WORKFLOWS))) as url:
        workspace(folder, url, key=f"file:{key}")

        def still_answers(copy: Path) -> None:
            assert _answer(copy, "dana.kim@example.test") == before

        kill_at_moments(_command("collect"), folder, tmp_path / "scratch", MOMENTS, still_answers)
        last = tmp_path / "scratch"
        done = collect(last)
        assert done.code == 0, done.notes
        assert "waiting" not in done.notes
        assert sum(fact.kind.value == "Automation" for fact in stored(last).facts) >= WORKFLOWS
        assert _answer(last, "dana.kim@example.test") == before


def test_an_import_that_is_killed_leaves_the_earlier_reading_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    folder.mkdir()
    write_large(folder / "facts.jsonl", 1_000, 2_000, seed=1)
    assert inside("import", "facts.jsonl", "-q", cwd=folder).code == 0
    before = _answer(folder, "person-leaver")
    write_large(folder / "facts.jsonl", 2_000, 4_000, seed=2)

    def still_answers(copy: Path) -> None:
        assert _answer(copy, "person-leaver") == before

    kill_at_moments(_command("import", "facts.jsonl"), folder, tmp_path / "scratch", MOMENTS, still_answers)
    last = tmp_path / "scratch"
    number = len(contents(last / "stackmap.db"))
    done = inside("import", "facts.jsonl", cwd=last, env=ENVIRONMENT)
    assert done.code == 0, done.notes
    assert f"Stored as reading {number + 1}." in done.out
    assert _answer(last, "person-leaver") == before
