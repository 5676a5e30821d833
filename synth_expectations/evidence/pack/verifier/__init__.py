"""The verifiers that go into every pack, as they are: `verify.sh` and `verify.py` need nothing of this package."""
