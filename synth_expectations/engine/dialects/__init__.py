"""What differs between engines: types, SQL, costs and support status."""
