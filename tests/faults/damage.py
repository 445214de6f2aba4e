#!/usr/bin/env python3
"""damage.py ROUNDS [backup]: damaged copies of the files of a desk, or of a backup: bits, pages, cuts, tails, heads, noise.

Each is refused with a sentence or opened; a check that passes must hold what the sound desk held. Nothing may panic, end
by a signal or take 20 seconds. Opened are copies whose damage lies where nothing is read: behind the last page, or in
a page put over itself. Of a backup every byte that is another must be refused, and restoring it changes nothing.
"""
import sys, time
from common import *

PAGE = 4096
KINDS = ("bit", "bits", "page", "swap", "cut", "tail", "head", "noise")


def damage(content, kind):
    """Damages bytes in place."""
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
    elif kind == "noise":
        at = RANDOM.randrange(len(content))
        end = RANDOM.randrange(at, min(at + 3 * PAGE, len(content))) + 1
        content[at:end] = RANDOM.randbytes(end - at)
    else:
        content[RANDOM.randrange(min(100, len(content)))] = RANDOM.randrange(256)


rounds, of_backup = int(sys.argv[1]), sys.argv[2:] == ["backup"]
operation = operation("restore" if of_backup else "open")
began, refused, opened, failures = time.time(), 0, 0, []
for number in range(rounds):
    if of_backup:
        # Nothing is restored, so the desk may stay; now and then it is looked at.
        path = os.path.join(operation.box, "backup.db")
        if number == 0 or number % 100 == 99:
            operation.reset()
        source = os.path.join(operation.desk, "backup.db")
        words = operation.words
    else:
        operation.reset()
        desk, keys = (os.path.join(operation.box, name) for name in ("desk.db", "desk.keys"))
        path = source = RANDOM.choice((school_file(operation.box), school_file(operation.box), desk, keys))
        words = ["selftest", "check"]
    with open(source, "rb") as file:
        sound = file.read()
    content, kind = bytearray(sound), RANDOM.choice(KINDS)
    if MUTATE:
        # No damage at all, and other content.
        run(operation.box, "selftest", "write", "1")
    else:
        damage(content, kind)
        with open(path, "wb") as file:
            file.write(content)
    try:
        ended = run(operation.box, *words, timeout=20)
        found = refuses_rightly(ended) + crash_files(operation.box)
        if ended.returncode < 0:
            found.append(f"ended by signal {-ended.returncode}")
        if of_backup:
            # A tail is no byte of it: what stands before it is read and compared.
            if ended.returncode == 0 and content[:len(sound)] != sound:
                found.append("restored, and it is not what was backed up")
            if ended.returncode == 0:
                operation.reset()
            elif os.path.exists(school_file(operation.box) + ".new") or glob.glob(os.path.join(operation.box, "schools", "*aside*")):
                found.append("refused, and something was done")
        elif ended.returncode == 0 and ended.stdout != operation.clean:
            found.append("passes the check and holds something else")
        refused += ended.returncode != 0
        opened += ended.returncode == 0 and bytes(content) != sound
    except subprocess.TimeoutExpired:
        found = ["did not end"]
    if of_backup and (number % 100 == 98 or number == rounds - 1):
        with open(path, "wb") as file:
            file.write(sound)
        found += operation.faults(set())
    if found:
        failures.append((number, os.path.basename(path), kind, found))
print(f"damage {'backup' if of_backup else 'desk'} seed={SEED}: copies={rounds} refused={refused} opened={opened} "
      f"failures={len(failures)} {time.time() - began:.0f}s")
if not refused:
    failures.append("none was refused")
tell(failures)
