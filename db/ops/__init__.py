"""Running the tracker: what goes wrong, when jobs were done, figures."""
