"""Operations on whole files: backup, restore, hand-over, adoption, a school more, a new passphrase.

Each is the command itself. What it prints last is what it acknowledges.
"""
import json, re
from common import *

WORDS = "harbour lentil drum frost"
OLD, NEW = "larch kettle orbit moss", "four words are better"


def private(name, text):
    """A file beside the desks that the user alone can read."""
    path = os.path.join(WORK, name)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text + "\n")
    return path


def must(home, *words):
    ended = run(home, *words)
    if ended.returncode:
        sys.exit(f"{' '.join(words)}: {ended.stderr}")
    return ended.stdout


def contents(home, *words):
    """What a school holds: every row with its step, and a digest of each table, without what only looking and copying add.
    None, and why, where the check does not pass."""
    check = run(home, "selftest", "check", *words)
    if check.returncode:
        return None, f"check {check.returncode}: {check.stderr.strip()[-300:]}"
    return re.sub("table journal_step .*\n", "", without_steps(check.stdout)), ""


def backups(home):
    return glob.glob(os.path.join(home, "backups", "*", "*.db"))


def opened(home, path):
    """Why a backup does not open and compare; nothing where it does."""
    ended = run(home, "restore", path, "--dry-run")
    return [f"{os.path.basename(path)}: {ended.stderr.strip()[-200:]}"] if ended.returncode else []


class Copy(Operation):
    """What all of them have in common: the school holds what it held, and a run refused can be run again."""
    rounds = 1

    def keep_clean(self):
        self.before, _ = contents(self.desk)

    def faults(self, acked, home=None, ended=None):
        home = home or self.box
        spoil(home)
        held, why = contents(home)
        found = crash_files(home)
        found += [] if held == self.before else [why or "the school does not hold what it held"]
        return found + self.copies(acked, home) + self.again(acked, home)

    def again(self, acked, home):
        """With nothing in its way it goes well."""
        if acked:
            return []
        ended = run(home, *self.words)
        if ended.returncode and not self.done_already(ended.stderr):
            return [f"does not go well when run again: {ended.stderr.strip()[-200:]}"]
        return self.copies(self.acked(ended.stdout + ended.stderr), home)

    def copies(self, acked, home):
        return []


class Backup(Copy):
    """A backup beside an older one. What bears a backup's name opens and is what the school held."""

    def prepare(self):
        make_desk("demo", self.desk)
        must(self.desk, "backup")
        time.sleep(1.1)
        must(self.desk, "selftest", "write", "3")
        self.words = ["backup"]

    def acked(self, said):
        return {os.path.basename(line) for line in said.split("\n")[:-1] if line.endswith(".db")}

    def copies(self, acked, home):
        names = {os.path.basename(path) for path in backups(home)}
        found = [f"{name} was acknowledged and is not there" for name in acked - names]
        if not names:
            found.append("the older backup is gone")
        for path in backups(home):
            found += opened(home, path)
        return found


class Handover(Copy):
    """A hand-over beside the desk's folders: it opens where it stands, and only then the school is read only."""

    def prepare(self):
        make_desk("demo", self.desk)
        self.phrase = private("phrase", WORDS)
        code = os.path.basename(school_file(self.desk))[:-3]
        self.words = ["school", "handover", code, "--out", "{home}/given", "--new-passphrase-file", self.phrase]

    def acked(self, said):
        return {"given" for line in said.split("\n")[:-1] if line.endswith("/given")}

    def copies(self, acked, home):
        path, found = os.path.join(home, "given"), []
        if acked and not os.path.exists(path):
            found.append("the hand-over was acknowledged and is not there")
        if os.path.exists(path):
            ended = run(home, "restore", path, "--dry-run", "--phrase-file", self.phrase)
            # Of a school that is handed over the rehearsal goes well; it is the restore itself that is refused.
            if ended.returncode:
                found.append(f"given: {ended.stderr.strip()[-200:]}")
        elif "handed over" in run(home, "add", "@nobody note: x").stderr:
            found.append("handed over, and there is no hand-over")
        return found

    def again(self, acked, home):
        path = os.path.join(home, "given")
        if os.path.exists(path):
            os.remove(path)
        return super().again(acked, home)

    def done_already(self, told):
        return "was handed over on" in told


