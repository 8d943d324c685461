"""Imports, exports and webhooks: how fast, and with how much memory."""

import http.client
import http.server
import json
import threading
import time

from databases import Sqlite
from load import in_turns
from programs import Peak, Server, id_of
from results import Part

CYCLES = 10
ROWS = 100_000
DELIVERIES = 2_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT = "Vandaag vertelt de buurvrouw dat de koffie buiten stond en dat zij weer naar de inloop durfde te komen."


def imported(server, cycle, rows):
    """Sends rows of CSV as they are made; seconds, and MiB more than before."""
    def file():
        yield b"body,perspective,voice\n"
        for start in range(0, rows, 500):
            yield "".join(f"{TEXT} Nummer {start + row}.,citizen,retold\n" for row in range(500)).encode()

    connection = http.client.HTTPConnection(server.address, timeout=600)
    with Peak(server) as peak:
        began = time.perf_counter()
        connection.request("POST", f"/v1/cycles/{id_of('cycle', cycle)}/imports?type=observation", body=file(), encode_chunked=True,
                           headers={"Authorization": f"Bearer {server.token}", "Content-Type": "text/csv",
                                    "Transfer-Encoding": "chunked"})
        answer = connection.getresponse()
        report = answer.read()
        took = time.perf_counter() - began
    if answer.status != 200 or report.count(b'"created"') == 0:
        raise SystemExit(f"bench: the import answered {answer.status}: {report[-500:]}")
    return took, peak.more


class Receiver(http.server.ThreadingHTTPServer):
    """Takes webhooks and counts them."""

    def __init__(self):
        class Taking(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(204)
                self.end_headers()
                self.server.came.append(time.perf_counter())

            def log_message(self, *_):
                pass

        super().__init__(("127.0.0.1", 0), Taking)
        self.came = []
        threading.Thread(target=self.serve_forever, daemon=True).start()


def deliveries(server):
    """Webhooks a second, of a file of changes."""
    with Receiver() as receiver:
        body = json.dumps({"url": f"http://127.0.0.1:{receiver.server_port}/hook", "kinds": ["observation.created"]})
        server.send("POST", f"/v1/networks/{id_of('network', 5)}/webhooks", body=body, status=201, headers={
            "Authorization": f"Bearer {server.token}", "Content-Type": "application/json"})
        imported(server, 5 * CYCLES, DELIVERIES)
        until = time.perf_counter() + 300
        while len(receiver.came) < DELIVERIES and time.perf_counter() < until:
            time.sleep(0.1)
        if len(receiver.came) < DELIVERIES:
            raise SystemExit(f"bench: {len(receiver.came)} webhooks of {DELIVERIES} arrived")
        return DELIVERIES / (receiver.came[-1] - receiver.came[0])


def transfers(folder, postgres):
    for kind in (Sqlite(), postgres):
        part = Part(f"Imports, exports and webhooks, {kind.name}")
        with Server(kind, folder, 10, CYCLES, 1_000, WEBHOOK_ALLOWED_NETWORKS="127.0.0.0/8") as server:
            part.table("what", "a second", "memory beside", "time")
            took, more = imported(server, 0, ROWS)
            part.row(f"import of {ROWS:,} rows of CSV", f"{ROWS / took:,.0f} rows", f"{more:.1f} MiB", f"{took:.1f} s")
            # With those that were there.
            rows = ROWS + server.observations // 100
            for name, accept in [("CSV", "text/csv"), ("XLSX", XLSX)]:
                server.sign_in()
                size, took, more = server.exported(f"/v1/cycles/{id_of('cycle', 0)}/observations", accept)
                part.row(f"export of {rows:,} rows as {name}", f"{rows / took:,.0f} rows", f"{more:.1f} MiB", f"{took:.1f} s")
            path = f"/v1/networks/{id_of('network', 1)}/report"
            for name, accept in [("JSON", "application/json"), ("XLSX", XLSX), ("PDF", "application/pdf")]:
                with Peak(server) as peak:
                    (middle, _), = in_turns([lambda _: server.get(path, Accept=accept)], 7)
                part.row(f"report of a network of 10,000 as {name}", "", f"{peak.more:.1f} MiB", f"{middle * 1e3:.0f} ms")
            part.row("webhooks delivered", f"{deliveries(server):,.0f}", "", "")
        part.keep()
