"""Weights learnt from annotations, and how well they do on documents they have not seen.

``left_out`` labels the numbers of annotated texts, learns a model from them and leaves out one document at a time;
``incentive_roles`` does so for the numbers of incentives. ``record`` keeps what that gave and the weights as text,
``unseen`` says what to expect of other texts. ``make learn`` runs it all; the product itself only reads the weights.
"""
