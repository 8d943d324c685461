#!/usr/bin/env bash
# Measures the release build against a bare actix-web hello world, on SQLite and on PostgreSQL, and prints each figure
# beside its floor. The figures are for people: it fails when a request fails, never for being slow.
#
# A machine may be a third faster in one minute than in the next, so each round measures the hello world and the server
# one right after the other, and the middle one of these ratios counts.
# BENCH_SECONDS is how long each leg takes, 10 by default. Run it on a machine that does nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${BENCH_SECONDS:-10}
warm_up=3
rounds=5
connections=32

fail() {
    [ ! -s "${dir:-}/log" ] || tail -n 20 "$dir/log" >&2
    echo "bench: $1" >&2
    exit 1
}

for tool in wrk curl python3; do
    command -v "$tool" >/dev/null || fail "$tool is missing: apt-get install wrk curl python3"
done
[[ $seconds =~ ^[1-9][0-9]*$ ]] || fail "BENCH_SECONDS: expected a whole number of seconds"
round=$(((seconds + rounds - 1) / rounds))
found=$(scripts/ensure-postgres)
postgres_bin=${found##* in }

echo "== building" >&2
cargo build --release --locked --bins --examples
built=${CARGO_TARGET_DIR:-target}/release

# On a disk: /tmp may be memory, where fsync costs nothing.
dir=$(mktemp -d "${TMPDIR:-/var/tmp}/feedbacklus-bench.XXXXXX")
chmod 711 "$dir"
server=
hello=
cluster=
clean_up() {
    [ -z "$server" ] || stop 2>/dev/null || true
    [ -z "$hello" ] || kill "$hello" 2>/dev/null || true
    [ -z "$cluster" ] || as_postgres "$postgres_bin/pg_ctl" stop -s -m immediate -D "$cluster/data" || true
    rm -rf "$dir"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# All requests come from one address with one sign-in.
export RATE_LIMIT_CREDENTIAL=0 RATE_LIMIT_ADDRESS=0 RATE_LIMIT_SIGN_IN=0
export RUST_LOG=warn LEG TOKEN IDS DATABASE_URL JWT_SECRET BIND=127.0.0.1:0
JWT_SECRET=$(head -c 32 /dev/urandom | base64)

# initdb and the server refuse root.
as_postgres() {
    if [ "$(id -u)" -eq 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

# Starts a server and waits until it tells its address. Not in a subshell: it sets `server` and `address`.
start() {
    local line
    exec 3< <(exec "$@" 2>>"$dir/log")
    server=$!
    read -r -t 30 line <&3 || fail "$1 did not start"
    address=${line#listening on http://}
}

stop() {
    kill "$server"
    wait "$server" || true
    server=
}

# Milliseconds from the start of the server to the first 200 of /readyz.
start_until_ready() {
    local began=${EPOCHREALTIME/[.,]/} status=
    start "$built/feedbacklus" serve
    until [[ $status == *" 200 "* ]]; do
        ((${EPOCHREALTIME/[.,]/} - began < 30000000)) || fail "the server does not become ready"
        {
            exec 4<>"/dev/tcp/${address/://}" && printf 'GET /readyz HTTP/1.0\r\n\r\n' >&4 && read -r status <&4
            exec 4>&-
        } 2>/dev/null || true
    done
    ready=$(awk "BEGIN { print (${EPOCHREALTIME/[.,]/} - $began) / 1000 }")
}

# MiB that the server holds of some kind in /proc.
resident() {
    awk -v kind="$1:" '$1 == kind { printf "%.1f", $2 / 1024 }' "/proc/$server/status"
}

# load LEG ADDRESS PATH SECONDS: wrk for so long; the result is "requests/s p50 p99", and a request that failed is the end.
load() {
    local told result
    told=$(LEG=$1 wrk -t2 -c"$connections" -d"$4s" --latency -s benches/wrk.lua "http://$2$3") || fail "wrk: $told"
    result=$(sed -n 's/^RESULT //p' <<<"$told")
    [[ $result == *" 0 0" ]] || fail "requests failed; rate, p50, p99, answers above 399, broken connections: $result"
    echo "${result% 0 0}"
}

# leg LABEL LEG PATH FLOOR: warms up, measures in rounds, and keeps the line of the middle ratio for the table.
leg() {
    local rounds_told
    echo "   $1" >&2
    load "$2" "$address" "$3" "$warm_up" >/dev/null
    rounds_told=$(for _ in $(seq "$rounds"); do
        echo "$(load plain "$hello_address" / "$round") $(load "$2" "$address" "$3" "$round")"
    done | awk '{ printf "%.3f %s %s %s %s\n", $4 / $1, $4, $5, $6, $1 }' | sort -n)
    rows+="$1|$(sed -n "$(((rounds + 1) / 2))p" <<<"$rounds_told")|${4:-}|$(awk 'NR == 1 { low = $1 } END { print low, $1 }' <<<"$rounds_told")"$'\n'
}

sign_in() {
    TOKEN=$(curl -sS -H 'Content-Type: application/json' -d "$credentials" "http://$address/v1/auth/tokens" |
        sed -n 's/.*"accessToken":"\([^"]*\)".*/\1/p')
    [ -n "$TOKEN" ] || fail "cannot sign in"
}

# The median of 200 writes of 4 KiB at a file's end, each made durable, in milliseconds.
fsync_time() {
    python3 - "$dir/fsync" <<'PY'
import os, statistics, sys, time
file = os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY | os.O_APPEND)
took = []
for _ in range(200):
    os.write(file, bytes(4096))
    began = time.perf_counter()
    os.fdatasync(file)
    took.append(time.perf_counter() - began)
print(f"{statistics.median(took) * 1000:.2f}")
PY
}

# Fills the database, then measures the server on it. The floors are SQLite's.
measure() {
    local floors=("$@") size
    IDS=$dir
    echo "== filling ${DATABASE_URL%%:*}" >&2
    credentials=$("$built/examples/fill" "$dir") || fail "cannot fill the database"
    # A server in use has followed its change log; what is written while measuring it follows then.
    "$built/feedbacklus" search rebuild >/dev/null 2>>"$dir/log" || fail "cannot make what search looks in"
    [ -z "$cluster" ] || as_postgres "$postgres_bin/psql" -q -h "$cluster" -U postgres -c 'VACUUM ANALYZE' -c CHECKPOINT
    start_until_ready
    sleep 1
    idle="$(resident VmRSS) $(resident RssAnon)"
    echo "== measuring" >&2
    leg "GET /livez" plain /livez "${floors[0]:-}"
    sign_in
    size=$(curl -sS -H "Authorization: Bearer $TOKEN" \
        "http://$address/v1/cycles/$(head -n 1 "$dir/cycles")/observations" | grep -o '"networkId"' | wc -l)
    [ "$size" -eq 50 ] || fail "a page has $size observations instead of 50"
    leg "GET one observation" get / "${floors[1]:-}"
    sign_in
    leg "GET a cycle's 50 newest" list / "${floors[2]:-}"
    leg "  ... pages not kept" anew /
    sign_in
    fsync=$(fsync_time)
    leg "POST one, into one cycle" post / "${floors[3]:-}"
    leg "  ... into any of 100 cycles" scatter /
    loaded="$(resident VmRSS) $(resident RssAnon)"
    stop
}

# One database's table.
print_table() {
    awk -F '|' -v title="$1" -v fsync="$fsync" '
        function verdict(good, floor) { return floor == "" ? "" : sprintf("%6s  %s", floor, good ? "ok" : "below") }
        BEGIN {
            printf "\n%s\n  %-28s %10s %8s %8s %10s %8s %13s %6s\n", title, "", "requests/s", "p50 ms", "p99 ms", "hello", "of hello", "of all rounds", "floor"
        }
        NF {
            split($2, figure, " ")
            split($4, spread, " ")
            printf "  %-28s %10d %8.2f %8.2f %10d %8.3f %6.3f-%.3f %s", $1, figure[2], figure[3], figure[4], figure[5], figure[1],
                spread[1], spread[2], verdict(figure[1] >= $3, $3)
            if ($1 ~ /^POST/) printf "  (fsync of this disk: %s ms)", fsync
            print ""
        }' <<<"$rows"
    awk -v ready="$ready" -v idle="$idle" -v loaded="$loaded" -v judged="$2" '
        function verdict(good) { return judged ? (good ? "  ok" : "  below") : "" }
        BEGIN {
            split(idle, i, " "); split(loaded, l, " ")
            printf "  ready %.0f ms after start (floor 100 ms)%s\n", ready, verdict(ready <= 100)
            printf "  resident %.1f MiB idle, of which %.1f its own (floor 30 MiB)%s; %.1f and %.1f after the load\n",
                i[1], i[2], verdict(i[1] <= 30), l[1], l[2]
        }'
}

fold -s -w 110 <<TOLD
feedbacklus and wrk on the same $(nproc) processors (load $(cut -d ' ' -f 1 /proc/loadavg) before): $connections connections, \
each figure the middle one of $rounds rounds of $round s, with the hello world beside it in each, after $warm_up s of warming up; 100,000 observations in 10 networks of 10 \
cycles, of which POST takes the newest, leaving the id to the server. RUST_LOG=warn: no line is written for a request, as where a proxy in front logs them.
TOLD

start "$built/examples/hello"
hello=$server hello_address=$address

rows=
DATABASE_URL=sqlite://$dir/bench.sqlite measure 0.85 0.40 0.14 0.20
print_table "SQLite, a file with synchronous=FULL" 1

cluster=$dir/postgres
mkdir "$cluster"
[ "$(id -u)" -ne 0 ] || chown postgres "$cluster"
as_postgres "$postgres_bin/initdb" --username=postgres --auth=trust --encoding=UTF8 --locale=C -D "$cluster/data" >>"$dir/log"
as_postgres "$postgres_bin/pg_ctl" start -s -w -D "$cluster/data" -l "$cluster/log" \
    -o "-c listen_addresses='' -c unix_socket_directories='$cluster'" || fail "PostgreSQL does not start"
rows=
DATABASE_URL="postgres:///postgres?host=$cluster&user=postgres" measure
print_table "PostgreSQL $("$postgres_bin/postgres" --version | awk '{ print $3 }'), its defaults, over a socket" ""
