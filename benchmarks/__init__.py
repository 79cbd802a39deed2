"""What the README tells of speed, measured: `python -m benchmarks.NAME`."""
