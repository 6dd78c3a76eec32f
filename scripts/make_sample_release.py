"""Make the sample release: the PDF documents in ui/sample/release/, the papers of other kinds that came later in
ui/sample/second/, and the list of both, ui/sample/release.toml.

The documents reconstruct, for demonstration, the papers of the affair this project comes from; every page says so.
Their text stands in scripts/sample_release/, where anyone can check each sentence, and they come out the same byte
for byte each time: a change in the package data is then a change that somebody made.

    python scripts/make_sample_release.py

needs reportlab (dependency group dev), Pillow with libtiff, and the Nanum fonts (Debian: fonts-nanum), both only here.
"""

from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from sample_release import (
    agreement,
    archive,
    cameras,
    detailed_plan,
    inventory,
    letter,
    mail,
    minutes,
    notice,
    paper,
    plan,
    positions,
    press,
    reply,
    review,
    review_again,
    scan,
    tables,
)
from sample_release.house import NOTICE_EN, NOTICE_KO, Entry, register_fonts

SAMPLE = Path(__file__).resolve().parent.parent / "ui" / "sample"
FAMILIES = (plan, agreement, reply, tables, minutes, cameras, review, press, positions, letter, paper)
SECOND = (detailed_plan, notice, inventory, mail, scan, archive, review_again)
LIMIT = 3_000_000  # bytes: it is carried by every installation

HEAD = f"""\
# The sample release. Made by scripts/make_sample_release.py: change it there.

[release]
name = "인공지능 식별추적시스템 구축사업 (시연용 재구성)"
agency = "법무부"
requester = "박주민 의원"
request_number = "시연-2021-001"  # made up for demonstration
# No requested, due and received: the known facts give no dates for them, and a citation must not carry made-up ones.
notice = "{NOTICE_KO} / {NOTICE_EN}"  # every citation made from this release carries it
"""


def listed(entry: Entry) -> str:
    """One [[document]] of release.toml; what is not known is left out."""
    pairs = [
        ("file", entry.file),
        ("title", entry.title),
        ("date", entry.date),
        ("agency", entry.agency),
        ("language", entry.language),
    ]
    return "\n[[document]]\n" + "".join(f'{key} = "{value}"\n' for key, value in pairs if value)


def made(folder: Path, families: Iterable[ModuleType]) -> list[Entry]:
    """Write a folder anew, so that a document taken out of the list does not stay behind; return what is in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    return sorted((entry for family in families for entry in family.build(folder)), key=lambda entry: entry.file)


def main() -> None:
    """Write both deliveries and their list."""
    register_fonts()
    folders = {SAMPLE / "release": FAMILIES, SAMPLE / "second": SECOND}
    entries = [entry for folder, families in folders.items() for entry in made(folder, families)]
    (SAMPLE / "release.toml").write_text(HEAD + "".join(map(listed, entries)), encoding="utf-8", newline="\n")
    size = sum(path.stat().st_size for folder in folders for path in folder.iterdir())
    print(f"{len(entries)} documents, {size:,} bytes, in {SAMPLE}")
    if size > LIMIT:
        raise SystemExit(f"too large: the limit is {LIMIT:,} bytes")


if __name__ == "__main__":
    main()
