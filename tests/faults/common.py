"""What the fault scripts share: where the program is, what it is made to do, and how its desk is checked.

A writer prints `ack ID DIGEST STEP HASH` only once that is kept; the check prints such a `row` for all there is and ends with
0 only where journal, pages, references and indexes are sound and every import is whole. So a row whose words are others, or
whose step is cut, is as lost as one that is gone. SEED=n in the environment repeats a run; MUTATE=HOW spoils what was kept or
what was recorded (`mutations.py`), and a script that then finds nothing is no good.
"""
import glob, os, random, re, shutil, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.realpath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
TARGET = os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target"))
PROGRAM = os.environ.get("SENDESK", os.path.join(TARGET, "debug", "sendesk"))
SEED = int(os.environ.get("SEED", time.time_ns() & 0xFFFFFFFF))
RANDOM = random.Random(SEED)
MUTATE = os.environ.get("MUTATE", "")
SPOILS = ("drop-row", "change-words", "cut-step")  # done to the file itself, with its key

# What is done to which desk. With `same`, a desk must hold the same afterwards as after a run that nothing went wrong in.
OPERATIONS = {
    "save": ("demo", ["write", "2"], False),
    "saves": ("demo", ["write", "300"], False),
    "import": ("demo", ["import", "40"], False),
    "first-import": ("empty", ["import", "5000"], False),  # large enough to go without indexes meanwhile
    "open": ("demo", ["open"], True),
    "open-1": ("v1", ["open"], True),  # a file of version 1, brought to the newest shape
    "open-2": ("v2", ["open"], True),
    "open-3": ("v3", ["open"], True),
    "open-desk": ("old-desk", ["open"], True),  # the desk's own file is of version 1
    "recover": ("killed", ["open"], True),  # a desk whose last session was killed: its saves are in the WAL alone
}


def run(home, *words, before=(), extra=(), **options):
    """Runs the program on a desk. `{home}` in a word is its folder; `extra` goes into its environment."""
    options = {"capture_output": True, "text": True, "errors": "replace", "timeout": 120, **options}
    ended = subprocess.run([*before, PROGRAM, *words_for(home, words)], env=environment(home, extra), **options)
    note_panic(words, (ended.stderr or "") + (ended.stdout or ""), ended.returncode)
    return ended


def environment(home, extra=()):
    return {**os.environ, "SENDESK_HOME": home, "TMPDIR": WORK, "RUST_BACKTRACE": "0", **dict(extra)}


PANICS = []


def note_panic(words, said, code=0):
    """A panic fails the script wherever it was, also where nobody asked how the run ended."""
    if "panicked" in said or code == 101:
        PANICS.append(("panic", " ".join(words), said.strip()[-200:]))


def crash_files(home):
    """What a panic on the terminal leaves; there may be none."""
    return [f"a crash file: {os.path.basename(path)}" for path in glob.glob(os.path.join(home, "**", "crash-*"), recursive=True)]


def spoil(home, acked=()):
    """Under a mutation, spoils the entry that was acknowledged last, or the newest."""
    if MUTATE in SPOILS:
        # `c36 DIGEST j8 HASH`: the entry's number, or its step's.
        parts = [(int(one.split()[0][1:]), int(one.split()[2][1:])) for one in acked if re.match(r"c\d+ ", one)]
        at = [str(max(parts)[MUTATE == "cut-step"])] if parts else []
        done = run(home, "selftest", "spoil", MUTATE, *at)
        if done.returncode:
            print("not spoiled:", done.stderr.strip())


def words_for(home, words):
    return [word.replace("{home}", home) for word in words]


