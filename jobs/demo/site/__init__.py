"""The demo's sample news: articles in our own words, and the feeds and pages made from them."""
