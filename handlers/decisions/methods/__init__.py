"""The words of each method of deciding: one module a method, and the table of them."""
