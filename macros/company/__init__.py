"""The fork's own layer as a subject: what differs, what a newer upstream means, the site's settings."""
