"""The gate of synth_expectations alone, for hooks and pipelines."""
