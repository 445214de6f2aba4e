#!/usr/bin/env python3
"""kill9.py OPERATION ROUNDS: SIGKILL at a random moment of the operation, then the check.

Every 25 rounds the desk begins anew, where the operation can be done again on the same. Fails when what was acknowledged is not there or the file is not sound.
"""
import random, signal, subprocess, sys, time
from common import *

operation, rounds = operation(sys.argv[1]), int(sys.argv[2])
began, midway, acked, count, failures = time.time(), 0, set(), 0, []
for number in range(rounds):
    if number % operation.rounds == 0:
        operation.reset()
        acked = set()
    words = words_for(operation.box, operation.words)
    writer = subprocess.Popen([PROGRAM, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              env={**os.environ, "SENDESK_HOME": operation.box, "TMPDIR": WORK})
    try:
        out, _ = writer.communicate(timeout=RANDOM.uniform(0, 1.1 * operation.seconds))
    except subprocess.TimeoutExpired:
        writer.send_signal(signal.SIGKILL)
        out, _ = writer.communicate()
        midway += 1
    note_panic(operation.words, out)
    new = operation.acked(out)
    acked |= new
    count += len(new)
    found = operation.faults(acked)
    if found:
        failures.append((number, found))
print(f"kill9 {operation.name} seed={SEED}: rounds={rounds} killed_midway={midway} acknowledged={count} "
      f"failures={len(failures)} {time.time() - began:.0f}s")
if not midway or not (count or operation.silent):
    failures.append("nothing was killed midway, or nothing was ever acknowledged")
tell(failures)
