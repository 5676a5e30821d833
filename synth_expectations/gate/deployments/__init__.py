"""What applications and scripts of a repository load into production: dbt, Rails, Django, and files that SQL names."""
