"""`python alone.py ANSWER COMMAND ...`: run a command and write its seconds, peak memory and exit code as JSON.

A program of its own because a child's peak memory starts at what its parent had: it must be measured from something
small. So it imports nothing but the standard library's smallest.
"""

from __future__ import annotations

import json
import os
import sys
import time

if __name__ == "__main__":
    answer, *command = sys.argv[1:]
    began = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ)
    _, status, usage = os.wait4(child, 0)
    took = time.perf_counter() - began
    kilobyte = 1 if sys.platform == "darwin" else 1024  # the unit of ru_maxrss differs
    told = {"seconds": took, "peak": usage.ru_maxrss * kilobyte, "code": os.waitstatus_to_exitcode(status)}
    with open(answer, "w", encoding="utf-8") as file:
        json.dump(told, file)
