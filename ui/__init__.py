"""The faces: the command line, and later the web page and bundles."""
