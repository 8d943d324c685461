"""What was measured, as a table on the screen and in RESULTS.md, where each part stays until it is measured again."""

import datetime
import os
import platform
import re
import subprocess
from pathlib import Path

from databases import ROOT

FILE = ROOT / "benches/RESULTS.md"
HEAD = """# What was measured

Written by `make bench`, part by part. Ratios are of one run on one machine, each figure the middle one of its rounds; the
absolute figures beside them are for an idea. `NOTES.md` tells what was tried.

![What requests cost with so many observations, beside what they cost with the fewest](growth.svg)
"""


def machine():
    model = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} processors ({model[1] if model else platform.machine()}), {memory:.0f} GiB"


def version():
    told = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    return told.stdout.strip() or "unknown"


class Part:
    """A part of the results: tables with a heading, and remarks."""

    def __init__(self, title):
        self.title, self.lines = title, []
        print(f"\n{title}")

    def table(self, *columns):
        self.columns = len(columns)
        self.lines += ["", f"| {' | '.join(columns)} |", f"|{' --- |' * len(columns)}"]

    def row(self, *cells, floor="", good=None):
        """`good` says whether the floor is met; none where there is no floor."""
        verdict = "" if good is None else "met" if good else "**missed**"
        told = [str(cell) for cell in cells]
        told += [str(floor), verdict] if floor else [""] * (self.columns - len(told))
        self.lines.append(f"| {' | '.join(told)} |")
        print("  " + "  ".join(f"{cell:<{46 if index == 0 else 16}}" for index, cell in enumerate(told)).rstrip(), flush=True)

    def say(self, text):
        self.lines += ["", text]
        print(f"  {text}", flush=True)

    def keep(self):
        """Puts it in the place of what the file says of it."""
        day = datetime.date.today().isoformat()
        told = "\n".join([f"## {self.title}", "", f"{day}, {version()}; {machine()}.", *self.lines]).rstrip() + "\n"
        text = FILE.read_text() if FILE.exists() else HEAD
        head, *parts = re.split(r"(?m)^(?=## )", text)
        title = f"## {self.title}\n"
        if any(part.startswith(title) for part in parts):
            parts = [told + "\n" if part.startswith(title) else part for part in parts]
        else:
            parts = [*(part.rstrip() + "\n\n" for part in parts), told]
        FILE.write_text(head.rstrip() + "\n\n" + "".join(parts).rstrip() + "\n")
