# The first normals of NormalGenerator, from the published algorithms (SplitMix64, xoshiro256**, the polar method),
# with the logarithm at 60 digits: agreement is to the last few units. python3 normals.py
from mpmath import mp, mpf
mp.dps = 60
M = (1 << 64) - 1


def normals(seed, count):
    s = []
    for _ in range(4):
        seed = (seed + 0x9E3779B97F4A7C15) & M
        z = ((seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9) & M
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & M
        s.append(z ^ (z >> 31))

    def bits():
        r = (s[1] * 5) & M
        r = ((r << 7) | (r >> 57)) & M
        r = (r * 9) & M
        t = (s[1] << 17) & M
        s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3]; s[2] ^= t
        s[3] = ((s[3] << 45) | (s[3] >> 19)) & M
        return r

    found = []
    while len(found) < count:
        u, v = (mpf((bits() >> 11) - (1 << 52)) / (1 << 52) for _ in range(2))
        q = u * u + v * v
        if 0 < q < 1:
            f = mp.sqrt(-2 * mp.log(q) / q)
            found += [float(u * f), float(v * f)]
    return found[:count]


print(", ".join(repr(z) for z in normals(42, 8)))
