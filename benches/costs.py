"""What one of each costs: processor time, of the service and of the database, with all that is put off; and room on the disk."""

import json

from databases import ROOT, Sqlite
from live import Readers
from load import wrk
from programs import Server
from results import Part

COSTS = ROOT / "benches/costs.json"
NETWORKS, EACH = 1_000, 100
SECONDS = 5
STREAMS = 500
CYCLE = "01900000-0000-7000-8002-%012x"
NETWORK = "01900000-0000-7000-8001-%012x"


def get(target):
    return {"LEG": "other", "METHOD": "GET", "TARGET": target, "BOUND": NETWORKS}


LEGS = {
    "observation written": {"LEG": "post"},
    "observation read": {"LEG": "get"},
    "list of 50": {"LEG": "list"},
    "cycle's report, of 100 observations": get(f"/v1/cycles/{CYCLE}/report"),
    "network's report, of 100 observations": get(f"/v1/networks/{NETWORK}/report"),
    "changes since": get(f"/v1/changes?networkId={NETWORK}&limit=20"),
    "who I am": get("/v1/me"),
}


def costs(folder, postgres):
    kept = {}
    for kind in (Sqlite(), postgres):
        part = Part(f"What one of each costs, {kind.name}")
        with Server(kind, folder, NETWORKS, 1, EACH, indexed=True) as server:
            part.table("what", "service, µs", "database, µs", "kept, bytes")
            kept[kind.name] = {name: cost(part, server, name, leg) for name, leg in LEGS.items()}
            began = server.worked() + kind.worked()
            signed_in = 20
            for _ in range(signed_in):
                server.sign_in()
            spent = (server.worked() + kind.worked() - began) / signed_in
            kept[kind.name]["sign-in"] = {"service": spent * 1e6, "database": 0, "bytes": 0}
            part.row("sign-in", f"{spent * 1e6:,.0f}", "", "")
            if kind.name == "SQLite":
                kept["stream, KiB"] = stream(part, server)
        part.keep()
    COSTS.write_text(json.dumps(kept, indent=2) + "\n")


def cost(part, server, name, leg):
    """Of one, over some thousands of them; from rest to rest."""
    more = {key: value for key, value in leg.items() if key != "LEG"}
    server.rest()
    size, service, database = server.kind.size(), server.worked(), server.kind.worked()
    load = wrk(leg["LEG"], server.address, connections=16, seconds=SECONDS, TOKEN=server.token,
               **{"NETWORKS": NETWORKS, "OBSERVATIONS": NETWORKS * EACH} | more)
    server.rest()
    made = load.rate * SECONDS
    told = {"service": (server.worked() - service) / made * 1e6, "database": (server.kind.worked() - database) / made * 1e6,
            "bytes": (server.kind.size() - size) / made}
    part.row(name, f"{told['service']:,.0f}", f"{told['database']:,.0f}", f"{told['bytes']:,.0f}")
    return told


def stream(part, server):
    """KiB that a subscriber's stream holds."""
    before = server.memory()
    readers = Readers(server, STREAMS)
    held = (server.memory() - before) * 1024 / STREAMS
    readers.close()
    part.row("a subscriber's stream: memory, KiB", f"{held:.1f}", "", "")
    return held
