"""Lets `python -m engine` stand in for the `remotezero` command."""

from engine.cli.main import main

if __name__ == "__main__":
    main()