class Restore(Copy):
    """A backup put back over a school that has moved on since. There is the old content or the backup's, whole; with the
    backup's, what was there is set aside."""
    killed, damaged = False, False

    def prepare(self):
        make_desk("demo", self.desk)
        must(self.desk, "backup")
        self.backup = contents(self.desk)[0]
        # A word, so that it is a change of what the backup holds too.
        name = backups(self.desk)[0]
        os.rename(name, os.path.join(self.desk, "backup.db"))
        must(self.desk, "selftest", "write", "4")
        if self.killed:
            leave_in_wal(self.desk)
        self.words = ["restore", "{home}/backup.db", "--yes"]

    def acked(self, said):
        return {"restored" for line in said.split("\n")[:-1] if re.fullmatch("[A-Z]{3}", line)}

    def keep_clean(self):
        look = os.path.join(WORK, "look")
        shutil.copytree(self.desk, look)
        self.before, why = contents(look)
        shutil.rmtree(look)
        if self.damaged:
            path = school_file(self.desk)
            with open(path, "r+b") as file:
                file.seek(4096 + 99)
                file.write(b"damaged")
            self.before = rest_of(path)
        elif self.before is None:
            sys.exit(why)
        if self.before == self.backup:
            sys.exit("nothing was changed since the backup")

    def faults(self, acked, home=None, ended=None):
        home = home or self.box
        spoil(home)
        held, why = contents(home)
        asides = [path for path in glob.glob(os.path.join(home, "schools", "*.aside-*")) if path[-1].isdigit()]
        found = crash_files(home)
        if held == self.backup:
            found += self.aside(asides, home)
            if ended and ended.returncode > 0 and "The answer could not be written" not in ended.stderr:
                found.append("restored, and said that it failed")
        elif acked:
            found.append(f"acknowledged, and not what the backup held: {why}")
        elif not self.stays(held, home):
            found.append(f"neither what it was nor what the backup held: {why}")
        return found or self.once_more(acked, home)

    def stays(self, held, home):
        """Whether the school is as it was before."""
        if not self.damaged:
            return held == self.before
        return rest_of(school_file(home)) == self.before

    def aside(self, asides, home):
        """What was there before lies aside, and is all of it."""
        if len(asides) != 1:
            return [f"{len(asides)} files set aside"]
        if self.damaged:
            return [] if rest_of(asides[0]) == self.before else ["what was set aside is not what there was"]
        look = os.path.join(WORK, "look")
        shutil.rmtree(look, ignore_errors=True)
        shutil.copytree(home, look)
        school = school_file(look)
        discard(school)
        for end in ("", "-wal"):
            path = os.path.join(look, "schools", os.path.basename(asides[0])) + end
            if os.path.exists(path):
                os.rename(path, school + end)
        held, why = contents(look)
        shutil.rmtree(look)
        return [] if held == self.before else [f"what was set aside is not what there was: {why}"]

    def once_more(self, acked, home):
        if acked:
            return []
        ended = run(home, *self.words)
        if ended.returncode or contents(home)[0] != self.backup:
            return [f"does not go well when run again: {ended.stderr.strip()[-200:]}"]
        return []


class RestoreKilled(Restore):
    """The same where the last session was killed, so that its saves are in the WAL alone."""
    killed = True


class RestoreDamaged(Restore):
    """The same in place of a file that is damaged."""
    damaged = True


class Arrival(Copy):
    """A school comes onto a desk. Where the desk lists it, it opens and is whole; where not, it can come again."""
    made_anew = False

    def keep_clean(self):
        super().keep_clean()
        self.whole, why = contents(self.box, "--school", self.code)
        if self.whole is None:
            sys.exit(why)

    def acked(self, said):
        return {self.code for line in said.split("\n")[:-1] if line == self.code}

    def copies(self, acked, home):
        listed = run(home, "school", "list", "--json")
        if listed.returncode:
            return [f"the schools cannot be listed: {listed.stderr.strip()[-200:]}"]
        if self.code not in {school["code"] for school in json.loads(listed.stdout)}:
            return [f"{self.code} was acknowledged and is not there"] if acked else []
        held, why = contents(home, "--school", self.code)
        if held == self.whole or (held and self.made_anew):
            return []
        return [why or f"{self.code} does not hold what came"]

    def done_already(self, told):
        return f"school {self.code} on this desk already" in told


