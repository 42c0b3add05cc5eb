#!/usr/bin/env bash
# Lets the native part of TorchSharp, built with GCC 13, run where the C++ library is that of GCC 12 (Debian 12).
#   bench/peers/older_libstdcxx.sh FOLDER     prints the library to preload, or nothing when the system needs none of this
# It wants one symbol that is missing, std::ios_base_library_init, which only starts the streams; here a small library has it,
# and in FOLDER's copy of libLibTorchSharp.so the demand for the version that it came with is marked as weak.
set -euo pipefail
folder=$1
needs=$(ldd "$folder/libLibTorchSharp.so" 2>&1)
[[ $needs == *"GLIBCXX_3.4.32' not found"* ]] || exit 0
echo '#include <ios>
namespace std { void ios_base_library_init() { static ios_base::Init once; } }' |
    g++ -O1 -shared -fPIC -x c++ -o "$folder/libios.so" -
/usr/bin/python3 - "$folder/libLibTorchSharp.so" <<'PYTHON'
import struct
import sys

VERNEED, WEAK = 0x6FFFFFFE, 2
with open(sys.argv[1], "rb") as file:
    elf = bytearray(file.read())
sections, = struct.unpack_from("<Q", elf, 40)
count, = struct.unpack_from("<H", elf, 60)
headers = [struct.unpack_from("<IIQQQQIIQQ", elf, sections + 64 * i) for i in range(count)]
for header in (h for h in headers if h[1] == VERNEED):
    names, need = headers[header[6]][4], header[4]
    while True:
        _, _, _, first, following = struct.unpack_from("<HHIII", elf, need)
        at = need + first
        while True:
            _, flags, _, name, step = struct.unpack_from("<IHHII", elf, at)
            if elf[names + name:elf.index(0, names + name)] == b"GLIBCXX_3.4.32":
                struct.pack_into("<H", elf, at + 4, flags | WEAK)
            if step == 0:
                break
            at += step
        if following == 0:
            break
        need += following
with open(sys.argv[1], "wb") as file:
    file.write(elf)
PYTHON
echo "$folder/libios.so"
