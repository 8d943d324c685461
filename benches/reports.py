#!/usr/bin/env python3
"""Measures what reports and exports cost on the release build, on SQLite and on PostgreSQL, beside their floors.

What is set against each other is asked in turns, so that a machine which is slow for a minute is slow for both. The
figures are for people: it fails when a request fails, never for being slow. BENCH_ROUNDS is how often each is asked, 15 by
default. Run it on a machine that does nothing else; it needs about 10 GB of disk beside the build.
"""

import base64
import http.client
import json
import os
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILT = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release"
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "15"))
WARM_UP = 3
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


# Nothing here is searched for: the indexer has nothing to do while it is measured.
NOTHING_TO_INDEX = """INSERT INTO search_positions SELECT network_id, last_change FROM network_streams WHERE true
    ON CONFLICT (network_id) DO UPDATE SET indexed = excluded.indexed"""


class Sqlite:
    name = "SQLite"

    def made(self, folder):
        """The URL of a new database."""
        self.file = folder / "bench.sqlite"
        return f"sqlite://{self.file}"

    def filled(self):
        with closing(sqlite3.connect(self.file)) as database, database:
            database.execute(NOTHING_TO_INDEX)


class Postgres:
    """A cluster of its own, with its settings as they come."""

    name = "PostgreSQL"

    def __init__(self, folder):
        found = subprocess.run([ROOT / "scripts/ensure-postgres"], check=True, stdout=subprocess.PIPE, text=True).stdout
        self.programs = Path(found.strip().rsplit(" in ", 1)[1])
        self.folder, self.made_so_far = Path(folder) / "postgres", 0
        self.folder.mkdir()
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self.run("initdb", "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "-D", self.folder / "data")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        settings = f"-c listen_addresses=127.0.0.1 -c port={self.port} -c unix_socket_directories=''"
        self.run("pg_ctl", "start", "-w", "-o", settings, "-D", self.folder / "data", "-l", self.folder / "log")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.run("pg_ctl", "stop", "-m", "immediate", "-D", self.folder / "data")

    def run(self, program, *arguments):
        """initdb and the server refuse root."""
        as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run([*as_postgres, self.programs / program, *arguments], check=True, cwd="/", stdout=subprocess.DEVNULL)

    def psql(self, database, *commands):
        asked = [part for command in commands for part in ("-c", command)]
        self.run("psql", "-q", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-d", database, *asked)

    def made(self, _):
        self.made_so_far += 1
        self.database = f"bench{self.made_so_far}"
        self.psql("postgres", f"CREATE DATABASE {self.database}")
        return f"postgres://postgres@127.0.0.1:{self.port}/{self.database}"

    def filled(self):
        self.psql(self.database, NOTHING_TO_INDEX, "VACUUM ANALYZE", "CHECKPOINT")


class Server:
    """The release build on a database that it fills first: so many networks, cycles in each, observations in each."""

    def __init__(self, kind, folder, networks, cycles, observations):
        total = networks * cycles * observations
        print(f"== filling {kind.name}: {total:,} observations in {networks:,} networks", file=sys.stderr)
        self.folder = Path(folder) / f"{networks}x{cycles}x{observations}"
        self.folder.mkdir()
        self.environment = os.environ | {
            "DATABASE_URL": kind.made(self.folder),
            "JWT_SECRET": base64.b64encode(os.urandom(32)).decode(),
            "BIND": "127.0.0.1:0",
            "RUST_LOG": "warn",
            "RATE_LIMIT_CREDENTIAL": "0",
            "RATE_LIMIT_ADDRESS": "0",
        }
        filled = subprocess.run(
            [BUILT / "examples/fill", self.folder, str(networks), str(cycles), str(observations)],
            env=self.environment, stdout=subprocess.PIPE, check=True, text=True,
        )
        kind.filled()
        self.networks = (self.folder / "networks").read_text().split()
        self.cycles = (self.folder / "cycles").read_text().split()
        self.process = subprocess.Popen([BUILT / "feedbacklus", "serve"], env=self.environment,
                                        stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline().strip()
        self.address = line.removeprefix("listening on http://")
        if self.address == line:
            sys.exit(f"bench: the server did not start: {line}")
        self.connection = http.client.HTTPConnection(self.address, timeout=600)
        body = filled.stdout.strip().splitlines()[-1]
        told = self.send("POST", "/v1/auth/tokens", body=body, headers={"Content-Type": "application/json"})
        self.token = json.loads(told)["accessToken"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
        shutil.rmtree(self.folder)

    def send(self, method, path, body=None, headers=None, status=200):
        try:
            self.connection.request(method, path, body=body, headers=headers or {})
            answer = self.connection.getresponse()
        except http.client.RemoteDisconnected:
            # It was idle while another server was filled.
            self.connection.request(method, path, body=body, headers=headers or {})
            answer = self.connection.getresponse()
        self.etag = answer.getheader("ETag")
        content = answer.read()
        if answer.status != status:
            sys.exit(f"bench: {method} {path} answered {answer.status}: {content[:300]}")
        return content

    def get(self, path, status=200, **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.send("GET", path, headers={"Authorization": f"Bearer {self.token}"} | named, status=status)

    def own_memory(self):
        """MiB that no file stands behind."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) / 1024
        sys.exit("bench: this system does not tell how much memory a process has")

    def exported(self, path, accept):
        """Rows and bytes of an export, seconds, and MiB more than before at the highest."""
        highest, done = [self.own_memory()], threading.Event()

        def watch():
            while not done.wait(0.02):
                highest[0] = max(highest[0], self.own_memory())

        before = highest[0]
        watcher = threading.Thread(target=watch)
        watcher.start()
        began, size = time.perf_counter(), 0
        self.connection.request("GET", path, headers={"Authorization": f"Bearer {self.token}", "Accept": accept})
        answer = self.connection.getresponse()
        if answer.status != 200:
            sys.exit(f"bench: GET {path} answered {answer.status}: {answer.read()[:300]}")
        while piece := answer.read(1 << 20):
            size += len(piece)
        took = time.perf_counter() - began
        done.set()
        watcher.join()
        return size, took, highest[0] - before


def in_turns(asked):
    """The median seconds of each request, all asked one after the other in each round."""
    took = [[] for _ in asked]
    for number in range(WARM_UP + ROUNDS):
        for index, ask in enumerate(asked):
            began = time.perf_counter()
            ask(number)
            if number >= WARM_UP:
                took[index].append(time.perf_counter() - began)
    return [statistics.median(times) for times in took]


def told(label, figure, floor, good):
    print(f"  {label:<62} {figure:>14}   {floor:<12} {'ok' if good else 'BEYOND'}")


def cycle_reports(kind, folder):
    with Server(kind, folder, 10, 1, 1_000) as small, Server(kind, folder, 1_000, 1, 1_000) as large:
        def page(server):
            # Another cycle each time: a page that was asked for before is kept, and costs next to nothing.
            return lambda number: server.get(f"/v1/cycles/{server.cycles[number]}/observations")

        def report(server):
            return lambda number: server.get(f"/v1/cycles/{server.cycles[-1 - number % 10]}/report")

        def unchanged(server):
            path = f"/v1/cycles/{server.cycles[0]}/report"
            server.get(path)
            etag = server.etag
            return lambda _: server.get(path, status=304, If_None_Match=etag)

        list_page, of_small, of_large, of_none = in_turns(
            [page(large), report(small), report(large), unchanged(large)])
        print(f"\nThe report of a cycle of 1,000 observations, {kind.name}")
        told("of a list page of 50", f"{of_large / list_page:.1f} x", "at most 10 x", of_large <= 10 * list_page)
        told("with 1,000,000 observations beside it, of with 10,000", f"{of_large / of_small:.2f} x",
             "at most 1.3 x", of_large <= 1.3 * of_small)
        told("304, of the report", f"{of_none / of_large:.2f} x", "", True)
        print(f"  (the page {list_page * 1e3:.1f} ms, the report {of_large * 1e3:.1f} ms)")


def network_reports(kind, folder):
    with Server(kind, folder, 1, 100, 1_000) as server:
        path = f"/v1/networks/{server.networks[0]}/report"
        as_json, as_page, as_pdf = in_turns([
            lambda _: server.get(path),
            lambda _: server.get(path, Accept="text/html"),
            lambda _: server.get(path, Accept="application/pdf"),
        ])
        print(f"\nThe report of a network of 100,000 observations, {kind.name}")
        told("as JSON", f"{as_json * 1e3:.0f} ms", "under 1 s", as_json < 1)
        told("as a page", f"{as_page * 1e3:.0f} ms", "", True)
        told("as a PDF", f"{as_pdf * 1e3:.0f} ms", "", True)


def exports(kind, folder):
    with Server(kind, folder, 1, 1_000, 1_000) as server:
        path = f"/v1/networks/{server.networks[0]}/observations"
        server.get(f"{path}?limit=200")
        print(f"\nThe list of 1,000,000 observations, {kind.name}")
        for name, accept in [("CSV", "text/csv"), ("XLSX", XLSX)]:
            size, took, more = server.exported(path, accept)
            told(f"{name}: memory beside what is there", f"{more:.1f} MiB", "under 64 MiB", more < 64)
            print(f"  ({1e6 / took:,.0f} rows a second, {size / 2**20:.0f} MiB sent)")


def main():
    subprocess.run(["cargo", "build", "--release", "--locked", "--bins", "--examples"], cwd=ROOT, check=True)
    # On a disk: /tmp may be memory, where fsync costs nothing.
    with tempfile.TemporaryDirectory(prefix="feedbacklus-bench.", dir=os.environ.get("TMPDIR", "/var/tmp")) as folder:
        # The server of the cluster is another user.
        os.chmod(folder, 0o711)
        with Postgres(folder) as postgres:
            for kind in (Sqlite(), postgres):
                for measure in (cycle_reports, network_reports, exports):
                    measure(kind, folder)


if __name__ == "__main__":
    main()
