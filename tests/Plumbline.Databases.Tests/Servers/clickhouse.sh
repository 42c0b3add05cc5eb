#!/usr/bin/env bash
# Three private ClickHouse servers on loopback, a cluster called plumbline of three shards. No systemd, no ZooKeeper.
#   clickhouse.sh start|stop ROOT     ROOT: a folder for data and logs, made when it is not there
#   clickhouse.sh node up|kill|pause|resume N ROOT
# Ports: $PLUMBLINE_CLICKHOUSE_PORT + N for HTTP (default 28120), + 10 + N for the cluster's own protocol, + 20 + N between servers.
# $PLUMBLINE_CLICKHOUSE_CLUSTER_PORT + N: where the servers look for one another (default the cluster's own ports).
# Users: default (no password), reader (password secret, readonly=2), locked (password secret, readonly=1), lenient (skip_unavailable_shards=1).
set -eu
base=${PLUMBLINE_CLICKHOUSE_PORT:-28120}
cluster=${PLUMBLINE_CLICKHOUSE_CLUSTER_PORT:-$((base + 10))}
root=${!#}

prepare() {
    local folder=$root/s$1 n
    mkdir -p "$folder"/{data,tmp,log,user_files,format_schemas}
    {
        echo "<yandex><logger><level>warning</level><log>$folder/log/server.log</log><errorlog>$folder/log/error.log</errorlog><size>20M</size><count>2</count></logger>"
        echo "<listen_host>127.0.0.1</listen_host><http_port>$((base + $1))</http_port><tcp_port>$((base + 10 + $1))</tcp_port>"
        echo "<interserver_http_port>$((base + 20 + $1))</interserver_http_port><interserver_http_host>127.0.0.1</interserver_http_host>"
        echo "<path>$folder/data/</path><tmp_path>$folder/tmp/</tmp_path><user_files_path>$folder/user_files/</user_files_path><format_schema_path>$folder/format_schemas/</format_schema_path>"
        echo "<users_config>users.xml</users_config><default_profile>default</default_profile><default_database>default</default_database>"
        echo "<uncompressed_cache_size>0</uncompressed_cache_size><mark_cache_size>268435456</mark_cache_size><max_concurrent_queries>100</max_concurrent_queries>"
        echo "<keep_alive_timeout>10</keep_alive_timeout><timezone>UTC</timezone><mlock_executable>false</mlock_executable>"
        echo "<remote_servers><plumbline>"
        for n in 1 2 3; do
            echo "<shard><internal_replication>true</internal_replication><replica><host>127.0.0.1</host><port>$((cluster + n))</port></replica></shard>"
        done
        echo "</plumbline></remote_servers></yandex>"
    } >"$folder/config.xml"
    cat >"$folder/users.xml" <<CONF
<yandex>
<profiles>
<default><max_memory_usage>3000000000</max_memory_usage><load_balancing>in_order</load_balancing></default>
<reading><readonly>2</readonly></reading>
<locked><readonly>1</readonly></locked>
<lenient><skip_unavailable_shards>1</skip_unavailable_shards></lenient>
</profiles>
<users>
<default><password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default>
<reader><password>secret</password><networks><ip>127.0.0.1</ip></networks><profile>reading</profile><quota>default</quota></reader>
<locked><password>secret</password><networks><ip>127.0.0.1</ip></networks><profile>locked</profile><quota>default</quota></locked>
<lenient><password></password><networks><ip>127.0.0.1</ip></networks><profile>lenient</profile><quota>default</quota></lenient>
</users>
<quotas><default><interval><duration>3600</duration><queries>0</queries><errors>0</errors><result_rows>0</result_rows><read_rows>0</read_rows><execution_time>0</execution_time></interval></default></quotas>
</yandex>
CONF
}

launch() {
    prepare "$1"
    (cd "$root/s$1" && exec setsid nohup clickhouse-server --config-file="$root/s$1/config.xml" >"$root/s$1/log/stdout" 2>&1 </dev/null) &
    echo $! >"$root/s$1/pid"
}

answers() { exec 3<>"/dev/tcp/127.0.0.1/$((base + $1))" && printf 'GET /ping HTTP/1.0\r\n\r\n' >&3 && grep -q Ok <&3 && exec 3>&-; }

wait_for() {
    local turn
    for ((turn = 0; turn < 300; turn++)); do
        (answers "$1") 2>/dev/null && return
        sleep 0.1
    done
    echo "shard $1 did not start; see $root/s$1/log" >&2
    exit 1
}

case $1 in
start)
    for n in 1 2 3; do launch $n; done
    for n in 1 2 3; do wait_for $n; done ;;
stop)
    for n in 1 2 3; do
        [ -f "$root/s$n/pid" ] && kill -KILL "$(cat "$root/s$n/pid")" 2>/dev/null || true
    done ;;
node)
    case $2 in
    up) launch "$3"; wait_for "$3" ;;
    kill) kill -KILL "$(cat "$root/s$3/pid")" ;;
    pause) kill -STOP "$(cat "$root/s$3/pid")" ;;
    resume) kill -CONT "$(cat "$root/s$3/pid")" ;;
    esac ;;
esac
