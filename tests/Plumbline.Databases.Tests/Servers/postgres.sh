#!/usr/bin/env bash
# Three private PostgreSQL 15 servers on loopback: node 1 is the coordinator, 2 and 3 are shards that it reaches by postgres_fdw.
#   postgres.sh start|stop ROOT       ROOT: a folder for data and logs, made when it is not there
#   postgres.sh node up|kill|pause|resume N ROOT
# Ports: $PLUMBLINE_POSTGRES_PORT + N (default 25430). $PLUMBLINE_POSTGRES_NODES: which are started and stopped (default 1 2 3). The superuser is postgres (trusted); reader has the password secret.
set -eu
base=${PLUMBLINE_POSTGRES_PORT:-25430}
nodes=${PLUMBLINE_POSTGRES_NODES:-1 2 3}
bin=/usr/lib/postgresql/15/bin
root=${!#}
if [ "$(id -u)" = 0 ]; then      # PostgreSQL does not run as root
    mkdir -p "$root" && chown postgres "$root"
    exec runuser -u postgres -- env PLUMBLINE_POSTGRES_PORT="$base" PLUMBLINE_POSTGRES_NODES="$nodes" bash "$(readlink -f "$0")" "$@"
fi
mkdir -p "$root"
cd "$root"

prepare() {
    local folder=$root/n$1
    [ -d "$folder" ] && return
    "$bin/initdb" -D "$folder" -U postgres -A trust -E UTF8 --no-locale -N >/dev/null
    cat >>"$folder/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $((base + $1))
unix_socket_directories = ''
shared_buffers = 128MB
fsync = off
synchronous_commit = off
full_page_writes = off
timezone = 'UTC'
CONF
    cat >"$folder/pg_hba.conf" <<CONF
host all postgres 127.0.0.1/32 trust
host all all      127.0.0.1/32 scram-sha-256
CONF
}

up() { prepare "$1"; "$bin/pg_ctl" -D "$root/n$1" -w -l "$root/n$1.log" start >/dev/null; }
family() { local pid; pid=$(head -n 1 "$root/n$1/postmaster.pid"); echo "$pid" $(ps -o pid= --ppid "$pid"); }

case $1 in
start) for n in $nodes; do up $n; done ;;
stop) for n in $nodes; do [ -d "$root/n$n" ] && "$bin/pg_ctl" -D "$root/n$n" -m immediate -w stop >/dev/null 2>&1 || true; done ;;
node)
    case $2 in
    up) rm -f "$root/n$3/postmaster.pid"; up "$3" ;;
    kill) kill -KILL $(family "$3") ;;
    pause) kill -STOP $(family "$3") ;;
    resume) kill -CONT $(family "$3") ;;
    esac ;;
esac
