"""What to do about a page or file that cannot be searched in full."""

from __future__ import annotations

ADVICE = {
    "encrypted": "give its password: gongmun ingest PATH --password-file FILE",
    "DRM": "ask the agency for a copy without DRM; such files cannot be opened elsewhere",
    "damaged": "ask the agency for the file again",
    "unsupported": "this format cannot be read; it is kept as it came (convert a copy to PDF, and ingest that)",
    "timed out": "allow more time: worker_seconds in corpus.toml, then gongmun ingest PATH --retry",
    "too large": "raise file_limit_mb or worker_memory_mb in corpus.toml, then gongmun ingest PATH --retry",
    "reader crashed": "try once more: gongmun ingest PATH --retry; if it crashes again, report it",
    "empty file": "ask the agency for the file again",
    "needs OCR": "no usable text layer; read its pictures: gongmun ingest --ocr",
    "not read yet": "the ingest was stopped before it was read: run the same gongmun ingest again",
    "unread pictures": "has pictures that were not read: gongmun ingest --ocr (WMF and EMF drawings stay unread)",
    "nothing recognised": "look at it: gongmun show DOCUMENT --page N --image P.png",
    "cannot be opened": "check the permissions of the file, and ingest it again",
    "withheld": "has text under a cover, which is not searched: gongmun withheld lists it",
    "some files": "some of the files in it could not be taken out: gongmun show DOCUMENT says which",
    "not a file": "a link or a device in an archive; nothing can be read of it",
    "purged": "deleted for good on purpose; leave it out, or take it in again: gongmun ingest PATH --retry",
    "some pages": "gongmun show DOCUMENT says which pages",
}


def advice(reason: str) -> str:
    """Return what to do, for the reason of a listed state ("" if there is none)."""
    return ADVICE.get(reason, "")
