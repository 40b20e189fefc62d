"""Many centres in one database, each a year old: what the benchmarks of growth measure in."""
