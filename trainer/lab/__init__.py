"""Not part of the product: the drawn world, the recipe of the default model, and the benches of learning."""
