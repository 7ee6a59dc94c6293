"""What is printed: content first, then blocks, then PDF."""
