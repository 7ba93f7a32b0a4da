"""A server of the user's as the model: any endpoint that speaks OpenAI's chat completions with pictures."""
