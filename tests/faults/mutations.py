#!/usr/bin/env python3
"""mutations.py [SCRIPT...]: does each fault script report what it is there to find?

Each runs once with what it looks for put in: after an acknowledgement an entry removed, its words changed or its step cut,
with the file's own key (`selftest spoil`); rows that were not there; syncs that do nothing; renames in another order; a program that falls over. It
must fail with a line that says so. Runs that lack strace, or root for a disk, are named and passed over.
"""
import re, shutil, subprocess, sys
from common import *

LOST = "acknowledged and lost"
# The script, what it is run with, what is put in, what it must say.
CASES = [
    *[("kill9", "saves 4", how, LOST) for how in SPOILS],
    *[("inject", "save EIO fsync --every 3", how, LOST) for how in SPOILS],
    ("inject", "restore EIO rename", "change-words", "neither what it was nor what the backup held"),
    *[("powercut", "save 12", how, LOST) for how in SPOILS],
    ("powercut", "save 24", "no-sync", LOST),
    ("powercut", "backup 12", "no-sync", "acknowledged and is not there|damaged|does not open"),
    ("powercut", "restore 12", "reorder", "neither what it was nor what the backup held|acknowledged, and not what"),
    *[("diskfull", "saves 2", how, LOST) for how in SPOILS],
    ("damage", "3", "more-rows", "passes the check and holds something else"),
    *[("writers", "3 4", how, LOST) for how in SPOILS],
    ("monkey", "300", "panic", "panic|crash file"),
    ("monkey", "2500", "cut-step", "steps are gone|older than what was last seen"),
    *[("pairs", "backup reader 1", how, LOST) for how in SPOILS],
]


def lacks(script):
    """What this machine lacks for a script."""
    if script in ("inject", "powercut", "diskfull") and not shutil.which("strace"):
        return "strace"
    if script == "diskfull" and (os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", "tmpfs", WORK], capture_output=True).returncode):
        return "the right to mount"
    if script == "diskfull":
        subprocess.run(["umount", WORK], check=True)
    return ""


wanted, failures, ran = sys.argv[1:], [], 0
for script, words, how, says in CASES:
    if wanted and script not in wanted:
        continue
    if lacks(script):
        print(f"PASSED OVER: {script} {words}: no {lacks(script)} here")
        continue
    ended = subprocess.run([sys.executable, os.path.join(HERE, f"{script}.py"), *words.split()], capture_output=True, text=True,
                           errors="replace", env={**os.environ, "MUTATE": how, "SEED": str(SEED)})
    said, ran = ended.stdout + ended.stderr, ran + 1
    told = [line for line in said.splitlines() if "FAIL" in line and re.search(says, line)]
    if not ended.returncode or not told:
        failures.append((f"{script} {words} with {how}: reported nothing of it", ended.returncode, said.strip()[-300:]))
    print(f"mutations {script} {words} {how}: {'reported' if told else 'NOT REPORTED'}", flush=True)
print(f"mutations seed={SEED}: ran={ran} failures={len(failures)}")
tell(failures)
