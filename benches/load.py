"""Load by wrk and pgbench, and how two of them compare."""

import os
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from databases import ROOT
from programs import BUILT

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
# Of each leg in a round, and of warming up.
SECONDS = float(os.environ.get("BENCH_SECONDS", "2"))


class Load(NamedTuple):
    """Requests a second, and milliseconds."""

    rate: float
    p50: float
    p99: float


def wrk(leg, address, path="/", connections=32, seconds=SECONDS, **environment):
    """One that failed is the end. The client has one thread: with as many as there are processors they sleep between answers, and
    each answer has to wake one."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--latency", "--timeout", "20s", "-s",
               ROOT / "benches/wrk.lua", f"http://{address}{path}"]
    told = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          env=os.environ | {"LEG": leg, "PAGE": path} | {name: str(value) for name, value in environment.items()})
    result = re.search(r"^RESULT (\S+) (\S+) (\S+) (\d+) (\d+)$", told.stdout, re.MULTILINE)
    if not result or result[4] != "0" or result[5] != "0":
        sys.exit(f"bench: requests failed ({leg}): {told.stdout}")
    return Load(*(float(figure) for figure in result.groups()[:3]))


def asked_of(server, leg, connections=32, address=None, **more):
    """A leg of a server, or of another on its database, to be run as often as is wanted."""
    known = {"NETWORKS": server.networks, "OBSERVATIONS": server.observations} | more
    return lambda: wrk(leg, address or server.address, connections=connections, TOKEN=server.token, **known)


def writer(server, group, cycles, seconds=SECONDS):
    """Rows a second that the same statements write without the service, so many in a group."""
    session, person = server.kind.session()
    told = subprocess.run([BUILT.parent / "limits/release/writer", server.kind.file, session, person, str(cycles),
                           str(seconds), str(group)], check=True, stdout=subprocess.PIPE, text=True)
    return float(told.stdout)


# What stands for a name in the statements on PostgreSQL. Ids are told from numbers; those of new records follow each other
# within a client.
NAMES = {
    "cycle": "('01900000-0000-7000-8002-' || lpad(to_hex(:n::bigint), 12, '0'))::uuid",
    "network": "('01900000-0000-7000-8001-' || lpad(to_hex(:n::bigint), 12, '0'))::uuid",
    "observation": "('01900000-0000-7000-8003-' || lpad(to_hex(:n::bigint), 12, '0'))::uuid",
    "id": "(lpad(to_hex(:run::bigint + :client_id::bigint), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(:c::bigint), 12, '0'))::uuid",
    "now": "now()", "none": "NULL", "list": "'[]'", "tags": """'["drempel","koffie"]'""", "false": "false",
    "one": "1", "digest": r"'\x'",
    "perspective": "'citizen'", "voice": "'retold'", "state": "'logged'", "kind": "'observation.created'",
    "audience": "'members'", "body": "'" + "Vandaag mevrouw vertelt dat de koffie buiten stond. " * 4 + "'",
}
READ = ["observation_seen"]
WRITE = ["begin", "standing", "take", "standing", "observation", "change", "commit"]
runs = 0


def pgbench(server, statements, most, connections=32, seconds=SECONDS):
    """Transactions a second of the same statements without the service. `most` is how many numbers there are to draw."""
    global runs
    runs += 1
    session, person = server.kind.session()
    names = NAMES | {"session": f"'{session}'", "person": f"'{person}'"}
    script = [rf"\set n random(0, {most - 1})", r"\set c :c + 1"]
    for name in statements:
        file = ROOT / f"benches/sql/{name}.sql"
        text = file.read_text().strip() if file.exists() else name.upper()
        script.append(re.sub(r"(?<!:):([a-z]+)", lambda found: names[found[1]], " ".join(text.split())) + ";")
    file = Path(server.folder) / "script.sql"
    file.write_text("\n".join(script) + "\n")
    os.chmod(file, 0o644)
    kind = server.kind
    told = subprocess.run(
        [kind.programs / "pgbench", "-n", "-M", "prepared", "-c", str(connections), "-j", "2", "-T",
         str(max(1, round(seconds))), "-D", "c=0", "-D", f"run={1000 * runs}", "-f", file, "-h", kind.folder,
         "-p", str(kind.port), "-U", "postgres", kind.database], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    rate = re.search(r"^tps = (\S+)", told.stdout, re.MULTILINE)
    if told.returncode or not rate or "failed transactions: 0" not in told.stdout.replace("number of ", ""):
        sys.exit(f"bench: pgbench failed: {told.stdout}")
    return float(rate[1])


class Compared(NamedTuple):
    """The middle one of the rounds, and the lowest and highest ratio."""

    ratio: float
    low: float
    high: float
    load: Load
    limit: float


def rate_of(told):
    return told.rate if isinstance(told, Load) else told


def beside(server, limit, ask, rounds=ROUNDS):
    """What is asked as a share of its limit. A machine may be a third faster in one minute than in the next, so each round
    measures one right after the other, and the middle one of these ratios counts. The first round warms up. What the server
    puts off is done before the limit is measured."""
    told = []
    for number in range(rounds + 1):
        server.rest()
        most, done = rate_of(limit()), ask()
        if number:
            told.append((rate_of(done) / most, done, most))
    told.sort(key=lambda each: each[0])
    ratio, done, most = told[rounds // 2]
    return Compared(ratio, told[0][0], told[-1][0], done, most)


def in_turns(asked, rounds, warm_up=3):
    """The seconds of each request, all asked one after the other in each round: their median, and their 99th percentile."""
    took = [[] for _ in asked]
    for number in range(warm_up + rounds):
        for index, ask in enumerate(asked):
            began = time.perf_counter()
            ask(number)
            if number >= warm_up:
                took[index].append(time.perf_counter() - began)
    return [(statistics.median(times), sorted(times)[-1 - len(times) // 100]) for times in took]
