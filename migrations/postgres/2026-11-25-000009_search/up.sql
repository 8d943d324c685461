-- What search looks in: a document for each record that can be found. Its words stand here in order, without accents
-- and capitals and without what counts for nothing in the language; PostgreSQL stems them. place has the kind and where the
-- record lies; words has what no stem says, for prefixes. No foreign keys: it follows the change log, and whether a
-- record stands and who sees it is asked of the record itself.
-- The bars part the languages, so that no phrase runs from one into the other.
CREATE TABLE search_documents (
    network_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    place text NOT NULL,
    dutch text NOT NULL,
    english text NOT NULL,
    words text NOT NULL,
    terms tsvector NOT NULL GENERATED ALWAYS AS (
        to_tsvector('dutch', dutch) || '''|'':1'::tsvector || to_tsvector('english', english)
        || array_to_tsvector(string_to_array(words, ' ')) || array_to_tsvector(string_to_array(place, ' '))
    ) STORED,
    PRIMARY KEY (id, network_id)
);
CREATE INDEX search_documents_terms ON search_documents USING gin (terms);

-- Up to which change of each network the documents go.
CREATE TABLE search_positions (
    network_id uuid PRIMARY KEY NOT NULL,
    indexed bigint NOT NULL
);
