"""OLE files made by code ([MS-CFB], version 3)."""

from __future__ import annotations

from struct import pack

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_LEAST = (
    4096  # streams below are looked for in the mini stream: all are made at least as long, their size kept by `pad`
)


def ole(streams: dict[str, bytes]) -> bytes:
    """Return an OLE file; `/` in a stream's name parts storages."""
    names = sorted({part for name in streams for part in _storages(name)} | set(streams))
    mini, mini_fat, places = bytearray(), [], {}
    sectors: list[bytes] = []
    fat: list[int] = []

    def put(data: bytes) -> int:
        """Append data as a chain of sectors; return the first."""
        first, count = len(sectors), -(-len(data) // _SECTOR)
        for at in range(count):
            sectors.append(data[at * _SECTOR : (at + 1) * _SECTOR].ljust(_SECTOR, b"\0"))
            fat.append(first + at + 1 if at + 1 < count else _END)
        return first if count else _END

    for name, data in streams.items():
        if len(data) >= _LEAST:
            places[name] = put(data)
            continue
        count = -(-len(data) // 64)
        places[name] = len(mini) // 64 if count else _END
        mini_fat += [len(mini) // 64 + at + 1 for at in range(count - 1)] + [_END] * bool(count)
        mini += data.ljust(count * 64, b"\0")
    mini_start = put(bytes(mini))
    mini_fat_start = put(b"".join(pack("<L", each) for each in mini_fat).ljust(-(-len(mini_fat) // 128) * 512, b"\xff"))
    directory = put(_directory(names, streams, places, mini_start, len(mini)))
    fat_at = len(sectors)
    fat_count = 1
    while (len(fat) + fat_count) * 4 > fat_count * _SECTOR:
        fat_count += 1
    fat += [_FAT] * fat_count
    table = b"".join(pack("<L", each) for each in fat).ljust(fat_count * _SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += pack("<9L", 0, fat_count, directory, 0, _LEAST, mini_fat_start, -(-len(mini_fat) // 128), _END, 0)
    header += b"".join(pack("<L", fat_at + at if at < fat_count else _FREE) for at in range(109))
    return header + b"".join(sectors) + table


def _storages(name: str) -> list[str]:
    parts = name.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]


def _directory(
    names: list[str], streams: dict[str, bytes], places: dict[str, int], mini_start: int, mini_size: int
) -> bytes:
    """Return the directory's sectors: the children of a storage are a tree that only leans to the right."""
    entries = [_entry("Root Entry", 5, _FREE, _first("", names), mini_start, mini_size)]
    for name in names:
        siblings = [each for each in names if each.rpartition("/")[0] == name.rpartition("/")[0]]
        after = siblings.index(name) + 1
        right = names.index(siblings[after]) + 1 if after < len(siblings) else _FREE
        if name in streams:
            entry = _entry(name.rpartition("/")[2], 2, right, _FREE, places[name], len(streams[name]))
        else:
            entry = _entry(name.rpartition("/")[2], 1, right, _first(name, names), 0, 0)
        entries.append(entry)
    data = b"".join(entries)
    return data.ljust(-(-len(data) // _SECTOR) * _SECTOR, b"\0")


def _first(folder: str, names: list[str]) -> int:
    return next((at for at, name in enumerate(names, 1) if name.rpartition("/")[0] == folder), _FREE)


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    return (
        raw.ljust(64, b"\0")
        + pack("<HBB3L", len(raw), kind, 1, _FREE, right, child)
        + bytes(36)
        + pack("<LQ", start, size)
    )
