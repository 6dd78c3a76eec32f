"""Small DOCX files made by hand, for what no library writes: tracked changes, notes, text boxes, fields."""

from __future__ import annotations

import zipfile
from pathlib import Path

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*inner: str, properties: str = "") -> str:
    runs = (each if each.startswith("<") else run(each) for each in inner)
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(*inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(inner) or '<w:p/>'}</w:tc>"


def docx(path: Path, body: str, parts: dict[str, str] | None = None, media: dict[str, bytes] | None = None) -> Path:
    """Write a file with this body. `parts` are others by the name of their root (`footnotes`, `styles`, `header`)."""
    kinds = {name: f"{name}.xml" for name in parts or {}} | {f"image/{name}": name for name in media or {}}
    links = "".join(
        f'<Relationship Id="{name.rpartition("/")[2]}" Type="{_R}/{name.partition("/")[0]}" Target="{target}"/>'
        for name, target in kinds.items()
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        main = f'<Relationship Id="x" Type="{_R}/officeDocument" Target="word/document.xml"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{_RELATIONS}">{main}</Relationships>')
        archive.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{_RELATIONS}">{links}</Relationships>')
        archive.writestr("word/document.xml", f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>")
        for name, inner in (parts or {}).items():
            root = {"header": "hdr", "footer": "ftr"}.get(name, name)
            archive.writestr(f"word/{name}.xml", f"<w:{root} {_SPACES}>{inner}</w:{root}>")
        for name, data in (media or {}).items():
            archive.writestr(f"word/{name}", data)
    return path
