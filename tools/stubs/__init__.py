"""Makes `synth_expectations/__init__.pyi` from the expectation classes: `python -m tools.stubs`."""
