"""One file per change of the catalogue's form, in order."""
