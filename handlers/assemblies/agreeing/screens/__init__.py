"""Screens of agreeing without a ballot."""
