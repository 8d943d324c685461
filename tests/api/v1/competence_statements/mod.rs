mod endorsements;
