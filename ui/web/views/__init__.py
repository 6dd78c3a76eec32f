"""The pages, one file each; each has a function `show`."""
