"""The playbook for other tools, and the templates' blanks."""
