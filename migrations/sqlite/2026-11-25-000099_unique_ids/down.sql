DROP INDEX co_networks_id;
DROP INDEX pseudonyms_id;
DROP INDEX transitions_id;
DROP INDEX participants_id;
DROP INDEX cycles_id;
DROP INDEX partners_id;
DROP INDEX invitations_id;
DROP INDEX members_id;
