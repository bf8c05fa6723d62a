"""Pages of invitations: those of whoever invites, and the one of whoever is invited."""
