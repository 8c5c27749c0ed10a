"""Repair: the words of a damaged French text, by a dictionary, the letters that OCR confuses, and the context.

Of characters only: it knows nothing of documents, pages or minutes. Each module turns a text into ``Edit``s.
"""
