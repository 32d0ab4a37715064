"""`playbook build-all`: the sites of many companies, in parallel processes, with a page that lists them."""
