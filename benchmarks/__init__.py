"""Measurements; what they found is in README.md here."""
