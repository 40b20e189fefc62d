"""English texts that many tests quote, each once: reword one in the code, and one line here."""

from __future__ import annotations

# Buttons.
TAKE_PART = "Take part"
PUT_A_QUESTION = "Put a question to a decision"
PUT_TO_EVERYBODY = "Put it to everybody"
GO_ON = "Go on"
OLD_ENOUGH = "I am 14 or older"
UNDERSTOOD = "I understand, I want to take part"
USE_THE_SERVICE = "I use the service"
ANOTHER_NAME = "Another name"
ASK_TO_JOIN = "Ask to join"
GIVE_A_COPY = "Give me a copy"
I_AM_COMING = "I’m coming"
INTO_CALENDAR = "Into my calendar"
OUT_OF_CALENDAR = "Out of my calendar"
ANNOUNCE = "Announce it"
BEGIN_TO_COUNT = "Begin to count"
I_CONSENT = "I consent"
I_OBJECT = "I object"
I_ABSTAIN = "I abstain"
CHANGE_IT = "Change it"
CANCEL_IT = "Cancel it"
CANCEL_THE_QUESTION = "Cancel the question"
CLOSE_NOW = "Close it now"
HOW_IS_COUNTED = "How it is counted"
HOW_WAS_COUNTED = "How it was counted"
SHOW_TRACKER = "My checking code"

# What is said of a ballot.
SAID_YES = "You said yes."
SAID_NO = "You said no."
ABSTAINED = "You abstained."

# Refusals.
OLDER_MESSAGE = "This button belongs to an older message."
MEMBERS_ONLY = "This is for members of the centre."
FACILITATORS_ONLY = "Facilitators can do this."
CHAIRS_ONLY = "Facilitators can do this, and who chairs the assembly."
PRIVATE_ONLY = "This is for your private chat with me."
