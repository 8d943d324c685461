#!/usr/bin/env python3
"""Measures what reports and exports cost on the release build, on SQLite and on PostgreSQL, beside their floors.

What is set against each other is asked in turns, so that a machine which is slow for a minute is slow for both. The
figures are for people: it fails when a request fails, never for being slow. BENCH_ROUNDS is how often each is asked, 15 by
default. Run it on a machine that does nothing else; it needs about 10 GB of disk beside the build.
"""

import os
import tempfile

import programs
from databases import Postgres, Sqlite
from load import in_turns
from programs import Server, id_of

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "15"))
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def told(label, figure, floor, good):
    print(f"  {label:<62} {figure:>14}   {floor:<12} {'ok' if good else 'BEYOND'}")


def cycle_reports(kind, folder):
    with Server(kind, folder, 10, 1, 1_000) as small, Server(kind, folder, 1_000, 1, 1_000) as large:
        def page(server):
            # Another page each time: one that was asked for before is kept, and costs next to nothing.
            return lambda number: server.get(f"/v1/cycles/{id_of('cycle', number % 10)}/observations?limit={50 + number}")

        def report(server):
            return lambda number: server.get(f"/v1/cycles/{id_of('cycle', number % 10)}/report")

        def unchanged(server):
            path = f"/v1/cycles/{id_of('cycle', 0)}/report"
            server.get(path)
            etag = server.etag
            return lambda _: server.get(path, status=304, If_None_Match=etag)

        list_page, of_small, of_large, of_none = (
            middle for middle, _ in in_turns([page(large), report(small), report(large), unchanged(large)], ROUNDS))
        print(f"\nThe report of a cycle of 1,000 observations, {kind.name}")
        told("of a list page of 50", f"{of_large / list_page:.1f} x", "at most 10 x", of_large <= 10 * list_page)
        told("with 1,000,000 observations beside it, of with 10,000", f"{of_large / of_small:.2f} x",
             "at most 1.3 x", of_large <= 1.3 * of_small)
        told("304, of the report", f"{of_none / of_large:.2f} x", "", True)
        print(f"  (the page {list_page * 1e3:.1f} ms, the report {of_large * 1e3:.1f} ms)")


def network_reports(kind, folder):
    with Server(kind, folder, 1, 100, 1_000) as server:
        path = f"/v1/networks/{id_of('network', 0)}/report"
        as_json, as_page, as_pdf = (middle for middle, _ in in_turns([
            lambda _: server.get(path),
            lambda _: server.get(path, Accept="text/html"),
            lambda _: server.get(path, Accept="application/pdf"),
        ], ROUNDS))
        print(f"\nThe report of a network of 100,000 observations, {kind.name}")
        told("as JSON", f"{as_json * 1e3:.0f} ms", "under 1 s", as_json < 1)
        told("as a page", f"{as_page * 1e3:.0f} ms", "", True)
        told("as a PDF", f"{as_pdf * 1e3:.0f} ms", "", True)


def exports(kind, folder):
    with Server(kind, folder, 1, 1_000, 1_000) as server:
        path = f"/v1/networks/{id_of('network', 0)}/observations"
        server.get(f"{path}?limit=200")
        print(f"\nThe list of 1,000,000 observations, {kind.name}")
        for name, accept in [("CSV", "text/csv"), ("XLSX", XLSX)]:
            size, took, more = server.exported(path, accept)
            told(f"{name}: memory beside what is there", f"{more:.1f} MiB", "under 64 MiB", more < 64)
            print(f"  ({1e6 / took:,.0f} rows a second, {size / 2**20:.0f} MiB sent)")


def main():
    programs.built()
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
