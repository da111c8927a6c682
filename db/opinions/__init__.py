"""Second opinions of language models: the queue, what was answered, what a day has cost."""
