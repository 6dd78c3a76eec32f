"""The sample release that `gongmun demo` loads: PDF documents in release/, described by release.toml,
and what came later in second/: HWPX, DOCX, XLSX, mail, a scan, a ZIP, and a second version of one document.

It is package data, so that the demonstration works offline on a fresh installation. The documents are reconstructions
and say so on every page; scripts/make_sample_release.py makes them.
"""
