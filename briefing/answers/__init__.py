"""How answers are built: enumerations, figures with what they count, set phrases."""
