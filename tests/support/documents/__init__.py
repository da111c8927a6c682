"""Policies as documents: orders of our own words, set as PDF in many ways, and PDFs that are made to do harm."""
