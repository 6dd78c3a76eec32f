"""One file per engine behind the Index protocol; no engine's object leaves its file."""
