"""Pictures as SVG that stands inside a page: the maps and the plots."""
