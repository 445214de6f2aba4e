#!/usr/bin/env python3
"""diskfull.py OPERATION [SIZES]: the operation on a disk of every size between too small and large enough.

Each is a tmpfs of its own, so root is needed to mount it. The check is made with the disk full, where a refusal must say
why, and again with room, where all that was acknowledged must be there.
"""
import shutil, subprocess, sys, time
from common import *

operation, sizes = operation(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20


def blocks(folder):
    found = [os.path.join(place, name) for place, _, names in os.walk(folder) for name in names]
    return sum(-(-os.path.getsize(path) // 4096) * 4 for path in found)


def mount(*words):
    subprocess.run(["mount", *words], check=True)


least = blocks(operation.desk) + operation.room
operation.reset()
log = os.path.join(WORK, "log")
run(operation.box, *operation.words, before=["strace", "-f", "-qq", "-o", log, "-e", "trace=pwrite64"])
with open(log, errors="replace") as lines:
    most = least + sum(1 for _ in lines) * 4 + 64
disk, began, failures, ran_out = os.path.join(WORK, "disk"), time.time(), [], 0
os.mkdir(disk)
for number in range(sizes):
    size = least + (most - least) * number * number // (sizes * sizes) // 4 * 4
    mount("-t", "tmpfs", "-o", f"size={size}k,mode=700", "tmpfs", disk)
    try:
        shutil.copytree(operation.desk, disk, dirs_exist_ok=True)
        ended = run(disk, *operation.words)
        acked, found = operation.acked(ended.stdout + ended.stderr), refuses_rightly(ended)
        ran_out += ended.returncode != 0
        found += refuses_rightly(run(disk, "selftest", "check"))
        mount("-o", "remount,size=256m", disk)
        found += operation.faults(acked, disk)
        again = run(disk, *operation.words)
        if again.returncode and not operation.done_already(again.stderr):
            found.append(f"does not go on with room: {again.stderr.strip()[-200:]}")
        if found:
            failures.append((f"{size} KiB", found))
        if os.environ.get("V"):
            print(size, ended.returncode, len(acked), ended.stderr.strip()[-200:])
    finally:
        subprocess.run(["umount", disk], check=True)
print(f"diskfull {operation.name}: sizes={sizes} ran_out={ran_out} failures={len(failures)} {time.time() - began:.0f}s")
if not ran_out:
    failures.append("no disk was too small")
tell(failures)
