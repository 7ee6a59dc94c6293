"""Parts of the screens about letters: paper, drafts, signing, service, numbers, codes."""
