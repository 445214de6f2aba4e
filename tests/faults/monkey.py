#!/usr/bin/env python3
"""monkey.py EVENTS: random keys, pastes, broken UTF-8, mouse reports, stops and sizes down to 1x1 on the real screen.

The program runs in a pseudo-terminal on a kept demo and is started again when it ends by itself. Fails on a panic or a crash
file, to the last event; on an end by a signal; on no answer to a new size within 5 seconds; where the desk is not sound after a
start, and where a step that was there is there no more.
"""
import fcntl, pty, select, signal, struct, sys, termios, time
from common import *

ESC = b"\x1b"
NAMED = [ESC, b"\r", b"\t", b"\x7f", ESC + b"[Z", ESC + b"OP"] + [
    ESC + b"[" + end for end in (b"A", b"B", b"C", b"D", b"H", b"F", b"2~", b"3~", b"5~", b"6~", b"15~", b"1;5C")]
NASTY = [b"\xff", b"\xc3", b"\xf0\x9f", "é".encode(), "👩‍👧".encode(), "\u202e".encode(), "\u200b".encode(), "שלום".encode(), b"\x00",
         ESC + b"[999;999H", b"\x9b31m", ESC + b"[200~line1\nline2\r\x1b[31m=cmd|'/c calc'!A1" + ESC + b"[201~",
         ESC + b"[200~never closed", ESC + b"[<0;5;5M", ESC + b"[<64;500;500M", ESC + b"]0;x\x07"]
# Words that lead somewhere, so that the keys do not stay at the door: panes, forms, the add line, the import.
PATHS = [b"1", b"2", b"3", b"4", b"5", b"cn", b"a", b"e", b"n", b"x", b"u", b"U", b"/", b":", b"?", b"g", b"w1", b"w3",
         b":theme\r", b"@a call mum: rang > fri ring back\r", b"\x1b\x1b\x1b"]
# Quit, stop and suspend come by themselves, not as keys; Ctrl-X would open an editor.
CONTROL = [code for code in range(1, 27) if code not in (3, 17, 19, 24, 26)]


def key():
    chance = RANDOM.random()
    if chance < .45:
        return bytes([RANDOM.randrange(32, 127)])
    if chance < .75:
        return RANDOM.choice(NAMED)
    if chance < .85:
        return RANDOM.choice(PATHS)
    if chance < .93:
        return bytes([RANDOM.choice(CONTROL)])
    return RANDOM.choice(NASTY)


class Terminal:
    """The program on a terminal of its own."""

    def __init__(self, home):
        self.process, self.end = pty.fork()
        if self.process == 0:
            os.environ.update(TERM="xterm-256color", SENDESK_HOME=home, EDITOR="true", RUST_BACKTRACE="0")
            os.execv(PROGRAM, [PROGRAM] + (["selftest", "panic"] if MUTATE == "panic" else []))
        os.set_blocking(self.end, False)
        self.tail, self.gone = b"", False
        self.size(24, 80)
        if self.read(10) is False:
            fail(self, "draws nothing at its start")

    def size(self, rows, columns):
        fcntl.ioctl(self.end, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, wait):
        """Reads all there is; false where nothing came in time, none where the program is gone."""
        got = False
        while select.select([self.end], [], [], wait)[0]:
            try:
                part = os.read(self.end, 65536)
            except BlockingIOError:
                break
            except OSError:
                part = b""
            if not part:
                self.gone = True
                return None
            self.tail, got, wait = (self.tail + part)[-20000:], True, 0
        return got

    def send(self, keys):
        """Never waits for the program alone: it may be waiting for us to read."""
        until = time.time() + 10
        while keys and not self.gone:
            try:
                keys = keys[os.write(self.end, keys):]
            except BlockingIOError:
                self.read(.02)
                if time.time() > until:
                    fail(self, "reads no key for 10 seconds")
            except OSError:
                self.gone = True

    def settle(self):
        """Waits for an answer to all that was sent; where it is leaving the terminal, for its end."""
        self.size(24, 81)
        self.read(5)
        until = time.time() + 10
        while not self.gone and self.tail.rfind(b"?1049l") > self.tail.rfind(b"?1049h") and time.time() < until:
            self.read(.1)

    def close(self):
        """Hangs up, waits for the end, and gives how it ended."""
        if not self.gone:
            os.kill(self.process, signal.SIGHUP)
        until = time.time() + 10
        while time.time() < until:
            self.read(.02)
            ended, status = os.waitpid(self.process, os.WNOHANG)
            if ended:
                os.close(self.end)
                return status
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        fail(self, "did not end within 10 seconds of the hang-up")


