#!/usr/bin/env python3
"""powercut.py OPERATION CUTS: the power goes at random moments of the operation.

strace records what the operation does to files. For each cut a moment is chosen and the disk rebuilt as it may be then:
all that was synced before, and of the later writes any, in sectors of 512 bytes and in any order; files and
folders made, renamed or removed since the folder they are in was synced may or may not be. Then the check. Shared memory (-shm) is never on the disk; a
write through mmap would not be seen, so the script refuses to go on where there is one. Needs strace.
"""
import re, shutil, subprocess, sys, time
from common import *

TRACED = ("openat,pwrite64,write,lseek,ftruncate,fallocate,fsync,fdatasync,unlink,unlinkat,rename,renameat,renameat2,"
          "link,linkat,mkdir,mkdirat,mmap,copy_file_range,sendfile,pwritev,writev")
SECTOR = 512
operation, cuts = operation(sys.argv[1]), int(sys.argv[2])
box = operation.box


def bytes_of(text):
    return bytes.fromhex(text.replace("\\x", ""))


def inside(path):
    """The name of a file under the desk's folder; none for others, and for shared memory."""
    if path == box:
        return "."
    if not path.startswith(box + "/") or path.endswith("-shm"):
        return None
    return os.path.relpath(path, box)


def file_of(text):
    """The file behind `3<path>`."""
    found = re.search(r"<((?:\\x[0-9a-f]{2})+)>", text)
    return inside(bytes_of(found[1]).decode()) if found else None


def files_under(folder):
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            if not path.endswith("-shm"):
                with open(path, "rb") as file:
                    found[os.path.relpath(path, folder)] = bytearray(file.read())
    return found


def calls(log):
    """Each finished call: name, arguments, answer, and what stands behind the answer."""
    pending = {}
    for line in log:
        process, rest = line.split(None, 1)
        if rest.endswith("<unfinished ...>\n"):
            pending[process] = rest[:-len("<unfinished ...>\n")]
            continue
        resumed = re.match(r"<\.\.\. \w+ resumed>", rest)
        if resumed:
            rest = pending.pop(process, "") + rest[resumed.end():]
        call = re.match(r"(\w+)\((.*)\)\s+= (-?\d+)(.*)", rest)
        if call and int(call[3]) >= 0:
            yield call[1], call[2], int(call[3]), call[4]


def events_of(log):
    """What happened to the files of the desk, and what was acknowledged, in order."""
    events, at, held = [], {}, {"1": "", "2": ""}
    for call, words, answer, behind in calls(log):
        descriptor = words.split(",")[4 if call == "mmap" else 0]
        file = file_of(descriptor)
        data = re.search(r'"((?:\\x[0-9a-f]{2})*)"', words)
        said = descriptor.split("<")[0]
        if call == "write" and said in held and data:
            *whole, held[said] = (held[said] + bytes_of(data[1])[:answer].decode("utf8", "replace")).split("\n")
            events += [("ack", one) for line in whole for one in operation.acked(line + "\n")]
        elif call == "openat":
            file = file_of(behind)
            if file and "O_CREAT" in words:
                events.append(("create", file))
            if file and "O_TRUNC" in words:
                events.append(("cut", file, 0))
            at[file] = 0
        elif call in ("mkdir", "mkdirat", "unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat"):
            names = [inside(bytes_of(name).decode()) for name in re.findall(r'"((?:\\x[0-9a-f]{2})*)"', words)]
            if any(names):
                events.append((re.sub("at2?$", "", call), *names))
        elif file is None:
            continue
        elif call == "pwrite64":
            events.append(("write", file, int(words.rsplit(",", 1)[1]), bytes_of(data[1])[:answer]))
        elif call == "write":
            events.append(("write", file, at.get(file, 0), bytes_of(data[1])[:answer]))
            at[file] = at.get(file, 0) + answer
        elif call == "lseek":
            at[file] = answer
        elif call == "ftruncate":
            events.append(("cut", file, int(words.rsplit(",", 1)[1])))
        elif call in ("fsync", "fdatasync"):
            events.append(("sync", file))
        elif call != "mmap" or ("PROT_WRITE" in words and "MAP_SHARED" in words):
            sys.exit(f"{call} of {file} is not something this script can rebuild")
    return events


