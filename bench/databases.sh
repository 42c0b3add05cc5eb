#!/usr/bin/env bash
# Fits of a table on three shards: sums made in the engine, against shipping the rows. PostgreSQL 15 (a coordinator and three shards by
# postgres_fdw) and ClickHouse (a Distributed table over three servers, the first of which is asked), all on this machine. Bytes are counted by
# relays (bench/peers/relay.py) that stand between the client and the server, and between the server and its shards.
#   bench/databases.sh           writes the table of docs/explanation/beyond-one-machine.md: 3,000,000 rows, the best of 3 runs
#   bench/databases.sh ROWS      prints it for other rows
#   REPEAT=1 bench/databases.sh  one run of each
# Needs about 3 GB of temporary space, freed in the end.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
build/apt.sh postgresql-15 clickhouse-server clickhouse-client jq >&2
rows=${1:-3000000} repeat=${REPEAT:-3}
dotnet build src/Plumbline.Cli -c Release --nologo -v quiet >&2
plumb=(dotnet src/Plumbline.Cli/bin/Release/net10.0/plumb.dll)
servers=tests/Plumbline.Databases.Tests/Servers
folder=$(mktemp -d)
chmod 755 "$folder"

export PLUMBLINE_POSTGRES_PORT=25480 PLUMBLINE_POSTGRES_NODES="1 2 3 4" PLUMBLINE_CLICKHOUSE_PORT=28180 PLUMBLINE_CLICKHOUSE_CLUSTER_PORT=25520
pg_client=25500 pg_shard=25500 ch_client=25510 control=25530
/usr/bin/python3 bench/peers/relay.py $control \
    client:$((pg_client + 1)):25481 shards:$((pg_shard + 2)):25482 shards:$((pg_shard + 3)):25483 shards:$((pg_shard + 4)):25484 \
    client:$((ch_client + 1)):28181 shards:25521:28191 shards:25522:28192 shards:25523:28193 &
relay=$!
cleanup() {
    bash $servers/postgres.sh stop "$folder/postgres" || true
    bash $servers/clickhouse.sh stop "$folder/clickhouse" || true
    kill -KILL $relay 2>/dev/null || true
    wait $relay 2>/dev/null || true
    sleep 1
    rm -rf "$folder"
}
trap cleanup EXIT
bash $servers/postgres.sh start "$folder/postgres" </dev/null
bash $servers/clickhouse.sh start "$folder/clickhouse" </dev/null

pg() { /usr/lib/postgresql/15/bin/psql -X -q -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$((25480 + $1))" -U postgres -d postgres >/dev/null; }
ch() { clickhouse-client --port "$((28190 + $1))" --multiquery; }

# Columns x1 … x30 from a hash of the row, uniform in [0, 1), all 53 bits; y is a sum of them and noise.
columns="" types="" names="" y="0.5"
for ((k = 1; k <= 30; k++)); do types+="x$k TYPE, " names+="x$k, " y+=" + $k.25 * x$k"; done
for ((shard = 1; shard <= 3; shard++)); do
    first=$(((shard - 1) * rows / 3)) last=$((shard * rows / 3))
    u() { echo "((hashint8extended(i * 64 + $1, 0) >> 11) & 9007199254740991)::float8 / 9007199254740992"; }
    columns=""
    for ((k = 1; k <= 30; k++)); do columns+="$(u $k) AS x$k, "; done
    pg $((shard + 1)) <<SQL
CREATE UNLOGGED TABLE part (${types//TYPE/float8} y float8, shard int4);
INSERT INTO part SELECT $names $y + e, $shard FROM (SELECT $columns $(u 60) AS e FROM generate_series($first, $last - 1) AS i) AS made;
ANALYZE part;
SQL
    v() { echo "bitShiftRight(sipHash64(number * 64 + $1), 11) / 9007199254740992"; }
    columns=""
    for ((k = 1; k <= 30; k++)); do columns+="$(v $k) AS x$k, "; done
    ch $shard <<SQL
CREATE TABLE part (${types//TYPE/Float64} y Float64) ENGINE = MergeTree() ORDER BY tuple();
INSERT INTO part SELECT $names $y + $(v 60) FROM (SELECT $columns number FROM (SELECT number + $first AS number FROM system.numbers LIMIT $((last - first))));
CREATE TABLE rows AS part ENGINE = Distributed(plumbline, default, part);
SQL
done
{
    echo "CREATE EXTENSION postgres_fdw; CREATE TABLE rows (${types//TYPE/float8} y float8, shard int4) PARTITION BY LIST (shard);"
    for ((shard = 1; shard <= 3; shard++)); do
        cat <<SQL
CREATE SERVER shard$shard FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '$((pg_shard + shard + 1))', dbname 'postgres', async_capable 'true', fetch_size '10000');
CREATE USER MAPPING FOR postgres SERVER shard$shard OPTIONS (user 'postgres');
CREATE FOREIGN TABLE rows$shard PARTITION OF rows FOR VALUES IN ($shard) SERVER shard$shard OPTIONS (table_name 'part');
SQL
    done
    echo "ANALYZE rows1; ANALYZE rows2; ANALYZE rows3;"
} | pg 1

bytes() { awk -v name="$1" '$1 == name { printf "%.0f", $2 + $3 }' <"/dev/tcp/127.0.0.1/$control"; }

# one ENGINE URL P COMPUTE: a JSON line.
one() {
    local formula="y ~ x1" i client shards start took best=""
    for ((i = 2; i <= $3; i++)); do formula+=" + x$i"; done
    for ((i = 0; i < repeat; i++)); do
        client=$(bytes client) shards=$(bytes shards) start=$(date +%s%N)
        "${plumb[@]}" fit "$2" "$formula" --compute "$4" --json >"$folder/$1-$3-$4.json"
        took=$(($(date +%s%N) - start))
        [[ -n $best && $best -le $took ]] || best=$took
    done
    jq -c --arg engine "$1" --argjson p "$3" --arg compute "$4" --argjson nanoseconds "$best" --argjson client "$(($(bytes client) - client))" --argjson shards "$(($(bytes shards) - shards))" \
        '{$engine, $p, $compute, $nanoseconds, $client, $shards, rows: .rows.used, queries: .engine.queries, estimates: [.coefficients[].estimate]}' "$folder/$1-$3-$4.json"
}
for p in 10 30; do
    for compute in local engine; do
        one PostgreSQL "postgres://postgres@127.0.0.1:$((pg_client + 1))/postgres?table=rows" $p $compute
        one ClickHouse "clickhouse://127.0.0.1:$((ch_client + 1))/default?table=rows" $p $compute
    done
done | tee "$folder/lines" >&2
page=""
(($# > 0)) || page=docs/explanation/beyond-one-machine.md
/usr/bin/python3 bench/peers/databases_table.py $page <"$folder/lines"
