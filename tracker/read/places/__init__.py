"""Place names of an English news text, and which government's territory each means (toponym resolution).

`finder` finds the names that stand in a text, `resolve` chooses a jurisdiction of the `gazetteer` for each and keeps
those that come close.
"""
