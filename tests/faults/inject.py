#!/usr/bin/env python3
"""inject.py OPERATION FAULT [SYSCALL...] [--every K]: the N-th system call fails, for N = 1, 2, ... until none is left.

FAULT is EIO, ENOSPC or SIGKILL; the system calls are those that write, unless some are named. --every takes each K-th
point alone. Needs strace. After each run the desk is checked: what was acknowledged is there, a run that ended well did
all it was to do, one that did not said why, and nothing panicked.
"""
import sys, time
from common import *

CALLS = ["fsync", "fdatasync", "pwrite64", "pwritev", "write", "writev", "ftruncate", "fallocate", "rename", "renameat", "renameat2",
         "link", "linkat", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir", "chmod", "fchmod"]
words = sys.argv[1:]
every = int(words.pop(words.index("--every") + 1)) if "--every" in words else 1
words = [word for word in words if word != "--every"]
operation, fault, calls = operation(words[0]), words[1], words[2:] or CALLS
inject = "signal=SIGKILL" if fault == "SIGKILL" else f"error={fault}"
log, failures, reached = os.path.join(WORK, "log"), [], 0


def strace(*words):
    """Runs the operation under strace, and gives how it ended and the log."""
    operation.reset()
    ended = run(operation.box, *operation.words, before=["strace", "-f", "-qq", "-o", log, *words])
    with open(log, errors="replace") as lines:
        return ended, lines.read()


# How often each is called in a run that nothing goes wrong in: one more or fewer may come of the moment.
ended, lines = strace("-e", "trace=" + ",".join(calls))
if ended.returncode:
    sys.exit(f"strace did not run: {ended.stderr}")
calls = [call for call in calls if f" {call}(" in lines]
for call in calls:
    began, number, points, told, silent, found_here = time.time(), 1, 0, 0, 0, 0
    while True:
        ended, lines = strace("-e", f"trace={call}", "-e", f"inject={call}:{inject}:when={number}")
        if "(INJECTED)" not in lines and "killed by SIGKILL" not in lines:
            break
        points, reached = points + 1, reached + 1
        told, silent = told + (ended.returncode != 0), silent + (ended.returncode == 0)
        acked = operation.acked(ended.stdout + ended.stderr)
        found = operation.faults(acked, ended=ended) + refuses_rightly(ended)
        # What could not be written to the terminal was not seen either.
        if ended.returncode == 0 and len(acked) != operation.acks and call != "write":
            found.append(f"ended well with {len(acked)} of {operation.acks} done")
        if found:
            found_here += 1
            failures.append((call, fault, number, found, ended.stderr.strip()[-200:]))
        if os.environ.get("V"):
            print(call, number, ended.returncode, ended.stderr.strip()[-150:].replace("\n", " | "), found or "", flush=True)
        number += every
    if points:
        print(f"inject {operation.name} {call} {fault}: points={points} told={told} did_no_harm={silent} "
              f"failures={found_here} {time.time() - began:.0f}s", flush=True)
if not reached:
    failures.append("no point was reached")
tell(failures)
