"""The demonstration: entries written by the founders, one TOML file each, and who took what home."""
