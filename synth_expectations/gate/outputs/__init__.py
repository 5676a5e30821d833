"""What the gate writes: text for people, and the formats of GitHub, GitLab and test reports."""
