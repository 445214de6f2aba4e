#!/usr/bin/env python3
"""pairs.py OPERATION|all PARTNER|all ROUNDS: two processes at once, each pair of an operation on whole files and a partner.

Operations: restore, handover, adopt, passphrase, backup, erase, migrate. Partners: writer (one long, many short commands),
reader, opener (commands that open and write one thing; at a passphrase wrong tries too), locker (a session that holds the
school open and writes once more), itself (the same twice). Each process is held up for a moment where it opens, locks and
renames (SENDESK_SELFTEST_DELAY), by the seed.

After each round: what was acknowledged is in the school's file, in one set aside, or went with an erase that was acknowledged;
after a hand-over nothing is written any more and what is here is there; what bears a backup's name opens, and holds what was
acknowledged before it began; of the passphrases the one acknowledged opens the desk, and no other; what was refused was so in
words that fit, and goes well when run again; nothing half-made is left; nobody waits for ever. SEED=n repeats a run as far as
the system's own turns allow; V=1 prints each refusal.
"""
import collections, itertools, json, re, resource, subprocess, sys, threading, time
from common import *
from copies import NEW, OLD, WORDS, must, private

CODE = "OAK"
DEADLINE = 120
# Why a command beside another may be refused. Anything else is a fault.
FITS = re.compile(r"[Aa]nother sendesk|Another session|has OAK open|in use|was handed over on|no school|taken off|"
                  r"is not there|already|was changed by somebody else|changed elsewhere")
LOCKED = re.compile(FITS.pattern + "|does not open this desk")


class Ran:
    """A command that ran, and whether it began after the operation was acknowledged."""

    def __init__(self, words, late, code, out, err):
        self.words, self.late, self.code, self.out, self.err = words, late, code, out, err


class Round:
    """One operation and one partner on one desk."""

    def __init__(self, operation, partner, number):
        self.operation, self.partner, self.number, self.home = operation, partner, number, operation.box
        self.most = RANDOM.choice((0, 8, 40, 150, 400))  # milliseconds
        self.ran, self.faults, self.lines = [], [], threading.Lock()
        self.over = threading.Event()  # the operation has ended
        self.late = threading.Event()  # and was acknowledged
        self.log = open(os.path.join(WORK, "said"), "w+b", buffering=0)

    def extra(self):
        with self.lines:
            return {**self.operation.extra, "SENDESK_SELFTEST_DELAY": f"{RANDOM.getrandbits(32)}:{self.most}"}

    def start(self, *words, log=False, extra=(), **options):
        """Starts a process. With `log` all it says goes into one file with what others say, in the order it was said."""
        options = {"stdout": self.log if log else subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, **options}
        return subprocess.Popen([PROGRAM, *words_for(self.home, words)],
                                env=environment(self.home, {**self.extra(), **dict(extra)}), **options)

    def end(self, process, words, late=False, given=None):
        """Waits for a process, and looks at how it ended."""
        try:
            out, err = process.communicate(given, timeout=DEADLINE)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            self.fault(f"{' '.join(words)}: waited for {DEADLINE} seconds")
        ran = Ran(words, late, process.returncode, out or "", err or "")
        with self.lines:
            self.ran.append(ran)
        note_panic(words, ran.err + ran.out, ran.code)
        last = ran.err.strip().split("\n")[-1]
        if ran.code and not (1 <= ran.code <= 4 and last.startswith("sendesk: ")):
            self.fault(f"{' '.join(words)}: ended with {ran.code}: {last[-200:]}")
        elif ran.code and not self.operation.fits.search(last):
            self.fault(f"{' '.join(words)}: refused by: {last[-240:]}")
        if ran.code:
            refusals[(self.operation.name, self.partner, last[-160:])] += 1
        return ran

    def command(self, *words, **options):
        late = self.late.is_set()
        return self.end(self.start(*words, **options), words, late)

    def fault(self, text):
        with self.lines:
            self.faults.append(text)

    def play(self):
        """Runs both to their ends."""
        self.operation.reset()
        partner = threading.Thread(target=PARTNERS[self.partner], args=(self,))
        partner.start()
        wait = RANDOM.choice((0, .01, .03, .08, .2))
        time.sleep(wait)
        self.begun = self.acked()
        self.operate()
        self.over.set()
        partner.join()
        return self.judge()

    def operate(self, which=0):
        words = self.operation.words[which]
        ended = self.end(self.start(*words, log=True), words)
        if ended.code == 0:
            self.log.write(b"DONE\n")
            self.late.set()
            self.operation.done(which)

    def said(self):
        with open(self.log.name, errors="replace") as log:
            return log.read()

    def acked(self):
        """Every row acknowledged so far, and the words of every task."""
        with self.lines:
            ran = list(self.ran)
        said = "".join(one.out for one in ran) + self.said()
        tasks = {one.words[-1].removeprefix("task ") for one in ran if one.words[0] == "add" and re.match(r"t\d+ ", one.out)}
        return words_after("ack ", said) | tasks

    def again(self):
        """With nothing in its way, what was refused goes well."""
        ended = run(self.home, *self.operation.words[0], extra=self.operation.extra)
        if ended.returncode:
            self.fault(f"does not go well when run again: {ended.stderr.strip()[-200:]}")
        else:
            self.operation.done(0)
            self.here = holds(self, self.home)

    def judge(self):
        home, operation = self.home, self.operation
        if operation.spoiled:
            spoil(home, operation.before | self.acked())
        done = [one for one in self.ran if one.words in operation.words and one.code == 0]
        self.faults += crash_files(home)
        left = [path for path in glob.glob(os.path.join(home, "**", "*"), recursive=True)
                if re.search(r"\.new|sendesk-part|-journal$", os.path.basename(path))]
        self.faults += [f"left behind: {os.path.relpath(path, home)}" for path in left]
        self.here = holds(self, home)
        found = set(self.here or ())
        for path in asides(home):
            found |= holds(self, with_aside(home, path)) or set()
        acked = operation.before | self.acked()
        lost = acked - found
        if lost and not (done and operation.erases):
            self.fault(f"{len(lost)} of {len(acked)} acknowledged and lost, such as {sorted(lost)[0]}")
        for one in self.ran:
            wrote = "ack " in one.out or (one.words[0] == "add" and one.code == 0)
            if one.late and wrote and operation.ends_writing:
                self.fault(f"{' '.join(one.words)}: written after it was acknowledged that nobody writes any more")
        if not done:
            self.again()
        operation.judge(self, done)
        return self.faults


