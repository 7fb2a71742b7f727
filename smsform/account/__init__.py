"""Opening an account: the steps that are the same at every service."""
