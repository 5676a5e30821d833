"""How conditions are run: lowering to SQL, one table of dialects, and two small adapters."""
