"""Opening an account: what is the same at every service; knows none of them."""
