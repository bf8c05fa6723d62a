"""Every write of accreditation: one verb, one function."""
