"""`python -m tests.live`: predict, remove, compare on a real n8n server, or record its answers."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.live import door, interrupts, proof, record, server
from tests.live.admin import Server
from tests.live.company import build
from tests.live.departures import DEPARTURES
from tests.live.table import markdown
from tests.live.verdict import Trial

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "tests" / "connectors" / "n8n" / "pages"
BEGIN, END = "<!-- live:begin -->", "<!-- live:end -->"


def main() -> int:
    """0 when every prediction agrees with what happened, 1 otherwise."""
    options = _options()
    interrupts.end_in_order()
    folder = server.live_folder()
    program = server.install(folder, _say)
    with server.scratch(folder) as scratch, door.open_door() as address:
        bench = proof.Bench.at(program, scratch, address)
        if options.record:
            return _record(bench)
        return _prove(bench, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.live", description=__doc__)
    parser.add_argument("--observe-only", action="store_true", help="remove people and look, without predictions")
    parser.add_argument("--record", action="store_true", help="write the connector's test pages anew, and nothing else")
    parser.add_argument("--only", nargs="+", metavar="KEY", help="only departures of these people, such as: dana lea")
    parser.add_argument("--update-readme", action="store_true", help="write the table into README.md")
    options = parser.parse_args()
    if options.update_readme and (options.only or options.observe_only):
        parser.error("--update-readme takes the whole proof: leave out --only and --observe-only")
    return options


def _prove(bench: proof.Bench, options: argparse.Namespace) -> int:
    if options.update_readme:
        _readme_around()  # asked before the run, so that a missing marker costs no ten minutes
    company, works, ask = proof.prepare(bench, _say, with_prediction=not options.observe_only)
    cases = [d for d in DEPARTURES if not options.only or set(d.people) & set(options.only)]
    results: list[Trial] = []
    for trial in proof.trials(bench, company, works, ask, cases):
        results.append(trial)
        wrong = "; ".join(trial.differences())
        _say(f"{len(results)}/{len(cases)} {trial.departure.names}: {f'DIFFERS: {wrong}' if wrong else 'done'}")
    text = markdown(results, datetime.now(UTC).date())
    print(text)
    if options.update_readme:
        before, after = _readme_around()
        (ROOT / "README.md").write_text(f"{before}\n{text}\n{after}", encoding="utf-8")
    return 1 if any(trial.differences() for trial in results) else 0


def _readme_around() -> tuple[str, str]:
    """README.md before and after its block."""
    before, begin, rest = (ROOT / "README.md").read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        sys.exit(f"README.md has no block between {BEGIN} and {END}")
    return before + begin, end + after


def _record(bench: proof.Bench) -> int:
    with server.serve(bench.program, bench.folder / "recorded", bench.port) as running:
        target = Server(running.url)
        company = build(target, bench.door)
        pages = record.record(target, company, bench.door, PAGES)
    text = record.sources(pages, datetime.now(UTC).date())
    (PAGES / "SOURCES.md").write_text(text, encoding="utf-8")
    _say(f"{len(pages)} pages recorded in {PAGES.relative_to(ROOT)}")
    return 0


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
