"""Weights learnt from annotations, and how well they do on documents they have not seen.

``examples`` labels the numbers of annotated texts, ``left_out`` learns a model from them and leaves out one document at
a time, ``report`` says what that gave, ``record`` keeps it and the weights as text, ``unseen`` says what to expect of
other texts. ``make learn`` runs it all; the product itself only reads the weights.
"""
