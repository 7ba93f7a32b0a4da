"""Jobs, from request to result: stored, run one after the other, resumed."""
