"""Pure functions from the playbook to what pages show, with the partials beside them."""
