"""An invented but plausible county, dated relative to today and the same for the same seed."""
