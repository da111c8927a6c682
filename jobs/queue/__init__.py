"""The queue of work that several processes share: Procrastinate, in the same PostgreSQL database.

It holds hints, nothing else. What is due the database decides, and a task looks again before it does anything: a queue
that is lost loses nothing, and what stands in it twice is done once.
"""
