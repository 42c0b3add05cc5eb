#!/usr/bin/env python3
"""Passes TCP connections on, on loopback, and counts the bytes of both directions.

    relay.py CONTROL NAME:LISTEN:TARGET …

Who connects to port CONTROL is told a line `NAME to from` for each name: bytes sent towards the targets with that name, and bytes that came
back. Data are moved by splice(2), so they are not copied into this process.
"""
import os
import socket
import sys
import threading

counts = {}
gate = threading.Lock()


def move(source, sink, name, direction):
    out, into = os.pipe()
    try:
        while True:
            size = os.splice(source.fileno(), into, 1 << 20)
            if size == 0:
                break
            with gate:
                counts[name][direction] += size
            while size:
                size -= os.splice(out, sink.fileno(), size)
    except OSError:
        pass                # one of both hung up
    finally:
        os.close(out)
        os.close(into)
        for end, how in ((sink, socket.SHUT_WR), (source, socket.SHUT_RD)):
            try:
                end.shutdown(how)
            except OSError:
                pass


def listen(port, serve):
    door = socket.create_server(("127.0.0.1", port), backlog=64)

    def loop():
        while True:
            serve(door.accept()[0])

    threading.Thread(target=loop).start()


def tell(client):
    with client, gate:
        client.sendall("".join(f"{name} {to} {back}\n" for name, (to, back) in counts.items()).encode())


def relay(name, target):
    def serve(client):
        try:
            server = socket.create_connection(("127.0.0.1", target))
        except OSError:
            client.close()
            return
        for end in (client, server):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=move, args=(client, server, name, 0), daemon=True).start()
        threading.Thread(target=move, args=(server, client, name, 1), daemon=True).start()

    return serve


for text in sys.argv[2:]:
    name, port, target = text.split(":")
    counts.setdefault(name, [0, 0])
    listen(int(port), relay(name, int(target)))
listen(int(sys.argv[1]), tell)
