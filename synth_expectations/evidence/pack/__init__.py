"""The pack: a zip file of a period that an auditor can read and verify without this package."""
