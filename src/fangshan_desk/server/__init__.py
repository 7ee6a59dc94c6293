"""The county server: takes, keeps, orders and hands out the change-sets of a county's laptops."""
