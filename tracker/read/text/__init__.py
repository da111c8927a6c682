"""An article's text as it is read: lines, page furniture put aside, sentences, exact offsets."""
