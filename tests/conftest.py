"""What every test shares. Run tests through `bin/test`: it sets PORTAL_MODE=test before Django reads its settings."""