class Operation:
    """One operation, and a desk for it that is copied anew for every run."""
    rounds = 25  # so often it can be done on one desk
    silent = False  # true where it acknowledges by its end alone
    room = 16  # kB beside the desk in the smallest disk it is tried on

    def __init__(self, name):
        self.name = name
        self.desk, self.box = os.path.join(WORK, "desk"), os.path.join(WORK, "box")
        self.prepare()
        self.reset()
        began = time.time()
        clean = run(self.box, *self.words)
        self.seconds = time.time() - began
        self.acks = len(self.acked(clean.stdout + clean.stderr))
        if clean.returncode or not (self.acks or self.silent):
            sys.exit(f"{name} does not even go well by itself: {clean.stderr}")
        self.keep_clean()

    def prepare(self):
        """Makes the desk, and sets `words`: what is run on it."""
        kind, words, self.same = OPERATIONS[self.name]
        self.words = ["selftest", *words]
        make_desk(kind, self.desk)

    def keep_clean(self):
        """Notes what the desk holds after a run that nothing went wrong in."""
        self.clean = run(self.box, "selftest", "check").stdout

    def reset(self):
        """The desk as it was before."""
        shutil.rmtree(self.box, ignore_errors=True)
        shutil.copytree(self.desk, self.box)

    def acked(self, said):
        """What was acknowledged, in all that was printed."""
        return words_after("ack ", said)

    def done_already(self, told):
        """Whether a second run is refused since the first one's work is there."""
        return False

    def faults(self, acked, home=None, ended=None):
        """What is wrong with a desk by the check, nothing where nothing is."""
        spoil(home or self.box, acked)
        check = run(home or self.box, "selftest", "check")
        found = crash_files(home or self.box)
        if check.returncode:
            found.append(f"check {check.returncode}: {check.stderr.strip()[-300:]}")
        lost = acked - words_after("row ", check.stdout)
        if lost:
            found.append(f"{len(lost)} acknowledged and lost, such as {sorted(lost)[0]}")
        # The steps that opening adds have moments of their own; each row names its newest, whose hash holds all before.
        if self.same and not check.returncode and without_steps(check.stdout) != without_steps(self.clean):
            found.append("it does not hold what it held")
        return found


def without_steps(told):
    """What a check tells, without each step of the journal: how many there are is told too."""
    return "".join(line for line in told.splitlines(True) if not line.startswith("step "))


def operation(name):
    """The operation of this name."""
    from copies import COPIES
    if name in OPERATIONS:
        return Operation(name)
    if name in COPIES:
        return COPIES[name](name)
    sys.exit(f"{name} is none of: {', '.join([*OPERATIONS, *COPIES])}")


def make_desk(kind, home):
    """A desk of one kind. None has a passphrase, so that no run waits for a key to be derived."""
    if kind == "demo":
        made = run(home, "demo", "--keep", home, "--pupils", "40", "--today", "2026-11-24")
    elif kind == "empty":
        made = run(home, "selftest", "make")
    elif kind == "killed":
        make_desk("demo", home)
        leave_in_wal(home)
        return
    elif kind == "old-desk":
        make_desk("demo", home)
        made = run(home, "selftest", "old-desk")
    else:
        made = run(home, "selftest", "make", "--shape", os.path.join(ROOT, f"tests/data/{kind}.sql"))
    if made.returncode:
        sys.exit(f"the desk could not be made: {made.stderr}")


def leave_in_wal(home):
    """Leaves saves in the WAL alone, as a session that is killed does."""
    writer = subprocess.Popen([PROGRAM, "selftest", "write", "100000"], env={**os.environ, "SENDESK_HOME": home},
                              stdout=subprocess.PIPE, text=True)
    for _ in range(12):
        writer.stdout.readline()
    writer.kill()
    writer.communicate()
    if os.path.getsize(school_file(home) + "-wal") == 0:
        sys.exit("nothing was left in the WAL")


def school_file(home):
    """The file of the one school on a desk."""
    return glob.glob(os.path.join(home, "schools", "*.db"))[0]


def words_after(mark, text):
    """What stands behind a mark. A last line without its end may be cut short, so it does not count."""
    return {line[len(mark):] for line in text.split("\n")[:-1] if line.startswith(mark)}


def refuses_rightly(ended):
    """What is wrong with how a run ended: a panic, or a refusal without a word."""
    found = []
    if "panicked" in (ended.stderr or "") + (ended.stdout or "") or ended.returncode == 101:
        found.append("panic: " + ended.stderr.strip()[-200:])
    if ended.returncode > 0 and not ended.stderr.strip():
        found.append("failed without a word")
    return found


def tell(failures):
    """Ends a script."""
    sys.stdout.flush()
    failures = [*failures, *PANICS]
    for failure in failures[:10]:
        print("  FAIL", failure)
    sys.exit(bool(failures))


if not os.path.exists(PROGRAM):
    sys.exit(f"{PROGRAM} is not there: cargo build")
_FOLDER = tempfile.TemporaryDirectory(prefix="sendesk-faults-")
WORK = os.path.realpath(_FOLDER.name)
