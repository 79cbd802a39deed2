"""Colour profiles made by hand: one of a wide screen, one of a press."""

from __future__ import annotations

import itertools
import struct


def _tag(kind: bytes, body: bytes) -> bytes:
    return kind + b"\0\0\0\0" + body


def _fixed(*numbers: float) -> bytes:
    return struct.pack(f">{len(numbers)}i", *(round(number * 65536) for number in numbers))


def _profile(colours: bytes, device: bytes, between: bytes, tags: dict[bytes, bytes]) -> bytes:
    text = b"test"
    described = struct.pack(">I", len(text) + 1) + text + b"\0" + bytes(4 + 4 + 2 + 1 + 67)
    tags = {
        b"desc": _tag(b"desc", described),
        b"cprt": _tag(b"text", b"none\0"),
        b"wtpt": _tag(b"XYZ ", _fixed(0.9642, 1.0, 0.8249)),
        **tags,
    }
    at = 128 + 4 + 12 * len(tags)
    table, bodies = struct.pack(">I", len(tags)), b""
    for name, body in tags.items():
        padded = body + bytes(-len(body) % 4)
        table += name + struct.pack(">II", at + len(bodies), len(body))
        bodies += padded
    size = at + len(bodies)
    head = struct.pack(">I4sI4s4s4s", size, bytes(4), 0x02400000, device, colours, between)
    head += struct.pack(">6H4s", 2000, 1, 1, 0, 0, 0, b"acsp") + bytes(28)
    head += _fixed(0.9642, 1.0, 0.8249)
    return head + bytes(128 - len(head)) + table + bodies


def make_wide_profile() -> bytes:
    """A screen with more colours than sRGB: those of Adobe RGB (1998), with a gamma of 2.2."""
    curve = _tag(b"curv", struct.pack(">IH", 1, round(2.2 * 256)))
    return _profile(
        b"RGB ",
        b"mntr",
        b"XYZ ",
        {
            b"rXYZ": _tag(b"XYZ ", _fixed(0.6097, 0.3111, 0.0195)),
            b"gXYZ": _tag(b"XYZ ", _fixed(0.2053, 0.6257, 0.0609)),
            b"bXYZ": _tag(b"XYZ ", _fixed(0.1492, 0.0632, 0.7446)),
            b"rTRC": curve,
            b"gTRC": curve,
            b"bTRC": curve,
        },
    )


def make_press_profile() -> bytes:
    """A press whose inks are duller than the usual formula has it; corners of a table of Lab."""
    inks = {"c": (-35, -45, 0.45), "m": (70, -5, 0.5), "y": (-5, 85, 0.12), "k": (0, 0, 0.85)}
    grid = b""
    for amounts in itertools.product((0, 1), repeat=4):
        light, a, b = 96.0, 0.0, 0.0
        for amount, (green, blue, dark) in zip(amounts, inks.values(), strict=True):
            if amount:
                light, a, b = light * (1 - dark), 0.8 * (a + green), 0.8 * (b + blue)
        shade = 0.1 if amounts[3] else 1.0
        grid += bytes((round(light * 2.55), round(a * shade + 128), round(b * shade + 128)))
    ramp = bytes(range(256))
    table = bytes((4, 3, 2, 0)) + _fixed(1, 0, 0, 0, 1, 0, 0, 0, 1) + ramp * 4 + grid + ramp * 3
    return _profile(b"CMYK", b"prtr", b"Lab ", {b"A2B0": _tag(b"mft1", table)})
