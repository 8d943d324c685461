#!/usr/bin/env python3
"""Counts the instructions that the five hottest operations take on SQLite, and prints them beside the last that were kept.

A count hardly changes from run to run, so a slip of some per cent is seen where times would hide it. Kept in instructions.json:

    instructions.py          prints what each takes now and took last
    instructions.py --keep   keeps what each takes now

It needs valgrind, and takes some minutes: a program runs fifty times slower in it.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import programs
from databases import ROOT, Sqlite
from programs import Server, id_of

KEPT = ROOT / "benches/instructions.json"
ROUNDS, REQUESTS = 3, 100
# What differs from run to run by itself: threads that wait for each other spin a little; what a write puts off is done at once
# for more of them or for fewer.
NOISE, NOISE_OF_WRITES = 0.03, 0.10


class Counted(Server):
    """The server in callgrind, which counts while it is told to."""

    def begin(self):
        self.program = self.command
        self.command = ("valgrind", "--tool=callgrind", "--instr-atstart=no", "--trace-children=no", "--quiet",
                        f"--callgrind-out-file={self.folder}/counted.%p", *map(str, self.program))
        super().begin()

    def control(self, *told):
        subprocess.run(["callgrind_control", *told, str(self.process.pid)], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)

    def instructions(self, ask):
        """What one request takes: the least of some rounds, since what the server does besides only adds."""
        counts = []
        for _ in range(ROUNDS):
            time.sleep(3)
            self.control("-z")
            self.control("-i", "on")
            for number in range(REQUESTS):
                ask(number)
            before = set(Path(self.folder).glob("counted.*"))
            self.control("-d")
            self.control("-i", "off")
            dump = (set(Path(self.folder).glob("counted.*")) - before).pop()
            line = next(line for line in dump.read_text().splitlines() if line.startswith(("totals:", "summary:")))
            counts.append(int(line.split()[1]) // REQUESTS)
        return min(counts)


def main():
    programs.built()
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    counted = {}
    with tempfile.TemporaryDirectory(prefix="feedbacklus-bench.", dir=os.environ.get("TMPDIR", "/var/tmp")) as folder:
        with Counted(Sqlite(), folder, 10, 1, 1_000) as server:
            observation = json.dumps({"body": "Vandaag stond de koffie buiten. " * 6, "perspective": "citizen", "voice": "retold"})
            post = {"Authorization": f"Bearer {server.token}", "Content-Type": "application/json"}
            cycle = lambda number: f"/v1/cycles/{id_of('cycle', number % 10)}"
            days = count()
            operations = {
                "getObservation": lambda number: server.get(f"/v1/observations/{id_of('observation', number * 97)}"),
                # From a day that was not asked for before: a page that was may be kept.
                "listCycleObservations": lambda number: server.get(
                    f"{cycle(number)}/observations?from={date(1000, 1, 1) + timedelta(next(days))}"),
                "createObservation": lambda number: server.send(
                    "POST", f"{cycle(number)}/observations", body=observation, headers=post, status=201),
                "listChanges": lambda number: server.get(f"/v1/changes?networkId={id_of('network', number % 10)}&limit=50"),
                "getCycleReport": lambda number: server.get(f"{cycle(number)}/report"),
            }
            for name, ask in operations.items():
                ask(1)
                counted[name] = server.instructions(ask)
                last = kept.get(name)
                change = f"{counted[name] / last - 1:+.1%} of {last:,}" if last else "none kept"
                noise = NOISE_OF_WRITES if name.startswith("create") else NOISE
                slip = "   MORE" if last and counted[name] > last * (1 + noise) else ""
                print(f"  {name:<24}{counted[name]:>12,} instructions   {change}{slip}", flush=True)
    if "--keep" in sys.argv[1:]:
        KEPT.write_text(json.dumps(counted, indent=2) + "\n")


if __name__ == "__main__":
    main()
