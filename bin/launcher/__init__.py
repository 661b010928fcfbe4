"""Makes the portal ready on a bare machine and keeps it running. Standard library only: it runs before any package."""
