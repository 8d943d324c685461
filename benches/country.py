#!/usr/bin/env python3
"""Simulates a country that uses the service for ten years, with what one of each costs today (costs.json, which `make bench
PARTS=costs` keeps): what is stored, the load in each hour of a week, and what gives way first.

    country.py          prints it as Markdown, for docs/scale.md
    country.py --costs  prints what one of each costs

What people do is assumed, here and nowhere else: nobody has measured a country yet.
"""

import json
import sys
from statistics import NormalDist

from costs import COSTS

MUNICIPALITIES, NETWORKS, PEOPLE, YEARS = 350, 20_000, 200_000, 10
WEEKS = 46
# How often somebody does something in a week of work.
EACH_WEEK = {
    "observation written": 3.0,
    "observation read": 12.0,
    "list of 50": 8.0,
    "changes since": 10.0,
    "who I am": 4.0,
    "sign-in": 1.0,
    "cycle's report, of 100 observations": 0.4,
    "network's report, of 100 observations": 0.1,
}
# What each hour has of a day, and each day of the week.
HOURS = [0.2, 0.1, 0.1, 0.1, 0.1, 0.3, 1, 3, 8, 11, 10, 8, 6, 8, 9, 10, 9, 5, 3, 3, 3, 2, 1, 0.5]
DAYS = {"Monday": 22, "Tuesday": 23, "Wednesday": 17, "Thursday": 22, "Friday": 12, "Saturday": 2, "Sunday": 2}
# Meetings begin at the hour: the fullest minute has so many times what is even.
RUSH = 4
# Who has the app open at the busiest moment holds a stream.
OPEN = 0.2
# Of the processors' time; beyond, answers get slow.
LOADED = 0.6
# Years that accesses are kept where no network says otherwise.
ACCESSES_KEPT = 5
# One machine as municipalities hire them.
NODE = {"processors": 8, "memory, GiB": 32, "disk, TB": 2.0}
# Of the memory, what is left for streams.
FOR_STREAMS = 0.5


def shares():
    """What each hour has of the week."""
    total = sum(HOURS) * sum(DAYS.values())
    return {(day, hour): share * part / total for day, part in DAYS.items() for hour, share in enumerate(HOURS)}


def processors(cost, rate):
    """That are busy with so much of each a second."""
    return sum(rate[name] * (cost[name]["service"] + cost[name]["database"]) for name in rate) / 1e6


def storage(cost):
    """TB at the end of each year, of what is written and of the accesses."""
    written = PEOPLE * WEEKS * EACH_WEEK["observation written"] * cost["observation written"]["bytes"] / 1e12
    read = sum(PEOPLE * WEEKS * often * max(0, cost[name]["bytes"]) for name, often in EACH_WEEK.items()
               if name != "observation written") / 1e12
    return [(year, written * year, read * min(year, ACCESSES_KEPT)) for year in range(1, YEARS + 1)]


def table(*rows):
    head, *others = rows
    for row in (head, ["---"] * len(head), *others):
        print(f"| {' | '.join(str(cell) for cell in row)} |")
    print()


def told(costs):
    """What one of each costs."""
    columns = ["SQLite: service, µs", "PostgreSQL: service, µs", "database, µs", "kept on SQLite, bytes", "on PostgreSQL, bytes"]
    rows = []
    for name, own in costs["SQLite"].items():
        other = costs["PostgreSQL"][name]
        figures = [own["service"], other["service"], other["database"], max(0, own["bytes"]), max(0, other["bytes"])]
        rows.append([name, *(f"{figure:,.0f}" for figure in figures)])
    table(["one of each", *columns], *rows)
    print(f"A subscriber's live stream holds {costs['stream, KiB']:.0f} KiB of memory.")


def main():
    costs = json.loads(COSTS.read_text())
    if "--costs" in sys.argv[1:]:
        return told(costs)
    cost, stream = costs["PostgreSQL"], costs["stream, KiB"]
    week = shares()
    print(f"{MUNICIPALITIES} municipalities, {NETWORKS:,} networks, {PEOPLE:,} people, {YEARS} years.\n")

    kept = storage(cost)
    table(["at the end of year", "what is written, TB", f"accesses of {ACCESSES_KEPT} years, TB"],
          *([year, f"{written:.2f}", f"{read:.2f}"] for year, written, read in kept))

    rate = lambda share: {name: PEOPLE * often * share / 3600 for name, often in EACH_WEEK.items()}
    table(["hour", *DAYS], *([f"{hour:02d}:00", *(f"{sum(rate(week[day, hour]).values()):,.0f}" for day in DAYS)]
                             for hour in range(24)))
    (day, hour), most = max(week.items(), key=lambda each: each[1])
    even = sum(rate(most).values())
    rush = even * RUSH
    fullest = rush + NormalDist().inv_cdf(1 - 1 / 3600) * rush ** 0.5
    need = processors(cost, rate(most * fullest / even))
    print(f"The busiest hour is {day} {hour:02d}:00: {even:,.0f} requests a second, {rush:,.0f} in its fullest minute and "
          f"{fullest:,.0f} in its fullest second, which keep {need:.1f} processors busy, the database's included.\n")

    streams = PEOPLE * OPEN
    disk = [written + read for _, written, read in kept]
    full = next((year for year, size in enumerate(disk, 1) if size > NODE["disk, TB"]), None)
    needs = [
        ("disk, TB", disk[-1], NODE["disk, TB"]),
        ("processors", need / LOADED, NODE["processors"]),
        ("memory for streams, GiB", streams * stream / 2**20, NODE["memory, GiB"] * FOR_STREAMS),
    ]
    needs.sort(key=lambda each: -each[1] / each[2])
    table(["what", "needed", "one machine has", "of it"],
          *([name, f"{needed:.1f}", f"{has:.1f}", f"{needed / has:.0%}"] for name, needed, has in needs))
    ends = f"its disk is full in year {full}" if full else "its disk lasts"
    print(f"{streams:,.0f} streams are open at the busiest moment. What gives way first on one machine is its {needs[0][0].split(',')[0]}; {ends}.")


if __name__ == "__main__":
    main()
