"""The source of the fields that tag synthetic records in Salesforce, and what a warehouse and the policy need beside it.

Files are written and merged; nothing is deployed.
"""
