-- What search looks in: a document for each record that can be found. Its words stand here as they are looked for, not
-- as they were written: in order, without accents and capitals, stemmed in either language. place has the kind and
-- where the record lies; words has what no stem says, for prefixes. No foreign keys: it follows the change log, and whether a
-- record stands and who sees it is asked of the record itself.
-- number is the document's row in search_terms. It is a column of its own, since VACUUM may renumber rowids.
CREATE TABLE search_documents (
    network_id BLOB NOT NULL,
    id BLOB NOT NULL,
    kind TEXT NOT NULL,
    place TEXT NOT NULL,
    dutch TEXT NOT NULL,
    english TEXT NOT NULL,
    words TEXT NOT NULL,
    number INTEGER,
    PRIMARY KEY (id, network_id)
) STRICT;
CREATE UNIQUE INDEX search_documents_number ON search_documents (number);

-- The ascii tokenizer takes the words as they are: they were told apart before. The index on prefixes is for the
-- shortest, which stand for the most words.
CREATE VIRTUAL TABLE search_terms USING fts5 (
    place, dutch, english, words,
    content = 'search_documents', content_rowid = 'number', tokenize = 'ascii', prefix = '2 3'
);

CREATE TRIGGER search_documents_come AFTER INSERT ON search_documents BEGIN
    UPDATE search_documents SET number = (SELECT coalesce(max(number), 0) + 1 FROM search_documents)
    WHERE id = new.id AND network_id = new.network_id;
    INSERT INTO search_terms (rowid, place, dutch, english, words)
    SELECT number, place, dutch, english, words FROM search_documents
    WHERE id = new.id AND network_id = new.network_id;
END;

CREATE TRIGGER search_documents_go AFTER DELETE ON search_documents BEGIN
    INSERT INTO search_terms (search_terms, rowid, place, dutch, english, words)
    VALUES ('delete', old.number, old.place, old.dutch, old.english, old.words);
END;

-- Up to which change of each network the documents go.
CREATE TABLE search_positions (
    network_id BLOB PRIMARY KEY NOT NULL,
    indexed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
