"""Kill each command that writes, at random moments: `make kills N=100`.

    python tests/benchmarks/kills.py [N] [COMMAND ...]

Each command is killed N times, half of them as soon as it writes; by turns it alone or with its
process group; on two inputs of one name. After each kill every file must be that of a whole run on
one of the two, and the workers must end. After every tenth, and at the end, a run must come to its
end as if nothing had been, with no hidden file, and with no temporary folder that is older than
a minute.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
LESSONS = "00-whose-words.ipynb", "01-who-holds-the-floor.ipynb"
INPUTS = "lanmere-ring-2024.txt", "lanmere-ring-2026.txt"
COMMANDS = {
    "run": ("run talk.txt --id k -q", "build/k"),
    "report": ("report talk.txt --id k -q", "build/k/report"),
    "figures": ("figures talk.txt drawn -q", "drawn"),
    "save": ("turns talk.txt -o saved/turns.csv -q", "saved"),
    "corpus": ("corpus build in out -q", "out"),
}
WORKERS_END = 60  # seconds in which processes must notice that the one above them is gone
MARK = f"BRIEFING_KILLS={os.getpid()}"
Tree = dict[str, bytes]


class Killed:
    """One command in a folder of its own, and what is wrong after its kills."""

    def __init__(self, name: str, home: Path, seed: int) -> None:
        """Make the folder, and the trees of two whole runs."""
        self.words, out = COMMANDS[name]
        self.home, self.out, self.random = home, home / out, random.Random(seed)
        self.tmp = home / "tmp"
        for folder in (self.tmp, home / "notebooks", home / "saved", home / "in"):
            folder.mkdir()
        for lesson in LESSONS:
            shutil.copy(ROOT / "notebooks" / lesson, home / "notebooks")
        for n in range(8):
            shutil.copy(ROOT / "data" / INPUTS[0], home / "in" / f"{n}.txt")
        if name == "report":
            self.give(0)
            self.words = COMMANDS["run"][0]
            self.finish()
            self.words = COMMANDS[name][0]
        begun = time.monotonic()
        self.whole = [self.from_nothing(n) for n in (0, 1)]
        self.lasts = (time.monotonic() - begun) / 2

    def give(self, n: int) -> None:
        """Lay one of the two inputs there."""
        for name in ("talk.txt", "in/3.txt", "in/talk.txt"):
            shutil.copy(ROOT / "data" / INPUTS[n], self.home / name)

    def start(self) -> subprocess.Popen[bytes]:
        """The command, in a process group of its own."""
        mark, _, value = MARK.partition("=")
        return subprocess.Popen(
            [sys.executable, "-m", "briefing", *self.words.split()],
            cwd=self.home,
            env=os.environ | {"TMPDIR": str(self.tmp), mark: value, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def finish(self) -> str:
        """Let it come to its end; what it says if that is no good one."""
        process = self.start()
        said = process.communicate(timeout=600)[1].decode()
        return said if process.returncode else ""

    def from_nothing(self, n: int) -> Tree:
        """What a whole run on one input makes where nothing was before."""
        self.give(n)
        said = self.finish()
        assert not said, said
        made = self.tree()
        self.clear()
        return made

    def clear(self) -> None:
        """Take away what it made."""
        shutil.rmtree(self.out)
        if "saved" in self.words:
            self.out.mkdir()

    def tree(self, *, hidden: bool = False) -> Tree:
        """Each file that it made."""
        return {
            str(path.relative_to(self.out)): path.read_bytes()
            for path in self.out.rglob("*")
            if path.is_file() and (hidden or path.name[0] != ".")
        }

    def times(self) -> dict[Path, int]:
        """When each file was written, unfinished ones too."""
        found = {}
        for folder, _, names in os.walk(self.out):
            for name in names:
                path = Path(folder, name)
                try:
                    found[path] = path.stat().st_mtime_ns
                except FileNotFoundError:  # renamed in the meantime
                    continue
        return found

    def kill(self, number: int) -> bool:
        """Kill it once; whether it was still at work."""
        self.give(self.random.randrange(2))
        before, process = self.times(), self.start()
        if number % 2:
            time.sleep(self.random.uniform(0, self.lasts))
        else:
            while process.poll() is None and self.times() == before:
                time.sleep(0.005)
            time.sleep(self.random.choice((0, 0.01, 0.1, 1)) * self.random.random())
        at_work = process.poll() is None
        if number // 2 % 2:
            process.kill()
        elif at_work:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return at_work

    def wrong(self) -> list[str]:
        """What does not hold after a kill."""
        found = []
        for path, data in self.tree().items():
            unfinished = path == "corpus.json" and b'"complete": false' in data
            if not unfinished and data not in [made.get(path) for made in self.whole]:
                found.append(f"{path} is neither the earlier nor the new one")
        end = time.monotonic() + WORKERS_END
        while left := at_work():
            if time.monotonic() > end:
                found.append(f"processes go on: {left}")
                break
            time.sleep(0.05)
        return found

    def wrong_at_rest(self) -> list[str]:
        """What does not hold after a run that nobody disturbs, a minute later."""
        for folder in self.tmp.iterdir():
            os.utime(folder, (1, 1))
        n = self.random.randrange(2)
        self.give(n)
        found = [said] if (said := self.finish()) else []
        made = self.tree(hidden=True)
        found += [f"{path} is there" for path in made.keys() - self.whole[n].keys()]
        found += [f"{path} is another" for path, x in self.whole[n].items() if made.get(path) != x]
        found += [f"{path} is left" for path in self.tmp.iterdir()]
        return found


def at_work() -> list[int]:
    """The processes that were started here, and by those that were."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if MARK.encode() in (place / "environ").read_bytes().split(b"\0"):
                found.append(int(place.name))
        except OSError:  # ended, or another person's
            continue
    return found


def main(n: int, names: list[str]) -> int:
    """Kill each command `n` times; 1 where anything does not hold."""
    faults = 0
    for name in names or COMMANDS:
        with tempfile.TemporaryDirectory() as home:
            command = Killed(name, Path(home), seed=n)
            killed, tries = 0, 0
            while killed < n and tries < 4 * n:
                tries += 1
                killed += command.kill(tries)
                wrong = command.wrong()
                if not tries % 10 or killed == n or tries == 4 * n:
                    wrong += command.wrong_at_rest()
                    print(f"{name}: killed {killed} times in {tries} runs", flush=True)
                if tries == 4 * n and killed < n:
                    wrong.append(f"ended before the kill {tries - killed} times")
                for what in wrong:
                    print(f"{name} {tries}: {what}", flush=True)
                faults += len(wrong)
    print(f"{faults} faults")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(int((*sys.argv, 10)[1]), sys.argv[2:]))