def holds(round, home):
    """Every row of the school on a desk and the words of its tasks; none where there is no such school."""
    extra = round.operation.opens_with(home)
    check = run(home, "selftest", "check", "--school", CODE, extra=extra)
    if check.returncode:
        if not re.search("no school|taken off", check.stderr):
            round.fault(f"check {check.returncode}: {check.stderr.strip()[-240:]}")
        return None
    tasks = run(home, "list", "tasks", "--school", CODE, "--json", extra=extra)
    if tasks.returncode:
        round.fault(f"the tasks cannot be listed: {tasks.stderr.strip()[-200:]}")
        return None
    return words_after("row ", check.stdout) | {task["title"] for task in json.loads(tasks.stdout)}


def asides(home):
    found = glob.glob(os.path.join(home, "schools", f"{CODE}.db.aside-*"))
    return [path for path in found if re.search(r"aside-[\d-]+$", path)]


def with_aside(home, path):
    """A desk on which what was set aside stands in the school's place."""
    look = os.path.join(WORK, "look")
    shutil.rmtree(look, ignore_errors=True)
    shutil.copytree(home, look)
    school, aside = (os.path.join(look, "schools", name) for name in (f"{CODE}.db", os.path.basename(path)))
    for end in ("", "-wal", "-shm"):
        if os.path.exists(school + end):
            os.remove(school + end)
        if os.path.exists(aside + end):
            os.rename(aside + end, school + end)
    return look


# The operations.

