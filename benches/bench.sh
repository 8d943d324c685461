#!/usr/bin/env bash
# Measures the release build against a bare actix-web hello world of the same run, on SQLite and on PostgreSQL, and
# prints each figure beside its floor. The figures are for people: it fails when a request fails, never for being slow.
# BENCH_SECONDS is how long each leg takes, 9 by default. Run it on a machine that does nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${BENCH_SECONDS:-9}
warm_up=3
rounds=3
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
cluster=
clean_up() {
    [ -z "$server" ] || stop 2>/dev/null || true
    [ -z "$cluster" ] || as_postgres "$postgres_bin/pg_ctl" stop -s -m immediate -D "$cluster/data" || true
    rm -rf "$dir"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

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

# wrk for so long; the result is "requests/s p50 p99", and a request that failed is the end.
load() {
    local told result
    told=$(LEG=$1 wrk -t2 -c"$connections" -d"$3s" --latency -s benches/wrk.lua "http://$address$2") || fail "wrk: $told"
    result=$(sed -n 's/^RESULT //p' <<<"$told")
    [[ $result == *" 0 0" ]] || fail "requests failed; rate, p50, p99, answers above 399, broken connections: $result"
    echo "${result% 0 0}"
}

# leg LABEL KIND PATH FLOOR: warms up, measures, and keeps the line for the table. The middle one of the rounds counts: on
# few processors the scheduler now and then makes one far faster or slower.
leg() {
    local result
    echo "   $1" >&2
    load "$2" "$3" "$warm_up" >/dev/null
    result=$(for _ in $(seq "$rounds"); do load "$2" "$3" "$round"; done | sort -n | sed -n "$(((rounds + 1) / 2))p")
    rows+="$1|$result|${4:-}"$'\n'
}

hello() {
    start "$built/examples/hello"
    leg "hello world, $1" plain /
    stop
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

# One database's table. The hello worlds before and after it are the first and last of the rows.
print_table() {
    awk -F '|' -v title="$1" -v fsync="$fsync" '
        function verdict(good, floor) { return floor == "" ? "" : sprintf("%6s  %s", floor, good ? "ok" : "below") }
        NF { label[++n] = $1; split($2, figure, " "); rate[n] = figure[1]; p50[n] = figure[2]; p99[n] = figure[3]; floor[n] = $3 }
        END {
            hello = (rate[1] + rate[n]) / 2
            printf "\n%s\n  %-28s %10s %9s %9s %8s %6s\n", title, "", "requests/s", "p50 ms", "p99 ms", "of hello", "floor"
            for (i = 1; i <= n; i++) {
                share = rate[i] / hello
                printf "  %-28s %10d %9.2f %9.2f %8.3f %s", label[i], rate[i], p50[i], p99[i], share, verdict(share >= floor[i], floor[i])
                if (label[i] ~ /^POST/) printf "  (fsync of this disk: %s ms)", fsync
                print ""
            }
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
each figure the middle of $rounds rounds of $round s after $warm_up s of warming up; 100,000 observations in 10 networks of 10 \
cycles, of which POST takes the newest, leaving the id to the server. RUST_LOG=warn: no line is written for a request, as where a proxy in front logs them.
TOLD

rows=
hello before
DATABASE_URL=sqlite://$dir/bench.sqlite measure 0.85 0.40 0.14 0.20
hello after
print_table "SQLite, a file with synchronous=FULL" 1

cluster=$dir/postgres
mkdir "$cluster"
[ "$(id -u)" -ne 0 ] || chown postgres "$cluster"
as_postgres "$postgres_bin/initdb" --username=postgres --auth=trust --encoding=UTF8 --locale=C -D "$cluster/data" >>"$dir/log"
as_postgres "$postgres_bin/pg_ctl" start -s -w -D "$cluster/data" -l "$cluster/log" \
    -o "-c listen_addresses='' -c unix_socket_directories='$cluster'" || fail "PostgreSQL does not start"
rows=
hello before
DATABASE_URL="postgres:///postgres?host=$cluster&user=postgres" measure
hello after
print_table "PostgreSQL $("$postgres_bin/postgres" --version | awk '{ print $3 }'), its defaults, over a socket" ""
