"""What a typed citation, number, address or title names."""
