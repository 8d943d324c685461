SELECT people.id, people.system_role = 'admin', members.role, participants.role, networks.state = 'archived',
       emergency_accesses.id, observations.id, observations.network_id, observations.cycle_id, observations.body,
       observations.perspective, observations.voice, observations.question_id, observations.about_pseudonym_ids,
       observations.on_behalf_of_pseudonym_id, observations.theme_ids, observations.life_domains, observations.tags,
       observations.late, observations.state, observations.state_reason, observations.author_id,
       observations.happened_at, observations.created_at, observations.updated_at, observations.version,
       observations.digest
FROM auth_sessions
JOIN people ON people.id = auth_sessions.person_id
LEFT JOIN observations ON observations.id = :observation
LEFT JOIN networks ON networks.id = observations.network_id
LEFT JOIN members ON members.network_id = networks.id AND members.person_id = people.id
    AND members.starts_at <= :now AND (members.ends_at IS NULL OR members.ends_at > :now)
LEFT JOIN participants ON participants.network_id = networks.id AND participants.person_id = people.id
    AND participants.cycle_id = observations.cycle_id
    AND participants.starts_at <= :now AND (participants.ends_at IS NULL OR participants.ends_at > :now)
LEFT JOIN emergency_accesses ON people.system_role = 'admin' AND emergency_accesses.person_id = people.id
    AND emergency_accesses.network_id = networks.id AND emergency_accesses.ended_at IS NULL
    AND emergency_accesses.expires_at > :now
WHERE auth_sessions.id = :session AND auth_sessions.ended_at IS NULL AND auth_sessions.expires_at > :now
    AND people.active
