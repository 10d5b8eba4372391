"""What is said more here than there: keyness, and who or what a difference hangs on."""
