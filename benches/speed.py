#!/usr/bin/env python3
"""Measures the release build beside its limits, on SQLite and on PostgreSQL, and keeps what came of it in RESULTS.md.

The limits are measured in the same run: a bare actix-web, a static answer of the same bytes, the same statements without the
service, and pgbench. The figures are for people: it fails when a request fails, never for being slow.

    speed.py [PART ...]     records, growth, memory, instances, live, transfers, costs; all of them by default

BENCH_SECONDS is how long each leg takes in a round, 2 by default, and BENCH_ROUNDS how many rounds there are, 5 by default;
BENCH_SIZES is how many observations there are in the first part, BENCH_GROWN how many thousands of them in the second.
Run it on a machine that does nothing else; it needs wrk, pgbench, gnuplot and about 10 GB of disk beside the build.
"""

import os
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import programs
from costs import costs
from databases import Postgres, Sqlite
from live import live
from growth import picture
from load import READ, ROUNDS, WRITE, asked_of, beside, in_turns, pgbench, writer, wrk
from programs import Hello, Program, Server, id_of
from results import Part
from transfers import transfers

NETWORKS = 1_000
SIZES = [int(size) for size in os.environ.get("BENCH_SIZES", "100000,1000000").split(",")]
CONNECTIONS = [32, 64]
ROWS_OF_A_BATCH = 1_000
# A prime number: its multiples lie everywhere.
ANYWHERE = 7_368_787
# Networks of 1,000 observations each.
GROWN = [int(count) for count in os.environ.get("BENCH_GROWN", "10,100,1000").split(",")]


