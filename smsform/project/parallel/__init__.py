"""One run on several processors.

The rooms: ``division`` divides a project's definition files into parts, ``spread`` has
parts worked on by this process and by others that are forked.
"""
