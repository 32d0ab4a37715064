"""Files to valid items: read, merged with the company's, validated one by one."""