def fsync_time(folder):
    """The median milliseconds of 200 writes of 4 KiB at a file's end, each made durable."""
    file = os.open(Path(folder) / "fsync", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    took = []
    for _ in range(200):
        os.write(file, bytes(4096))
        began = time.perf_counter()
        os.fdatasync(file)
        took.append(time.perf_counter() - began)
    os.close(file)
    return statistics.median(took) * 1e3


def told(part, label, connections, compared, of, floor=None):
    load = compared.load
    part.row(label, connections, f"{load.rate:,.0f}", f"{load.p50:.2f}", f"{load.p99:.2f}", f"{compared.limit:,.0f}",
             f"{compared.ratio:.3f} ({compared.low:.3f} to {compared.high:.3f})",
             floor=f"{floor} × {of}" if floor else f"× {of}", good=compared.ratio >= floor if floor else None)


COLUMNS = ("what", "connections", "a second", "p50 ms", "p99 ms", "limit a second", "of it", "at least", "")


def page_of(server, folder):
    """What the list of a cycle's newest comes to, for a static answer of the same bytes."""
    page = server.get(f"/v1/cycles/{id_of('cycle', 0)}/observations")
    if page.count(b'"networkId"') != 50:
        sys.exit("bench: a page does not have 50 observations")
    file = Path(folder) / "page.json"
    file.write_bytes(page)
    return file


def records_on_sqlite(folder, size):
    part = Part(f"Records, SQLite, {size:,} observations in {NETWORKS:,} networks")
    with Server(Sqlite(), folder, NETWORKS, 1, size // NETWORKS) as server:
        with Hello(page_of(server, folder)) as hello:
            plain = lambda connections: lambda: wrk("plain", hello.address, connections=connections)
            page = lambda connections: lambda: wrk("plain", hello.address, "/page", connections)
            part.table(*COLUMNS)
            for connections in CONNECTIONS:
                ask = lambda leg, **more: asked_of(server, leg, connections, **more)
                told(part, "GET /livez", connections, beside(
                    server, plain(connections), lambda: wrk("plain", server.address, "/livez", connections)), "hello")
                told(part, "GET one", connections, beside(server, plain(connections), ask("get")), "hello", 0.45)
                told(part, "list of a cycle's 50 newest", connections,
                     beside(server, page(connections), ask("list")), "static answer", 0.30)
                told(part, "… of 100 cycles, whose pages are kept", connections,
                     beside(server, page(connections), ask("list", NETWORKS=100)), "static answer", 0.30)
                alone = lambda: writer(server, connections, NETWORKS)
                told(part, "POST one", connections, beside(server, alone, ask("post")), "writer alone", 0.70)
                told(part, "POST one", connections, beside(server, plain(connections), ask("post")), "hello")
            rows = lambda: (load := asked_of(server, "batch", 4)())._replace(rate=load.rate * ROWS_OF_A_BATCH)
            alone = lambda: writer(server, "batch", NETWORKS)
            told(part, "POST a batch of 1,000 (rows)", 4, beside(server, alone, rows), "500-row VALUES", 0.60)
        part.say(f"Made durable by an fsync of {fsync_time(folder):.2f} ms.")
    part.keep()


def records_on_postgres(folder, postgres, size):
    part = Part(f"Records, PostgreSQL, {size:,} observations in {NETWORKS:,} networks")
    with Server(postgres, folder, NETWORKS, 1, size // NETWORKS) as server:
        with Hello(page_of(server, folder)) as hello:
            part.table(*COLUMNS)
            for connections in CONNECTIONS:
                ask = lambda leg, **more: asked_of(server, leg, connections, **more)
                plain = lambda: wrk("plain", hello.address, connections=connections)
                read = lambda most: lambda: pgbench(server, READ, most, connections)
                write = lambda networks: lambda: pgbench(server, WRITE, networks, connections)
                told(part, "GET one", connections, beside(server, read(size), ask("get")), "pgbench", 0.60)
                # Those of the first network have the first numbers.
                few = size // NETWORKS
                told(part, "… of one network", connections,
                     beside(server, read(few), ask("get", OBSERVATIONS=few)), "pgbench")
                told(part, "GET one", connections, beside(server, plain, ask("get")), "hello")
                told(part, "list of a cycle's 50 newest", connections, beside(server, plain, ask("list")), "hello")
                told(part, "POST one", connections, beside(server, write(NETWORKS), ask("post")), "pgbench", 0.60)
                told(part, "… into one network", connections, beside(server, write(1), ask("post", NETWORKS=1)), "pgbench")
                told(part, "POST one", connections, beside(server, plain, ask("post")), "hello")
        part.say(f"Made durable by an fsync of {fsync_time(folder):.2f} ms.")
    part.keep()


def records(folder, postgres):
    for size in SIZES:
        records_on_sqlite(folder, size)
        records_on_postgres(folder, postgres, size)


def growth(folder, postgres):
    grown = {}
    for kind in (Sqlite(), postgres):
        part = Part(f"Growth, {kind.name}: {GROWN[0] * 1_000:,} to {GROWN[-1] * 1_000:,} observations")
        with ExitStack() as servers:
            each = [servers.enter_context(Server(kind, folder, networks, 1, 1_000, indexed=True)) for networks in GROWN]
            part.say("What a request takes, less what /livez takes, in the middle of 400 by one client.")
            part.say(f"Search was made anew of {GROWN[-1] * 1_000:,} observations in {each[-1].indexed_in:.0f} s.")
            for server in each:
                server.sign_in()
            part.table("what", *(f"{networks * 1_000:,}" for networks in GROWN), "last of first", "at most", "")
            # Observations from everywhere, cycles of the first networks, which all of them have; lists from days that were not
            # asked for before, since a page that was may be kept.
            days = count()
            cycle = lambda number: f"/v1/cycles/{id_of('cycle', number % 10)}"
            places = {
                "by its id": lambda server, number: f"/v1/observations/{id_of('observation', number * ANYWHERE % server.observations)}",
                "a list page of 50": lambda _, number: f"{cycle(number)}/observations?from={date(1000, 1, 1) + timedelta(next(days))}",
                "a cycle's report": lambda _, number: f"{cycle(number)}/report",
            }
            asking = lambda path: [lambda number, server=server: server.get(path(server, number)) for server in each]
            # What any request takes, the client's part included.
            bare = [middle for middle, _ in in_turns(asking(lambda *_: "/livez"), 400)]
            for label, path in places.items():
                took = [middle - least for (middle, _), least in zip(in_turns(asking(path), 400), bare)]
                grown[f"{label}, {kind.name}"] = of_first(part, label, took, 1.3)
            spread(part, kind, folder, each[-1])
            rounds = [[asked_of(server, "search", 8)().p99 / 1e3 for server in each] for _ in range(5)]
            label = "search, two words, 50 hits (p99)"
            grown[f"{label}, {kind.name}"] = of_first(part, label, [statistics.median(of_one) for of_one in zip(*rounds)], 2)
        part.keep()
    picture([networks * 1_000 for networks in GROWN], grown)


def spread(part, kind, folder, many):
    """By id, of all that there are: beside fewer records in as many networks, since each network has a log of accesses."""
    with Server(kind, folder, many.networks, 1, GROWN[0] * 1_000 // many.networks) as few:
        rounds = []
        for _ in range(ROUNDS):
            for server in (few, many):
                server.rest()
            rounds.append([1 / asked_of(server, "get", 8)().rate for server in (few, many)])
        rounds.sort(key=lambda took: took[1] / took[0])
        first, last = rounds[ROUNDS // 2]
        part.row(f"by its id, of all in {many.networks:,} networks, 8 at a time", f"{first * 1e3:.3f} ms", *[""] * (len(GROWN) - 2),
                 f"{last * 1e3:.3f} ms", f"{last / first:.2f}", floor=1.3, good=last / first <= 1.3)


def of_first(part, label, took, most):
    """Tells seconds, and what the last are of the first; answers with what each is of the first."""
    ratios = [each / took[0] for each in took]
    part.row(label, *(f"{each * 1e3:.3f} ms" for each in took), f"{ratios[-1]:.2f}", floor=most, good=ratios[-1] <= most)
    return ratios


def memory(folder, _):
    part = Part("Memory and start, SQLite, 1,000,000 observations")
    with Server(Sqlite(), folder, NETWORKS, 1, 1_000) as server:
        ready = []
        for _ in range(7):
            server.end()
            server.begin()
            ready.append(server.ready_after)
        time.sleep(2)
        idle = server.memory()
        part.table("what", "figure", "at most", "")
        start = statistics.median(ready) * 1e3
        part.row("start to the first 200", f"{start:.0f} ms", floor="60 ms", good=start <= 60)
        part.row("anonymous memory, idle", f"{idle:.1f} MiB", floor="30 MiB", good=idle <= 30)
        server.sign_in()
        for leg in ("get", "list", "post", "get", "list", "post"):
            asked_of(server, leg, 64)()
        time.sleep(2)
        loaded = server.memory()
        part.row("… after load", f"{loaded:.1f} MiB", floor="80 MiB", good=loaded <= 80)
    part.keep()


def instances(folder, postgres):
    """Two servers of one database on one machine, beside one that has both of the clients and the whole machine. Two pairs: as they
    come, each as if the machine were its own; and each with half of the processors and of the connections, as containers are given
    them."""
    part = Part("Two instances on one PostgreSQL, 100,000 observations in 1,000 networks")
    processors = sorted(os.sched_getaffinity(0))
    half = len(processors) // 2
    with Server(postgres, folder, NETWORKS, 1, 100) as one, ExitStack() as others:
        begin = lambda *confined, **settings: others.enter_context(Program(*confined, *one.command, **one.settings | settings))
        pairs = {"as they come": [one, begin()]}
        if half:
            # Eight connections are what one has by itself.
            pairs["half of the machine each"] = [
                begin("taskset", "-c", ",".join(map(str, share)), DATABASE_THREADS="4")
                for share in (processors[:half], processors[half:])]
        part.table("what", "two instances", "two, a second", "one, a second", "of one", "at least", "")
        for leg, label in (("get", "GET one"), ("list", "list of a cycle's 50 newest"), ("post", "POST one")):

            def both(*servers, leg=leg):
                # What another put off would be measured as these servers' work.
                for each in sum(pairs.values(), []):
                    each.rest()
                with ThreadPoolExecutor() as at_once:
                    asked = [at_once.submit(asked_of(one, leg, 32, address=server.address)) for server in servers]
                    loads = [each.result() for each in asked]
                return loads[0]._replace(rate=sum(load.rate for load in loads))

            for name, pair in pairs.items():
                compared = beside(one, lambda: both(one, one), lambda pair=pair: both(*pair))
                part.row(label, name, f"{compared.load.rate:,.0f}", f"{compared.limit:,.0f}",
                         f"{compared.ratio:.2f} ({compared.low:.2f} to {compared.high:.2f})", floor=1, good=compared.ratio >= 1)
    part.keep()


PARTS = {"records": records, "growth": growth, "memory": memory, "instances": instances, "live": live,
         "transfers": transfers, "costs": costs}


def main():
    wanted = sys.argv[1:] or list(PARTS)
    unknown = [name for name in wanted if name not in PARTS]
    if unknown:
        sys.exit(f"bench: there is no {', '.join(unknown)}: {', '.join(PARTS)}")
    programs.built()
    # On a disk: /tmp may be memory, where fsync costs nothing.
    with tempfile.TemporaryDirectory(prefix="feedbacklus-bench.", dir=os.environ.get("TMPDIR", "/var/tmp")) as folder:
        # The server of the cluster is another user.
        os.chmod(folder, 0o711)
        with Postgres(folder) as postgres:
            for name in wanted:
                PARTS[name](folder, postgres)


if __name__ == "__main__":
    main()
