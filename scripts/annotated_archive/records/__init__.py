"""What an article, an authority file, a ledger and a bibliography entry *are*, and nothing of where they are kept."""
