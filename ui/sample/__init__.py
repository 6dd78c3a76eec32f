"""The sample release that `gongmun demo` loads: PDF documents in release/, described by release.toml.

It is package data, so that the demonstration works offline on a fresh installation. The documents are reconstructions
and say so on every page; scripts/make_sample_release.py makes them.
"""
