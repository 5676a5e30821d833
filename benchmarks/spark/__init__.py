"""Compare this package on Spark with SQL by hand and stock Great Expectations. `python -m benchmarks.spark`."""
