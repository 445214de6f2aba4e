#!/usr/bin/env python3
"""inject.py OPERATION FAULT [SYSCALL...] [--every K]: the N-th system call fails, for N = 1, 2, ... until none is left.

FAULT is EIO, ENOSPC or SIGKILL; the system calls are those that write, unless some are named. --every takes each K-th
point alone. Needs strace. After each run the desk is checked: what was acknowledged is there, a run that ended well did
all it was to do, one that did not said why, and nothing panicked.
"""
import sys, time
from common import *

CALLS = ["fsync", "fdatasync", "pwrite64", "write", "ftruncate", "fallocate", "rename", "renameat2", "link", "unlink", "mkdir"]
words = sys.argv[1:]
every = int(words.pop(words.index("--every") + 1)) if "--every" in words else 1
words = [word for word in words if word != "--every"]
operation, fault, calls = Operation(words[0]), words[1], words[2:] or CALLS
inject = "signal=SIGKILL" if fault == "SIGKILL" else f"error={fault}"
log, failures = os.path.join(WORK, "log"), []
for call in calls:
    began, number, points, told, silent, found_here = time.time(), 1, 0, 0, 0, 0
    while True:
        operation.reset()
        before = ["strace", "-f", "-qq", "-o", log, "-e", f"trace={call}", "-e", f"inject={call}:{inject}:when={number}"]
        ended = run(operation.box, *operation.words, before=before)
        with open(log, errors="replace") as lines:
            lines = lines.read()
        if "(INJECTED)" not in lines and "killed by SIGKILL" not in lines:
            if not points and ended.returncode:
                sys.exit(f"strace did not run: {ended.stderr}")
            break
        points += 1
        told, silent = told + (ended.returncode != 0), silent + (ended.returncode == 0)
        acked = acks(ended.stdout)
        found = operation.faults(acked) + refuses_rightly(ended)
        if ended.returncode == 0 and len(acked) != operation.acks:
            found.append(f"ended well with {len(acked)} of {operation.acks} done")
        if found:
            found_here += 1
            failures.append((call, fault, number, found, ended.stderr.strip()[-200:]))
        if os.environ.get("V"):
            print(call, number, ended.returncode, ended.stderr.strip()[-150:].replace("\n", " | "))
        number += every
    if points:
        print(f"inject {operation.name} {call} {fault}: points={points} told={told} did_no_harm={silent} "
              f"failures={found_here} {time.time() - began:.0f}s", flush=True)
tell(failures)
