"""`python -m ui.cli`; guarded, since worker processes import the main module."""

from ui.cli import main

if __name__ == "__main__":
    main()
