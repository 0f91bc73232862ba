"""What was told while a wrong merge stood: who read otherwise, which packs counted it, what is still to be
said.

splits.py: which merges people took back. as_told.py: the register with one of them, or without.
digests.py, packs.py: what each told otherwise. due.py: the lines that a reader's next digest brings.
"""
