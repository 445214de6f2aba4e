#!/usr/bin/env python3
"""damage.py ROUNDS: damaged copies of the files of a desk: bits, pages, cuts, tails, heads.

Each is refused with a sentence or opened; a check that passes must hold what the sound desk held. Nothing may panic, end
by a signal or take 20 seconds. Opened are copies whose damage lies where nothing is read: behind the last page, or in
a page put over itself.
"""
import sys, time
from common import *

PAGE = 4096
operation, rounds = Operation("open"), int(sys.argv[1])
began, refused, opened, failures = time.time(), 0, 0, []
for number in range(rounds):
    operation.reset()
    desk, keys = (os.path.join(operation.box, name) for name in ("desk.db", "desk.keys"))
    path = RANDOM.choice((school_file(operation.box), school_file(operation.box), desk, keys))
    with open(path, "rb") as file:
        content = bytearray(file.read())
    sound = bytes(content)
    kind = RANDOM.choice(("bit", "bits", "page", "swap", "cut", "tail", "head"))
    if kind in ("bit", "bits"):
        for _ in range(1 if kind == "bit" else 100):
            content[RANDOM.randrange(len(content))] ^= 1 << RANDOM.randrange(8)
    elif kind == "page":
        at = RANDOM.randrange(0, len(content), PAGE)
        content[at:at + PAGE] = bytes(len(content[at:at + PAGE]))
    elif kind == "swap" and len(content) >= 2 * PAGE:
        one, two = (PAGE * page for page in RANDOM.sample(range(len(content) // PAGE), 2))
        content[one:one + PAGE], content[two:two + PAGE] = content[two:two + PAGE], content[one:one + PAGE]
    elif kind == "cut":
        del content[RANDOM.randrange(len(content)):]
    elif kind == "tail":
        content += RANDOM.randbytes(RANDOM.randrange(1, 9000))
    else:
        content[RANDOM.randrange(100)] = RANDOM.randrange(256)
    with open(path, "wb") as file:
        file.write(content)
    try:
        ended = run(operation.box, "selftest", "check", timeout=20)
        found = refuses_rightly(ended)
        if ended.returncode < 0:
            found.append(f"ended by signal {-ended.returncode}")
        if ended.returncode == 0 and ended.stdout != operation.clean:
            found.append("passes the check and holds something else")
        refused += ended.returncode != 0
        opened += ended.returncode == 0 and bytes(content) != sound
    except subprocess.TimeoutExpired:
        found = ["did not end"]
    if found:
        failures.append((number, os.path.basename(path), kind, found))
print(f"damage seed={SEED}: copies={rounds} refused={refused} opened={opened} failures={len(failures)} {time.time() - began:.0f}s")
if not refused:
    failures.append("none was refused")
tell(failures)
