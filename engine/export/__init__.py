"""Results as other programs want them: tables for maps, pictures with boxes for training, and where both came from."""
