"""Make the sample release: the PDF documents in ui/sample/release/ and their list, ui/sample/release.toml.

The documents reconstruct, for demonstration, the papers of the affair this project comes from; every page says so.
Their text stands in scripts/sample_release/, where anyone can check each sentence, and they come out the same byte
for byte each time: a change in the package data is then a change that somebody made.

    python scripts/make_sample_release.py

needs reportlab (dependency group dev) and the Nanum fonts (Debian: fonts-nanum), both only here.
"""

from pathlib import Path

from sample_release import (
    agreement,
    cameras,
    letter,
    minutes,
    paper,
    plan,
    positions,
    press,
    reply,
    review,
    tables,
)
from sample_release.house import NOTICE_EN, NOTICE_KO, Entry, register_fonts

SAMPLE = Path(__file__).resolve().parent.parent / "ui" / "sample"
FAMILIES = (plan, agreement, reply, tables, minutes, cameras, review, press, positions, letter, paper)
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


def main() -> None:
    """Write everything anew, so that a document taken out of the list does not stay behind."""
    folder = SAMPLE / "release"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.pdf"):
        old.unlink()
    register_fonts()
    entries = sorted((entry for family in FAMILIES for entry in family.build(folder)), key=lambda entry: entry.file)
    (SAMPLE / "release.toml").write_text(HEAD + "".join(map(listed, entries)), encoding="utf-8", newline="\n")
    size = sum(path.stat().st_size for path in folder.glob("*.pdf"))
    print(f"{len(entries)} documents, {size:,} bytes, in {folder}")
    if size > LIMIT:
        raise SystemExit(f"too large: the limit is {LIMIT:,} bytes")


if __name__ == "__main__":
    main()