class Pair:
    """An operation: what it is run on, what it must leave."""
    extra = {"SENDESK_SELFTEST_CHEAP_KEYS": "1"}
    fits = FITS
    ends_writing = False  # nothing is written any more once it is acknowledged
    erases, spoiled = False, True

    def __init__(self, name):
        self.name = name
        os.environ.update(self.extra)
        self.desk, self.box = os.path.join(WORK, f"{name}-desk"), os.path.join(WORK, f"{name}-box")
        self.before = set()
        self.prepare()

    def prepare(self):
        must(self.desk, "selftest", "make")
        self.write(2)

    def write(self, count):
        said = must(self.desk, "selftest", "write", str(count))
        self.before |= words_after("ack ", said)

    def reset(self):
        shutil.rmtree(self.box, ignore_errors=True)
        shutil.copytree(self.desk, self.box)

    def opens_with(self, home):
        return {}

    def done(self, which):
        """Notes which of its commands was acknowledged."""

    def judge(self, round, done):
        """Looks at what it alone must leave; by now it went well once."""

    def backups_open(self, round):
        for path in glob.glob(os.path.join(round.home, "backups", "*", "*.db")):
            ended = run(round.home, "restore", path, "--dry-run", "--school", CODE)
            # Of a school of the desk nothing is missing that it needs to be looked at.
            if ended.returncode:
                round.fault(f"{os.path.basename(path)}: {ended.stderr.strip()[-200:]}")


class RestorePair(Pair):
    """A backup put back over a school that has moved on."""

    def prepare(self):
        super().prepare()
        for number in (1, 2):
            must(self.desk, "backup", "--out", os.path.join(self.desk, f"backup{number}.db"))
            self.write(1)
        self.words = [("restore", f"{{home}}/backup{number}.db", "--yes") for number in (1, 2)]

    def judge(self, round, done):
        if done and not asides(round.home):
            round.fault("restored, and nothing was set aside")


class HandoverPair(Pair):
    """A hand-over: what is here is there, and nobody writes here any more."""
    ends_writing = True

    def prepare(self):
        super().prepare()
        self.phrase = private("phrase", WORDS)
        self.words = [("school", "handover", CODE, "--out", f"{{home}}/given{number}", "--new-passphrase-file", self.phrase)
                      for number in (1, 2)]
        self.taker = os.path.join(WORK, "taker")
        must(self.taker, "selftest", "make")
        must(self.taker, "school", "detach", CODE, "--erase", "--yes")

    def judge(self, round, done):
        given = glob.glob(os.path.join(round.home, "given*"))
        if len(given) != 1 or len(done) > 1:
            return round.fault(f"{len(done)} hand-overs acknowledged, {len(given)} there")
        look = os.path.join(WORK, "look")
        shutil.rmtree(look, ignore_errors=True)
        shutil.copytree(self.taker, look)
        taken = run(look, "school", "adopt", given[0], "--phrase-file", self.phrase)
        if taken.returncode:
            return round.fault(f"the hand-over: {taken.stderr.strip()[-200:]}")
        missing = (round.here or set()) - (holds(round, look) or set())
        if missing:
            round.fault(f"{len(missing)} are here and not in the hand-over, such as {sorted(missing)[0]}")
        if run(round.home, "add", "task Late", "--school", CODE).returncode == 0:
            round.fault("handed over, and it can be written")


class AdoptPair(Pair):
    """A school comes from a hand-over while others ask for it."""

    def prepare(self):
        giver, given, phrase = os.path.join(WORK, "giver"), os.path.join(WORK, "given"), private("phrase", WORDS)
        must(giver, "selftest", "make")
        self.whole = words_after("ack ", must(giver, "selftest", "write", "3"))
        must(giver, "school", "handover", CODE, "--out", given, "--new-passphrase-file", phrase)
        must(self.desk, "selftest", "make")
        must(self.desk, "school", "detach", CODE, "--erase", "--yes")
        self.words = [("school", "adopt", given, "--phrase-file", phrase)]

    def judge(self, round, done):
        if len(done) > 1:
            round.fault("adopted twice")
        if not self.whole <= (round.here or set()):
            round.fault("it does not hold what came")


class BackupPair(Pair):
    """A backup beside an older one."""

    def prepare(self):
        super().prepare()
        must(self.desk, "backup")
        self.write(1)
        self.words = [("backup", "--school", CODE)]

    def judge(self, round, done):
        # Each says its own name; by the log, for it says so there.
        named = [line for line in round.said().split("\n") if line.endswith(".db")]
        there = glob.glob(os.path.join(round.home, "backups", "*", "*.db"))
        if len(set(named)) != len(done) or not there:
            round.fault(f"{len(done)} acknowledged, {len(set(named))} named, {len(there)} there")
        gone = [path for path in named if not os.path.exists(path)]
        # Of two within the hour one may be thinned out; not the newest.
        if named and len(gone) == len(set(named)):
            round.fault("acknowledged and not there")
        self.backups_open(round)
        if not done or not there:
            return
        look = os.path.join(WORK, "look")
        shutil.rmtree(look, ignore_errors=True)
        shutil.copytree(round.home, look)
        must(look, "restore", sorted(there)[-1], "--yes")
        missing = (self.before | round.begun) - (holds(round, look) or set())
        if missing:
            round.fault(f"{len(missing)} kept before it began are not in the backup, such as {sorted(missing)[0]}")


