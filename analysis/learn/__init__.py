"""Weights learnt from annotations, and how well they do on documents they have not seen.

``examples`` labels the numbers of annotated texts, ``fit`` learns a model from them, ``left_out`` leaves out one
document at a time, ``report`` says what that gave, ``write`` keeps weights as text. ``make learn`` runs it all; the
product itself only reads the weights.
"""
