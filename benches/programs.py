"""The programs that are measured: the release build on a database that it fills first, and what it is measured against."""

import base64
import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from databases import ROOT

BUILT = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release"


def built():
    """Builds all that is measured."""
    subprocess.run(["cargo", "build", "--release", "--locked", "--bins", "--examples"], cwd=ROOT, check=True)
    subprocess.run(["cargo", "build", "--release", "--locked"], cwd=ROOT / "benches/limits", check=True,
                   env=os.environ | {"CARGO_TARGET_DIR": str(BUILT.parent / "limits")})


def id_of(kind, number):
    """The id of a kind's record by its number: see examples/fill.rs."""
    return f"01900000-0000-7000-{dict(network=0x8001, cycle=0x8002, observation=0x8003)[kind]:04x}-{number:012x}"


class Program:
    """A server that says on standard output where it listens."""

    def __init__(self, *command, **environment):
        self.command, self.environment = command, os.environ | environment
        self.begin()

    def begin(self):
        self.process = subprocess.Popen(self.command, env=self.environment, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline().strip()
        self.address = line.removeprefix("listening on http://")
        if self.address == line:
            sys.exit(f"bench: {self.command[0]} did not start: {line}")

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    def worked(self):
        """Seconds of processor time that it took so far."""
        told = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

    def rest(self):
        """Waits until it has done what it put off; seconds."""
        began = time.perf_counter()
        still = 0
        while still < 3:
            before = self.worked()
            time.sleep(0.5)
            still = still + 1 if self.worked() - before < 0.03 else 0
        return time.perf_counter() - began

    def memory(self, kind="RssAnon"):
        """MiB that the process holds of some kind in /proc; by default, that no file stands behind."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(f"{kind}:"):
                return int(line.split()[1]) / 1024
        sys.exit("bench: this system does not tell how much memory a process has")


class Hello(Program):
    """A bare actix-web, and under /page a static answer."""

    def __init__(self, page):
        super().__init__(BUILT.parent / "limits/release/hello", page)


class Server(Program):
    """The release build on a database that it fills first: so many networks, cycles in each, observations in each."""

    def __init__(self, kind, folder, networks, cycles, observations, indexed=False, **settings):
        self.kind, self.networks, self.observations = kind, networks, networks * cycles * observations
        print(f"== filling {kind.name}: {self.observations:,} observations in {networks:,} networks", file=sys.stderr)
        self.folder = Path(folder) / f"{networks}x{cycles}x{observations}"
        self.folder.mkdir()
        environment = self.settings = {
            "DATABASE_URL": kind.made(self.folder),
            "JWT_SECRET": base64.b64encode(os.urandom(32)).decode(),
            "BIND": "127.0.0.1:0",
            "RUST_LOG": "error",
            # All requests come from one address with one sign-in.
            "RATE_LIMIT_CREDENTIAL": "0",
            "RATE_LIMIT_ADDRESS": "0",
            "RATE_LIMIT_SIGN_IN": "0",
            **settings,
        }
        filled = subprocess.run(
            [BUILT / "examples/fill", self.folder, str(networks), str(cycles), str(observations)],
            env=os.environ | environment, stdout=subprocess.PIPE, check=True, text=True,
        )
        if indexed:
            began = time.perf_counter()
            subprocess.run([BUILT / "feedbacklus", "search", "rebuild"], env=os.environ | environment, check=True,
                           stdout=subprocess.DEVNULL)
            self.indexed_in = time.perf_counter() - began
        kind.filled(indexed)
        self.sign_in_with = filled.stdout.strip().splitlines()[-1]
        super().__init__(BUILT / "feedbacklus", "serve", **environment)
        self.sign_in()

    def begin(self):
        """Starts it; `ready_after` is the seconds until the first 200 of /readyz."""
        began = time.perf_counter()
        super().begin()
        self.connection = http.client.HTTPConnection(self.address, timeout=600)
        while True:
            self.connection.request("GET", "/readyz")
            answer = self.connection.getresponse()
            answer.read()
            if answer.status == 200:
                break
        self.ready_after = time.perf_counter() - began

    def rest(self):
        took = super().rest()
        self.sign_in()
        return took

    def sign_in(self):
        told = self.send("POST", "/v1/auth/tokens", body=self.sign_in_with,
                         headers={"Content-Type": "application/json"})
        self.token = json.loads(told)["accessToken"]

    def __exit__(self, *_):
        self.end()
        shutil.rmtree(self.folder)

    def send(self, method, path, body=None, headers=None, status=200):
        try:
            self.connection.request(method, path, body=body, headers=headers or {})
            answer = self.connection.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            # It was idle for longer than the server keeps a connection.
            self.connection.close()
            self.connection.request(method, path, body=body, headers=headers or {})
            answer = self.connection.getresponse()
        self.etag = answer.getheader("ETag")
        accept = (headers or {}).get("Accept")
        if accept and not (answer.getheader("Content-Type") or "").startswith(accept):
            sys.exit(f"bench: {path} is not told as {accept}")
        content = answer.read()
        if answer.status != status:
            sys.exit(f"bench: {method} {path} answered {answer.status}: {content[:300]}")
        return content

    def get(self, path, status=200, **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.send("GET", path, headers={"Authorization": f"Bearer {self.token}"} | named, status=status)

    def exported(self, path, accept):
        """Bytes of an export, seconds, and MiB more than before at the highest."""
        with Peak(self) as peak:
            began, size = time.perf_counter(), 0
            self.connection.close()
            self.connection.request("GET", path, headers={"Authorization": f"Bearer {self.token}", "Accept": accept})
            answer = self.connection.getresponse()
            if answer.status != 200:
                sys.exit(f"bench: GET {path} answered {answer.status}: {answer.read()[:300]}")
            while piece := answer.read(1 << 20):
                size += len(piece)
            took = time.perf_counter() - began
        return size, took, peak.more


class Peak:
    """How much memory a program takes while something is done: `more` is MiB more than before at the highest."""

    def __init__(self, program):
        self.program = program

    def __enter__(self):
        self.before = self.highest = self.program.memory()
        self.done = threading.Event()
        self.watcher = threading.Thread(target=self.watch)
        self.watcher.start()
        return self

    def watch(self):
        while not self.done.wait(0.02):
            self.highest = max(self.highest, self.program.memory())

    def __exit__(self, *_):
        self.done.set()
        self.watcher.join()
        self.more = self.highest - self.before
