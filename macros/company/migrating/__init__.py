"""`playbook migrate-check`: what in this copy would not move to the other generator."""