class ErasePair(Pair):
    """A school is erased: all of it goes, or nothing does."""
    ends_writing = erases = True
    spoiled = False

    def prepare(self):
        super().prepare()
        must(self.desk, "backup")
        self.words = [("school", "detach", CODE, "--erase", "--yes")]

    def judge(self, round, done):
        left = glob.glob(os.path.join(round.home, "schools", f"{CODE}.db*")) + glob.glob(os.path.join(round.home, "backups", CODE, "*"))
        if left or round.here is not None:
            round.fault(f"erased, and there is {[os.path.basename(path) for path in left]}")
        # Who has the school open keeps it from being erased, so the log's order is the order of things.
        behind = round.said().rpartition("DONE\n")
        if done and "ack " in behind[2]:
            round.fault("acknowledged to a writer after it was erased")


class MigratePair(Pair):
    """The first opening of a school of an older format; by turns of the desk's own file."""

    def prepare(self):
        shape = os.path.join(ROOT, "tests/data/v3.sql")
        must(self.desk, "selftest", "make", "--shape", shape)
        clean = self.desk + "-clean"
        shutil.copytree(self.desk, clean)
        self.before = words_after("ack ", must(clean, "selftest", "open", "--school", CODE))
        must(clean, "selftest", "old-desk")
        self.desks = [self.desk, clean]
        self.words = [("selftest", "open", "--school", CODE)]

    def reset(self):
        self.desk = self.desks.pop(0)
        self.desks.append(self.desk)
        super().reset()

    def judge(self, round, done):
        self.backups_open(round)


class PassphrasePair(Pair):
    """A new passphrase while others open the desk with the old one, or try a wrong one."""
    fits = LOCKED

    def prepare(self):
        self.old, self.wrong = private("old", OLD), private("wrong", "nobody has this one")
        self.new = [private("new1", NEW), private("new2", "five words are better still")]
        self.extra = {**self.extra, "SENDESK_PASSPHRASE_FILE": self.old}
        os.environ["SENDESK_PASSPHRASE_FILE"] = self.old
        made = json.loads(must(self.desk, "init", "--author", "Sam", "--json"))
        self.code = private("code", made["recovery_code"])
        must(self.desk, "school", "add", "--name", "Oakfield Primary School", "--code", CODE)
        self.write(2)
        del os.environ["SENDESK_PASSPHRASE_FILE"]
        self.words = [("passphrase", "--new-passphrase-file", path) for path in self.new]

    def reset(self):
        super().reset()
        self.holds = self.old

    def done(self, which):
        self.holds = self.new[which]

    def opens_with(self, home):
        """The passphrase that was acknowledged; before, the old one."""
        return {"SENDESK_PASSPHRASE_FILE": self.holds}

    def judge(self, round, done):
        if len(done) > 1:
            round.fault("two took the place of the same old one, and both were acknowledged")
        opens = [path for path in (self.old, *self.new)
                 if run(round.home, "school", "list", extra={"SENDESK_PASSPHRASE_FILE": path}).returncode == 0]
        if opens != [self.holds]:
            names = [os.path.basename(path) for path in opens]
            round.fault(f"{os.path.basename(self.holds)} was acknowledged, and {names} open it")
        by_code = run(round.home, "selftest", "check", "--code-file", self.code)
        if by_code.returncode:
            round.fault(f"by the printed code: {by_code.stderr.strip()[-200:]}")


# The partners.

def over_and_over(round, most, once):
    """Runs one command behind the other until so many went well or the operation has ended, and then one more. A passphrase
    that does not open the desk is tried once: each further try would wait longer."""
    while most > 0:
        last = round.over.is_set()
        ran = once()
        most -= ran.code == 0
        if last or ran.code == 3:
            return
        if ran.code:
            time.sleep(.03)


