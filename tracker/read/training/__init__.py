"""Labelled articles → the reader's model: examples, network, training, thresholds, export. Needs the dependency group
`train`; nothing here is imported by the tracker, nor in its wheel."""