class AddSchool(Arrival):
    """A new school."""
    code, made_anew = "ELM", True

    def prepare(self):
        make_desk("empty", self.desk)
        self.words = ["school", "add", "--name", "Elm Park Primary", "--code", self.code]


class Make(Arrival):
    """A new desk and its first school. Where there are keys there is a desk; where not, it can be made again."""
    code, made_anew, silent = "OAK", True, True

    def prepare(self):
        os.mkdir(self.desk)
        self.words = ["selftest", "make"]

    def keep_clean(self):
        self.whole, why = contents(self.box)
        if self.whole is None:
            sys.exit(why)

    def acked(self, said):
        # It says nothing at all.
        return set()

    def faults(self, acked, home=None, ended=None):
        home = home or self.box
        found = crash_files(home)
        if os.path.exists(os.path.join(home, "desk.keys")):
            found += self.copies({self.code} if ended and ended.returncode == 0 else set(), home)
            again = run(home, "school", "add", "--name", "Oakfield Primary School", "--code", self.code)
        else:
            found += ["it ended well and there is no desk"] if ended and ended.returncode == 0 else []
            again = run(home, *self.words)
        if again.returncode and not self.done_already(again.stderr):
            found.append(f"does not go on: {again.stderr.strip()[-200:]}")
        return found + self.copies({self.code}, home)


class Adopt(Arrival):
    """A school from a hand-over."""

    def prepare(self):
        make_desk("empty", self.desk)
        phrase, giver, given = private("phrase", WORDS), os.path.join(WORK, "giver"), os.path.join(WORK, "given")
        make_desk("demo", giver)
        self.code = os.path.basename(school_file(giver))[:-3]
        must(giver, "school", "handover", self.code, "--out", given, "--new-passphrase-file", phrase)
        self.words = ["school", "adopt", given, "--phrase-file", phrase]


class RestoreNew(Arrival):
    """A backup of a school that the desk does not have."""

    def prepare(self):
        make_desk("empty", self.desk)
        phrase, giver, given = private("phrase", WORDS), os.path.join(WORK, "giver"), os.path.join(WORK, "given")
        make_desk("demo", giver)
        self.code = os.path.basename(school_file(giver))[:-3]
        must(giver, "school", "handover", self.code, "--out", given, "--new-passphrase-file", phrase)
        self.words = ["restore", given, "--phrase-file", phrase, "--yes"]


class Own(Operation):
    """A task of the user's own beside another one. It is there once acknowledged, and no school knows of it."""
    rounds = 1
    words = ["add", "^me Second"]

    def prepare(self):
        make_desk("demo", self.desk)
        must(self.desk, "add", "^me First")
        self.prepare_more()

    def prepare_more(self):
        pass

    def keep_clean(self):
        self.before, why = contents(self.desk)
        if not self.before:
            sys.exit(why)

    def acked(self, said):
        return {line.split()[0] for line in said.split("\n")[:-1] if re.fullmatch(r"t\d+  ME  task  someday", line)}

    def faults(self, acked, home=None, ended=None):
        home = home or self.box
        return crash_files(home) + self.held(acked, home) + self.again(acked, home)

    def held(self, acked, home):
        listed = run(home, "list", "tasks", "--school", "ME", "--json")
        if listed.returncode:
            return [f"they cannot be listed: {listed.stderr.strip()[-200:]}"]
        tasks = {task["id"]: task["title"] for task in json.loads(listed.stdout)}
        found = [f"{id} was acknowledged and is not there" for id in acked - set(tasks)]
        if not set(tasks.values()) <= {"First", "Second"} or tasks.get("t1") != "First":
            found.append(f"there are {tasks}")
        held, why = contents(home)
        if held != self.before:
            found.append(why or "the school does not hold what it held")
        return found

    def again(self, acked, home):
        if acked:
            return []
        ended = run(home, *self.words)
        return [f"does not go well when run again: {ended.stderr.strip()[-200:]}"] if ended.returncode else []