def writer(round):
    """One long writer, and short commands beside it."""
    count = RANDOM.randrange(2, 10)
    long = threading.Thread(target=over_and_over, args=(round, 1, lambda: in_log(round, ["selftest", "write", str(count)])))
    long.start()
    short(round, 6)
    long.join()


def in_log(round, words, given=None, wait=0, **options):
    """A command that says what it does in the order of things; it may be given a line after a while."""
    words, late = [*words, "--school", CODE], round.late.is_set()
    process = round.start(*words, log=True, **options)
    round.over.wait(wait)
    return round.end(process, words, late, given)


def short(round, most):
    numbers = itertools.count()

    def add():
        title = f"Ring {round.number}x{next(numbers)}x{threading.get_ident()}"
        return round.command("add", "--school", CODE, "--", f"task {title}")
    over_and_over(round, most, add)


def opener(round):
    """Commands that open and write one thing, one behind the other, in two rows."""
    def write():
        return round.command("selftest", "write", "1", "--school", CODE)
    beside = threading.Thread(target=over_and_over, args=(round, 4, write))
    beside.start()
    if round.operation.name == "passphrase":
        wrong_tries(round)
    else:
        short(round, 3)
    beside.join()


def wrong_tries(round):
    for _ in range(3):
        last = round.over.is_set()
        ran = round.command("list", "tasks", "--school", CODE, "--json",
                            extra={"SENDESK_PASSPHRASE_FILE": round.operation.wrong})
        if ran.code != 3:
            round.fault(f"a wrong passphrase: {ran.code} {ran.err[-100:]}")
        if last:
            return


def reader(round):
    """Lists, over and over. Each answers whole, or says why not."""
    lists = itertools.cycle((["list", "tasks"], ["today"], ["list", "pupils"], ["list", "diary"]))

    def read():
        words = next(lists)
        ran = round.command(*words, "--school", CODE, "--json")
        try:
            if ran.code == 0:
                json.loads(ran.out)
        except ValueError:
            round.fault(f"{' '.join(words)}: an answer that is none: {ran.out[-100:]}")
        return ran
    over_and_over(round, 8, read)


def locker(round):
    """A session that holds the school open, and writes once when it is let go."""
    wait = RANDOM.choice((.05, .2, .6, 1.5))
    over_and_over(round, 1, lambda: in_log(round, ["selftest", "hold"], "\n", wait, stdin=subprocess.PIPE))


def itself(round):
    round.operate(-1)


OPERATIONS_HERE = {"restore": RestorePair, "handover": HandoverPair, "adopt": AdoptPair, "passphrase": PassphrasePair,
                   "backup": BackupPair, "erase": ErasePair, "migrate": MigratePair}
PARTNERS = {"writer": writer, "reader": reader, "opener": opener, "locker": locker, "itself": itself}
refusals = collections.Counter()


def chosen(word, of):
    if word != "all" and word not in of:
        sys.exit(f"{word} is none of: all, {', '.join(of)}")
    return list(of) if word == "all" else [word]


names, partners, rounds = chosen(sys.argv[1], OPERATIONS_HERE), chosen(sys.argv[2], PARTNERS), int(sys.argv[3])
failures = []
for name in names:
    pair = OPERATIONS_HERE[name](name)
    for partner in partners:
        began, found_here, acked, acknowledged = time.time(), 0, 0, 0
        for number in range(rounds):
            round = Round(pair, partner, number)
            found = round.play()
            acked += len(round.acked())
            acknowledged += sum(one.code == 0 for one in round.ran if one.words in pair.words)
            found_here += bool(found)
            if found:
                failures.append((name, partner, f"round {number}, waits to {round.most} ms", found[:4]))
        print(f"pairs {name} {partner} seed={SEED}: rounds={rounds} done={acknowledged} acknowledged={acked} "
              f"failures={found_here} {time.time() - began:.0f}s", flush=True)
if os.environ.get("V"):
    for (name, partner, told), count in sorted(refusals.items()):
        print(f"  {count:4} {name} {partner}: {told}")
spent = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"pairs {sys.argv[1]} {sys.argv[2]} seed={SEED}: rounds={rounds * len(names) * len(partners)} failures={len(failures)} "
      f"processor={spent.ru_utime + spent.ru_stime:.0f}s")
tell(failures)
