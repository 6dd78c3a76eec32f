"""Zip files that come out the same byte for byte each time, and with names as Korean Windows wrote them (CP949)."""

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO

DATE = (2021, 10, 21, 9, 0, 0)  # of every member: a file's bytes must not depend on when it was made
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(<)")


class _OldName(zipfile.ZipInfo):
    """A member whose name is written in CP949 without saying so, as Korean Windows did for decades."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("cp949"), self.flag_bits & ~0x800


def packed(members: Mapping[str, bytes], *, old_names: bool = False) -> bytes:
    """Return a zip file of the members in the order given; `mimetype` is stored, as HWPX wants it."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, content in members.items():
            info = (_OldName if old_names else zipfile.ZipInfo)(name, DATE)
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(info, content)
    return made.getvalue()


def repacked(package: bytes) -> bytes:
    """Return an office file with the dates in it, those of its members and of its properties, set to `DATE`."""
    stamp = b"%04d-%02d-%02dT%02d:%02d:%02dZ" % DATE
    with zipfile.ZipFile(BytesIO(package)) as old:
        return packed({name: _STAMP.sub(rb"\g<1>" + stamp + rb"\g<3>", old.read(name)) for name in old.namelist()})
