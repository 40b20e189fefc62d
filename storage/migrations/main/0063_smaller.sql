-- Less for each member and year. Who was asked or reminded of what, and when, is remembered as long as
-- what was sent: 14 days. All answers of a round are in one row, whose `question` is the
-- questionnaire's name; rounds from before keep a row for each question.
-- Who could be hurt: nobody; it is less than before, and still the same for everybody.

CREATE INDEX occurrences_by_time ON occurrences (at);

DROP INDEX rounds_by_closing;
