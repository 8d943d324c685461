DROP TABLE partners;
DROP TABLE invitations;
DROP TABLE members;
DROP TABLE networks;