def apply(files, event):
    what, file = event[0], event[1]
    if what == "create":
        files.setdefault(file, bytearray())
    elif what == "write" and file in files:
        content, (start, data) = files[file], event[2:]
        content.extend(bytes(max(0, start - len(content))))
        content[start:start + len(data)] = data
    elif what == "cut" and file in files:
        content, size = files[file], event[2]
        del content[size:]
        content.extend(bytes(size - len(content)))
    elif what == "unlink":
        files.pop(file, None)
    elif what in ("rename", "link") and file in files:
        files[event[2]] = files.pop(file) if what == "rename" else files[file]


def disk_at(start, events, cut):
    """The files as a power cut may leave them."""
    synced = {event[1]: number for number, event in enumerate(events[:cut]) if event[0] == "sync"}
    files, lost = {name: bytearray(content) for name, content in start.items()}, []
    keep = RANDOM.choice((0, .1, .5, .9, 1))
    for number, event in enumerate(events[:cut]):
        what, file = event[0], event[1]
        if what in ("ack", "sync"):
            continue
        of_folder = what in ("create", "unlink", "rename", "link", "mkdir")
        where = (os.path.dirname(file) or ".") if of_folder else file
        if number < synced.get(where, -1):
            apply(files, event)
        elif what == "write":
            for part in range(0, len(event[3]), SECTOR):
                if RANDOM.random() < keep:
                    apply(files, ("write", file, event[2] + part, event[3][part:part + SECTOR]))
        elif what == "create" and file in files:
            continue
        elif what == "mkdir":
            lost += [file] if RANDOM.random() >= keep else []
        elif RANDOM.random() < keep:
            apply(files, event)
    # What lies in a folder whose own name was lost is lost with it.
    return {name: content for name, content in files.items() if not any(name.startswith(folder + "/") for folder in lost)}


operation.reset()
start = files_under(box)
log = os.path.join(WORK, "log")
recorded = run(box, *operation.words, before=["strace", "-f", "-qq", "-y", "-xx", "-s", "16777216", "-o", log, "-e", f"trace={TRACED}"])
if recorded.returncode:
    sys.exit(f"could not be recorded: {recorded.stderr}")
with open(log, errors="replace") as lines:
    events = events_of(lines)
os.remove(log)
count = {what: sum(event[0] == what for event in events) for what in ("write", "sync", "ack")}
if not count["write"] or not (count["ack"] or operation.silent):
    sys.exit(f"too little was recorded: {count}")
began, failures, disk, with_acks = time.time(), [], os.path.join(WORK, "disk"), 0
# Where nothing went wrong the disk must be as the recording left it, or the rest proves nothing.
whole = {name: bytearray(content) for name, content in start.items()}
for event in events:
    if event[0] not in ("ack", "sync"):
        apply(whole, event)
if whole != files_under(box):
    sys.exit("what was recorded does not give the files that are there")
if MUTATE == "no-sync":
    # A disk that only says that it has it.
    events = [event for event in events if event[0] != "sync"]
elif MUTATE == "reorder":
    # Each two renames in the order they must not have.
    at = [number for number, event in enumerate(events) if event[0] == "rename"]
    for one, two in zip(at[::2], at[1::2]):
        events[one], events[two] = events[two], events[one]
# Names and acknowledgements are few among the writes, so every second cut is close behind one.
turns = [number for number, event in enumerate(events) if event[0] not in ("write", "sync", "cut")]
# And every fourth lies behind the first of them, where nothing may be lost any more; of what says nothing at its end.
first = next((number for number, event in enumerate(events) if event[0] == "ack"), len(events) - 1)
for number in range(cuts):
    cut = RANDOM.randint(0, len(events))
    if number % 4 == 3:
        cut = RANDOM.randint(first + 1, len(events))
    elif number % 2:
        cut = min(RANDOM.choice(turns) + RANDOM.randint(0, 3), len(events))
    files = disk_at(start, events, cut)
    shutil.rmtree(disk, ignore_errors=True)
    for name, content in files.items():
        path = os.path.join(disk, name)
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)
    acked = {event[1] for event in events[:cut] if event[0] == "ack"}
    with_acks += bool(acked)
    found = operation.faults(acked, disk, recorded if operation.silent and cut == len(events) else None)
    if found:
        failures.append((number, cut, found))
print(f"powercut {operation.name} seed={SEED}: writes={count['write']} syncs={count['sync']} acks={count['ack']} cuts={cuts} "
      f"after_an_ack={with_acks} failures={len(failures)} {time.time() - began:.0f}s")
if count["ack"] and with_acks < cuts // 4:
    failures.append(f"only {with_acks} of {cuts} cuts lie after an acknowledgement")
tell(failures)
