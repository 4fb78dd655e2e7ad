"""The proof on a real server: build a company on n8n, remove people, compare with what was predicted."""
