"""Measure what docs/performance.md says of speed: `python -m benchmarks.NAME`."""
