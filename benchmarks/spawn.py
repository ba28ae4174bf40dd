"""Run a command, and print what it used: wall seconds, CPU seconds, bytes at its peak, exit code.

    python -I -S benchmarks/spawn.py COMMAND [ARGUMENT ...]

A process of its own, and a small one: to the memory of a program the system counts what the
process held that started it. What the command prints goes nowhere; its errors are passed on.
"""

from __future__ import annotations

import os
import sys
import time

UNIT = 1 if sys.platform == "darwin" else 1024  # in which the system counts memory


def main() -> None:
    """Start, wait, print."""
    nowhere = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)
    begin = time.perf_counter()
    child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=[nowhere])
    _pid, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - begin
    cpu = used.ru_utime + used.ru_stime
    print(wall, cpu, used.ru_maxrss * UNIT, os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