sent, starts, sizes, recent, began = 0, 0, 0, [], time.time()


def fail(terminal, why):
    sys.exit(f"FAIL seed={SEED} event={sent} start={starts}: {why}\n last: {recent[-15:]}\n tail: {terminal.tail[-600:]!r}")


def burst(terminal):
    """One event: a new size, a stop, or some keys."""
    global sizes
    chance = RANDOM.random()
    if chance < .01:
        sizes += 1
        terminal.size(RANDOM.choice((1, 2, 3, 10, 24, 60, 500)), RANDOM.choice((1, 2, 5, 20, 80, 200, 1000)))
    elif chance < .0105:
        os.kill(terminal.process, signal.SIGTSTP)
        time.sleep(.01)
        os.kill(terminal.process, signal.SIGCONT)
    else:
        keys = b"".join(key() for _ in range(RANDOM.choice((1, 1, 1, 4, 30))))
        recent.append(keys)
        del recent[:-40]
        terminal.send(keys)


events, home = int(sys.argv[1]), os.path.join(WORK, "desk")
make_desk("demo", home)


def steps_there():
    """Every step of the journal, once all is sound and nothing has panicked."""
    check = run(home, "selftest", "check")
    if check.returncode:
        sys.exit(f"FAIL seed={SEED} event={sent}: {check.stderr}")
    found = crash_files(home) + PANICS
    if found:
        sys.exit(f"FAIL seed={SEED} event={sent}: {found}\n last: {recent[-15:]}")
    return words_after("step ", check.stdout)


before = known = steps_there()
while sent < events:
    terminal = Terminal(home)
    starts += 1
    while sent < events and not terminal.gone:
        burst(terminal)
        sent += 1
        terminal.read(0)
        if b"panicked at" in terminal.tail or b"because of a fault in the program" in terminal.tail:
            fail(terminal, "panic")
        if sent % 500 == 0 and not terminal.gone:
            terminal.read(.05)
            terminal.size(24, 79 + sent // 500 % 2)
            if terminal.read(5) is False:
                fail(terminal, "draws nothing within 5 seconds of a new size")
    if not terminal.gone:
        terminal.settle()
    by_itself, status = terminal.gone, terminal.close()
    # On the terminal it says so in words of its own.
    if b"because of a fault in the program" in terminal.tail or os.WIFEXITED(status) and os.WEXITSTATUS(status) == 101:
        fail(terminal, "panic")
    if by_itself and (os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) not in (0, 1)):
        fail(terminal, f"ended with {status}")
    there = steps_there()
    if known - there:
        fail(terminal, f"{len(known - there)} steps are gone, such as {sorted(known - there)[0]}")
    known = there
    spoil(home)
    if starts > 20 and starts > sent / 20:
        fail(terminal, "ends at once each time")
there = steps_there()
if known - there:
    sys.exit(f"FAIL seed={SEED}: {len(known - there)} steps are gone")
print(f"monkey seed={SEED}: events={sent} sizes={sizes} starts={starts} steps_saved={len(there) - len(before)} failures=0 "
      f"{sent / (time.time() - began):.0f}/s")
if there == before:
    sys.exit("nothing was ever saved")
