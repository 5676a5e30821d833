"""The table of fingerprints: one row a fingerprint; each record has one of its key at least."""

from __future__ import annotations

from collections.abc import Mapping

NORMALIZER = "1"
"""The version of the normal forms that fingerprints are made of: another one gives other fingerprints of the same person."""

RECORD, KIND, FINGERPRINT, KEY_ID, VERSION = "record", "kind", "fingerprint", "key_id", "normalizer"
"""The columns: the record key (of the own table alone), what was fingerprinted, and by which key and normal forms."""

FEWEST_COMPARED = 100
"""How many values of a kind a request for an overlap must have: a number of shared ones among few tells of single people."""

KINDS: Mapping[str, str] = {
    "email": "e-mail address",
    "phone_and_surname": "phone number and surname",
    "phone_and_name": "phone number and name",
    "person": "name, birth date and postcode",
    "id": "record key",
}
"""What is fingerprinted, and what a rule calls it."""
