"""The way into a centre: invitations, requests to join, consent, being let in."""
