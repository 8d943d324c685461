"""Live streams: what each holds of the server's memory, and how soon a change is with all of them."""

import json
import selectors
import socket
import statistics
import time

from databases import Sqlite
from load import asked_of
from programs import Server, id_of
from results import Part

STREAMS = 1_000
CHANGES = 30
OBSERVATION = json.dumps({"body": "Vandaag stond de koffie buiten.", "perspective": "citizen", "voice": "retold"})


class Readers:
    """So many streams of one network, in one thread: no more than what tells when an event came."""

    def __init__(self, server, count):
        self.waiting = selectors.DefaultSelector()
        host, port = server.address.rsplit(":", 1)
        asked = (f"GET /v1/changes?networkId={id_of('network', 0)}&after=latest HTTP/1.1\r\nHost: {server.address}\r\n"
                 f"Accept: text/event-stream\r\nAuthorization: Bearer {server.token}\r\n\r\n").encode()
        self.streams = []
        for _ in range(count):
            stream = socket.create_connection((host, int(port)))
            stream.sendall(asked)
            self.waiting.register(stream, selectors.EVENT_READ)
            self.streams.append(stream)
            if len(self.streams) % 50 == 0:
                self.events(50, time.perf_counter() + 30)

    def events(self, count, until):
        """The moments at which so many streams each had an event."""
        came = {}
        while len(came) < count and time.perf_counter() < until:
            for key, _ in self.waiting.select(timeout=0.1):
                told = key.fileobj.recv(65_536)
                if not told:
                    raise SystemExit("bench: a stream ended")
                if b"\ndata:" in told or b"data:" in told[:200]:
                    came.setdefault(key.fd, time.perf_counter())
        return list(came.values())

    def close(self):
        for stream in self.streams:
            stream.close()


def live(folder, postgres):
    part = Part(f"Live streams, {STREAMS:,} of one network")
    part.table("what", "figure", "at most", "")
    for kind in (Sqlite(), postgres):
        with Server(kind, folder, 100, 1, 1_000) as server:
            for leg in ("get", "list"):
                asked_of(server, leg)()
            time.sleep(2)
            before = server.memory()
            readers = Readers(server, STREAMS)
            time.sleep(2)
            held = (server.memory() - before) * 1024 / STREAMS
            part.row(f"{kind.name}: memory of a stream", f"{held:.1f} KiB", floor="32 KiB", good=held <= 32)
            took, path = [], f"/v1/cycles/{id_of('cycle', 0)}/observations"
            for _ in range(CHANGES):
                server.send("POST", path, body=OBSERVATION, status=201, headers={
                    "Authorization": f"Bearer {server.token}", "Content-Type": "application/json"})
                written = time.perf_counter()
                came = readers.events(STREAMS, written + 10)
                if len(came) < STREAMS:
                    raise SystemExit(f"bench: {STREAMS - len(came)} streams were not told of a change")
                took += [moment - written for moment in came]
                time.sleep(0.5)
            readers.close()
            took.sort()
            last = took[-1 - len(took) // 100] * 1e3
            part.row(f"{kind.name}: a change is with all (p99)", f"{last:.0f} ms", floor="500 ms", good=last <= 500)
            part.row(f"{kind.name}: … (median)", f"{statistics.median(took) * 1e3:.0f} ms")
    part.keep()
