"""What kind of disk a folder lies on: SQLite's WAL does not work over a network."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import CorpusUnusable

_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "ncpfs", "fuse.sshfs", "ceph", "glusterfs"}


def refuse_network(folder: Path) -> None:
    """Raise CorpusUnusable where a folder lies on a network disk (told on Linux and for UNC paths only)."""
    kind = _file_system(folder.resolve())
    if kind in _NETWORK:
        raise CorpusUnusable(
            f"{folder} lies on a network disk ({kind}), where two machines could damage the catalogue; "
            "put the corpus on a local disk, or set `catalogue` in corpus.toml to a PostgreSQL URL."
        )


def _file_system(folder: Path) -> str:
    if str(folder).startswith("\\\\"):
        return "cifs"
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    best, kind = "", ""
    for line in mounts.splitlines():
        _, place, found, *_ = line.split(" ")
        place = place.replace("\\040", " ")
        if len(place) >= len(best) and folder.is_relative_to(place):
            best, kind = place, found
    return kind
