"""Controls that know nothing of the office: no domain, use cases, texts or files."""
