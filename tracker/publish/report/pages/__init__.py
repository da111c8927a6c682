"""The pages of the site and the files beside them: of places, of states, of topics, of all."""
