"""A partnership's own pages of accreditation: writing, scoring, signing, submitting, and what became of it."""
