"""Risk grade of an enterprise (model FSR-1.0): inputs, score, floors, level and the reasons for it."""
