#!/usr/bin/env python3
"""writers.py PROCESSES SAVES: so many processes save to one school at once, each so many times; then the check.

None may fail, all that was acknowledged must be there, and the journal's chain be sound.
"""
import os, subprocess, sys, time
from common import *

processes, saves = int(sys.argv[1]), int(sys.argv[2])
operation = operation("save")
operation.reset()
before = words_after("row ", run(operation.box, "selftest", "check").stdout)
began, failures, acked = time.time(), [], set()
env = {**os.environ, "SENDESK_HOME": operation.box, "TMPDIR": WORK}
# Each number is a pupil and an entry: two saves.
writers = [subprocess.Popen([PROGRAM, "selftest", "write", str(saves // 2)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            env=env) for _ in range(processes)]
for number, writer in enumerate(writers):
    out, err = writer.communicate()
    note_panic(["write"], err + out, writer.returncode)
    new = operation.acked(out)
    if writer.returncode or len(new) != saves // 2 * 2:
        failures.append((number, writer.returncode, len(new), err.strip()[-200:]))
    if acked & new:
        failures.append((number, f"{len(acked & new)} acknowledged to two"))
    acked |= new
seconds = time.time() - began
failures += operation.faults(acked)
rows = words_after("row ", run(operation.box, "selftest", "check").stdout)
if len(rows - before) != processes * (saves // 2 * 2):
    failures.append(f"{len(rows - before)} rows are new")
print(f"writers: processes={processes} saves={saves} acknowledged={len(acked)} failures={len(failures)} {seconds:.0f}s")
tell(failures)