class OwnBackup(Own):
    """A backup of the user's own tasks beside an older one. What bears a backup's name opens."""
    words = ["backup", "--school", "ME"]

    def prepare_more(self):
        must(self.desk, *self.words)
        time.sleep(1.1)
        must(self.desk, "add", "^me Second")

    def acked(self, said):
        return {os.path.basename(line) for line in said.split("\n")[:-1] if line.endswith(".db")}

    def held(self, acked, home):
        names = {os.path.basename(path) for path in backups(home)}
        found = [f"{name} was acknowledged and is not there" for name in acked - names]
        if not names:
            found.append("the older backup is gone")
        for path in backups(home):
            found += opened(home, path)
        return found + super().held(set(), home)


class Passphrase(Operation):
    """A new passphrase on a desk that has one, after a wrong try. The old one opens it or the new one does, and the printed code
    always; the count of wrong tries is what it was, and at most begun anew."""
    rounds, room = 1, 0

    def prepare(self):
        self.old, self.new = private("old", OLD), private("new", NEW)
        os.environ["SENDESK_PASSPHRASE_FILE"] = self.old
        os.environ["SENDESK_SELFTEST_CHEAP_KEYS"] = "1"
        made = json.loads(must(self.desk, "init", "--author", "Sam", "--json"))
        self.code = private("code", made["recovery_code"])
        must(self.desk, "school", "add", "--name", "Oakfield Primary School", "--code", "OAK")
        must(self.desk, "selftest", "write", "2")
        self.words = ["passphrase", "--new-passphrase-file", self.new]

    def counted(self, home):
        """What is wrong with the count of tries before any other is made."""
        try:
            with open(os.path.join(home, "desk.tries")) as file:
                tries = json.load(file)
        except (OSError, ValueError) as error:
            return [f"the count of tries is gone: {error}"]
        return [] if tries["failed"] == 1 and tries["in_a_row"] in (0, 1) else [f"the count of tries is {tries}"]

    def acked(self, said):
        return {"new" for line in said.split("\n")[:-1] if line.startswith("The new passphrase holds from now on.")}

    def done_already(self, told):
        # Which one opens the desk is looked at before.
        return "That passphrase does not open this desk" in told

    def keep_clean(self):
        self.before, why = contents(self.desk, "--code-file", self.code)
        if not self.before:
            sys.exit(why)
        # Given up on a full disk it would make room for all of it.
        os.remove(os.path.join(self.desk, "reserve"))
        # Last of all: what opens the desk begins the count anew.
        if run(self.desk, "school", "list", "--passphrase-file", self.new).returncode != 3:
            sys.exit("a wrong try is not refused")

    def faults(self, acked, home=None, ended=None):
        home = home or self.box
        found, opens = self.counted(home) + crash_files(home), []
        for name in (self.old, self.new):
            held, why = contents(home, "--passphrase-file", name)
            opens.append(held == self.before)
            if held != self.before and "That passphrase does not open this desk" not in why:
                found.append(why or "it does not hold what it held")
        held, why = contents(home, "--code-file", self.code)
        if held != self.before:
            found.append(f"by the printed code: {why or 'it does not hold what it held'}")
        if opens not in ([True, False], [False, True]):
            found.append(f"the old one opens it: {opens[0]}, the new one: {opens[1]}")
        if acked and not opens[1]:
            found.append("the new one was acknowledged and does not open it")
        if ended and ended.returncode > 0 and opens[1] and "The new passphrase opens the desk from now on" not in ended.stderr:
            found.append("the new one holds, and it was said that it failed")
        return found


def rest_of(path):
    """A file behind its first page, which is sealed anew at every change of its mode."""
    with open(path, "rb") as file:
        return file.read()[4096:]


def discard(path):
    for end in ("", "-wal", "-shm"):
        if os.path.exists(path + end):
            os.remove(path + end)


COPIES = {"backup": Backup, "handover": Handover, "restore": Restore, "restore-killed": RestoreKilled,
          "restore-damaged": RestoreDamaged, "restore-new": RestoreNew, "adopt": Adopt, "make": Make, "add-school": AddSchool,
          "own": Own, "own-backup": OwnBackup, "passphrase": Passphrase}
