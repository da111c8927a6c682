"""The folder of the site: what is ours in it, and how changed files take their places."""
