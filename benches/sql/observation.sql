INSERT INTO observations (id, network_id, cycle_id, body, perspective, voice, question_id, about_pseudonym_ids,
    on_behalf_of_pseudonym_id, theme_ids, life_domains, tags, late, state, state_reason, author_id, happened_at, created_at,
    updated_at, version, digest)
VALUES (:id, :network, :cycle, :body, :perspective, :voice, :none, :list, :none, :list, :list, :tags, :false, :state, :none,
    :person, :now, :now, :now, :one, :digest)
