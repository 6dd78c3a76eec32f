"""The sample release's documents, one module per family; `house` and `pages` hold the layout they share.

Every module has `build(folder)`, which writes its PDF files there and returns what the release lists about them.
"""
